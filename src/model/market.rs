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
use super::state::lanes;

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
        self.curve().at(self.shortfall(t))[1] / alone(*self).at(&[t]).slope[0]
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

/// The markets of a tile: their equations, with what does not depend on t worked out, so that every division but one is done
/// once a day.
pub struct Markets<T, const N: usize> {
    /// Shortfall without the facilities but for what stays at ON RRP at any rate: need − R₀ + fixed, $bn.
    short: [T; N],
    spare_cash: [T; N],
    on_rrp_limit: [T; N],
    /// u/ω_r at t = 0, and its rise per bp.
    height: [T; N],
    height_rate: [T; N],
    /// (t − srf_start)/ω_s at t = 0, and its rise per bp.
    bids: [T; N],
    bids_rate: [T; N],
    /// ζ ω_s, $bn.
    bids_scale: [T; N],
    srf_least: [T; N],
    srf_limit: [T; N],
    srf_relief: [T; N],
    floor: [T; N],
    /// s w, bp, and 1/w, per $bn.
    bend_scale: [T; N],
    bend_rate: [T; N],
    tail_scale: [T; N],
    /// x₁/w₂, and 1/(w₂ L), per $bn.
    tail_start: [T; N],
    tail_rate: [T; N],
}

/// Take-up of a facility at some t on every path, $bn.
struct TakeUp<T, const N: usize> {
    take_up: [T; N],
    /// Reserves that a basis point more brings back, $bn per bp.
    drawn_in: [T; N],
    /// Slope of that, per bp.
    drawn_in_slope: [T; N],
}

/// The equations at some t.
struct Evaluated<T, const N: usize> {
    on_rrp: [T; N],
    standing_repo: [T; N],
    shortfall: [T; N],
    /// t less the spread at which banks lend, bp.
    excess: [T; N],
    /// Slope of the excess, which is at least one.
    slope: [T; N],
    /// Slope of the slope, per bp.
    bend: [T; N],
    /// Slope of the spread at which banks lend, bp per $bn.
    spread_slope: [T; N],
}

/// Every step is a loop over the lanes, cut where an exponential ends a chain of operations.
impl<T: Real, const N: usize> Markets<T, N> {
    /// No path has brought its market yet.
    #[inline(always)]
    pub fn none() -> Self {
        let nil = [T::ZERO; N];
        Markets {
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
        }
    }

    /// Takes down the market of path `i` of the tile.
    #[inline(always)]
    pub fn bring(&mut self, i: usize, m: Market<T>) {
        let (per_decay, per_srf_width, per_tail) =
            (T::ONE / m.on_rrp_decay, T::ONE / m.srf_smoothing, T::ONE / m.tail_width);
        self.short[i] = m.need - m.reserves_without_facilities + m.on_rrp_fixed;
        self.spare_cash[i] = m.spare_cash;
        self.on_rrp_limit[i] = m.on_rrp_limit;
        self.height[i] = m.felt_height(T::ZERO) * per_decay;
        self.height_rate[i] = m.on_rrp_response * per_decay;
        self.bids[i] = -m.srf_start * per_srf_width;
        self.bids_rate[i] = per_srf_width;
        self.bids_scale[i] = m.srf_slope * m.srf_smoothing;
        self.srf_least[i] = m.srf_least;
        self.srf_limit[i] = m.srf_limit;
        self.srf_relief[i] = m.srf_relief;
        self.floor[i] = m.floor;
        self.bend_scale[i] = m.slope * m.smoothing;
        self.bend_rate[i] = T::ONE / m.smoothing;
        self.tail_scale[i] = m.tail_scale;
        self.tail_start[i] = m.tail_start * per_tail;
        self.tail_rate[i] = per_tail / m.ample;
    }

    #[inline(always)]
    fn at(&self, t: &[T; N]) -> Evaluated<T, N> {
        let on_rrp = self.on_rrp_at(t);
        let standing_repo = self.standing_repo_at(t);
        let shortfall: [T; N] =
            lanes(|i| self.short[i] + on_rrp.take_up[i] - self.srf_relief[i] * standing_repo.take_up[i]);

        let capped = T::of(TAIL_EXPONENT);
        let exponent: [T; N] = lanes(|i| shortfall[i] * self.tail_rate[i] - self.tail_start[i]);
        let tail_growth: [T; N] = lanes(|i| exponent[i].min(capped).exp());
        let bent: [T; N] = lanes(|i| shortfall[i] * self.bend_rate[i]);
        let bent_decay: [T; N] = lanes(|i| (-bent[i].abs()).exp());
        let nil = [T::ZERO; N];
        let (mut excess, mut slope, mut bend, mut spread_slope) = (nil, nil, nil, nil);
        for i in 0..N {
            let (bend_height, bends) = bent[i].softplus_by(bent_decay[i]);
            let tail = self.tail_scale[i] * tail_growth[i];
            let tail_rate = if exponent[i] < capped { self.tail_rate[i] } else { T::ZERO };
            let bending = self.bend_scale[i] * self.bend_rate[i] * bends;
            let spread_bend = bending * self.bend_rate[i] * (T::ONE - bends) + tail * tail_rate * tail_rate;
            let drawn_in = on_rrp.drawn_in[i] + standing_repo.drawn_in[i];
            let drawn_in_slope = standing_repo.drawn_in_slope[i] - on_rrp.drawn_in_slope[i];
            spread_slope[i] = bending + tail * tail_rate;
            excess[i] = t[i] - (self.floor[i] + self.bend_scale[i] * bend_height + tail);
            slope[i] = T::ONE + spread_slope[i] * drawn_in;
            bend[i] = spread_slope[i] * drawn_in_slope - spread_bend * drawn_in * drawn_in;
        }
        let (on_rrp, standing_repo) = (on_rrp.take_up, standing_repo.take_up);
        Evaluated { on_rrp, standing_repo, shortfall, excess, slope, bend, spread_slope }
    }

