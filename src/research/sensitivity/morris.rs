//! Elementary effects: what an output does when one factor moves, over many places.
//!
//! ```text
//! d_i = (f(x + Δ e_i) − f(x)) / Δ          one for each trajectory, Δ in units of the cube
//! μ_i = mean of d_i     μ*_i = mean of |d_i|     σ_i = standard deviation of d_i
//! ```
//!
//! Morris (1991, *Technometrics* 33, 161–174); μ* is of Campolongo, Cariboni and Saltelli (2007, *Environmental
//! Modelling & Software* 22, 1509–1518). A factor with a small μ* can be left where it is, one with a σ as large as its
//! μ* does not act alone or not in proportion. The same numbers as `morris.analyze` of SALib 1.6, unscaled.

use super::bootstrap::Bootstrap;
use super::error::{SensitivityError, check};
use super::widest::WIDE;
use crate::statistics::scores::Estimate;

/// Elementary effects of all factors.
#[derive(Clone, Debug, PartialEq)]
pub struct Morris {
    /// Trajectories behind them.
    pub trajectories: usize,
    /// In the order of the factors, in the unit of the output.
    pub factors: Vec<ElementaryEffects>,
}

/// What moving a factor through its whole range does, on the measure of single steps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ElementaryEffects {
    /// Mean.
    pub mu: f64,
    /// Mean size, with its bootstrap interval over trajectories.
    pub mu_star: Estimate,
    /// Standard deviation, with one less than the number of trajectories in the denominator.
    pub sigma: f64,
}

impl Morris {
    /// From the points of trajectories, one after the other, and the output at each.
    ///
    /// # Errors
    /// If points are no trajectories, outputs are not one for each, not finite or do not vary, or if intervals cannot
    /// be made as asked.
    pub fn of(design: &[Vec<f64>], outputs: &[f64], bootstrap: &Bootstrap) -> Result<Morris, SensitivityError> {
        if design.len() != outputs.len() {
            return Err(SensitivityError::Points { outputs: outputs.len(), points: design.len() });
        }
        let factors = design.first().map_or(0, Vec::len);
        let trajectories = check(outputs, factors + 1)?;
        let mut effects = vec![Vec::with_capacity(trajectories); factors];
        for trajectory in 0..trajectories {
            for row in trajectory * (factors + 1) + 1..(trajectory + 1) * (factors + 1) {
                let moved = the_one_that_moves(&design[row - 1], &design[row]);
                let factor = moved.filter(|&factor| effects[factor].len() == trajectory);
                let factor = factor.ok_or(SensitivityError::NotOneFactor(row))?;
                let step = design[row][factor] - design[row - 1][factor];
                effects[factor].push((outputs[row] - outputs[row - 1]) / step);
            }
        }
        let resamples = bootstrap.draw(trajectories)?;
        let factors = effects.iter().map(|effects| ElementaryEffects::of(effects, bootstrap, &resamples)).collect();
        Ok(Morris { trajectories, factors })
    }

    /// Whether every mean size is told well enough to be ranked: half the width of its interval is at most [`WIDE`] of
    /// the largest.
    pub fn is_converged(&self) -> bool {
        let largest = self.factors.iter().map(|effects| effects.mu_star.value).fold(0.0, f64::max);
        self.factors.iter().all(|effects| (effects.mu_star.high - effects.mu_star.low) / 2.0 <= WIDE * largest)
    }
}

impl ElementaryEffects {
    fn of(effects: &[f64], bootstrap: &Bootstrap, resamples: &[Vec<usize>]) -> ElementaryEffects {
        let n = effects.len() as f64;
        let mu = effects.iter().sum::<f64>() / n;
        let size = |places: &[usize]| places.iter().map(|&place| effects[place].abs()).sum::<f64>() / n;
        let whole: Vec<usize> = (0..effects.len()).collect();
        let mut resampled: Vec<f64> = resamples.iter().map(|places| size(places)).collect();
        let squares: f64 = effects.iter().map(|effect| (effect - mu) * (effect - mu)).sum();
        ElementaryEffects {
            mu,
            mu_star: bootstrap.interval(size(&whole), &mut resampled),
            sigma: (squares / (n - 1.0)).sqrt(),
        }
    }
}

