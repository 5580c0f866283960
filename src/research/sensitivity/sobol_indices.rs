//! Sobol' indices: the share of an output's variance that goes with a factor.
//!
//! ```text
//! S_i  = Var E(Y | X_i) / Var Y                 first order, what X_i does alone
//! S_Ti = E Var(Y | X_~i) / Var Y                total, what would remain if all but X_i were known
//!
//! S_i  ≈ (1/N)  Σ_j f(B)_j (f(A_B^(i))_j − f(A)_j) / V          Saltelli et al. (2010), table 2 (b)
//! S_Ti ≈ (1/2N) Σ_j (f(A)_j − f(A_B^(i))_j)² / V                Jansen (1999); table 2 (f)
//! ```
//!
//! with V the variance of the 2N outputs f(A) and f(B). Sobol' (1993, *Mathematical Modelling and Computational
//! Experiments* 1, 407–414); Homma and Saltelli (1996, *Reliability Engineering & System Safety* 52, 1–17); Jansen
//! (1999, *Computer Physics Communications* 117, 35–43); Saltelli, Annoni, Azzini, Campolongo, Ratto and Tarantola
//! (2010, same journal 181, 259–270). The first estimator is only good for outputs around zero, so that outputs are
//! first taken from their mean, over all points, and divided by their standard deviation, as SALib 1.6's
//! `sobol.analyze` does.

use super::bootstrap::Bootstrap;
use super::error::{SensitivityError, check};
use super::widest::Widest;
use crate::statistics::scores::Estimate;

/// Shares of the variance of an output. They may stray out of 0 to 1 by as much as their intervals are wide.
#[derive(Clone, Debug, PartialEq)]
pub struct SobolIndices {
    /// Base rows behind them.
    pub base: usize,
    /// Mean of the output at the points A and B.
    pub mean: f64,
    /// Its variance there, in the output's unit squared.
    pub variance: f64,
    /// What each factor does alone.
    pub first: Vec<Estimate>,
    /// What each factor does alone and with others.
    pub total: Vec<Estimate>,
}

/// What of an output's variance is owed to factors.
struct Order {
    first: f64,
    total: f64,
}

/// Standardised outputs by their place in the design.
struct Crossed {
    a: Vec<f64>,
    b: Vec<f64>,
    /// One row a factor.
    ab: Vec<Vec<f64>>,
}

impl SobolIndices {
    /// From the outputs at the points of Saltelli's design in so many `factors`, in its order.
    ///
    /// # Errors
    /// If outputs are not those of such a design, are not finite, or do not vary, or if intervals cannot be made as
    /// asked.
    pub fn of(outputs: &[f64], factors: usize, bootstrap: &Bootstrap) -> Result<SobolIndices, SensitivityError> {
        let base = check(outputs, factors + 2)?;
        SobolIndices::with(outputs, factors, bootstrap, &bootstrap.draw(base)?)
            .ok_or(SensitivityError::Constant(outputs[0]))
    }

    /// From outputs that vary and whose rows have been drawn again; none if they do not vary at the points A and B.
    pub(super) fn with(
        outputs: &[f64],
        factors: usize,
        bootstrap: &Bootstrap,
        resamples: &[Vec<usize>],
    ) -> Option<SobolIndices> {
        let base = outputs.len() / (factors + 2);
        let (centre, variance) = moments(outputs.iter().copied());
        let scale = variance.sqrt();
        let crossed = Crossed::of(outputs, factors, |output| (output - centre) / scale);
        let whole: Vec<usize> = (0..base).collect();
        let (mean, variance) = crossed.moments(&whole);
        let orders = crossed.orders(&whole)?;
        let again: Vec<Vec<Order>> = resamples.iter().filter_map(|rows| crossed.orders(rows)).collect();
        let estimate = |of: fn(&Order) -> f64| -> Vec<Estimate> {
            (0..factors)
                .map(|factor| {
                    let mut resampled: Vec<f64> = again.iter().map(|orders| of(&orders[factor])).collect();
                    bootstrap.interval(of(&orders[factor]), &mut resampled)
                })
                .collect()
        };
        Some(SobolIndices {
            base,
            mean: centre + scale * mean,
            variance: scale * scale * variance,
            first: estimate(|order| order.first),
            total: estimate(|order| order.total),
        })
    }