    /// ON RRP, which falls in t.
    #[inline(always)]
    fn on_rrp_at(&self, t: &[T; N]) -> TakeUp<T, N> {
        let nil = [T::ZERO; N];
        let (mut take_up, mut drawn_in, mut drawn_in_slope) = (nil, nil, nil);
        for i in 0..N {
            let height = self.height[i] + self.height_rate[i] * t[i];
            let wanted = self.spare_cash[i] * (-height.max(T::ZERO)).exp();
            take_up[i] = wanted.min(self.on_rrp_limit[i]);
            let leaves = height > T::ZERO && wanted < self.on_rrp_limit[i];
            let leaving_rate = if leaves { self.height_rate[i] } else { T::ZERO };
            drawn_in[i] = leaving_rate * take_up[i];
            drawn_in_slope[i] = drawn_in[i] * leaving_rate;
        }
        TakeUp { take_up, drawn_in, drawn_in_slope }
    }

    /// The standing facility, which rises in t.
    #[inline(always)]
    fn standing_repo_at(&self, t: &[T; N]) -> TakeUp<T, N> {
        let bids: [T; N] = lanes(|i| self.bids[i] + self.bids_rate[i] * t[i]);
        let decay: [T; N] = lanes(|i| (-bids[i].abs()).exp());
        let nil = [T::ZERO; N];
        let (mut take_up, mut drawn_in, mut drawn_in_slope) = (nil, nil, nil);
        for i in 0..N {
            let (height, bidding) = bids[i].softplus_by(decay[i]);
            take_up[i] = (self.bids_scale[i] * height - self.srf_least[i]).max(T::ZERO).min(self.srf_limit[i]);
            let draws = take_up[i] > T::ZERO && take_up[i] < self.srf_limit[i];
            let drawing_rate = if draws { self.bids_rate[i] } else { T::ZERO };
            drawn_in[i] = self.srf_relief[i] * self.bids_scale[i] * drawing_rate * bidding;
            drawn_in_slope[i] = drawn_in[i] * drawing_rate * (T::ONE - bidding);
        }
        TakeUp { take_up, drawn_in, drawn_in_slope }
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
    fn step<const N: usize>(self, at: &Evaluated<T, N>, i: usize, bisect: bool) -> Search<T> {
        let (t, excess) = (self.t, at.excess[i]);
        let lending_spread = t - excess;
        let low = self.low.max(t.min(lending_spread));
        let high = self.high.min(t.max(lending_spread));
        // t − e f′ / (f′² − ½ e f″), where the bend may halve or double the step.
        let square = at.slope[i] * at.slope[i];
        let curved = square - T::of(0.5) * excess * at.bend[i];
        let next = t - excess * at.slope[i] / curved.clamp(T::of(0.5) * square, T::of(2.0) * square);
        let inside = next >= low && next <= high;
        let next = if inside && !bisect { next } else { (low + high) * T::of(0.5) };
        let found = excess.abs() <= T::of(T::ROOT_TOLERANCE);
        Search { low: if found { t } else { low }, high: if found { t } else { high }, t: if found { t } else { next } }
    }
}

impl<T: Real, const N: usize> Evaluated<T, N> {
    /// How the market cleared, if the price is the root.
    #[inline(always)]
    fn cleared(self, price: [T; N], short_without: [T; N]) -> Cleared<[T; N]> {
        let sensitivity = lanes(|i| self.spread_slope[i] / self.slope[i]);
        let Evaluated { on_rrp, standing_repo, shortfall, .. } = self;
        Cleared { price, on_rrp, standing_repo, shortfall, short_without, sensitivity }
    }
}

/// A tile of one.
fn alone<T: Real>(market: Market<T>) -> Markets<T, 1> {
    let mut markets = Markets::none();
    markets.bring(0, market);
    markets
}

/// The tri-party spread at which the market of one path clears, bp.
pub fn clear_alone<T: Real>(market: Market<T>) -> T {
    let last = LastClearing { price: &[T::ZERO], short_without: &[T::ZERO], sensitivity: &[T::ZERO] };
    clear(&alone(market), &last).price[0]
}

/// Clears the market on every path.
///
/// The search begins where yesterday's price would be after today's change of the shortfall. A path that has found its root
/// rests while others still search, so that its root does not depend on its neighbours.
#[inline(always)]
pub fn clear<T: Real, const N: usize>(markets: &Markets<T, N>, last: &LastClearing<'_, [T; N]>) -> Cleared<[T; N]> {
    let (mut low, mut high) = (markets.floor, [T::of(f64::INFINITY); N]);
    let mut t = lanes(|i| {
        let moved = last.sensitivity[i] * (markets.short[i] - last.short_without[i]);
        (last.price[i] + moved).max(low[i])
    });
    let mut step = 0;
    loop {
        let at = markets.at(&t);
        let bisect = step >= STEPS_BEFORE_BISECTION && step % 2 == 0;
        let mut searching = false;
        for i in 0..N {
            let search = Search { low: low[i], high: high[i], t: t[i] };
            Search { low: low[i], high: high[i], t: t[i] } = search.step(&at, i, bisect);
            searching |= low[i] < high[i];
        }
        step += 1;
        if !searching || step == MOST_STEPS {
            return at.cleared(t, markets.short);
        }
    }
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
            let [t] = clear(&alone(market), &last).price;
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
