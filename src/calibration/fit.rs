//! Many searches from drawn starts, and what the best of them can and cannot tell.
//!
//! ```text
//! H   = JᵀJ                            data and prior
//! M   = Σ_targets Newey–West(j_t r_t) + prior part of H
//! cov = H⁻¹ M H⁻¹                      in units of the prior's standard deviation
//! ```
//!
//! Weekly misses of a free run last for months, so that the curvature alone would overstate what is known. The middle of the
//! sandwich adds their autocovariances up to [`LAGS`] weeks with Bartlett weights: Newey and West (1987, *A Simple, Positive
//! Semi-Definite, Heteroskedasticity and Autocorrelation Consistent Covariance Matrix*, Econometrica 55).

use super::levenberg_marquardt::{Stopping, least_squares};
use super::problem::Problem;
use crate::random::{AddressedStream, uniform};
use nalgebra::{DMatrix, DVector, SymmetricEigen};
use rand::TryRng;

/// Weeks over which misses are taken to hang together: half a year.
pub const LAGS: usize = 26;

/// Half the width of the box around the prior means from which starts are drawn, in standard deviations.
const BOX: f64 = 1.5;

/// Share of the prior's standard deviation above which the data have hardly spoken.
const PRIOR_DOMINATES: f64 = 0.8;

/// Correlation above which two parameters cannot be told apart.
const TOGETHER: f64 = 0.9;

/// Where one search ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Search {
    /// Its number.
    pub number: u64,
    /// Where it ended.
    pub z: Vec<f64>,
    /// Sum of squares there, data and prior.
    pub sum_of_squares: f64,
    /// Iterations.
    pub iterations: usize,
    /// Whether it converged.
    pub converged: bool,
}

/// The start of a search: the prior means for the first, draws addressed by seed and number for the others.
pub fn start(problem: &Problem, seed: u64, number: u64) -> Vec<f64> {
    /// Draws of starts have a day of their own, far from those of simulated ones.
    const STARTS: u32 = u32::MAX - 1;
    let mut stream = AddressedStream::new(seed, number, STARTS, 0);
    let mut draw = || {
        let Ok(word) = stream.try_next_u32();
        BOX * (2.0 * uniform(word) - 1.0)
    };
    problem
        .coordinates
        .iter()
        .map(|coordinate| if number == 0 { coordinate.place(coordinate.mean) } else { draw() })
        .collect()
}

/// Carries out a search; none if its start cannot be evaluated.
pub fn search(problem: &Problem, seed: u64, number: u64) -> Option<Search> {
    let stopping = Stopping { reduction: 1e-9, step: 1e-9, iterations: 80, difference: 1e-5 };
    let found = least_squares(&|z| problem.residuals(z), &start(problem, seed, number), stopping)?;
    Some(Search {
        number,
        z: found.x.as_slice().to_vec(),
        sum_of_squares: found.sum_of_squares(),
        iterations: found.iterations,
        converged: found.converged,
    })
}

/// How far an estimate rests on data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The data moved it and narrowed it.
    Identified,
    /// The prior's standard deviation is hardly reduced.
    Prior,
    /// It stands at a bound.
    AtBound,
}

impl Verdict {
    /// In tables.
    pub const fn name(self) -> &'static str {
        match self {
            Verdict::Identified => "identified",
            Verdict::Prior => "prior",
            Verdict::AtBound => "at bound",
        }
    }
}

/// A fitted parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// Its name.
    pub name: &'static str,
    /// The value, in its unit.
    pub value: f64,
    /// Standard error, with the prior as information and misses that last.
    pub standard_error: f64,
    /// Prior mean.
    pub prior_mean: f64,
    /// Prior standard deviation.
    pub prior_sd: f64,
    /// How far it rests on data.
    pub verdict: Verdict,
}

/// What the curvature at the best point says.
#[derive(Clone, Debug)]
pub struct Identification {
    /// The estimates, in the order of the coordinates.
    pub estimates: Vec<Estimate>,
    /// Pairs that the data cannot tell apart, with their correlation.
    pub together: Vec<(&'static str, &'static str, f64)>,
    /// Eigenvalues of JᵀJ of the data alone, in units of the prior's information, largest first.
    pub eigenvalues: Vec<f64>,
    /// Root of the ratio of the largest to the smallest eigenvalue of data and prior.
    pub condition: f64,
}

