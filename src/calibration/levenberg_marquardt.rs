//! Nonlinear least squares: Levenberg–Marquardt with a trust region.
//!
//! ```text
//! min ½ |r(x)|²,   step: min |r + J δ|  within  |D δ| ≤ Δ
//! δ(λ) = −(JᵀJ + λ D²)⁻¹ Jᵀ r,   λ from |D δ(λ)| = Δ
//! ```
//!
//! Moré (1978, *The Levenberg–Marquardt Algorithm: Implementation and Theory*, Lecture Notes in Mathematics 630): scaling D
//! by the largest column norms so far, λ by Newton steps on 1/Δ − 1/|D δ|, Δ by the ratio of the actual to the foreseen
//! reduction. The damped problem is solved by singular values; derivatives are central differences.

use nalgebra::{DMatrix, DVector};
use rayon::prelude::*;

/// When to stop, and how far to step for a derivative.
#[derive(Clone, Copy, Debug)]
pub struct Stopping {
    /// Relative reduction of the sum of squares, foreseen and actual, below which it has converged.
    pub reduction: f64,
    /// Relative size of the trust region below which it has converged.
    pub step: f64,
    /// Most iterations.
    pub iterations: usize,
    /// Step of a difference quotient, relative to 1 + |x|.
    pub difference: f64,
}

impl Default for Stopping {
    fn default() -> Stopping {
        Stopping { reduction: 1e-8, step: 1e-8, iterations: 100, difference: 1e-5 }
    }
}

/// Where the search ended.
#[derive(Clone, Debug)]
pub struct Minimum {
    /// The point.
    pub x: DVector<f64>,
    /// Residuals there.
    pub residuals: DVector<f64>,
    /// Derivatives of the residuals there, one column per coordinate.
    pub jacobian: DMatrix<f64>,
    /// Iterations used.
    pub iterations: usize,
    /// Whether a test of convergence was met.
    pub converged: bool,
}

impl Minimum {
    /// The sum of squares.
    pub fn sum_of_squares(&self) -> f64 {
        self.residuals.norm_squared()
    }
}

/// Share of the foreseen reduction that a step must bring to be taken (Moré 1978, section 2).
const ACCEPTED: f64 = 1e-4;

/// First radius of the trust region, in units of the scaled start (MINPACK, factor).
const FIRST_RADIUS: f64 = 100.0;

/// Minimises the sum of squares of `residuals` from `start`. A point that cannot be evaluated answers with none and is
/// treated as worse than any other.
///
/// Returns none if the start itself cannot be evaluated.
pub fn least_squares(
    residuals: &(dyn Fn(&[f64]) -> Option<Vec<f64>> + Sync),
    start: &[f64],
    stopping: Stopping,
) -> Option<Minimum> {
    let mut x = DVector::from_column_slice(start);
    let mut r = evaluate(residuals, &x)?;
    let mut jacobian = differences(residuals, &x, &r, stopping.difference);
    let mut scale = column_norms(&jacobian).map(|norm| if norm > 0.0 { norm } else { 1.0 });
    let scaled_length = |x: &DVector<f64>, scale: &DVector<f64>| x.component_mul(scale).norm();
    let mut radius = FIRST_RADIUS * scaled_length(&x, &scale).max(1.0 / FIRST_RADIUS);
    let mut converged = r.norm() == 0.0;
    let mut iterations = 0;
    while !converged && iterations < stopping.iterations {
        iterations += 1;
        let damped = Damped::of(&jacobian, &r, &scale);
        loop {
            let (step, lambda) = damped.step(radius);
            let length = scaled_length(&step, &scale);
            let linear = (&jacobian * &step).norm_squared();
            let foreseen = (linear + 2.0 * lambda * length * length) / r.norm_squared();
            let slope = -(linear + lambda * length * length) / r.norm_squared();
            let candidate = &x + &step;
            let tried = evaluate(residuals, &candidate);
            let actual = tried.as_ref().map_or(-1.0, |tried| 1.0 - tried.norm_squared() / r.norm_squared());
            let ratio = if foreseen > 0.0 { actual / foreseen } else { 0.0 };
            if ratio <= 0.25 {
                // The minimum of the parabola through the two values and the slope (Moré 1978, section 5).
                let parabola = if actual >= 0.0 { 0.5 } else { 0.5 * slope / (slope + 0.5 * actual) };
                radius = parabola.clamp(0.1, 0.5) * radius.min(10.0 * length);
            } else if lambda == 0.0 || ratio >= 0.75 {
                radius = 2.0 * length;
            }
            let taken = ratio >= ACCEPTED;
            if let (true, Some(tried)) = (taken, tried) {
                x = candidate;
                r = tried;
            }
            let small_gain = actual.abs() <= stopping.reduction && foreseen <= stopping.reduction && ratio <= 2.0;
            converged = small_gain || radius <= stopping.step * scaled_length(&x, &scale).max(1.0) || r.norm() == 0.0;
            if taken || converged {
                break;
            }
        }
        jacobian = differences(residuals, &x, &r, stopping.difference);
        scale = scale.zip_map(&column_norms(&jacobian), f64::max);
    }
    Some(Minimum { x, residuals: r, jacobian, iterations, converged })
}