    /// The share of variance that no factor brings about alone.
    pub fn interactions(&self) -> f64 {
        1.0 - self.first.iter().map(|index| index.value).sum::<f64>()
    }

    /// The index that is told worst, which says whether all are converged; none without factors.
    pub fn widest(&self) -> Option<Widest> {
        Widest::of(&self.first, &self.total)
    }

    /// Whether every index is told well enough to be read, by the rule of [`Widest`].
    pub fn is_converged(&self) -> bool {
        self.widest().is_some_and(|widest| widest.is_converged())
    }
}

impl Crossed {
    fn of(outputs: &[f64], factors: usize, standard: impl Fn(f64) -> f64) -> Crossed {
        let at =
            |place: usize| outputs.iter().skip(place).step_by(factors + 2).map(|&output| standard(output)).collect();
        Crossed { a: at(0), b: at(factors + 1), ab: (1..=factors).map(at).collect() }
    }

    /// Mean and variance of the outputs at the points A and B of some rows.
    fn moments(&self, rows: &[usize]) -> (f64, f64) {
        moments(rows.iter().flat_map(|&row| [self.a[row], self.b[row]]))
    }

    /// The indices of every factor from some rows; none if the output does not vary there.
    fn orders(&self, rows: &[usize]) -> Option<Vec<Order>> {
        let (_, variance) = self.moments(rows);
        let n = rows.len() as f64;
        let order = |ab: &Vec<f64>| {
            let (first, total) = rows.iter().fold((0.0, 0.0), |(first, total), &row| {
                let moved = ab[row] - self.a[row];
                (first + self.b[row] * moved, total + moved * moved)
            });
            Order { first: first / n / variance, total: 0.5 * total / n / variance }
        };
        // Standardised outputs that vary less than this are equal but for rounding.
        (variance > f64::EPSILON).then(|| self.ab.iter().map(order).collect())
    }
}

/// Mean and variance, with as many in the denominator as there are values.
fn moments(values: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let n = values.clone().count() as f64;
    let mean = values.clone().sum::<f64>() / n;
    (mean, values.map(|value| (value - mean) * (value - mean)).sum::<f64>() / n)
}

#[cfg(test)]
mod tests {
    use super::super::test_functions::{G, g, ishigami, shared_base};
    use super::*;
    use crate::research::designs::{cross, saltelli};

    fn of(rows: &[Vec<f64>], f: impl Fn(&[f64]) -> f64) -> SobolIndices {
        let outputs: Vec<f64> = rows.iter().map(|row| f(row)).collect();
        SobolIndices::of(&outputs, rows[0].len(), &Bootstrap::default()).unwrap()
    }

    /// SALib 1.6.0 (NumPy 2.4.6) on the same points:
    ///
    /// ```python
    /// base = [[math.modf(0.5 + (j + 1) * math.sqrt(p))[0] for p in (2, 3, 5, 7, 11, 13)] for j in range(64)]
    /// # … crossed as sobol.sample does, X; Z = math.pi * (2 * X - 1)
    /// Y = np.sin(Z[:, 0]) + 7 * np.sin(Z[:, 1]) ** 2 + 0.1 * Z[:, 2] ** 4 * np.sin(Z[:, 0])
    /// S = sobol.analyze(problem, Y, calc_second_order=False, num_resamples=20000, seed=1, keep_resamples=True)
    /// print(S["S1"], S["ST"], np.percentile(S["S1_conf_all"], [2.5, 97.5], axis=0), …)
    /// ```
    #[test]
    fn indices_and_intervals_are_those_of_salib() {
        let found = of(&cross(&shared_base(64, 3)), ishigami);
        let first = [
            (0.4467950553810554, 0.13488488148104502, 0.7691389267757401),
            (0.4328600398510141, 0.2389517927088081, 0.6506124712552649),
            (0.1759037880841052, 0.0444310624394703, 0.31618883382778273),
        ];
        let total = [
            (1.0369540100790402, 0.4992724368135265, 1.6665858995569895),
            (0.4621581597271414, 0.3199355029348446, 0.6624546322713347),
            (0.20819872861760383, 0.11832290420270794, 0.3308912909973222),
        ];
        for (found, expected) in found.first.iter().chain(&found.total).zip(first.into_iter().chain(total)) {
            assert!((found.value - expected.0).abs() < 1e-10, "{found:?} against {expected:?}");
            // An end of a thousand resamples is uncertain by 0.085 standard errors, of which 3.92 lie between the ends.
            let allowed = 3.0 * 0.085 * (expected.2 - expected.1) / 3.92;
            assert!((found.low - expected.1).abs() < allowed, "{found:?} against {expected:?}");
            assert!((found.high - expected.2).abs() < allowed, "{found:?} against {expected:?}");
        }
        // NumPy: Y.reshape(-1, 5)[:, [0, 4]].mean() and .var().
        assert!((found.mean - 3.4004178941504897).abs() < 1e-10 && (found.variance - 13.022933485804618).abs() < 1e-10);
        assert!(!found.is_converged() && found.widest().unwrap().factor == 0);
    }