/// The place of the only coordinate in which two points differ.
fn the_one_that_moves(from: &[f64], to: &[f64]) -> Option<usize> {
    let mut moved = (0..from.len().min(to.len())).filter(|&factor| from[factor] != to[factor]);
    let first = moved.next();
    first.filter(|_| moved.next().is_none() && from.len() == to.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::research::designs::morris_trajectories;

    /// Twelve trajectories of three factors on four levels.
    fn shared_design() -> Vec<Vec<f64>> {
        let trajectory = |t: usize| {
            let low: Vec<usize> = (0..3).map(|i| (t * (i + 1) + i) % 2).collect();
            let is_up: Vec<bool> = (0..3).map(|i| (t >> i) & 1 == 0).collect();
            let at = |i: usize, high: bool| (low[i] + 2 * usize::from(high)) as f64 / 3.0;
            let mut point: Vec<f64> = (0..3).map(|i| at(i, !is_up[i])).collect();
            let mut points = vec![point.clone()];
            for step in 0..3 {
                let i = (t + step) % 3;
                point[i] = at(i, is_up[i]);
                points.push(point.clone());
            }
            points
        };
        (0..12).flat_map(trajectory).collect()
    }

    fn cubic(x: &[f64]) -> f64 {
        3.0 * x[0] + 2.0 * x[1].powi(2) - x[0] * x[2] + 0.5 * (x[2] - 0.3).powi(2) * x[1]
    }

    /// SALib 1.6.0 (NumPy 2.4.6) on the same points:
    ///
    /// ```python
    /// for t in range(12):
    ///     low = [(t * (i + 1) + i) % 2 for i in range(3)]
    ///     up = [((t >> i) & 1) == 0 for i in range(3)]
    ///     point = [(low[i] if up[i] else low[i] + 2) / 3 for i in range(3)]; X.append(list(point))
    ///     for i in [(t + i) % 3 for i in range(3)]:
    ///         point[i] = (low[i] + 2 if up[i] else low[i]) / 3; X.append(list(point))
    /// f = lambda x: 3 * x[0] + 2 * x[1] ** 2 - x[0] * x[2] + 0.5 * (x[2] - 0.3) ** 2 * x[1]
    /// X, Y = np.array(X), np.array([f(x) for x in X])
    /// print(morris.analyze(problem, X, Y, num_levels=4, num_resamples=200000, seed=1))
    /// ```
    #[test]
    fn effects_are_those_of_salib() {
        let design = shared_design();
        let outputs: Vec<f64> = design.iter().map(|x| cubic(x)).collect();
        let found = Morris::of(&design, &outputs, &Bootstrap::default()).unwrap();
        let expected = [
            (2.5, 2.5, 0.33333333333333315, 0.18061889571793974),
            (2.7375925925925926, 2.7375925925925926, 0.08623999261494174, 0.04668093841183788),
            (-0.36666666666666675, 0.38703703703703707, 0.3824429712553576, 0.19517355709917306),
        ];
        assert_eq!(found.trajectories, 12);
        for (found, (mu, mu_star, sigma, half_width)) in found.factors.iter().zip(expected) {
            assert!((found.mu - mu).abs() < 1e-10 && (found.mu_star.value - mu_star).abs() < 1e-10, "{found:?}");
            assert!((found.sigma - sigma).abs() < 1e-10, "{found:?}");
            // SALib takes 1.96 standard deviations of the resampled means to either side instead of their percentiles.
            let found = (found.mu_star.high - found.mu_star.low) / 2.0;
            assert!((found / half_width - 1.0).abs() < 0.12, "{found} against {half_width}");
        }
        assert!(found.is_converged());
    }

    #[test]
    fn a_plane_has_its_slopes_without_error() {
        let design = morris_trajectories(10, 4, 6, 3).unwrap();
        let slopes = [2.0, -1.0, 0.0, 5.0];
        let plane = |x: &[f64]| 40.0 + x.iter().zip(slopes).map(|(x, slope)| slope * x).sum::<f64>();
        let outputs: Vec<f64> = design.iter().map(|x| plane(x)).collect();
        let found = Morris::of(&design, &outputs, &Bootstrap::default()).unwrap();
        for (found, slope) in found.factors.iter().zip(slopes) {
            assert!((found.mu - slope).abs() < 1e-12 && found.sigma < 1e-12, "{found:?}");
            assert!(
                (found.mu_star.low - slope.abs()).abs() < 1e-12 && (found.mu_star.high - slope.abs()).abs() < 1e-12
            );
        }
        assert!(found.is_converged());
    }

    #[test]
    fn effects_that_differ_from_place_to_place_take_more_trajectories() {
        let of = |trajectories| {
            let design = morris_trajectories(trajectories, 2, 4, 3).unwrap();
            let outputs: Vec<f64> = design.iter().map(|x| (x[0] - 0.5) * x[1]).collect();
            Morris::of(&design, &outputs, &Bootstrap::default()).unwrap().is_converged()
        };
        assert!(!of(4) && of(200));
    }

    #[test]
    fn what_is_no_trajectory_is_refused() {
        let of = |design: &[Vec<f64>], outputs: &[f64]| Morris::of(design, outputs, &Bootstrap::default()).unwrap_err();
        let design = shared_design();
        let outputs: Vec<f64> = design.iter().map(|x| cubic(x)).collect();
        assert_eq!(of(&design, &outputs[1..]), SensitivityError::Points { outputs: 47, points: 48 });
        assert_eq!(of(&design[1..], &outputs[1..]), SensitivityError::Rows { found: 47, block: 4 });
        assert_eq!(of(&design, &[3.0; 48]), SensitivityError::Constant(3.0));
        assert_eq!(of(&[], &[]), SensitivityError::TooFew { found: 0 });
        let mut turned = design.clone();
        turned.rotate_left(1);
        assert_eq!(of(&turned, &outputs), SensitivityError::NotOneFactor(3));
        let mut back = design.clone();
        back[2] = back[0].clone();
        assert_eq!(of(&back, &outputs), SensitivityError::NotOneFactor(2));
        let mut short = design;
        short[5].pop();
        assert_eq!(of(&short, &outputs), SensitivityError::NotOneFactor(5));
    }
}
