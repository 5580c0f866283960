//! What a run says on the terminal: the claim, the lines a strategist would quote, the watches, a fan.

use super::loop_words;
use super::sketch::{self, Extreme};
use crate::calendar::names::short_date;
use crate::model::Variable;
use crate::report::numbers::{error, number, percent, signed};
use crate::research::{Amplification, Measure};
use crate::results::{Band, Headlines, Move, RunRecord};
use crate::scenario::{Draws, REPLICATES, Scenario};
use crate::simulation::Precision;
use crate::statistics::Summary;
use std::fmt::Write;

/// Columns that every line fits in.
const WIDTH: usize = 80;

/// The page of a run.
pub fn page(
    scenario: &Scenario,
    summary: &Summary,
    record: &RunRecord,
    amplification: Option<&Amplification>,
) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "{}", scenario.title);
    text.push_str(&extent(scenario, record.business_days));
    if record.precision == Precision::Single.word() {
        text.push_str(&wrapped("Preview", "in single precision: the books hold to 10 million dollars, not to one."));
    }
    if let Some(until) = &record.until {
        text.push_str(&wrapped("Until  ", until));
    }
    text.push('\n');
    if !scenario.claim.is_empty() {
        text.push_str(&wrapped("Claim  ", &scenario.claim));
        text.push('\n');
    }
    text.push_str(&headlines(&record.headlines));
    text.push_str(match scenario.draws {
        Draws::Plain => "[ ] holds 90% of paths; ± is one standard error of simulation\n",
        Draws::Sobol => "[ ] holds 90% of paths; ± is one standard error of as many plain paths\n",
    });
    text.push_str(&uncertain_line(record));
    if let Some(found) = amplification {
        text.push_str(&amplification_line(found, scenario.paths));
    }
    text.push('\n');
    if !record.watches.is_empty() {
        text.push_str(&watches(record));
        text.push('\n');
    }
    for (title, variable, extreme) in [
        ("Reserves, $bn   ━ median   ▒ half of paths   · 90% of paths", Variable::Reserves, Extreme::Low),
        ("SOFR − IORB, basis points", Variable::SofrIorb, Extreme::High),
    ] {
        text.push_str(&sketch::fan(title, &summary.dates, &summary.fan(variable).days, extreme));
        text.push('\n');
    }
    for (number, hint) in scenario.look_at.iter().enumerate() {
        text.push_str(&wrapped(if number == 0 { "Look at" } else { "       " }, hint));
    }
    if !scenario.look_at.is_empty() {
        text.push('\n');
    }
    let _ = writeln!(text, "Results in {0}; the page to forward is report.html", record.folder);
    text
}

/// Dates, paths and seed.
pub fn extent(scenario: &Scenario, business_days: usize) -> String {
    format!(
        "{} to {} · {} × {} · seed {}{}\n",
        scenario.start,
        scenario.end,
        counted(scenario.paths, "path"),
        counted(business_days as u64, "business day"),
        scenario.seed,
        if scenario.draws == Draws::Plain { "" } else { " · evenly spread" }
    )
}

/// Five lines to quote.
fn headlines(headlines: &Headlines) -> String {
    let mut text = String::new();
    let mut line = |name: &str, words: &str| text.push_str(&wrapped(&format!("{name:<17}"), words));
    line(
        "Reserves",
        &format!(
            "{}bn at the start; {} on {}; lowest on a path {}",
            number(headlines.opening_reserves, 0),
            band(&headlines.closing_reserves, "bn"),
            short_date(headlines.end),
            band(&headlines.lowest_reserves, "bn"),
        ),
    );
    let unpaid = match headlines.unpaid_outlays {
        share if share > 0.0 => format!(
            "; EMPTY, with bills unpaid, on {} ± {} of paths",
            percent(share),
            percent(headlines.unpaid_outlays_standard_error)
        ),
        _ => String::new(),
    };
    line(
        "TGA",
        &format!(
            "{}bn at the start; {} at the end; highest on a path {}{unpaid}",
            number(headlines.opening_tga, 0),
            band(&headlines.closing_tga, "bn"),
            band(&headlines.highest_tga, "bn"),
        ),
    );
    let mut spreads = vec![format!("highest on a path {}", band(&headlines.highest_sofr_iorb, "bp"))];
    spreads.extend(headlines.spreads.iter().map(|spread| {
        let likeliest = spread.likeliest_day.map_or(String::new(), |day| {
            format!(", likeliest {} ({})", short_date(day), percent(spread.probability_on_that_day))
        });
        let [probability, error] = [percent(spread.probability), percent(spread.standard_error)];
        format!("P(>{:.0}bp on some day) {probability} ± {error}{likeliest}", spread.level_bp)
    }));
    line("SOFR − IORB", &spreads.join("; "));
    line("Standing facility", &format!("highest take-up on a path {}", band(&headlines.highest_srf, "bn")));
    let mut moved = Vec::new();
    if let Some(low) = &headlines.to_the_low {
        let change = format!("{}{}bn", signed(low.reserves, 0), error(low.standard_error));
        moved.push(format!("to the low of {}, {change}: {}", short_date(low.date), hands(low)));
    }
    let end = &headlines.to_the_end;
    moved.push(format!("to the end, {}{}bn: {}", signed(end.reserves, 0), error(end.standard_error), hands(end)));
    line("What moved it", &moved.join("; "));
    text
}