/// Examines a point; none if it cannot be evaluated.
pub fn identify(problem: &Problem, z: &[f64]) -> Option<Identification> {
    let still = Stopping { iterations: 0, ..Stopping::default() };
    let here = least_squares(&|z| problem.residuals(z), z, still)?;
    let count = problem.coordinates.len();
    let rows = here.residuals.len() - count;
    let slopes: Vec<f64> = problem.coordinates.iter().zip(z).map(|(c, z)| c.slope(*z) / c.sd).collect();
    // A bound is no information: what stands at one is held there, and the rest examined without it.
    let free: Vec<usize> =
        (0..count).filter(|i| !problem.coordinates[*i].at_bound(problem.coordinates[*i].value(z[*i]))).collect();
    // Per standard deviation of the prior.
    let jacobian =
        DMatrix::from_fn(rows, free.len(), |row, column| here.jacobian[(row, free[column])] / slopes[free[column]]);
    let data = jacobian.tr_mul(&jacobian);
    let mut eigenvalues: Vec<f64> = SymmetricEigen::new(data.clone()).eigenvalues.iter().copied().collect();
    eigenvalues.sort_by(|a, b| b.total_cmp(a));
    let whole = &data + DMatrix::identity(free.len(), free.len());
    let condition = {
        let values = SymmetricEigen::new(whole.clone()).eigenvalues;
        (values.max() / values.min()).sqrt()
    };
    let inverse = whole.try_inverse()?;
    let mut middle = DMatrix::identity(free.len(), free.len());
    let mut first = 0;
    for weeks in problem.weeks_in_window() {
        middle += newey_west(&jacobian, &here.residuals, first, weeks);
        first += weeks;
    }
    let covariance = &inverse * middle * &inverse;
    let sd = |i: usize| covariance[(i, i)].sqrt();
    let estimates = problem.coordinates.iter().enumerate().map(|(i, coordinate)| {
        let value = coordinate.value(z[i]);
        let place = free.iter().position(|at| *at == i);
        // No sum of data and prior is less certain than the prior.
        let relative = place.map_or(0.0, |place| sd(place).min(1.0));
        Estimate {
            name: coordinate.info.name,
            value,
            standard_error: relative * coordinate.sd,
            prior_mean: coordinate.mean,
            prior_sd: coordinate.sd,
            verdict: match place {
                None => Verdict::AtBound,
                Some(_) if relative > PRIOR_DOMINATES => Verdict::Prior,
                Some(_) => Verdict::Identified,
            },
        }
    });
    let mut together = Vec::new();
    for (i, a) in free.iter().enumerate() {
        for (j, b) in free.iter().enumerate().skip(i + 1) {
            let correlation = inverse[(i, j)] / (inverse[(i, i)] * inverse[(j, j)]).sqrt();
            if correlation.abs() > TOGETHER {
                together.push((problem.coordinates[*a].info.name, problem.coordinates[*b].info.name, correlation));
            }
        }
    }
    Some(Identification { estimates: estimates.collect(), together, eigenvalues, condition })
}

/// Σ of the autocovariances of the scores j_t r_t of some rows, with Bartlett weights.
fn newey_west(jacobian: &DMatrix<f64>, residuals: &DVector<f64>, first: usize, rows: usize) -> DMatrix<f64> {
    let score = |row: usize| jacobian.row(first + row).transpose() * residuals[first + row];
    let scores: Vec<DVector<f64>> = (0..rows).map(score).collect();
    let mut sum = DMatrix::zeros(jacobian.ncols(), jacobian.ncols());
    for lag in 0..=LAGS.min(rows.saturating_sub(1)) {
        let weight = 1.0 - lag as f64 / (LAGS + 1) as f64;
        for row in lag..rows {
            let product = &scores[row] * scores[row - lag].transpose() * weight;
            if lag > 0 {
                sum += product.transpose();
            }
            sum += product;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_lags_the_middle_is_the_sum_of_squared_scores_and_a_lasting_miss_widens_it() {
        let jacobian = DMatrix::from_element(200, 1, 1.0);
        let alternating = DVector::from_fn(200, |row, _| if row % 2 == 0 { 1.0 } else { -1.0 });
        let lasting = DVector::from_fn(200, |row, _| if row % 100 < 50 { 1.0 } else { -1.0 });
        // Squares sum to 200; alternating signs cancel, runs of fifty add up.
        assert!(newey_west(&jacobian, &alternating, 0, 200)[(0, 0)] < 20.0);
        assert!(newey_west(&jacobian, &lasting, 0, 200)[(0, 0)] > 2000.0);
    }
}
