//! A minimum without derivatives: the simplex of Nelder and Mead.
//!
//! Nelder and Mead (1965, *A Simplex Method for Function Minimization*, Computer Journal 7), with the coefficients of Lagarias,
//! Reeds, Wright and Wright (1998, SIAM Journal on Optimization 9): reflection 1, expansion 2, contraction ½, shrinkage ½.

/// Minimises `objective` from `start`; the first simplex steps by `step` along each coordinate.
///
/// Stops when the values at the corners differ by less than `tolerance`, or after `evaluations`. Returns point and value.
pub fn minimise(
    objective: &dyn Fn(&[f64]) -> f64,
    start: &[f64],
    step: f64,
    tolerance: f64,
    evaluations: usize,
) -> (Vec<f64>, f64) {
    // What cannot be compared is worse than anything.
    let value = |x: &[f64]| Some(objective(x)).filter(|value| !value.is_nan()).unwrap_or(f64::INFINITY);
    let count = start.len();
    let corner =
        |moved: usize| -> Vec<f64> { (0..count).map(|i| start[i] + if i + 1 == moved { step } else { 0.0 }).collect() };
    let mut simplex: Vec<(Vec<f64>, f64)> = (0..=count).map(corner).map(|x| (x.clone(), value(&x))).collect();
    let mut used = count + 1;
    while used < evaluations {
        simplex.sort_by(|a, b| a.1.total_cmp(&b.1));
        let (best, worst) = (simplex[0].1, simplex[count].1);
        if (worst - best).abs() <= tolerance {
            break;
        }
        let centre: Vec<f64> =
            (0..count).map(|i| simplex[..count].iter().map(|(x, _)| x[i]).sum::<f64>() / count as f64).collect();
        let along = |by: f64| -> (Vec<f64>, f64) {
            let x: Vec<f64> = centre.iter().zip(&simplex[count].0).map(|(c, w)| c + by * (c - w)).collect();
            let found = value(&x);
            (x, found)
        };
        let reflected = along(1.0);
        used += 1;
        let replacement = if reflected.1 < best {
            let expanded = along(2.0);
            used += 1;
            Some(if expanded.1 < reflected.1 { expanded } else { reflected })
        } else if reflected.1 < simplex[count - 1].1 {
            Some(reflected)
        } else {
            let outside = reflected.1 < worst;
            let contracted = along(if outside { 0.5 } else { -0.5 });
            used += 1;
            let better = contracted.1 < if outside { reflected.1 } else { worst };
            better.then_some(contracted)
        };
        match replacement {
            Some(corner) => simplex[count] = corner,
            None => {
                let anchor = simplex[0].0.clone();
                for (x, found) in &mut simplex[1..] {
                    for (coordinate, at) in x.iter_mut().zip(&anchor) {
                        *coordinate = at + 0.5 * (*coordinate - at);
                    }
                    *found = value(x);
                }
                used += count;
            }
        }
    }
    simplex.sort_by(|a, b| a.1.total_cmp(&b.1));
    simplex.swap_remove(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Starts and minima: Moré, Garbow and Hillstrom (1981, ACM TOMS 7), problems 1, 2 and 7.

    #[test]
    fn rosenbrock() {
        let of = |x: &[f64]| 100.0 * (x[1] - x[0] * x[0]).powi(2) + (1.0 - x[0]).powi(2);
        let (x, value) = minimise(&of, &[-1.2, 1.0], 0.5, 1e-14, 2000);
        assert!(value < 1e-10 && (x[0] - 1.0).abs() < 1e-4, "{x:?}");
    }

    #[test]
    fn freudenstein_and_roth_end_at_one_of_their_two_minima() {
        let of = |x: &[f64]| {
            let first = -13.0 + x[0] + ((5.0 - x[1]) * x[1] - 2.0) * x[1];
            let second = -29.0 + x[0] + ((x[1] + 1.0) * x[1] - 14.0) * x[1];
            first * first + second * second
        };
        let (_, value) = minimise(&of, &[0.5, -2.0], 0.5, 1e-12, 4000);
        assert!(value.abs() < 1e-6 || (value - 48.9842).abs() < 1e-3, "{value}");
    }

    #[test]
    fn helical_valley() {
        let of = |x: &[f64]| {
            let turn = (x[1] / x[0]).atan() / (2.0 * std::f64::consts::PI) + if x[0] < 0.0 { 0.5 } else { 0.0 };
            let radius = (x[0] * x[0] + x[1] * x[1]).sqrt();
            100.0 * ((x[2] - 10.0 * turn).powi(2) + (radius - 1.0).powi(2)) + x[2] * x[2]
        };
        let (x, value) = minimise(&of, &[-1.0, 0.0, 0.0], 0.5, 1e-14, 4000);
        assert!(value < 1e-9 && (x[0] - 1.0).abs() < 1e-3, "{x:?}");
    }
}
