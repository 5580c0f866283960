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
//! The right side falls in t, so the root is unique, and it lies between any t and the right side there:
//! steps of Halley's method within that bracket find it for every path at once. The left side less the
//! right has a slope of at least one, so what is left of it bounds the error of t.
//!
//! The form of the curve: Afonso, Giannone, La Spada and Williams (2022, New York Fed Staff Report 1019);
//! Lopez-Salido and Vissing-Jorgensen (2023). ON RRP and the standing facility: own fits, docs/model.md.

use super::real::Real;

/// Steps that all paths of a tile take together. Most have found their root by then; the others go on one by one.
const COMMON_STEPS: usize = 4;

/// Steps before the search begins to bisect as well: where a facility is exhausted or the tail is cut the equation has
/// corners between which steps can cycle.
const STEPS_BEFORE_BISECTION: usize = 8;

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
    /// Spread at a shortfall, bp, with its slope, bp per $bn.
    #[inline(always)]
    pub fn at(&self, shortfall: T) -> [T; 2] {
        let (bend, bends) = (shortfall / self.smoothing).softplus_with_slope();
        let exponent = (shortfall / self.ample - self.tail_start) / self.tail_width;
        let capped = T::of(TAIL_EXPONENT);
        let tail = self.tail_scale * exponent.min(capped).exp();
        let tail_rate = if exponent < capped { T::ONE / (self.tail_width * self.ample) } else { T::ZERO };
        [self.floor + self.slope * self.smoothing * bend + tail, self.slope * bends + tail * tail_rate]
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
        self.curve().at(self.shortfall(t))[0]
    }

    #[inline(always)]
    fn curve(&self) -> Curve<T> {
        Curve {
            ample: self.ample,
            floor: self.floor,
            slope: self.slope,
            smoothing: self.smoothing,
            tail_scale: self.tail_scale,
            tail_start: self.tail_start,
            tail_width: self.tail_width,
        }
    }

    /// Rise of the clearing spread per dollar of need, bp per $bn, where the market clears at `t`.
    ///
    /// Implicit differentiation of `t = f(need − R(t))` gives `dt/dneed = f′ / (1 + f′ · R′)`.
    #[inline(always)]
    pub fn price_sensitivity(&self, t: T) -> T {
        self.curve().at(self.shortfall(t))[1] / Equation::of(self).at(t).slope
    }
}

/// How the market of a path cleared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cleared<V> {
    /// Tri-party spread over IORB, bp.
    pub price: V,
    /// ON RRP take-up that responds to rates, $bn.
    pub on_rrp: V,
    /// Standing facility take-up, $bn.
    pub standing_repo: V,
    /// Shortfall of reserves from need, $bn.
    pub shortfall: V,
    /// What the shortfall would be without the facilities but for what stays at ON RRP at any rate, $bn.
    pub short_without: V,
    /// Rise of the price per dollar of need, bp per $bn.
    pub sensitivity: V,
}

/// The day before, from which the search for a price begins.
#[derive(Clone, Copy, Debug)]
pub struct LastClearing<'a, V> {
    /// The price, bp.
    pub price: &'a V,
    /// [`Cleared::short_without`], $bn.
    pub short_without: &'a V,
    /// [`Cleared::sensitivity`], bp per $bn.
    pub sensitivity: &'a V,
}

/// The equation with what does not depend on t worked out: every division but one is done once a day.
#[derive(Clone, Copy)]
struct Equation<V> {
    /// Shortfall without the facilities but for what stays at ON RRP at any rate: need − R₀ + fixed, $bn.
    short: V,
    spare_cash: V,
    on_rrp_limit: V,
    /// u/ω_r at t = 0, and its rise per bp.
    height: V,
    height_rate: V,
    /// (t − srf_start)/ω_s at t = 0, and its rise per bp.
    bids: V,
    bids_rate: V,
    /// ζ ω_s, $bn.
    bids_scale: V,
    srf_least: V,
    srf_limit: V,
    srf_relief: V,
    floor: V,
    /// s w, bp, and 1/w, per $bn.
    bend_scale: V,
    bend_rate: V,
    tail_scale: V,
    /// x₁/w₂, and 1/(w₂ L), per $bn.
    tail_start: V,
    tail_rate: V,
}

