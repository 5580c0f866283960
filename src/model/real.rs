//! The number type of the model: `f64` for books, `f32` for previews.
//!
//! The functions here are branch-free, so that a loop over a tile of paths turns into vector code, and
//! they use only `+ − × ÷`, fused multiply-adds, comparisons and bit patterns, so that every machine
//! computes the same bits. The platform's own `exp` and `ln` promise neither. Polynomials are summed by
//! Estrin's scheme (1960, *Proceedings of the Western Joint Computer Conference*), whose terms do not
//! wait for one another.

use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

/// A floating-point number with the few functions the model needs.
pub trait Real:
    Copy
    + Default
    + Send
    + Sync
    + PartialOrd
    + std::fmt::Debug
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + AddAssign
    + SubAssign
    + 'static
{
    /// Zero.
    const ZERO: Self;
    /// One.
    const ONE: Self;
    /// Largest difference between two routes to one stock that rounding may explain, $bn.
    const BOOK_TOLERANCE: f64;
    /// Largest error of a market-clearing spread, bp.
    const ROOT_TOLERANCE: f64;
    /// The nearest number of this type.
    fn of(value: f64) -> Self;
    /// The value as a double.
    fn to_f64(self) -> f64;
    /// e to the power of the number, held between −708 and 709 in double precision.
    fn exp(self) -> Self;
    /// Natural logarithm of a positive, normal number.
    fn ln(self) -> Self;
    /// `ln(1 + x)` and `x / (1 + x)` of a number between 0 and 1, which share a division: with s = x/(2 + x) the logarithm
    /// is 2 artanh s.
    fn ln_1p_with_share(self) -> (Self, Self);
    /// The number times another plus a third, rounded once.
    fn mul_add(self, factor: Self, summand: Self) -> Self;
    /// Square root, correctly rounded.
    fn sqrt(self) -> Self;
    /// The larger of two numbers.
    #[inline(always)]
    fn max(self, other: Self) -> Self {
        if self > other { self } else { other }
    }
    /// The smaller of two numbers.
    #[inline(always)]
    fn min(self, other: Self) -> Self {
        if self < other { self } else { other }
    }
    /// Magnitude.
    #[inline(always)]
    fn abs(self) -> Self {
        self.max(-self)
    }
    /// The number moved into an interval.
    #[inline(always)]
    fn clamp(self, low: Self, high: Self) -> Self {
        self.max(low).min(high)
    }
    /// `ln(1 + e^x)`, the smooth version of `max(x, 0)`.
    #[inline(always)]
    fn softplus(self) -> Self {
        self.softplus_with_slope().0
    }
    /// The x of which a positive number is the [`Real::softplus`].
    #[inline(always)]
    fn softplus_inverse(self) -> Self {
        self + (Self::ONE - (-self).exp()).ln()
    }
    /// `1 / (1 + e^−x)`, the derivative of [`Real::softplus`].
    #[inline(always)]
    fn logistic(self) -> Self {
        self.softplus_with_slope().1
    }
    /// [`Real::softplus`] and [`Real::logistic`], which share their exponential.
    #[inline(always)]
    fn softplus_with_slope(self) -> (Self, Self) {
        self.softplus_by((-self.abs()).exp())
    }
    /// The same where the exponential `e^−|x|` is known.
    #[inline(always)]
    fn softplus_by(self, decay: Self) -> (Self, Self) {
        let (ln, smaller) = decay.ln_1p_with_share();
        let slope = if self < Self::ZERO { smaller } else { Self::ONE - smaller };
        (self.max(Self::ZERO) + ln, slope)
    }
}

/// The polynomial with four coefficients, the constant first, at x, of which the square is known.
#[inline(always)]
pub fn cubic<T: Real>(x: T, square: T, [a, b, c, d]: [T; 4]) -> T {
    square.mul_add(x.mul_add(d, c), x.mul_add(b, a))
}