fn evaluate(residuals: &(dyn Fn(&[f64]) -> Option<Vec<f64>> + Sync), x: &DVector<f64>) -> Option<DVector<f64>> {
    residuals(x.as_slice()).map(DVector::from_vec).filter(|r| r.iter().all(|value| value.is_finite()))
}

/// Derivatives by central differences; one-sided where the other side cannot be evaluated.
fn differences(
    residuals: &(dyn Fn(&[f64]) -> Option<Vec<f64>> + Sync),
    x: &DVector<f64>,
    r: &DVector<f64>,
    relative: f64,
) -> DMatrix<f64> {
    let columns: Vec<DVector<f64>> = (0..x.len())
        .into_par_iter()
        .map(|coordinate| {
            let step = relative * (1.0 + x[coordinate].abs());
            let [below, above] = [-step, step].map(|by| {
                let mut moved = x.clone();
                moved[coordinate] += by;
                evaluate(residuals, &moved)
            });
            match (below, above) {
                (Some(below), Some(above)) => (above - below) / (2.0 * step),
                (None, Some(above)) => (above - r) / step,
                (Some(below), None) => (r - below) / step,
                (None, None) => DVector::zeros(r.len()),
            }
        })
        .collect();
    DMatrix::from_columns(&columns)
}

fn column_norms(matrix: &DMatrix<f64>) -> DVector<f64> {
    DVector::from_iterator(matrix.ncols(), matrix.column_iter().map(|column| column.norm()))
}

/// The damped linear problem in singular values of J D⁻¹.
struct Damped {
    singular: DVector<f64>,
    /// Uᵀ r.
    rotated: DVector<f64>,
    /// V, transposed.
    v_t: DMatrix<f64>,
    scale: DVector<f64>,
}

impl Damped {
    fn of(jacobian: &DMatrix<f64>, r: &DVector<f64>, scale: &DVector<f64>) -> Damped {
        let mut scaled = jacobian.clone();
        for (mut column, by) in scaled.column_iter_mut().zip(scale) {
            column /= *by;
        }
        let svd = scaled.svd(true, true);
        let u = svd.u.expect("asked for");
        Damped {
            rotated: u.tr_mul(r),
            singular: svd.singular_values,
            v_t: svd.v_t.expect("asked for"),
            scale: scale.clone(),
        }
    }

    /// D δ in the coordinates of V for a damping of `lambda`; directions without any slope stay.
    fn rotated_step(&self, lambda: f64) -> DVector<f64> {
        let negligible = self.singular.max() * f64::EPSILON * self.singular.len() as f64;
        self.singular.zip_map(&self.rotated, |s, u| if s <= negligible { 0.0 } else { -s * u / (s * s + lambda) })
    }