/// What simulation leaves uncertain; nothing for plain draws.
fn uncertain_line(record: &RunRecord) -> String {
    let error = |name: &str, unit: &str, scale: f64| {
        let found = record.uncertain.iter().find(|figure| figure.figure == name)?;
        let half = 0.5 * scale * (found.interval.1 - found.interval.0);
        Some(format!("{name} ± {}{unit}", number(half, if half < 1.0 { 2 } else { 1 })))
    };
    let told = [
        error("reserves at the end, median", "bn", 1.0),
        error("TGA at the end, median", "bn", 1.0),
        error("highest SOFR − IORB, median", "bp", 1.0),
        error("P(SOFR − IORB > 10bp on some day)", "%", 100.0),
    ];
    let told: Vec<String> = told.into_iter().flatten().collect();
    if told.is_empty() {
        return String::new();
    }
    wrapped(&format!("{:<17}", "Simulation error"), &format!("95% by {REPLICATES} replicates: {}", told.join("; ")))
}

/// What the loop adds, from the paths that were run without it too.
fn amplification_line(found: &Amplification, of: u64) -> String {
    let mut words = loop_words::sentence(found.factor(Measure::Peak).as_ref());
    if found.scenario.paths < of {
        let _ = write!(
            words,
            " On the first {}; `tidegate amplification` takes all.",
            counted(found.scenario.paths, "path")
        );
    }
    wrapped(&format!("{:<17}", "Amplification"), &words)
}

/// `1 path`, `10,000 paths`.
fn counted(count: u64, thing: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {thing}{plural}", number(count as f64, 0))
}

/// The parts of a move by whose hand it was.
fn hands(parts: &Move) -> String {
    [
        ("Treasury", parts.treasury),
        ("Fed", parts.fed),
        ("money funds", parts.money_funds),
        ("currency and others", parts.other_depositors),
    ]
    .map(|(hand, amount)| format!("{hand} {}", signed(amount, 0)))
    .join(", ")
}

fn watches(record: &RunRecord) -> String {
    let mut text = format!("{:<44} {:>8} {:>8}  {}\n", "Watch", "P", "± s.e.", "first, if at all");
    for watch in &record.watches {
        let first = watch.median_first_day.map_or("–".to_owned(), short_date);
        let mut name = truncated(&watch.name, 44);
        if watch.breached {
            name = format!("{}  OVER LIMIT", truncated(&watch.name, 32));
        }
        let _ = writeln!(
            text,
            "{name:<44} {:>8} {:>8}  {first}",
            percent(watch.probability),
            format!("{:.1}%", 100.0 * watch.standard_error),
        );
    }
    text
}

/// `2,957±1bn [2,803±2, 3,117±3]`.
fn band(band: &Band, unit: &str) -> String {
    let [low, median, high] = band.standard_errors.map(error);
    format!("{}{median}{unit} [{}{low}, {}{high}]", number(band.median, 0), number(band.low, 0), number(band.high, 0))
}

/// `text` after `label`, broken at spaces and indented to the label's width.
pub fn wrapped(label: &str, text: &str) -> String {
    let indent = label.chars().count() + 1;
    let mut lines = String::from(label);
    let mut column = indent - 1;
    for word in text.split_whitespace() {
        // A text may come from elsewhere, and a terminal obeys what is no letter.
        let word: String = word.chars().filter(|c| !c.is_control()).collect();
        let length = word.chars().count();
        if column + 1 + length > WIDTH && column > indent {
            let _ = write!(lines, "\n{:indent$}", "");
            column = indent;
        } else {
            lines.push(' ');
            column += 1;
        }
        lines.push_str(&word);
        column += length;
    }
    lines.push('\n');
    lines
}

/// `text` cut to a width.
pub fn truncated(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    text.chars().take(width - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_text_is_broken_within_the_width() {
        let text = wrapped("Claim  ", &"reserves fall and rates rise ".repeat(12));
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
        assert!(text.lines().skip(1).all(|line| line.starts_with("        ")), "{text}");
    }
}