    #[test]
    fn ishigamis_function_has_the_indices_of_its_closed_form() {
        let found = of(&saltelli(4_096, 3, 1).unwrap(), ishigami);
        // Ishigami and Homma (1990), a = 7, b = 0.1: V₁ = ½ (1 + bπ⁴/5)², V₂ = a²/8, V₁₃ = 8b²π⁸/225.
        let pi4 = std::f64::consts::PI.powi(4);
        let (v1, v2, v13) = (0.5 * (1.0 + 0.1 * pi4 / 5.0).powi(2), 49.0 / 8.0, 8.0 * 0.01 * pi4 * pi4 / 225.0);
        let v = v1 + v2 + v13;
        for (found, expected) in found.first.iter().zip([v1 / v, v2 / v, 0.0]) {
            assert!(
                (found.value - expected).abs() < 0.01 && found.low < expected && expected < found.high,
                "{found:?}"
            );
        }
        for (found, expected) in found.total.iter().zip([(v1 + v13) / v, v2 / v, v13 / v]) {
            assert!(
                (found.value - expected).abs() < 0.01 && found.low < expected && expected < found.high,
                "{found:?}"
            );
        }
        assert!((found.interactions() - v13 / v).abs() < 0.02 && found.is_converged());
        assert!((found.mean - 3.5).abs() < 0.02 && (found.variance / v - 1.0).abs() < 0.01);
    }

    #[test]
    fn sobols_g_has_the_indices_of_its_closed_form() {
        let found = of(&saltelli(4_096, G.len(), 2).unwrap(), g);
        // Saltelli and Sobol' (1995): V_i = 1/(3 (1 + a_i)²), V = ∏ (1 + V_i) − 1, V_Ti = V_i ∏_(j≠i) (1 + V_j).
        let alone = G.map(|a| 1.0 / (3.0 * (1.0 + a).powi(2)));
        let product: f64 = alone.iter().map(|v| 1.0 + v).product();
        for factor in 0..G.len() {
            let first = alone[factor] / (product - 1.0);
            let total = alone[factor] * product / (1.0 + alone[factor]) / (product - 1.0);
            let (a, b) = (found.first[factor], found.total[factor]);
            assert!((a.value - first).abs() < 0.01 && (b.value - total).abs() < 0.01, "{factor}: {a:?} {b:?}");
        }
        assert!(found.is_converged());
    }

    #[test]
    fn neither_where_zero_lies_nor_the_unit_matters() {
        let rows = cross(&shared_base(64, 3));
        let (plain, moved) = (of(&rows, ishigami), of(&rows, |x| 3e4 - 1e3 * ishigami(x)));
        for (a, b) in plain.first.iter().zip(&moved.first).chain(plain.total.iter().zip(&moved.total)) {
            assert!((a.value - b.value).abs() < 1e-10 && (a.low - b.low).abs() < 1e-10);
        }
        assert!((moved.variance / plain.variance - 1e6).abs() < 1e-4);
    }

    #[test]
    fn an_output_that_does_not_vary_is_said_to() {
        let bootstrap = Bootstrap::default();
        assert_eq!(SobolIndices::of(&[4.0; 20], 3, &bootstrap), Err(SensitivityError::Constant(4.0)));
        // It varies at the crossed points alone.
        let crossed_only: Vec<f64> = (0..20).map(|i| f64::from(u8::from(i % 5 == 1))).collect();
        assert_eq!(SobolIndices::of(&crossed_only, 3, &bootstrap), Err(SensitivityError::Constant(0.0)));
        let rows = SobolIndices::of(&[1.0, 2.0, 3.0], 3, &bootstrap);
        assert_eq!(rows, Err(SensitivityError::Rows { found: 3, block: 5 }));
    }
}
