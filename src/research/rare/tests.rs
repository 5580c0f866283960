//! Estimates against closed forms: sums and walks of normals.

use super::*;
use crate::random::ChainOfPaths;
use crate::statistics::TILE;

/// A walk of independent normal steps.
#[derive(Clone, Copy)]
enum Walk {
    /// Its end beyond a level, in standard deviations.
    End { days: usize, beyond: f64 },
    /// Its highest day beyond a level, in standard deviations of a step.
    Highest { days: usize, beyond: f64 },
}

impl RarePaths for Walk {
    fn normals(&self) -> usize {
        match *self {
            Walk::End { days, .. } | Walk::Highest { days, .. } => days,
        }
    }

    fn distances(&self, paths: &ChainOfPaths<TILE>) -> Result<[f64; TILE], LeakFound> {
        let mut sum = [0.0; TILE];
        let mut highest = [f64::NEG_INFINITY; TILE];
        for row in &paths.normals {
            for lane in 0..TILE {
                sum[lane] += f64::from(row[lane]);
                highest[lane] = highest[lane].max(sum[lane]);
            }
        }
        Ok(match *self {
            Walk::End { days, beyond } => sum.map(|sum| sum / (days as f64).sqrt() - beyond),
            Walk::Highest { beyond, .. } => highest.map(|highest| highest - beyond),
        })
    }
}

fn estimate(walk: Walk, per_level: usize, replicates: usize, seed: u64) -> RareEvent {
    RareEvent::on(&walk, Effort { per_level, replicates, seed }, &|_| ()).expect("there is a way")
}

/// Probabilities of walks of standard normal steps.
const KNOWN: [(Walk, f64); 4] = [
    // SciPy 1.17.1: norm.isf(p).
    (Walk::End { days: 50, beyond: 3.090_232_306_167_813 }, 1e-3),
    (Walk::End { days: 100, beyond: 4.264_890_793_922_825 }, 1e-5),
    // By another method: the density of the walk below the level, day by day, by Gauss and Legendre's rule with 400 and
    // with 800 nodes, NumPy 2.4.6. docs/rare_events.md has the lines.
    (Walk::Highest { days: 50, beyond: 24.0 }, 5.253_563_055_309e-4),
    (Walk::Highest { days: 50, beyond: 31.0 }, 8.398_831_469_791e-6),
];

#[test]
fn probabilities_with_a_closed_form_are_found() {
    for (walk, truth) in KNOWN {
        let found = estimate(walk, 500, 64, 2);
        let interval = found.interval.expect("it is reached");
        let off = (interval.estimate - truth) / interval.standard_error;
        assert!(off.abs() < 3.0, "{off} standard errors: {interval:?} against {truth}");
        assert!(interval.standard_error < 0.1 * truth, "{interval:?}");
        assert_eq!(found.doubt(), None);
    }
}

#[test]
#[ignore = "a measurement of some minutes, for docs/rare_events.md"]
fn intervals_hold_the_truth_as_often_as_they_say() {
    for (walk, truth) in KNOWN {
        for per_level in [100, 200, 500] {
            let (mut held, mut doubted, mut spread, mut sum) = (0, 0, 0.0, 0.0);
            for seed in 0..200 {
                let found = estimate(walk, per_level, 16, seed);
                let interval = found.interval.expect("it is reached");
                held += u32::from((interval.bounds.0..=interval.bounds.1).contains(&truth));
                doubted += u32::from(found.doubt().is_some());
                spread += interval.relative_spread / 200.0;
                sum += interval.estimate / truth / 200.0;
            }
            let coverage = f64::from(held) / 200.0;
            println!(
                "{truth:.1e} {per_level}: held {coverage:.3}, doubted {doubted}, spread {spread:.2}, mean {sum:.3}"
            );
            assert!(coverage > 0.9);
        }
    }
}

#[test]
fn any_number_of_threads_gives_the_same_bits() {
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let found = pool.install(|| estimate(KNOWN[3].0, 300, 16, 1));
        (found.levels.clone(), found.replicates)
    };
    let one = on(1);
    assert!(one.0.len() > 2);
    for threads in [2, 7] {
        assert!(one == on(threads), "{threads} threads");
    }
}

#[test]
fn what_plain_paths_reach_needs_no_levels() {
    let found = estimate(Walk::End { days: 20, beyond: 0.0 }, 1_000, 16, 1);
    assert!(found.levels.is_empty());
    // 16,000 plain paths: p(1 − p)/n, of which 16 replicates tell the root to a fifth.
    let interval = found.interval.expect("it is reached");
    assert!((interval.estimate - 0.5).abs() < 0.012, "{interval:?}");
    assert!((interval.plain_paths() / 16_000.0).ln().abs() < 1.2, "{interval:?}");
}

/// Paths that are all as far, but for one of a few.
struct Plateau(f64);

impl RarePaths for Plateau {
    fn normals(&self) -> usize {
        1
    }

    fn distances(&self, paths: &ChainOfPaths<TILE>) -> Result<[f64; TILE], LeakFound> {
        Ok(paths.normals[0].map(|z| f64::from(z).max(self.0) - 4.0))
    }
}

#[test]
fn a_plateau_is_left_where_something_is_above_it_and_told_where_nothing_is() {
    // SciPy 1.17.1: norm.sf(4) is 3.167e-5.
    let effort = Effort { per_level: 1_000, replicates: 64, seed: 4 };
    let interval = RareEvent::on(&Plateau(1.5), effort, &|_| ()).expect("there is a way").interval.expect("reached");
    assert!((interval.estimate - 3.167_124e-5).abs() < 3.0 * interval.standard_error, "{interval:?}");
    let flat = RareEvent::on(&Plateau(3.9), effort, &|_| ()).expect_err("one path in 20,000 is above");
    assert!(matches!(flat, RareError::NoWay(NoWay::Flat { levels: 0, .. })), "{flat:?}");
    let remote = RareEvent::on(&Walk::End { days: 1, beyond: 12.0 }, effort, &|_| ()).expect_err("1e-33");
    assert_eq!(remote, RareError::NoWay(NoWay::TooRare));
}
