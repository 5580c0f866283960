//! The tables of a scorecard.

use crate::backtest::{BenchmarkScore, Cell, Coverage, DayScore, Episode, EventScore, Forecaster, REGIMES, Scorecard};
use crate::calendar::names::short_date;
use crate::forecast::Target;
use crate::report::table::{Table, columns};
use crate::statistics::scores::Estimate;

/// All tables that have rows, in the order of the page.
pub fn tables(card: &Scorecard) -> Vec<Table> {
    let all = [
        bars(card),
        regimes(card),
        skill(card),
        losses(card),
        coverage(card),
        special_days(card),
        events(card),
        episodes(card),
    ];
    all.into_iter().filter(|table| !table.rows.is_empty()).collect()
}

/// What was demanded.
pub fn bars(card: &Scorecard) -> Table {
    let row = |bar: crate::backtest::bars::Bar| {
        vec![bar.what, bar.wanted, bar.found, if bar.met { "yes" } else { "NO" }.to_owned()]
    };
    Table {
        title: "What was demanded".to_owned(),
        note: "Set before the first forecast was scored. [ ] holds 95 % of resampled histories. Brier scores are \
               measured against that of climatology."
            .to_owned(),
        columns: columns(["", "wanted", "found", "met"]),
        rows: card.bars().into_iter().map(row).collect(),
    }
}

/// CRPS and skill.
pub fn skill(card: &Scorecard) -> Table {
    let row = |cell: &Cell| {
        let against = |benchmark| cell.against(benchmark).map_or("–".to_owned(), |score| skill_words(score.skill));
        let mut row = vec![cell.subject.title(), cell.horizon.to_string(), cell.forecasts.to_string()];
        row.push(score_words(cell.crps, cell.subject.unit()));
        row.extend(Forecaster::BENCHMARKS.map(against));
        row
    };
    Table {
        title: "Skill".to_owned(),
        note:
            "Skill is how much lower the mean CRPS is than that of a forecaster without economics, in percent: 0 is no \
               better, below 0 worse. CRPS is in the unit of the variable."
                .to_owned(),
        columns: columns(["", "days", "n", "CRPS", "random walk", "climatology", "AR"]),
        rows: card.cells.iter().map(row).collect(),
    }
}

/// Coverage.
pub fn coverage(card: &Scorecard) -> Table {
    let row = |cell: &Cell| {
        let bins = cell.pit.shares.len();
        vec![
            cell.subject.title(),
            cell.horizon.to_string(),
            cell.forecasts.to_string(),
            share_words(cell.half.spread),
            share_words(cell.ninety.spread),
            format!("{} / {}", percent(cell.half.closed.value), percent(cell.ninety.closed.value)),
            format!("{} of {bins}", cell.pit.outside()),
        ]
    };
    Table {
        title: "Coverage".to_owned(),
        note: "Percent of outcomes in bands of 50 % and 90 %. Rates come in whole basis points and take-up is often \
               nothing, so many paths tie with the outcome: it counts by the share of its stretch of the probability \
               integral transform inside the band (Czado, Gneiting and Held 2009), and under closed as one, ends \
               included. Closed bands of 90 % decide for EFFR − IORB and the SRF, which sit at \
               one value for months and may hold more than they say; shares decide for all others. PIT: bins of the \
               histogram outside the band of a calibrated forecaster."
            .to_owned(),
        columns: columns(["", "days", "n", "50 %", "90 %", "closed", "PIT"]),
        rows: card.cells.iter().map(row).collect(),
    }
}

/// Probabilities of events.
pub fn events(card: &Scorecard) -> Table {
    let row = |score: &EventScore| {
        vec![
            score.event.title(),
            format!("{}/{}", score.happened, score.forecasts),
            format!("{:.3}", score.brier),
            format!("{:.3}", score.climatology),
            score.skill.map_or("–".to_owned(), skill_words),
            format!("{:.3}", score.parts.reliability),
            format!("{:.3}", score.parts.resolution),
        ]
    };
    Table {
        title: "Events within 20 business days".to_owned(),
        note: "Brier scores, lower is better, of the model and of climatology. Reliability is what the model's score owes \
               to wrong probabilities, resolution what it gains by telling cases apart."
            .to_owned(),
        columns: columns(["", "happened", "model", "climat.", "skill, %", "reliab.", "resol."]),
        rows: card.events.iter().map(row).collect(),
    }
}

/// Days apart.
pub fn special_days(card: &Scorecard) -> Table {
    let row = |score: &DayScore| {
        let what = format!("{} on {}", score.subject.title(), score.days.name());
        let Coverage { spread, closed } = score.ninety;
        vec![what, score.forecasts.to_string(), share_words(spread), share_words(closed)]
    };
    Table {
        title: "Quarter-ends, tax dates and settlements apart".to_owned(),
        note:
            "Percent of outcomes on such days within 20 business days in bands of 90 %, counted in the same two ways."
                .to_owned(),
        columns: columns(["", "n", "90 %", "closed"]),
        rows: card.special_days.iter().map(row).collect(),
    }
}