    /// The step within the radius, and its damping.
    fn step(&self, radius: f64) -> (DVector<f64>, f64) {
        /// Relative error of the length of the step (Moré 1978, section 5).
        const CLOSE: f64 = 0.1;
        let mut lambda = 0.0;
        let mut rotated = self.rotated_step(0.0);
        if rotated.norm() > (1.0 + CLOSE) * radius {
            let mut low = 0.0;
            let mut high = self.singular.component_mul(&self.rotated).norm() / radius;
            lambda = 1e-3 * high;
            for _ in 0..50 {
                if lambda <= low || lambda >= high {
                    lambda = (1e-3 * high).max((low * high).sqrt());
                }
                rotated = self.rotated_step(lambda);
                let length = rotated.norm();
                if (length - radius).abs() <= CLOSE * radius {
                    break;
                }
                let curvature: f64 = rotated.iter().zip(&self.singular).map(|(d, s)| d * d / (s * s + lambda)).sum();
                if length > radius {
                    low = lambda;
                } else {
                    high = lambda;
                }
                lambda += (length / radius) * (length - radius) * length / curvature;
            }
        }
        (self.v_t.tr_mul(&rotated).component_div(&self.scale), lambda)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minimum(residuals: impl Fn(&[f64]) -> Vec<f64> + Sync, start: &[f64]) -> Minimum {
        let stopping = Stopping { reduction: 1e-14, step: 1e-14, iterations: 500, difference: 1e-6 };
        least_squares(&|x| Some(residuals(x)), start, stopping).expect("the start can be evaluated")
    }

    // Starts, minimisers and minima: Moré, Garbow and Hillstrom (1981, *Testing Unconstrained Optimization Software*, ACM
    // TOMS 7), problems 1, 6, 7, 8, 9, 12, 13 and 15.

    #[test]
    fn rosenbrock() {
        let found = minimum(|x| vec![10.0 * (x[1] - x[0] * x[0]), 1.0 - x[0]], &[-1.2, 1.0]);
        assert!(found.converged && (found.x - DVector::from_vec(vec![1.0, 1.0])).norm() < 1e-8);
    }

    #[test]
    fn jennrich_and_sampson() {
        let found = minimum(
            |x| (1..=10).map(f64::from).map(|i| 2.0 + 2.0 * i - ((i * x[0]).exp() + (i * x[1]).exp())).collect(),
            &[0.3, 0.4],
        );
        assert!((found.sum_of_squares() - 124.362).abs() < 1e-3, "{}", found.sum_of_squares());
        assert!((found.x[0] - 0.2578).abs() < 1e-3 && (found.x[1] - 0.2578).abs() < 1e-3);
    }

    #[test]
    fn helical_valley() {
        let angle =
            |x: &[f64]| (x[1] / x[0]).atan() / (2.0 * std::f64::consts::PI) + if x[0] < 0.0 { 0.5 } else { 0.0 };
        let found = minimum(
            |x| vec![10.0 * (x[2] - 10.0 * angle(x)), 10.0 * ((x[0] * x[0] + x[1] * x[1]).sqrt() - 1.0), x[2]],
            &[-1.0, 0.0, 0.0],
        );
        assert!((found.x - DVector::from_vec(vec![1.0, 0.0, 0.0])).norm() < 1e-7);
    }

    #[test]
    fn bard() {
        const Y: [f64; 15] = [0.14, 0.18, 0.22, 0.25, 0.29, 0.32, 0.35, 0.39, 0.37, 0.58, 0.73, 0.96, 1.34, 2.10, 4.39];
        let found = minimum(
            |x| {
                let of = |(i, y): (usize, &f64)| {
                    let (u, v) = ((i + 1) as f64, (15 - i) as f64);
                    y - (x[0] + u / (v * x[1] + u.min(v) * x[2]))
                };
                Y.iter().enumerate().map(of).collect()
            },
            &[1.0, 1.0, 1.0],
        );
        assert!((found.sum_of_squares() - 8.21487e-3).abs() < 1e-7, "{}", found.sum_of_squares());
    }

    #[test]
    fn kowalik_and_osborne() {
        const Y: [f64; 11] = [0.1957, 0.1947, 0.1735, 0.1600, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246];
        const U: [f64; 11] = [4.0, 2.0, 1.0, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625];
        let found = minimum(
            |x| {
                let of = |(y, u): (&f64, &f64)| y - x[0] * (u * u + u * x[1]) / (u * u + u * x[2] + x[3]);
                Y.iter().zip(&U).map(of).collect()
            },
            &[0.25, 0.39, 0.415, 0.39],
        );
        assert!((found.sum_of_squares() - 3.07505e-4).abs() < 1e-8, "{}", found.sum_of_squares());
    }

    #[test]
    fn powell_singular() {
        let found = minimum(
            |x| {
                vec![
                    x[0] + 10.0 * x[1],
                    5.0_f64.sqrt() * (x[2] - x[3]),
                    (x[1] - 2.0 * x[2]).powi(2),
                    10.0_f64.sqrt() * (x[0] - x[3]).powi(2),
                ]
            },
            &[3.0, -1.0, 0.0, 1.0],
        );
        assert!(found.sum_of_squares() < 1e-12 && found.x.norm() < 1e-2);
    }

    #[test]
    fn a_point_that_cannot_be_evaluated_is_walked_around() {
        let found =
            least_squares(&|x: &[f64]| (x[0] > 0.0).then(|| vec![x[0].ln(), x[0] - 1.0]), &[0.05], Stopping::default());
        assert!((found.expect("the start is positive").x[0] - 1.0).abs() < 1e-6);
    }
}
