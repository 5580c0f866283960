//! How probable: reserves below levels, SOFR above IORB, and whatever the story watches for.

use super::RunFacts;
use super::fans::{chart, corridor, fan, medians, panel};
use crate::calendar::names::short_date;
use crate::model::Variable;
use crate::report::numbers::{number, percent};
use crate::report::page::Block;
use crate::report::page::chart::{Chart, Drawing, Line, Row, Step, round, rounded};
use crate::report::table::{Table, columns};
use crate::statistics::{Ladder, Probability};

/// Reserves: the fan, and how probably they fall below round levels, when and at all.
pub(super) fn reserves(facts: &RunFacts<'_>) -> Vec<Block> {
    let ladder = &facts.summary.reserves_below;
    let name = |level: f64| format!("below {}", number(level, 0));
    let by_date = Chart {
        id: "reserves-below".to_owned(),
        title: "P(reserves below a level), by date".to_owned(),
        subtitle: "share of paths on which reserves close below so many billions".to_owned(),
        unit: "%".to_owned(),
        digits: 0,
        alt: "Lines of the probability, by date, that reserves close below each of several levels.".to_owned(),
        drawing: Drawing::Lines { series: likely_lines(ladder, name), from_zero: true },
    };
    let once = Chart {
        id: "lowest-reserves".to_owned(),
        title: "P(lowest reserves of the horizon below a level)".to_owned(),
        subtitle: "share of paths; whiskers are the 95% interval of simulation".to_owned(),
        unit: "%".to_owned(),
        digits: 1,
        alt: "Bars of the probability that reserves fall below each of several levels on some day.".to_owned(),
        drawing: Drawing::Bars {
            items: ladder
                .levels
                .iter()
                .zip(&ladder.once)
                .map(|(&level, once)| probability_bar(name(level), once))
                .collect(),
        },
    };
    vec![
        Block::Chart(Box::new(chart(facts, Variable::Reserves, fan(facts, Variable::Reserves)))),
        Block::Chart(Box::new(by_date)),
        Block::Chart(Box::new(once)),
        Block::Table(ladder_table(facts, ladder)),
    ]
}

/// Rates: SOFR over IORB, how probably it exceeds levels on which day, its trades, and the other rates.
pub(super) fn rates(facts: &RunFacts<'_>) -> Vec<Block> {
    let days = facts.summary.dates.len();
    let mut spread = fan(facts, Variable::SofrIorb);
    spread.corridor = corridor(facts.plan, days);
    let ladder = &facts.summary.spread_above;
    let row = |(&level, by_day): (&f64, &Vec<f64>)| Row { label: format!("> {level:.0}bp"), values: percents(by_day) };
    let rows = ladder.levels.iter().zip(&ladder.by_day).rev().map(row).collect();
    let heat = Chart {
        id: "sofr-iorb-calendar".to_owned(),
        title: "P(SOFR − IORB above a level), day by day".to_owned(),
        subtitle: "share of paths".to_owned(),
        unit: "%".to_owned(),
        digits: 0,
        alt: "Calendar of the probability that SOFR exceeds IORB by 0, 5, 10, 20 and 30 basis points on each day."
            .to_owned(),
        drawing: Drawing::Heat { rows },
    };
    let others = Chart {
        id: "other-rates".to_owned(),
        title: "Other rates over IORB".to_owned(),
        subtitle: "median, half and 90% of paths".to_owned(),
        unit: "bp".to_owned(),
        digits: 1,
        alt: "Fan charts of TGCR, the federal funds rate and the four-week bill, each less IORB.".to_owned(),
        drawing: Drawing::Multiples {
            panels: [Variable::TgcrIorb, Variable::EffrIorb, Variable::BillIorb]
                .map(|variable| panel(facts, variable))
                .to_vec(),
        },
    };
    let charts = [chart(facts, Variable::SofrIorb, spread), heat, trades(facts), others];
    charts.into_iter().map(|chart| Block::Chart(Box::new(chart))).collect()
}

