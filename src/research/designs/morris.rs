//! Trajectories along which one factor moves at a time.
//!
//! Morris (1991, *Technometrics* 33, 161–174): factors take p levels 0, 1/(p − 1), … 1, a trajectory starts on any of
//! them and moves every factor once, in any order, up or down by
//!
//! ```text
//! Δ = p / (2 (p − 1))
//! ```
//!
//! so that with p even each level is taken as often as any other. This is what SALib 1.6 draws with
//! `morris.sample(problem, N, num_levels=p)`.

use super::MORRIS;
use super::error::{DesignError, check_size};
use crate::random::words_at;

/// So many `trajectories` one after the other, each of k + 1 points.
///
/// # Errors
/// If there is no trajectory or factor, or too many, or if levels are odd or none.
pub fn morris_trajectories(
    trajectories: usize,
    factors: usize,
    levels: usize,
    seed: u64,
) -> Result<Vec<Vec<f64>>, DesignError> {
    check_size(trajectories as u128 * (factors as u128 + 1), factors)?;
    if levels < 2 || levels % 2 == 1 {
        return Err(DesignError::OddLevels(levels));
    }
    Ok((0..trajectories).flat_map(|number| trajectory(number, factors, levels, seed)).collect())
}

fn trajectory(number: usize, factors: usize, levels: usize, seed: u64) -> Vec<Vec<f64>> {
    let half = levels / 2;
    let at = |level: usize| level as f64 / (levels - 1) as f64;
    let draws: Vec<[u32; 4]> =
        (0..factors).map(|factor| words_at(seed, number as u64, MORRIS, factor as u32)).collect();
    let (start, end): (Vec<f64>, Vec<f64>) = draws
        .iter()
        .map(|&[level, direction, ..]| {
            let low = ((u64::from(level) * half as u64) >> 32) as usize;
            let ends = (at(low), at(low + half));
            if direction >> 31 == 0 { ends } else { (ends.1, ends.0) }
        })
        .unzip();
    let mut order: Vec<usize> = (0..factors).collect();
    order.sort_by_key(|&factor| (draws[factor][2], draws[factor][3]));
    let mut point = start;
    let mut points = vec![point.clone()];
    for factor in order {
        point[factor] = end[factor];
        points.push(point.clone());
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn a_trajectory_moves_every_factor_once_by_the_step(factors in 1..9_usize, half in 1..6_usize, seed: u64) {
            let levels = 2 * half;
            let rows = morris_trajectories(5, factors, levels, seed).unwrap();
            prop_assert_eq!(rows.len(), 5 * (factors + 1));
            for points in rows.chunks(factors + 1) {
                let mut moved = Vec::new();
                for pair in points.windows(2) {
                    let changed: Vec<usize> = (0..factors).filter(|&i| pair[0][i] != pair[1][i]).collect();
                    prop_assert_eq!(changed.len(), 1);
                    let step = (pair[1][changed[0]] - pair[0][changed[0]]).abs();
                    prop_assert!((step - levels as f64 / (2.0 * (levels as f64 - 1.0))).abs() < 1e-15);
                    moved.push(changed[0]);
                }
                moved.sort_unstable();
                prop_assert_eq!(moved, (0..factors).collect::<Vec<_>>());
            }
            for place in rows.iter().flatten() {
                let level = place * (levels - 1) as f64;
                prop_assert!((0.0..=1.0).contains(place) && (level - level.round()).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn levels_directions_and_orders_are_equally_likely() {
        let (n, factors) = (6_000, 3);
        let rows = morris_trajectories(n, factors, 4, 11).unwrap();
        let share = |is: &dyn Fn(&[Vec<f64>]) -> bool| {
            rows.chunks(factors + 1).filter(|points| is(points)).count() as f64 / n as f64
        };
        // Within four standard errors.
        let check =
            |share: f64, p: f64| assert!((share - p).abs() < 4.0 * (p * (1.0 - p) / n as f64).sqrt(), "{share}");
        for factor in 0..factors {
            for level in 0..4 {
                let at = f64::from(level) / 3.0;
                check(share(&|points| points[0][factor] == at), 0.25);
            }
            for position in 0..factors {
                check(share(&|points| points[position][factor] != points[position + 1][factor]), 1.0 / 3.0);
            }
        }
    }

    #[test]
    fn odd_levels_and_none_are_refused() {
        for levels in [0, 1, 3] {
            assert_eq!(morris_trajectories(4, 2, levels, 1), Err(DesignError::OddLevels(levels)));
        }
        assert!(morris_trajectories(0, 2, 4, 1).is_err() && morris_trajectories(2, 0, 4, 1).is_err());
        assert!(morris_trajectories(usize::MAX, 9, 4, 1).is_err());
    }
}