/// The equation at some t.
struct Evaluated<T> {
    on_rrp: T,
    standing_repo: T,
    shortfall: T,
    /// t less the spread at which banks lend, bp.
    excess: T,
    /// Slope of the excess, which is at least one.
    slope: T,
    /// Slope of the slope, per bp.
    bend: T,
    /// Slope of the spread at which banks lend, bp per $bn.
    spread_slope: T,
}

impl<T: Real> Equation<T> {
    #[inline(always)]
    fn of(market: &Market<T>) -> Equation<T> {
        let m = market;
        let (per_decay, per_srf_width, per_tail) =
            (T::ONE / m.on_rrp_decay, T::ONE / m.srf_smoothing, T::ONE / m.tail_width);
        Equation {
            short: m.need - m.reserves_without_facilities + m.on_rrp_fixed,
            spare_cash: m.spare_cash,
            on_rrp_limit: m.on_rrp_limit,
            height: m.felt_height(T::ZERO) * per_decay,
            height_rate: m.on_rrp_response * per_decay,
            bids: -m.srf_start * per_srf_width,
            bids_rate: per_srf_width,
            bids_scale: m.srf_slope * m.srf_smoothing,
            srf_least: m.srf_least,
            srf_limit: m.srf_limit,
            srf_relief: m.srf_relief,
            floor: m.floor,
            bend_scale: m.slope * m.smoothing,
            bend_rate: T::ONE / m.smoothing,
            tail_scale: m.tail_scale,
            tail_start: m.tail_start * per_tail,
            tail_rate: per_tail / m.ample,
        }
    }

    #[inline(always)]
    fn at(&self, t: T) -> Evaluated<T> {
        let height = self.height + self.height_rate * t;
        let wanted = self.spare_cash * (-height.max(T::ZERO)).exp();
        let placed = wanted.min(self.on_rrp_limit);
        let leaves = height > T::ZERO && wanted < self.on_rrp_limit;
        let leaving_rate = if leaves { self.height_rate } else { T::ZERO };
        let leaving = leaving_rate * placed;

        let (bids, bidding) = (self.bids + self.bids_rate * t).softplus_with_slope();
        let standing_repo = (self.bids_scale * bids - self.srf_least).max(T::ZERO).min(self.srf_limit);
        let draws = standing_repo > T::ZERO && standing_repo < self.srf_limit;
        let drawing_rate = if draws { self.bids_rate } else { T::ZERO };
        let drawing = self.srf_relief * self.bids_scale * drawing_rate * bidding;

        let shortfall = self.short + placed - self.srf_relief * standing_repo;
        let (bend, bends) = (shortfall * self.bend_rate).softplus_with_slope();
        let exponent = shortfall * self.tail_rate - self.tail_start;
        let tail = self.tail_scale * exponent.min(T::of(TAIL_EXPONENT)).exp();
        let tail_rate = if exponent < T::of(TAIL_EXPONENT) { self.tail_rate } else { T::ZERO };
        let bending = self.bend_scale * self.bend_rate * bends;
        let spread_slope = bending + tail * tail_rate;
        let spread_bend = bending * self.bend_rate * (T::ONE - bends) + tail * tail_rate * tail_rate;

        // Reserves that a basis point more brings back from ON RRP and out of the standing facility, $bn per bp.
        let drawn_in = leaving + drawing;
        let drawn_in_slope = drawing * drawing_rate * (T::ONE - bidding) - leaving * leaving_rate;
        Evaluated {
            on_rrp: placed,
            standing_repo,
            shortfall,
            excess: t - (self.floor + self.bend_scale * bend + tail),
            slope: T::ONE + spread_slope * drawn_in,
            bend: spread_slope * drawn_in_slope - spread_bend * drawn_in * drawn_in,
            spread_slope,
        }
    }
}