/// The polynomial of degree four, the constant first.
#[inline(always)]
fn of_degree_four<T: Real>(x: T, [a, b, c, d, e]: [T; 5]) -> T {
    let square = x * x;
    (square * square).mul_add(e, cubic(x, square, [a, b, c, d]))
}

/// The polynomial of degree nine, the constant first.
#[inline(always)]
fn of_degree_nine<T: Real>(x: T, [a, b, c, d, e, f, g, h, i, j]: [T; 10]) -> T {
    let square = x * x;
    let fourth = square * square;
    let (low, middle) = (cubic(x, square, [a, b, c, d]), cubic(x, square, [e, f, g, h]));
    (fourth * fourth).mul_add(x.mul_add(j, i), fourth.mul_add(middle, low))
}

impl Real for f64 {
    const ZERO: f64 = 0.0;
    const ONE: f64 = 1.0;
    /// One dollar.
    const BOOK_TOLERANCE: f64 = 1e-9;
    const ROOT_TOLERANCE: f64 = 5e-10;

    #[inline(always)]
    fn of(value: f64) -> f64 {
        value
    }

    #[inline(always)]
    fn to_f64(self) -> f64 {
        self
    }

    #[inline(always)]
    fn mul_add(self, factor: f64, summand: f64) -> f64 {
        f64::mul_add(self, factor, summand)
    }

    #[inline(always)]
    fn sqrt(self) -> f64 {
        f64::sqrt(self)
    }

    /// Cody–Waite reduction to |r| ≤ ln 2 / 2 and the polynomial 1 + r + r² P(r), with P of degree 9 by Remez' exchange for
    /// the least relative error: 3.6e-18.
    #[inline(always)]
    fn exp(self) -> f64 {
        /// Adding 1.5·2⁵² rounds to an integer, which the low bits of the sum then hold.
        const ROUND: f64 = 6_755_399_441_055_744.0;
        const LN2_HIGH: f64 = 6.931_471_803_691_238e-1;
        const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;
        const P: [f64; 10] = [
            5.000_000_000_000_01e-1,
            1.666_666_666_666_641_3e-1,
            4.166_666_666_653_025e-2,
            8.333_333_333_494_346e-3,
            1.388_888_894_360_095_3e-3,
            1.984_126_950_675_960_7e-4,
            2.480_149_313_244_899e-5,
            2.755_758_627_709_368_2e-6,
            2.763_023_536_760_206_7e-7,
            2.500_007_124_660_051e-8,
        ];
        let x = Real::clamp(self, -708.0, 709.0);
        let shifted = x.mul_add(std::f64::consts::LOG2_E, ROUND);
        let k = shifted - ROUND;
        let r = k.mul_add(-LN2_LOW, k.mul_add(-LN2_HIGH, x));
        let p = (r * r).mul_add(of_degree_nine(r, P), r) + 1.0;
        p * f64::from_bits(shifted.to_bits().wrapping_add(1023) << 52)
    }

    /// 2 artanh s = s P(s²) for s ≤ ⅓, with P of degree 9 by Remez' exchange for the least relative error: 4.6e-17.
    #[inline(always)]
    fn ln_1p_with_share(self) -> (f64, f64) {
        const P: [f64; 10] = [
            2.0,
            0.666_666_666_666_830_3,
            0.399_999_999_951_779_3,
            0.285_714_291_218_351_96,
            0.222_221_903_885_125_36,
            0.181_828_721_325_961_3,
            0.153_634_873_977_308_5,
            0.135_929_903_900_818_3,
            0.098_726_849_708_739_9,
            0.177_970_012_641_031_54,
        ];
        let (one, two) = (1.0 + self, 2.0 + self);
        let scaled = self / (one * two);
        let s = one * scaled;
        (s * of_degree_nine(s * s, P), two * scaled)
    }

