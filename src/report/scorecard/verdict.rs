//! What the scorecard comes to, in a few sentences made from its numbers.

use super::tables::days;
use crate::backtest::{Cell, Forecaster, Scorecard, bars};
use crate::statistics::scores::Estimate;

/// The verdict: first how many demands are met, then skill, calibration, and where the model does worst.
pub fn verdict(card: &Scorecard) -> Vec<String> {
    if card.cells.is_empty() {
        return vec!["No forecast was scored.".to_owned()];
    }
    let demands = card.bars();
    let met = demands.iter().filter(|bar| bar.met).count();
    let mut sentences = vec![match demands.len() {
        0 => "No demand was made of what was scored.".to_owned(),
        n if met == n => format!("All {n} demands set beforehand are met."),
        n => format!("Of {n} demands set beforehand {met} are met and {} are not.", n - met),
    }];
    let comparisons = Forecaster::BENCHMARKS.into_iter().filter_map(|benchmark| {
        let scores: Vec<_> = card.cells.iter().filter_map(|cell| cell.against(benchmark)).collect();
        let better = scores.iter().filter(|score| score.skill.value > 0.0).count();
        let surely = scores.iter().filter(|score| score.skill.low > 0.0).count();
        (!scores.is_empty())
            .then(|| format!("{} in {better} of {} comparisons, surely in {surely}", benchmark.named(), scores.len()))
    });
    let comparisons: Vec<String> = comparisons.collect();
    if !comparisons.is_empty() {
        sentences.push(format!("By CRPS the model beats {}.", comparisons.join("; ")));
    }
    let within = |found: Estimate, (low, high): (f64, f64)| (low..=high).contains(&found.value);
    let hold = |is: &dyn Fn(&&Cell) -> bool| card.cells.iter().filter(is).count();
    let ninety = hold(&|cell| within(cell.ninety.spread, bars::NINETY));
    let half = hold(&|cell| within(cell.half.spread, bars::HALF));
    let all = card.cells.len();
    sentences.push(format!(
        "Bands of 90 % hold 85 to 95 % of outcomes in {ninety} of {all} cases, bands of 50 % hold 43 to 57 % in {half}."
    ));
    sentences.push(match card.losses().first() {
        None => "No forecaster without economics is better anywhere.".to_owned(),
        Some((cell, score)) => format!(
            "It does worst on {} {} ahead, where {} is better by {:.0} %.",
            cell.subject.title(),
            days(cell.horizon),
            score.benchmark.named(),
            -100.0 * score.skill.value
        ),
    });
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::scorecard::page::tests::card;

    #[test]
    fn the_verdict_counts_what_the_tables_show() {
        let card = card();
        let said = verdict(&card);
        let unmet = card.bars().iter().filter(|bar| !bar.met).count();
        assert!(said[0].contains(&format!("{unmet} are not")), "{said:?}");
        let (cell, score) = card.losses()[0];
        assert!(said[3].contains(&cell.subject.title()) && said[3].contains(score.benchmark.named()), "{said:?}");
        assert_eq!(verdict(&Scorecard::default()), ["No forecast was scored."]);
    }
}
