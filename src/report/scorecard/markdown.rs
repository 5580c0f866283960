//! The scorecard in Markdown.

use super::tables::tables;
use super::verdict::verdict;
use crate::backtest::{Making, Scorecard};
use crate::calendar::names::short_date;
use crate::report::markdown::escaped;
use std::fmt::Write;

/// Verdict, tables and how it was made, under headings of the second level.
pub fn markdown(card: &Scorecard) -> String {
    let mut text = format!("{}\n", verdict(card).join(" "));
    for table in tables(card) {
        text.push('\n');
        text.push_str(&table.markdown());
    }
    text.push_str("\n## How it was made\n\n");
    for line in made(&card.making) {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "- {}", escaped(&line));
    }
    text
}

/// What somebody needs to make the same scorecard, line by line.
pub(super) fn made(making: &Making) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some((first, last)) = making.origins {
        lines.push(format!(
            "{} origins, every {} business days from {} to {}.",
            making.number_of_origins,
            making.every,
            short_date(first),
            short_date(last)
        ));
    }
    if !making.horizons.is_empty() {
        let horizons: Vec<String> = making.horizons.iter().map(usize::to_string).collect();
        lines.push(format!("Horizons of {} business days.", horizons.join(", ")));
    }
    lines.push(format!("{} paths a forecast, seed {}, tidegate {}.", making.paths, making.seed, making.version));
    lines.extend(making.parameters.iter().cloned());
    lines.push(format!("Fingerprint of the history read: {}.", making.fingerprint));
    lines.push(
        "Every forecast sees only what had been published by its origin, and what was announced or is in the calendar."
            .to_owned(),
    );
    lines.push(
        "Benchmarks: the last value and changes of the last 1,000 business days; changes to the same days of previous \
         years, of spreads their levels on such days in the last two years; an autoregression with dummies for days of \
         the calendar on the last 1,000."
            .to_owned(),
    );
    lines.push(
        "CRPS of samples by the fair score (Ferro 2014). Intervals by the stationary bootstrap over origins (Politis and \
         Romano 1994), in blocks that span forecasts with days in common or longer by the rule of Politis and White \
         (2004). Bars of reliability as Bröcker and Smith (2007)."
            .to_owned(),
    );
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::scorecard::page::tests::card;

    #[test]
    fn every_row_of_a_table_has_its_columns() {
        let text = markdown(&card());
        for block in text.split("\n\n").filter(|block| block.starts_with('|')) {
            let bars: Vec<usize> = block.lines().map(|line| line.replace("\\|", "").matches('|').count()).collect();
            assert!(bars.windows(2).all(|pair| pair[0] == pair[1]), "{block}");
        }
        assert!(text.contains("## Skill") && text.contains("## How it was made"));
    }
}