    /// The reduction and minimax polynomial of the Sun/FreeBSD `e_log.c` (error below one ulp).
    #[inline(always)]
    fn ln(self) -> f64 {
        const LN2_HIGH: f64 = 6.931_471_803_691_238e-1;
        const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;
        /// 2⁵² as bits: a small integer put into its mantissa reads as 2⁵² plus that integer.
        const TWO_52: u64 = 0x4330_0000_0000_0000;
        let bits = self.to_bits();
        // The mantissa is moved to [√½, √2) by adding the distance of 1 from √½ before the split.
        let moved = bits.wrapping_add(0x3ff0_0000_0000_0000 - 0x3fe6_a09e_667f_3bcd);
        let exponent = f64::from_bits((moved >> 52) | TWO_52) - (4_503_599_627_370_496.0 + 1023.0);
        let mantissa = f64::from_bits((moved & 0x000f_ffff_ffff_ffff).wrapping_add(0x3fe6_a09e_667f_3bcd));
        let f = mantissa - 1.0;
        let s = f / (2.0 + f);
        let z = s * s;
        let w = z * z;
        let odd = w * w.mul_add(w.mul_add(0.153_138_376_992_093_73, 0.222_221_984_321_497_84), 0.399_999_999_994_094_2);
        let even = z * w.mul_add(
            w.mul_add(w.mul_add(0.147_981_986_051_165_86, 0.181_835_721_616_180_5), 0.285_714_287_436_623_9),
            0.666_666_666_666_673_5,
        );
        let half_square = 0.5 * f * f;
        exponent.mul_add(LN2_HIGH, -((half_square - s.mul_add(half_square + odd + even, exponent * LN2_LOW)) - f))
    }
}

impl Real for f32 {
    const ZERO: f32 = 0.0;
    const ONE: f32 = 1.0;
    /// Ten million dollars: single precision is for previews.
    const BOOK_TOLERANCE: f64 = 1e-2;
    const ROOT_TOLERANCE: f64 = 1e-3;

    #[inline(always)]
    fn of(value: f64) -> f32 {
        value as f32
    }

    #[inline(always)]
    fn to_f64(self) -> f64 {
        f64::from(self)
    }

    #[inline(always)]
    fn mul_add(self, factor: f32, summand: f32) -> f32 {
        f32::mul_add(self, factor, summand)
    }

    #[inline(always)]
    fn sqrt(self) -> f32 {
        f32::sqrt(self)
    }

    /// As for `f64`, with P of degree 4: 7.4e-9.
    #[inline(always)]
    fn exp(self) -> f32 {
        const ROUND: f32 = 12_582_912.0;
        const LN2_HIGH: f32 = 0.693_359_4;
        const LN2_LOW: f32 = -2.121_944_4e-4;
        const P: [f32; 5] = [0.5, 0.166_665_77, 0.041_666_853, 0.008_363_14, 0.001_390_128_5];
        let x = Real::clamp(self, -87.0, 88.0);
        let shifted = x.mul_add(std::f32::consts::LOG2_E, ROUND);
        let k = shifted - ROUND;
        let r = k.mul_add(-LN2_LOW, k.mul_add(-LN2_HIGH, x));
        let p = (r * r).mul_add(of_degree_four(r, P), r) + 1.0;
        p * f32::from_bits(shifted.to_bits().wrapping_add(127) << 23)
    }

    /// As for `f64`, with P of degree 4: 4e-9.
    #[inline(always)]
    fn ln_1p_with_share(self) -> (f32, f32) {
        const P: [f32; 5] = [2.0, 0.666_663_15, 0.400_249_1, 0.279_606_08, 0.281_783_33];
        let (one, two) = (1.0 + self, 2.0 + self);
        let scaled = self / (one * two);
        let s = one * scaled;
        (s * of_degree_four(s * s, P), two * scaled)
    }

