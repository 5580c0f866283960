//! Functions whose sensitivities are known, and points that any language can make.

use std::f64::consts::PI;

/// Ishigami and Homma (1990) with a = 7 and b = 0.1, its three factors from −π to π.
pub fn ishigami(x: &[f64]) -> f64 {
    let z: Vec<f64> = x.iter().map(|x| PI * (2.0 * x - 1.0)).collect();
    z[0].sin() + 7.0 * z[1].sin().powi(2) + 0.1 * z[2].powi(4) * z[0].sin()
}

/// The coefficients of [`g`] in Saltelli and Sobol' (1995): two factors matter, two a little, four do not.
pub const G: [f64; 8] = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];

/// The function g of Saltelli and Sobol' (1995, *Reliability Engineering & System Safety* 50, 225–239).
pub fn g(x: &[f64]) -> f64 {
    x.iter().zip(G).map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a)).product()
}

/// Base rows of 2k coordinates: the fractions of ½ + j √p over primes p, for j from 1.
pub fn shared_base(rows: usize, factors: usize) -> Vec<Vec<f64>> {
    const PRIMES: [f64; 6] = [2.0, 3.0, 5.0, 7.0, 11.0, 13.0];
    let row = |j: usize| PRIMES[..2 * factors].iter().map(|p: &f64| (0.5 + j as f64 * p.sqrt()).fract()).collect();
    (1..=rows).map(row).collect()
}