impl<T: Real, const N: usize> Equation<[T; N]> {
    /// The equations of a tile.
    #[inline(always)]
    fn of_tile(market: impl Fn(usize) -> Market<T>) -> Self {
        let nil = [T::ZERO; N];
        let mut tile = Equation {
            short: nil,
            spare_cash: nil,
            on_rrp_limit: nil,
            height: nil,
            height_rate: nil,
            bids: nil,
            bids_rate: nil,
            bids_scale: nil,
            srf_least: nil,
            srf_limit: nil,
            srf_relief: nil,
            floor: nil,
            bend_scale: nil,
            bend_rate: nil,
            tail_scale: nil,
            tail_start: nil,
            tail_rate: nil,
        };
        for i in 0..N {
            let path = Equation::of(&market(i));
            tile.short[i] = path.short;
            tile.spare_cash[i] = path.spare_cash;
            tile.on_rrp_limit[i] = path.on_rrp_limit;
            tile.height[i] = path.height;
            tile.height_rate[i] = path.height_rate;
            tile.bids[i] = path.bids;
            tile.bids_rate[i] = path.bids_rate;
            tile.bids_scale[i] = path.bids_scale;
            tile.srf_least[i] = path.srf_least;
            tile.srf_limit[i] = path.srf_limit;
            tile.srf_relief[i] = path.srf_relief;
            tile.floor[i] = path.floor;
            tile.bend_scale[i] = path.bend_scale;
            tile.bend_rate[i] = path.bend_rate;
            tile.tail_scale[i] = path.tail_scale;
            tile.tail_start[i] = path.tail_start;
            tile.tail_rate[i] = path.tail_rate;
        }
        tile
    }

    /// The equation of a path.
    #[inline(always)]
    fn path(&self, i: usize) -> Equation<T> {
        Equation {
            short: self.short[i],
            spare_cash: self.spare_cash[i],
            on_rrp_limit: self.on_rrp_limit[i],
            height: self.height[i],
            height_rate: self.height_rate[i],
            bids: self.bids[i],
            bids_rate: self.bids_rate[i],
            bids_scale: self.bids_scale[i],
            srf_least: self.srf_least[i],
            srf_limit: self.srf_limit[i],
            srf_relief: self.srf_relief[i],
            floor: self.floor[i],
            bend_scale: self.bend_scale[i],
            bend_rate: self.bend_rate[i],
            tail_scale: self.tail_scale[i],
            tail_start: self.tail_start[i],
            tail_rate: self.tail_rate[i],
        }
    }
}

/// What is known of a root: a bracket and the best guess. Once the root is found the bracket holds nothing else.
#[derive(Clone, Copy)]
struct Search<T> {
    low: T,
    high: T,
    t: T,
}

impl<T: Real> Search<T> {
    /// A step of Halley's method, which is Newton's with the bend of the curve taken into account, or a bisection.
    ///
    /// Since the spread at which banks lend falls in t, the root lies between t and that spread.
    #[inline(always)]
    fn step(self, at: &Evaluated<T>, bisect: bool) -> Search<T> {
        let t = self.t;
        let lending_spread = t - at.excess;
        let low = self.low.max(t.min(lending_spread));
        let high = self.high.min(t.max(lending_spread));
        let per_slope = T::ONE / at.slope;
        let newton = at.excess * per_slope;
        let curved = (T::of(0.5) * newton * at.bend * per_slope).clamp(-T::ONE, T::of(0.5));
        let next = t - newton / (T::ONE - curved);
        let inside = next >= low && next <= high;
        let next = if inside && !bisect { next } else { (low + high) * T::of(0.5) };
        let found = at.excess.abs() <= T::of(T::ROOT_TOLERANCE);
        Search { low: if found { t } else { low }, high: if found { t } else { high }, t: if found { t } else { next } }
    }

