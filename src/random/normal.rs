//! Normal and Student's t variates from addressed words.
//!
//! Box and Muller (1958, Annals of Mathematical Statistics 29): two uniforms make two independent normals,
//!
//! ```text
//! z₁ = √(−2 ln u₁) cos 2πu₂,   z₂ = √(−2 ln u₁) sin 2πu₂
//! ```
//!
//! with 32-bit uniforms (w + ½)/2³², so that |z| ≤ 6.7. A χ² with an odd number of degrees of freedom is
//! minus twice the logarithm of a product of uniforms plus one squared normal, which makes Student's t as
//! addressable as the normal.

use crate::model::Real;
use std::f64::consts::{FRAC_PI_4, TAU};

/// A uniform strictly between 0 and 1.
#[inline(always)]
pub fn uniform(word: u32) -> f64 {
    (f64::from(word) + 0.5) * (1.0 / 4_294_967_296.0)
}

/// Two independent standard normals from two words.
#[inline(always)]
pub fn box_muller(first: u32, second: u32) -> [f64; 2] {
    let radius = (-2.0 * Real::ln(uniform(first))).sqrt();
    let (sine, cosine) = sine_and_cosine_of_turns(uniform(second));
    [radius * cosine, radius * sine]
}

/// The factor that turns a standard normal into a Student's t with five degrees of freedom and variance
/// one, from the four words of a block: √(3/χ²₅).
#[inline(always)]
pub fn student_scale(words: [u32; 4]) -> f64 {
    let [z, _] = box_muller(words[2], words[3]);
    let chi_squared = -2.0 * Real::ln(uniform(words[0]) * uniform(words[1])) + z * z;
    (3.0 / chi_squared).sqrt()
}

/// Sine and cosine of `turns` full turns, 0 ≤ turns ≤ 1, by Taylor polynomials on an eighth of a turn
/// (remainders below 5e-17).
#[inline(always)]
fn sine_and_cosine_of_turns(turns: f64) -> (f64, f64) {
    let eighths = turns * 8.0;
    let octant = eighths.floor();
    // In odd octants the angle is measured back from the next quarter turn.
    let odd = octant % 2.0;
    let fraction = eighths - octant;
    let x = (fraction + odd * (1.0 - 2.0 * fraction)) * FRAC_PI_4;
    let q = x * x;
    let mut sine = -1.0 / 1_307_674_368_000.0;
    sine = sine * q + 1.0 / 6_227_020_800.0;
    sine = sine * q - 1.0 / 39_916_800.0;
    sine = sine * q + 1.0 / 362_880.0;
    sine = sine * q - 1.0 / 5_040.0;
    sine = sine * q + 1.0 / 120.0;
    sine = sine * q - 1.0 / 6.0;
    sine = sine * q * x + x;
    let mut cosine = 1.0 / 20_922_789_888_000.0;
    cosine = cosine * q - 1.0 / 87_178_291_200.0;
    cosine = cosine * q + 1.0 / 479_001_600.0;
    cosine = cosine * q - 1.0 / 3_628_800.0;
    cosine = cosine * q + 1.0 / 40_320.0;
    cosine = cosine * q - 1.0 / 720.0;
    cosine = cosine * q + 1.0 / 24.0;
    cosine = cosine * q - 0.5;
    cosine = cosine * q + 1.0;
    // Octants 1, 2, 5 and 6 lie nearer the vertical axis: there sine and cosine change places.
    let swapped = (octant + 1.0) % 4.0 >= 2.0;
    let (vertical, horizontal) = if swapped { (cosine, sine) } else { (sine, cosine) };
    let vertical = if turns > 0.5 { -vertical } else { vertical };
    let horizontal = if turns > 0.25 && turns < 0.75 { -horizontal } else { horizontal };
    debug_assert!(turns <= 1.0 && x <= TAU / 8.0 + 1e-15);
    (vertical, horizontal)
}

#[cfg(test)]
mod tests {
    use super::super::philox::words_at;
    use super::*;

    #[test]
    fn sine_and_cosine_agree_with_the_platform() {
        for step in 0..100_000 {
            let turns = (f64::from(step) + 0.5) / 100_000.0;
            let (sine, cosine) = sine_and_cosine_of_turns(turns);
            assert!((sine - (TAU * turns).sin()).abs() < 1e-15, "sine of {turns} turns");
            assert!((cosine - (TAU * turns).cos()).abs() < 1e-15, "cosine of {turns} turns");
        }
    }

    #[test]
    fn normals_agree_with_an_independent_implementation() {
        // The same words through the platform's libm, another implementation of ln, sin and cos.
        for path in 0..20_000 {
            let words = words_at(42, path, 5, 0);
            let ours = box_muller(words[0], words[1]);
            let radius = (-2.0 * f64::ln(uniform(words[0]))).sqrt();
            let (sine, cosine) = (TAU * uniform(words[1])).sin_cos();
            assert!((ours[0] - radius * cosine).abs() < 1e-12);
            assert!((ours[1] - radius * sine).abs() < 1e-12);
        }
    }
}
