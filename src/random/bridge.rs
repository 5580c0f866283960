//! A Brownian bridge: the first normals move the whole path, later ones fill in between.
//!
//! Glasserman (2003, *Monte Carlo Methods in Financial Engineering*, section 3.1). The first normal gives the sum
//! of all days; then each sum over n days is split between its first n₁ and its last n₂ = n − n₁:
//!
//! ```text
//! sum₁ = (n₁/n) sum + √(n₁n₂/n) z          sum₂ = sum − sum₁
//! ```
//!
//! which is the distribution of the parts of a sum of independent standard normals, given the sum. What is left when
//! every day stands alone are as many independent standard normals as went in. Quasi-random points are best in
//! their first dimensions, which so decide what matters most where shocks accumulate.

use crate::model::Real;
use std::collections::VecDeque;

/// A sum over some days, to be split in two.
#[derive(Clone, Copy, Debug)]
struct Split {
    /// First day of the sum.
    first: usize,
    /// First day of its later part.
    middle: usize,
    /// Share of the earlier part, given the whole.
    share: f64,
    /// Standard deviation of the earlier part, given the whole.
    spread: f64,
}

/// How the days of a run are split, in the order of its normals.
#[derive(Clone, Debug)]
pub struct Bridge {
    days: usize,
    splits: Vec<Split>,
}

impl Bridge {
    /// The bridge over some days: halves, then quarters, and so on; of an odd number the earlier part has one more.
    pub fn new(days: usize) -> Bridge {
        let mut splits = Vec::with_capacity(days.saturating_sub(1));
        let mut waiting = VecDeque::new();
        waiting.push_back(0..days);
        while let Some(whole) = waiting.pop_front() {
            if whole.len() < 2 {
                continue;
            }
            let middle = whole.start + whole.len().div_ceil(2);
            let (earlier, later) = (whole.start..middle, middle..whole.end);
            let all = whole.len() as f64;
            let share = earlier.len() as f64 / all;
            let spread = (earlier.len() as f64 * later.len() as f64 / all).sqrt();
            splits.push(Split { first: whole.start, middle, share, spread });
            waiting.extend([earlier, later]);
        }
        Bridge { days, splits }
    }

    /// Days of the run, and so normals that go in and come out.
    pub fn days(&self) -> usize {
        self.days
    }

    /// Takes in the normals with number `input`, after all those before it. `sums` has one row a day; once every
    /// normal is in, the rows are the days' independent standard normals.
    #[inline(always)]
    pub fn take<T: Real, const N: usize>(&self, input: usize, normals: &[f64; N], sums: &mut [[T; N]]) {
        let Some(before) = input.checked_sub(1) else {
            let spread = (self.days as f64).sqrt();
            sums[0] = normals.map(|z| T::of(spread * z));
            return;
        };
        let Split { first, middle, share, spread } = self.splits[before];
        for i in 0..N {
            let whole = sums[first][i].to_f64();
            let earlier = share * whole + spread * normals[i];
            sums[first][i] = T::of(earlier);
            sums[middle][i] = T::of(whole - earlier);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What one unit of each normal does to each day, a column per normal.
    fn matrix(days: usize) -> nalgebra::DMatrix<f64> {
        let bridge = Bridge::new(days);
        nalgebra::DMatrix::from_columns(
            &(0..days)
                .map(|unit| {
                    let mut sums = vec![[f64::NAN]; days];
                    for input in 0..days {
                        bridge.take(input, &[f64::from(u8::from(input == unit))], &mut sums);
                    }
                    nalgebra::DVector::from_iterator(days, sums.into_iter().flatten())
                })
                .collect::<Vec<_>>(),
        )
    }

    proptest! {
        #[test]
        fn independent_normals_come_out_as_they_go_in(days in 1..260_usize) {
            // The covariance of M z is M M′.
            let matrix = matrix(days);
            let error = &matrix * matrix.transpose() - nalgebra::DMatrix::identity(days, days);
            prop_assert!(error.amax() < 1e-13, "{}", error.amax());
        }
    }

    #[test]
    fn the_first_normal_is_the_sum_of_all_days() {
        for days in [1, 2, 125, 250] {
            let sums = matrix(days).row_sum();
            assert!((sums[0] - (days as f64).sqrt()).abs() < 1e-12);
            assert!(sums.iter().skip(1).all(|sum| sum.abs() < 1e-12));
        }
    }

    #[test]
    fn wide_gaps_are_filled_first() {
        for days in [7, 125, 250] {
            let spreads: Vec<f64> = Bridge::new(days).splits.iter().map(|split| split.spread).collect();
            assert!(spreads.windows(2).all(|pair| pair[1] <= pair[0] * 1.25), "{days} days");
        }
    }
}
