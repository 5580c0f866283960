//! One price clears the overnight market.
//!
//! Unknown is t, the tri-party rate (TGCR) less IORB, in bp. At a higher t money funds leave ON RRP for
//! private repo, and dealers turn to the standing facility; both add to reserves and lower t:
//!
//! ```text
//! u      = r (t + IORB − ON RRP rate) + (1 − r) ū
//! ceiling = SRF rate − IORB
//! RRP(t) = fixed + min(spare · e^(−max(u, 0)/ω_r), limit)  (overnight_market)
//! SRF(t) = min(limit, max(0, ζ ω_s ln(1 + e^((t − ceiling + srf_offset)/ω_s))
//!                         − srf_least))
//! R(t)   = R₀ − RRP(t) + relief · SRF(t)                    (repo_operations)
//! x(t)   = (need − R(t)) / L                                 (reserve_demand)
//! t      = floor + shift + s w ln(1 + e^((need − R(t))/w))
//!          + A e^((x(t) − x₁)/w₂)
//!
//! ω_r = on_rrp_decay, r = on_rrp_response, ū: what u has been
//! (overnight_market), ζ = srf_slope, ω_s = srf_smoothing,
//! s = 100 repo_slope / L, w = repo_smoothing,
//! A = tail_scale, x₁ = tail_start, w₂ = tail_width
//! ```
//!
//! The right side falls in t, so the root is unique. The floor bounds it from below and the right side at
//! the floor from above, and safeguarded Newton steps within that bracket find it for every path at once.
//! The left side less the right has a slope of at least one, so what is left of it bounds the error of t.
//!
//! The form of the curve: Afonso, Giannone, La Spada and Williams (2022, New York Fed Staff Report 1019);
//! Lopez-Salido and Vissing-Jorgensen (2023). ON RRP and the standing facility: own fits, docs/model.md.

use super::real::Real;

/// Newton steps before the search begins to bisect as well. On ordinary days three to five suffice; where a
/// facility is exhausted or the tail is cut the equation has corners between which Newton steps can cycle.
const NEWTON_STEPS: usize = 8;

/// Steps after which a bracket of any width has been bisected to the last bit.
const MOST_STEPS: usize = 130;

/// Exponent at which the convex tail is cut: e^4.93 times its default scale of 5bp is 690bp, the 99th percentile of SOFR's
/// trades over IOER on 17 September 2019 (9.00 % less 2.10 %).
const TAIL_EXPONENT: f64 = 4.93;

/// The curve on which banks lend: the last two lines of the equation.
#[derive(Clone, Copy, Debug)]
pub struct Curve<T> {
    /// Ample level of reserves, of which scarcity is a share, $bn.
    pub ample: T,
    /// Floor, bp.
    pub floor: T,
    /// Slope, bp per $bn.
    pub slope: T,
    /// Width of the bend, $bn.
    pub smoothing: T,
    /// Scale of the convex tail, bp.
    pub tail_scale: T,
    /// Scarcity at which it begins, share.
    pub tail_start: T,
    /// Scarcity over which it grows e-fold, share.
    pub tail_width: T,
}

impl<T: Real> Curve<T> {
    /// Spread at a shortfall, bp, and its slope, bp per $bn.
    #[inline(always)]
    pub fn at(&self, shortfall: T) -> (T, T) {
        let bend = shortfall / self.smoothing;
        let exponent = (shortfall / self.ample - self.tail_start) / self.tail_width;
        let capped = T::of(TAIL_EXPONENT);
        let tail = self.tail_scale * exponent.min(capped).exp();
        let tail_slope = if exponent < capped { tail / (self.tail_width * self.ample) } else { T::ZERO };
        (self.floor + self.slope * self.smoothing * bend.softplus() + tail, self.slope * bend.logistic() + tail_slope)
    }
}

/// What each path brings to the market.
#[derive(Clone, Copy, Debug)]
pub struct Market<T> {
    /// Reserves if neither facility were used, $bn.
    pub reserves_without_facilities: T,
    /// Reserves wanted, $bn.
    pub need: T,
    /// Ample level of reserves, of which scarcity is a share, $bn.
    pub ample: T,
    /// Floor of the curve with shifts and noise, bp.
    pub floor: T,
    /// Slope, bp per $bn.
    pub slope: T,
    /// Width of the bend, $bn.
    pub smoothing: T,
    /// Scale of the convex tail, bp.
    pub tail_scale: T,
    /// Scarcity at which it begins, share.
    pub tail_start: T,
    /// Scarcity over which it grows e-fold, share.
    pub tail_width: T,
    /// ON RRP that does not respond to rates, $bn.
    pub on_rrp_fixed: T,
    /// Money funds' spare cash, $bn.
    pub spare_cash: T,
    /// Most that money funds may place at the facility, $bn.
    pub on_rrp_limit: T,
    /// bp over which take-up falls e-fold.
    pub on_rrp_decay: T,
    /// How much of a day's rate take-up responds to on the day, share.
    pub on_rrp_response: T,
    /// Height of the tri-party rate over the facility's that money funds are used to, bp.
    pub usual_height: T,
    /// IORB less the ON RRP rate, bp.
    pub corridor_floor: T,
    /// Tri-party spread at which use of the standing facility begins, bp.
    pub srf_start: T,
    /// Take-up per bp.
    pub srf_slope: T,
    /// Width over which use begins, bp.
    pub srf_smoothing: T,
    /// Take-up too small to be worth a bid, $bn.
    pub srf_least: T,
    /// Largest take-up, $bn.
    pub srf_limit: T,
    /// Share of take-up that relieves the market of the day.
    pub srf_relief: T,
}