/// Comparisons that the model loses.
pub fn losses(card: &Scorecard) -> Table {
    let row = |(cell, score): (&Cell, BenchmarkScore)| {
        let unit = cell.subject.unit();
        vec![
            format!("{}, {}", cell.subject.title(), days(cell.horizon)),
            score.benchmark.name().to_owned(),
            score_words(score.model, unit),
            score_words(score.crps, unit),
            skill_words(score.skill),
        ]
    };
    Table {
        title: "Where the model loses".to_owned(),
        note: "Comparisons in which a forecaster without economics has the lower CRPS, worst first.".to_owned(),
        columns: columns(["", "to", "model", "benchmark", "skill, %"]),
        rows: card.losses().into_iter().map(row).collect(),
    }
}

/// Every regime at a glance.
pub fn regimes(card: &Scorecard) -> Table {
    let cell = |name: &str, target: Target| {
        let found = card.episodes.iter().find(|episode| episode.regime.name == name && episode.target == target);
        let Some(episode) = found else { return "–".to_owned() };
        let lost = if episode.is_lost() { "× " } else { "" };
        let of = |skill: f64| if skill < -1.0 { "< −100".to_owned() } else { signed(skill) };
        episode.skill().map_or("–".to_owned(), |skill| format!("{lost}{}", of(skill)))
    };
    let told = REGIMES.iter().filter(|regime| card.episodes.iter().any(|episode| episode.regime == **regime));
    let row = |name: &str| [vec![name.to_owned()], Target::ALL.map(|target| cell(name, target)).to_vec()].concat();
    Table {
        title: "When to trust it".to_owned(),
        note: format!(
            "Skill at {} business days against whichever forecaster without economics did best in the regime, percent; × \
             marks where that one was better: do not use the model for it in such times.",
            Episode::HORIZON
        ),
        columns: columns(["", "TGA", "Reserves", "ON RRP", "SOFR", "EFFR", "SRF"]),
        rows: told.map(|regime| row(regime.name)).collect(),
    }
}

/// Every regime in numbers.
pub fn episodes(card: &Scorecard) -> Table {
    let row = |episode: &Episode| {
        let unit = if episode.target.is_rate() { "bp" } else { "$bn" };
        vec![
            episode.regime.name.to_owned(),
            episode.target.title().to_owned(),
            episode.forecasts.to_string(),
            score_words(episode.crps, unit),
            score_words(episode.benchmark_crps, unit),
            episode.benchmark.name().to_owned(),
            if episode.is_lost() { "LOST" } else { "" }.to_owned(),
        ]
    };
    Table {
        title: "The same in numbers".to_owned(),
        note: format!(
            "Mean CRPS at {} business days of the model and of the best benchmark, regimes by origin: {}.",
            Episode::HORIZON,
            spans()
        ),
        columns: columns(["", "of", "n", "model", "best", "benchmark", ""]),
        rows: card.episodes.iter().map(row).collect(),
    }
}

/// When regimes begin.
fn spans() -> String {
    let spans = REGIMES.iter().map(|regime| format!("{} from {}", regime.name, short_date(regime.days.0)));
    spans.collect::<Vec<_>>().join(", ")
}

/// `1 day`, `20 days`.
pub(super) fn days(horizon: usize) -> String {
    if horizon == 1 { "1 day".to_owned() } else { format!("{horizon} days") }
}

/// A score in a unit: tenths of billions, hundredths of basis points.
fn score_words(score: f64, unit: &str) -> String {
    if unit == "bp" { format!("{score:.2}") } else { format!("{score:.1}") }
}

/// A number in whole percent with a true minus and no negative zero.
fn percent(share: f64) -> String {
    let text = format!("{:.0}", 100.0 * share);
    if text == "-0" { "0".to_owned() } else { text.replace('-', "−") }
}

/// `+12`, in percent.
fn signed(skill: f64) -> String {
    let value = percent(skill);
    let sign = if value == "0" || value.starts_with('−') { "" } else { "+" };
    format!("{sign}{value}")
}

/// `+12 [4, 20]`, in percent.
fn skill_words(skill: Estimate) -> String {
    format!("{} [{}, {}]", signed(skill.value), percent(skill.low), percent(skill.high))
}

/// `88 [81, 94]`, in percent.
fn share_words(share: Estimate) -> String {
    format!("{} [{}, {}]", percent(share.value), percent(share.low), percent(share.high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_whole_percents_with_a_true_minus() {
        let estimate = |value, low, high| Estimate { value, low, high };
        assert_eq!(skill_words(estimate(0.124, 0.04, 0.2)), "+12 [4, 20]");
        assert_eq!(skill_words(estimate(-0.35, -1.2, 0.001)), "−35 [−120, 0]");
        assert_eq!(skill_words(estimate(-0.001, -0.1, 0.1)), "0 [−10, 10]");
        assert_eq!(share_words(estimate(0.875, 0.81, 0.94)), "88 [81, 94]");
    }

    #[test]
    fn every_row_has_every_column() {
        for table in tables(&crate::report::scorecard::page::tests::card()) {
            assert!(table.rows.iter().all(|row| row.len() == table.columns.len()), "{}", table.title);
        }
    }
}