    /// Goes on alone to the root.
    #[inline(never)]
    fn finish(mut self, equation: &Equation<T>) -> (T, Evaluated<T>) {
        let mut at = equation.at(self.t);
        for step in COMMON_STEPS..MOST_STEPS {
            self = self.step(&at, step >= STEPS_BEFORE_BISECTION && step % 2 == 0);
            if self.low >= self.high {
                break;
            }
            at = equation.at(self.t);
        }
        (self.t, at)
    }
}

impl<T: Real, const N: usize> Cleared<[T; N]> {
    #[inline(always)]
    fn write_down(&mut self, i: usize, at: &Evaluated<T>) {
        self.on_rrp[i] = at.on_rrp;
        self.standing_repo[i] = at.standing_repo;
        self.shortfall[i] = at.shortfall;
        self.sensitivity[i] = at.spread_slope / at.slope;
    }
}

/// The tri-party spread at which the market of one path clears, bp.
pub fn clear_alone<T: Real>(market: Market<T>) -> T {
    let last = LastClearing { price: &[T::ZERO], short_without: &[T::ZERO], sensitivity: &[T::ZERO] };
    clear(|_| market, &last).price[0]
}

/// Clears the market on every path.
///
/// The search begins where yesterday's price would be after today's change of the shortfall. A path that has found its root
/// rests while others still search, so that its root does not depend on its neighbours.
#[inline(always)]
pub fn clear<T: Real, const N: usize>(
    market: impl Fn(usize) -> Market<T>,
    last: &LastClearing<'_, [T; N]>,
) -> Cleared<[T; N]> {
    let nil = [T::ZERO; N];
    let equations: Equation<[T; N]> = Equation::of_tile(market);
    let (mut low, mut high, mut t) = (equations.floor, [T::of(f64::INFINITY); N], nil);
    for i in 0..N {
        let moved = last.sensitivity[i] * (equations.short[i] - last.short_without[i]);
        t[i] = (last.price[i] + moved).max(low[i]);
    }
    let mut cleared = Cleared {
        price: nil,
        on_rrp: nil,
        standing_repo: nil,
        shortfall: nil,
        short_without: equations.short,
        sensitivity: nil,
    };
    for _ in 0..COMMON_STEPS {
        for i in 0..N {
            let at = equations.path(i).at(t[i]);
            let search = Search { low: low[i], high: high[i], t: t[i] };
            Search { low: low[i], high: high[i], t: t[i] } = search.step(&at, false);
            cleared.write_down(i, &at);
        }
        let mut searching = false;
        for i in 0..N {
            searching |= low[i] < high[i];
        }
        if !searching {
            break;
        }
    }
    for i in 0..N {
        if low[i] < high[i] {
            let (root, at) = Search { low: low[i], high: high[i], t: t[i] }.finish(&equations.path(i));
            t[i] = root;
            cleared.write_down(i, &at);
        }
    }
    cleared.price = t;
    cleared
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
            let last = LastClearing { price: &[yesterday], short_without: &[0.0], sensitivity: &[0.0] };
            let [t] = clear(|_| market, &last).price;
            prop_assert!((t - bisect(&market)).abs() < 1e-9, "{t} against {}", bisect(&market));
        }

        #[test]
        fn the_rate_falls_when_reserves_rise(market in any_market(), more in 0.001..500.0_f64) {
            let richer = Market { reserves_without_facilities: market.reserves_without_facilities + more, ..market };
            let [before, after] = [market, richer].map(clear_alone);
            prop_assert!(after <= before + 1e-9);
        }

        #[test]
        fn the_price_sensitivity_is_the_slope_of_the_cleared_market(market in any_market()) {
            /// Half the step of the difference quotient, $bn.
            const STEP: f64 = 0.05;
            let [low, middle, high] = [-STEP, 0.0, STEP].map(|more| {
                let market = Market { need: market.need + more, ..market };
                let t = clear_alone(market);
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