impl<T: Real> Market<T> {
    /// ON RRP take-up at a tri-party spread of `t`, $bn.
    #[inline(always)]
    pub fn on_rrp(&self, t: T) -> T {
        self.on_rrp_fixed + self.elastic_on_rrp(t)
    }

    /// Height over the facility's rate that money funds act on, bp.
    #[inline(always)]
    fn felt_height(&self, t: T) -> T {
        self.on_rrp_response * (t + self.corridor_floor) + (T::ONE - self.on_rrp_response) * self.usual_height
    }

    #[inline(always)]
    fn elastic_on_rrp(&self, t: T) -> T {
        let u = self.felt_height(t).max(T::ZERO);
        (self.spare_cash * (-u / self.on_rrp_decay).exp()).min(self.on_rrp_limit)
    }

    /// Standing facility take-up at a tri-party spread of `t`, $bn.
    #[inline(always)]
    pub fn standing_repo(&self, t: T) -> T {
        let bp = self.srf_smoothing * ((t - self.srf_start) / self.srf_smoothing).softplus();
        (self.srf_slope * bp - self.srf_least).max(T::ZERO).min(self.srf_limit)
    }

    /// Shortfall of reserves from need at a tri-party spread of `t`, $bn.
    #[inline(always)]
    pub fn shortfall(&self, t: T) -> T {
        self.need - (self.reserves_without_facilities - self.on_rrp(t) + self.srf_relief * self.standing_repo(t))
    }

    /// The spread at which banks lend when the market expects `t`: the right side of the equation.
    #[inline(always)]
    pub fn lending_spread(&self, t: T) -> T {
        self.spread_at(self.shortfall(t)).0
    }

    /// Spread at a shortfall, bp, and its slope, bp per $bn.
    #[inline(always)]
    fn spread_at(&self, shortfall: T) -> (T, T) {
        let curve = Curve {
            ample: self.ample,
            floor: self.floor,
            slope: self.slope,
            smoothing: self.smoothing,
            tail_scale: self.tail_scale,
            tail_start: self.tail_start,
            tail_width: self.tail_width,
        };
        curve.at(shortfall)
    }

    /// `t` less the spread at which banks lend, and its derivative, which is at least one.
    #[inline(always)]
    fn excess(&self, t: T) -> (T, T) {
        let (spread, slope) = self.spread_at(self.shortfall(t));
        (t - spread, T::ONE + slope * self.reserves_drawn_in(t))
    }

    /// Reserves that a basis point more brings back from ON RRP and out of the standing facility, $bn per bp.
    #[inline(always)]
    fn reserves_drawn_in(&self, t: T) -> T {
        let placed = self.elastic_on_rrp(t);
        let leaves = self.felt_height(t) > T::ZERO && placed < self.on_rrp_limit;
        let leaving = if leaves { self.on_rrp_response * placed / self.on_rrp_decay } else { T::ZERO };
        let drawn = self.standing_repo(t);
        let drawing = if drawn > T::ZERO && drawn < self.srf_limit {
            self.srf_relief * self.srf_slope * ((t - self.srf_start) / self.srf_smoothing).logistic()
        } else {
            T::ZERO
        };
        leaving + drawing
    }

    /// Rise of the clearing spread per dollar of need, bp per $bn, where the market clears at `t`.
    ///
    /// Implicit differentiation of `t = f(need − R(t))` gives `dt/dneed = f′ / (1 + f′ · R′)`.
    #[inline(always)]
    pub fn price_sensitivity(&self, t: T) -> T {
        let (_, slope) = self.spread_at(self.shortfall(t));
        slope / (T::ONE + slope * self.reserves_drawn_in(t))
    }
}

