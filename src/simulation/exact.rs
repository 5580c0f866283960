//! Exact quantiles of a run, by living through it once more.

use super::run::{LeakFound, Settings};
use super::tally::account_for;
use super::tile::World;
use crate::model::Plan;
use crate::scenario::Scenario;
use crate::statistics::{Kept, Tally};

/// Why quantiles could not be made exact.
#[derive(Clone, Debug, PartialEq)]
pub enum ExactError {
    /// The books of a path did not add up.
    Leak(LeakFound),
    /// It was told to stop.
    Paused,
    /// Too many values would have to be kept.
    Memory {
        /// Bytes that they take.
        bytes: u64,
        /// Bytes that they may take.
        most: u64,
    },
}

/// Makes the quantiles of a whole run exact, by a second pass over the same paths; given up if `pause` says so, and keeps
/// saying so.
///
/// # Errors
/// A leak, a pause, or too many values to keep.
pub fn make_exact(
    scenario: &Scenario,
    plan: &Plan,
    tally: &mut Tally,
    settings: Settings,
    pause: &(dyn Fn() -> bool + Sync),
    progress: &(dyn Fn(u64) + Sync),
) -> Result<(), ExactError> {
    /// Most memory for values, bytes; while they are gathered, vectors that grow take up to twice as much.
    const MOST: u64 = 4_000_000_000;
    let begin = Kept::begin(tally);
    let bytes = begin.expected(tally) * size_of::<f64>() as u64;
    if bytes > MOST {
        return Err(ExactError::Memory { bytes, most: MOST });
    }
    let world = World::new(scenario, plan);
    let layout = tally.layout().clone();
    let mut kept = begin.clone();
    account_for::<f64, _>(
        &world,
        &layout,
        &mut kept,
        || begin.clone(),
        (0..tally.paths()).into(),
        settings,
        pause,
        progress,
    )
    .map_err(ExactError::Leak)?;
    if pause() {
        return Err(ExactError::Paused);
    }
    kept.sort();
    tally.refine(kept);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::VARIABLES;
    use crate::simulation::tally::tests::short;
    use crate::simulation::{simulate, tally};
    use crate::statistics::{Distribution, Summary};

    /// Every variable, day and quantile of the outcomes, sorted, against the summary of their tally.
    fn against_sorting(
        scenario: &Scenario,
        plan: &Plan,
        summary: &Summary,
        check: impl Fn(&Distribution, &Distribution),
    ) {
        let outcomes = simulate(scenario, plan, Settings::default(), &|_| ()).unwrap();
        for info in VARIABLES {
            for day in 0..=plan.days.len() {
                let derivation = plan.derivation(info.variable, day);
                let sorted = Distribution::of(&mut outcomes.derived(day, &derivation));
                check(&sorted, &summary.fan(info.variable).days[day]);
            }
        }
    }

    #[test]
    fn moments_are_those_of_the_sample_and_quantiles_within_their_bound() {
        let (scenario, plan) = short("shutdown_cash_hoarding", 60, 3_000);
        let summary = Summary::of(&tally(&scenario, &plan, Settings::default(), &|_| ()).unwrap(), &plan);
        against_sorting(&scenario, &plan, &summary, |sorted, read| {
            assert!((sorted.mean - read.mean).abs() <= 1e-9 + 1e-7 * sorted.sd, "{sorted:?} {read:?}");
            assert!((sorted.sd - read.sd).abs() <= 1e-9 + 1e-7 * sorted.sd, "{sorted:?} {read:?}");
            for (position, bound) in read.bounds.iter().enumerate() {
                let gap = (sorted.quantiles[position] - read.quantiles[position]).abs();
                assert!(gap <= bound + 1e-9, "{gap} at {position}: {sorted:?} {read:?}");
            }
        });
    }

    #[test]
    fn a_second_pass_gives_what_sorting_gives() {
        for name in ["shutdown_cash_hoarding", "baseline_2025q4", "sept_2019_spike"] {
            let (scenario, plan) = short(name, 60, 3_000);
            let mut tally = tally(&scenario, &plan, Settings::default(), &|_| ()).unwrap();
            make_exact(&scenario, &plan, &mut tally, Settings::default(), &|| false, &|_| ()).expect("little is kept");
            against_sorting(&scenario, &plan, &Summary::of(&tally, &plan), |sorted, read| {
                for (exact, read) in sorted.quantiles.iter().zip(read.quantiles) {
                    // Values a dollar apart may be told as one, and rounding shifts quantiles otherwise than values.
                    assert!((exact - read).abs() <= 2e-9, "{exact} against {read}");
                }
                assert_eq!(read.bounds, [0.0; 9]);
            });
        }
    }
}