    /// The reduction of `f64`, and ln(1 + f) = f + f² P(f) with P of degree 7 by Remez' exchange: relative error below 6e-8.
    #[inline(always)]
    fn ln(self) -> f32 {
        const LN2_HIGH: f32 = 6.931_381e-1;
        const LN2_LOW: f32 = 9.058_001e-6;
        const TWO_23: u32 = 0x4b00_0000;
        let bits = self.to_bits();
        let moved = bits.wrapping_add(0x3f80_0000 - 0x3f35_04f3);
        let exponent = f32::from_bits((moved >> 23) | TWO_23) - (8_388_608.0 + 127.0);
        let mantissa = f32::from_bits((moved & 0x007f_ffff).wrapping_add(0x3f35_04f3));
        let f = mantissa - 1.0;
        let square = f * f;
        let low = cubic(f, square, [-0.499_999_88, 0.333_341_86, -0.250_020_74, 0.199_568_34]);
        let high = cubic(f, square, [-0.165_623_93, 0.149_522_66, -0.143_668_44, 0.087_223_58]);
        let p = square.mul_add((square * square).mul_add(high, low), f);
        exponent.mul_add(LN2_HIGH, exponent.mul_add(LN2_LOW, p))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Distance in units of the last place of `expected`.
    fn ulps(found: f64, expected: f64) -> f64 {
        (found - expected).abs() / (expected.abs() * f64::EPSILON)
    }

    #[test]
    fn exp_is_within_two_units_of_the_last_place() {
        // Oracle: the platform's libm, itself within one ulp.
        let mut x = -700.0;
        while x < 700.0 {
            assert!(ulps(Real::exp(x), f64::exp(x)) < 2.0, "exp({x})");
            x += 0.0371;
        }
        assert_eq!(Real::exp(0.0_f64), 1.0);
        assert!(Real::exp(-1e6_f64) < 1e-300);
    }

    #[test]
    fn ln_is_within_two_units_of_the_last_place() {
        let mut x = 1e-300;
        while x < 1e300 {
            assert!(ulps(Real::ln(x), f64::ln(x)) < 2.0, "ln({x})");
            x *= 1.0137;
        }
        for x in [0.5, 0.999_999, 1.0, 1.000_001, 2.0] {
            assert!((Real::ln(x) - f64::ln(x)).abs() < 1e-16, "ln({x})");
        }
    }

    #[test]
    fn single_precision_agrees_with_double() {
        let mut x = -80.0_f32;
        while x < 80.0 {
            let exact = f64::from(x).exp();
            assert!((f64::from(Real::exp(x)) / exact - 1.0).abs() < 3e-7, "exp({x})");
            x += 0.0371;
        }
        let mut x = 1e-30_f32;
        while x < 1e30 {
            let exact = f64::from(x).ln();
            assert!((f64::from(Real::ln(x)) - exact).abs() < 1e-5 * exact.abs().max(0.1), "ln({x})");
            x *= 1.137;
        }
    }

    #[test]
    fn softplus_and_its_derivative_agree_with_their_definitions() {
        let mut x = -40.0_f64;
        while x < 40.0 {
            assert!((x.softplus() - x.exp().ln_1p()).abs() < 1e-14, "softplus({x})");
            assert!(x < -20.0 || (x.softplus().softplus_inverse() - x).abs() < 1e-6, "inverse of softplus({x})");
            assert!((x.logistic() - 1.0 / (1.0 + (-x).exp())).abs() < 1e-15, "logistic({x})");
            x += 0.173;
        }
    }

    #[test]
    fn ln_of_one_more_is_within_four_units_of_the_last_place() {
        // Oracle: the platform's libm, itself within one ulp.
        let mut x = 1e-300;
        while x < 1.0 {
            let (ln, share) = x.ln_1p_with_share();
            assert!(ulps(ln, x.ln_1p()) < 4.0, "ln(1 + {x})");
            assert!(ulps(share, x / (1.0 + x)) < 4.0, "{x} / (1 + {x})");
            let single = f64::from((x as f32).ln_1p_with_share().0);
            let within = 5e-7 * x + f64::from(f32::MIN_POSITIVE);
            assert!((single - f64::from(x as f32).ln_1p()).abs() < within, "ln(1 + {x}) in single precision");
            x *= 1.0137;
        }
    }
}