/// Clears the market on every path: the tri-party spread over IORB, bp, given yesterday's.
///
/// A path that has found its root rests while others of the tile still search, so that its root does not
/// depend on its neighbours.
#[inline(always)]
pub fn clear<T: Real, const N: usize>(market: &[Market<T>; N], yesterday: &[T; N]) -> [T; N] {
    let mut low = [T::ZERO; N];
    let mut high = [T::ZERO; N];
    let mut t = [T::ZERO; N];
    for i in 0..N {
        low[i] = market[i].floor;
        high[i] = market[i].lending_spread(low[i]);
        t[i] = yesterday[i].clamp(low[i], high[i]);
    }
    for step in 0..MOST_STEPS {
        let bisect = step >= NEWTON_STEPS && step % 2 == 0;
        let mut searching = false;
        for i in 0..N {
            let (excess, slope) = market[i].excess(t[i]);
            let above = excess > T::ZERO;
            high[i] = if above { t[i] } else { high[i] };
            low[i] = if above { low[i] } else { t[i] };
            let newton = t[i] - excess / slope;
            let inside = newton >= low[i] && newton <= high[i];
            let next = if inside && !bisect { newton } else { (low[i] + high[i]) * T::of(0.5) };
            let found = excess.abs() <= T::of(T::ROOT_TOLERANCE);
            t[i] = if found { t[i] } else { next };
            searching |= !found;
        }
        if !searching {
            break;
        }
    }
    t
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A market anywhere between abundance and the worst day of September 2019.
    fn any_market() -> impl Strategy<Value = Market<f64>> {
        let sizes = (500.0..6000.0_f64, -1500.0..1500.0_f64, 1000.0..4000.0_f64, -15.0..10.0_f64);
        let curve = (0.005..0.1_f64, 5.0..200.0_f64, 0.5..30.0_f64, 0.05..0.3_f64, 0.01..0.06_f64);
        let facilities = (
            (
                0.0..150.0_f64,
                0.0..2500.0_f64,
                1.0..12.0_f64,
                5.0..20.0_f64,
                100.0..4000.0_f64,
                0.0..1.0_f64,
                -5.0..20.0_f64,
            ),
            (-10.0..30.0_f64, 0.0..6.0_f64, 0.2..5.0_f64, 0.0..800.0_f64, 0.0..1.0_f64, 0.0..3.0_f64),
        );
        (sizes, curve, facilities).prop_map(|((reserves, gap, ample, floor), curve, facilities)| Market {
            reserves_without_facilities: reserves,
            need: (reserves + gap).max(100.0),
            ample,
            floor,
            slope: curve.0,
            smoothing: curve.1,
            tail_scale: curve.2,
            tail_start: curve.3,
            tail_width: curve.4,
            on_rrp_fixed: facilities.0.0,
            spare_cash: facilities.0.1,
            on_rrp_limit: facilities.0.4,
            on_rrp_decay: facilities.0.2,
            on_rrp_response: facilities.0.5,
            usual_height: facilities.0.6,
            corridor_floor: facilities.0.3,
            srf_start: facilities.1.0,
            srf_slope: facilities.1.1,
            srf_smoothing: facilities.1.2,
            srf_limit: facilities.1.3,
            srf_relief: facilities.1.4,
            srf_least: facilities.1.5,
        })
    }

    /// Bisection to the last bit: slow and certain.
    fn bisect(market: &Market<f64>) -> f64 {
        let (mut low, mut high) = (market.floor, market.lending_spread(market.floor));
        for _ in 0..200 {
            let middle = 0.5 * (low + high);
            if middle > market.lending_spread(middle) { high = middle } else { low = middle }
        }
        0.5 * (low + high)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn the_root_agrees_with_bisection(market in any_market(), yesterday in -30.0..400.0_f64) {
            let [t] = clear(&[market], &[yesterday]);
            prop_assert!((t - bisect(&market)).abs() < 1e-9, "{t} against {}", bisect(&market));
        }

        #[test]
        fn the_rate_falls_when_reserves_rise(market in any_market(), more in 0.001..500.0_f64) {
            let richer = Market { reserves_without_facilities: market.reserves_without_facilities + more, ..market };
            let [[before], [after]] = [clear(&[market], &[0.0]), clear(&[richer], &[0.0])];
            prop_assert!(after <= before + 1e-9);
        }

        #[test]
        fn the_price_sensitivity_is_the_slope_of_the_cleared_market(market in any_market()) {
            /// Half the step of the difference quotient, $bn.
            const STEP: f64 = 0.05;
            let [low, middle, high] = [-STEP, 0.0, STEP].map(|more| {
                let market = Market { need: market.need + more, ..market };
                let [t] = clear(&[market], &[0.0]);
                let exponent = (market.shortfall(t) / market.ample - market.tail_start) / market.tail_width;
                let side = (
                    market.felt_height(t) > 0.0,
                    market.standing_repo(t) < market.srf_limit,
                    market.standing_repo(t) > 0.0,
                    exponent < TAIL_EXPONENT,
                    market.elastic_on_rrp(t) < market.on_rrp_limit,
                );
                (t, side)
            });
            // A difference quotient across a corner is the slope of neither side.
            prop_assume!(low.1 == middle.1 && middle.1 == high.1);
            let (low, t, high) = (low.0, middle.0, high.0);
            let quotient = (high - low) / (2.0 * STEP);
            let found = market.price_sensitivity(t);
            prop_assert!((found - quotient).abs() < 1e-3 * quotient.abs() + 1e-7, "{found} against {quotient}");
        }

        #[test]
        fn money_funds_leave_and_dealers_come_as_the_rate_rises(market in any_market(), t in -20.0..300.0_f64, up in 0.001..50.0_f64) {
            prop_assert!(market.on_rrp(t + up) <= market.on_rrp(t));
            prop_assert!(market.standing_repo(t + up) >= market.standing_repo(t));
            prop_assert!(market.lending_spread(t + up) <= market.lending_spread(t) + 1e-9);
        }
    }
}
