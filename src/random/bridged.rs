//! The shocks of whole paths from scrambled Sobol' points, through a Brownian bridge for every shock.
//!
//! The first dimensions are kept for what a path draws once. Then come the first normals of every shock's bridge, the
//! second of every shock's, and so on: what moves a shock over the whole run lies in the best dimensions. Tails are
//! fattened day by day, by the quantile of Student's t rather than by a mixing variable, which would need dimensions
//! of its own and hide the bridge behind its noise.

use super::bridge::Bridge;
use super::points::ScrambledPoints;
use super::quantile::{normal_quantile, student_from_normal};
use super::shocks::correlated;
use crate::model::{Real, SHOCKS, Shock, Shocks, cholesky_factor};

/// Makes the shocks of any tile of paths.
#[derive(Clone, Debug)]
pub struct BridgedSource {
    points: ScrambledPoints,
    first_dimension: usize,
    bridge: Bridge,
    factor: [[f64; SHOCKS]; SHOCKS],
}

/// The shocks of a tile on all days.
#[derive(Clone, Debug)]
pub struct BridgedShocks<'a, const N: usize> {
    factor: &'a [[f64; SHOCKS]; SHOCKS],
    days: usize,
    /// Independent standard normals: a row for every shock and day, a shock's days together.
    normals: Vec<[f64; N]>,
}

impl BridgedSource {
    /// The source of a run over `days` days, from dimension `first_dimension` of the points on.
    pub fn new(points: ScrambledPoints, first_dimension: usize, days: usize) -> BridgedSource {
        BridgedSource { points, first_dimension, bridge: Bridge::new(days), factor: cholesky_factor() }
    }

    /// The shocks of paths `first_path` to `first_path + N − 1`.
    pub fn tile<const N: usize>(&self, first_path: u64) -> BridgedShocks<'_, N> {
        let days = self.bridge.days();
        let mut points = self.points.tile::<N>(first_path);
        let mut normals = vec![[0.0; N]; SHOCKS * days];
        for input in 0..days {
            for (shock, sums) in normals.chunks_exact_mut(days).enumerate() {
                let words = points.words(self.first_dimension + input * SHOCKS + shock);
                self.bridge.take(input, &words.map(normal_quantile), sums);
            }
        }
        BridgedShocks { factor: &self.factor, days, normals }
    }
}

impl<const N: usize> BridgedShocks<'_, N> {
    /// The shocks of day `day`, mean 0 and variance 1 each.
    #[inline(always)]
    pub fn draw<T: Real>(&self, day: usize) -> Shocks<T, N> {
        let independent: [[f64; N]; SHOCKS] = std::array::from_fn(|shock| {
            let normals = &self.normals[shock * self.days + day];
            if Shock::ALL[shock].is_fat_tailed() { normals.map(student_from_normal) } else { *normals }
        });
        correlated(&self.factor, &independent)
    }
}