/// The trades of a day around SOFR: medians over the paths of its own percentiles.
fn trades(facts: &RunFacts<'_>) -> Chart {
    let iorb = medians(facts, Variable::Iorb);
    let over_iorb = |name: &str, variable: Variable| Line {
        name: name.to_owned(),
        values: rounded(medians(facts, variable).iter().zip(&iorb).map(|(rate, iorb)| 100.0 * (rate - iorb)), 1),
    };
    Chart {
        id: "sofr-trades".to_owned(),
        title: "The trades behind SOFR, over IORB".to_owned(),
        subtitle: "medians over the paths of SOFR and of the percentiles of the day’s trades by volume".to_owned(),
        unit: "bp".to_owned(),
        digits: 1,
        alt: "Lines of the percentiles of a day’s trades around SOFR, less IORB.".to_owned(),
        drawing: Drawing::Lines {
            series: vec![
                over_iorb("99th", Variable::SofrP99),
                over_iorb("75th", Variable::SofrP75),
                over_iorb("SOFR", Variable::Sofr),
                over_iorb("25th", Variable::SofrP25),
                over_iorb("1st", Variable::SofrP1),
            ],
            from_zero: false,
        },
    }
}

/// The probability of every watch.
pub(super) fn watches(facts: &RunFacts<'_>) -> Vec<Block> {
    if facts.record.watches.is_empty() {
        return Vec::new();
    }
    let row = |watch: &crate::results::WatchRecord| {
        let first = watch.median_first_day.map_or("–".to_owned(), short_date);
        let limit = watch.limit.map_or(String::new(), |limit| {
            format!("{} {}", percent(limit), if watch.breached { "BREACHED" } else { "kept" })
        });
        vec![
            watch.name.clone(),
            watch.when.clone(),
            percent(watch.probability),
            percent(watch.standard_error),
            format!("{} to {}", percent(watch.interval.0), percent(watch.interval.1)),
            first,
            limit,
        ]
    };
    let mut table = Table {
        title: String::new(),
        note:
            "Share of paths on which it happens, with what simulation leaves uncertain; the day is the median of the \
               first, on the paths on which it happens."
                .to_owned(),
        columns: columns(["watch", "condition", "P", "± s.e.", "95% interval", "first", "limit"]),
        rows: facts.record.watches.iter().map(row).collect(),
    };
    if facts.record.watches.iter().all(|watch| watch.limit.is_none()) {
        table.columns.pop();
        table.rows.iter_mut().for_each(|row| {
            row.pop();
        });
    }
    vec![Block::Table(table)]
}

/// The ladder as a table: in dollars, in percent of GDP, on some day, and at month-ends.
fn ladder_table(facts: &RunFacts<'_>, ladder: &Ladder) -> Table {
    let dates = &facts.summary.dates;
    let ends: Vec<usize> = (1..dates.len())
        .filter(|&day| dates.get(day + 1).is_none_or(|next| next.month() != dates[day].month()))
        .collect();
    // Of a long horizon every second, third … month-end, the last among them.
    let every = ends.len().div_ceil(7).max(1);
    let shown: Vec<usize> = ends.iter().rev().step_by(every).rev().copied().collect();
    let mut names = columns(["reserves below", "% of GDP", "on some day", "± s.e."]);
    names.extend(shown.iter().map(|&day| short_date(dates[day])));
    let row = |(number_of, &level): (usize, &f64)| {
        let once = &ladder.once[number_of];
        let mut row = vec![
            format!("{}bn", number(level, 0)),
            format!("{:.1}%", 100.0 * level / facts.plan.gdp),
            percent(once.estimate()),
            percent(once.standard_error()),
        ];
        row.extend(shown.iter().map(|&day| percent(ladder.by_day[number_of][day])));
        row
    };
    Table {
        title: String::new(),
        note: format!(
            "Share of paths below a level on some day of the horizon, and at the close of month-ends. GDP: ${}bn at an \
             annual rate, of the vintage.",
            number(facts.plan.gdp, 0)
        ),
        columns: names,
        rows: ladder.levels.iter().enumerate().map(row).collect(),
    }
}

/// Lines of the levels that are reached on at least one path in a hundred, at most six of them.
fn likely_lines(ladder: &Ladder, name: impl Fn(f64) -> String) -> Vec<Line> {
    const LIKELY: f64 = 0.01;
    const MOST_LINES: usize = 6;
    let likely = (0..ladder.levels.len()).filter(|&level| ladder.once[level].estimate() >= LIKELY);
    likely
        .take(MOST_LINES)
        .map(|level| Line { name: name(ladder.levels[level]), values: percents(&ladder.by_day[level]) })
        .collect()
}

fn percents(shares: &[f64]) -> Vec<f64> {
    rounded(shares.iter().map(|share| 100.0 * share), 0)
}

fn probability_bar(label: String, probability: &Probability) -> Step {
    let (low, high) = probability.wilson_interval();
    let [value, low, high] = [probability.estimate(), low, high].map(|share| round(100.0 * share, 1));
    Step { label, value, low, high, hand: None }
}
