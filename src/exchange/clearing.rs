//! The price that clears the market, as a chain of steps that any engine can evaluate.
//!
//! The price t solves t = g(t), the spread at which banks lend when the market expects t. Because g falls, the root lies
//! between any t and g(t). So a step moves both ends of a bracket inward, then goes where Newton's method leads, or to the
//! middle of the bracket where that leads out of it, and at every fifth step, since between corners of g Newton's method can
//! go to and fro. The last step's error stands in the file as `price_error`.

use super::system::{BN, BP, PURE, System};
use super::text::{logistic, softplus};

/// Steps of the chain.
const STEPS: usize = 15;

/// After so many steps one goes to the middle of the bracket.
const BETWEEN_BISECTIONS: usize = 5;

/// Exponent at which the convex tail is cut: e^4.93 times 5bp is 690bp, the 99th percentile of SOFR's trades over IOER on 17
/// September 2019 (9.00 % less 2.10 %).
pub const TAIL_EXPONENT: f64 = 4.93;

/// Writes the steps to the price, and what the market comes to at it.
pub fn write(system: &mut System) {
    system.mechanism("market");
    for step in 1..=STEPS {
        write_step(system, step);
    }
    let last = |what: &str| format!("step_{STEPS}_{what}");
    system.memory(
        "price",
        BP,
        "opening_price".to_owned(),
        last("price"),
        "Tri-party spread over IORB that clears the market.",
    );
    let error = format!("{} - {}", last("price"), last("lending_spread"));
    system.auxiliary(
        "price error",
        BP,
        error,
        "Price less the spread at which banks lend at it: what the last step leaves.",
    );
    system.auxiliary("cleared on rrp", BN, last("on_rrp"), "ON RRP take-up that responds to rates.");
    system.auxiliary("cleared srf", BN, last("srf"), "Standing facility take-up.");
    system.auxiliary("cleared shortfall", BN, last("shortfall"), "Shortfall of reserves from what banks want.");
}

fn write_step(system: &mut System, step: usize) {
    let name = |what: &str| format!("step_{step}_{what}");
    let of = |template: &str| template.replace('@', &format!("step_{step}_"));
    let before = |what: &str| format!("step_{}_{what}", step - 1);
    let price = match step {
        1 => "MAX(curve_floor, price_brought_forward)".to_owned(),
        _ => {
            let [newton, low, high] = ["newton", "low", "high"].map(before);
            let middle = format!("({low} + {high}) / 2");
            match step % BETWEEN_BISECTIONS {
                1 => middle,
                _ => format!("IF {newton} >= {low} AND {newton} <= {high} THEN {newton} ELSE {middle}"),
            }
        }
    };
    system.auxiliary(&name("price"), BP, price, "Price tried.");
    let height = of("MAX(p_on_rrp_response * (@price + corridor_floor) + (1 - p_on_rrp_response) * \
                     usual_height_brought_forward, 0)");
    system.auxiliary(&name("height"), BP, height, "Height over the ON RRP rate that money funds act on.");
    let wanted = of("spare_cash * EXP(0 - @height / p_on_rrp_decay)");
    system.auxiliary(&name("on rrp wanted"), BN, wanted, "What money funds would place at ON RRP.");
    system.auxiliary(&name("on rrp"), BN, of("MIN(@on_rrp_wanted, on_rrp_limit)"), "What they may.");
    let bids = of("(@price - srf_start) / p_srf_smoothing");
    system.auxiliary(&name("bids"), PURE, bids, "Price beyond where use of the standing facility begins, in widths.");
    let srf = format!(
        "MIN(MAX(p_srf_slope * p_srf_smoothing * {} - p_srf_least, 0), facility_limit)",
        softplus(&name("bids"))
    );
    system.auxiliary(&name("srf"), BN, srf, "Take-up of the standing facility.");
    let shortfall =
        of("reserves_wanted - (reserves_without_facilities - on_rrp_fixed - @on_rrp + facility_relief * @srf)");
    system.auxiliary(&name("shortfall"), BN, shortfall, "Shortfall of reserves at that price.");
    let bend = of("@shortfall / p_repo_smoothing");
    system.auxiliary(&name("bend"), PURE, bend, "Shortfall in widths of the bend of the curve.");
    let exponent = of("(@shortfall / ample_reserves_brought_forward - p_tail_start) / p_tail_width");
    system.auxiliary(&name("exponent"), PURE, exponent, "Scarcity beyond where the convex tail begins, in its widths.");
    let tail = format!("p_tail_scale * EXP(MIN({}, {TAIL_EXPONENT}))", name("exponent"));
    system.auxiliary(&name("tail"), BP, tail, "The convex tail.");
    let spread =
        format!("curve_floor + curve_slope * p_repo_smoothing * {} + {}", softplus(&name("bend")), name("tail"));
    system.auxiliary(&name("lending spread"), BP, spread, "Spread at which banks lend.");
    let (low, high) = match step {
        1 => (of("MAX(curve_floor, MIN(@price, @lending_spread))"), of("MAX(@price, @lending_spread)")),
        _ => (
            format!("MAX({}, {})", before("low"), of("MIN(@price, @lending_spread)")),
            format!("MIN({}, {})", before("high"), of("MAX(@price, @lending_spread)")),
        ),
    };
    system.auxiliary(&name("low"), BP, low, "Lower end of the bracket.");
    system.auxiliary(&name("high"), BP, high, "Upper end of the bracket.");
    let steepness = format!(
        "curve_slope * {} + (IF {} < {TAIL_EXPONENT} THEN {} / (p_tail_width * ample_reserves_brought_forward) ELSE 0)",
        logistic(&name("bend")),
        name("exponent"),
        name("tail"),
    );
    system.auxiliary(&name("steepness"), "bp/bn", steepness, "Rise of the lending spread per dollar of shortfall.");
    let drawn_in = format!(
        "(IF {height} > 0 AND {wanted} < on_rrp_limit THEN p_on_rrp_response * {placed} / p_on_rrp_decay ELSE 0) + \
         facility_relief * (IF {srf} > 0 AND {srf} < facility_limit THEN p_srf_slope * {drawing} ELSE 0)",
        height = name("height"),
        wanted = name("on_rrp_wanted"),
        placed = name("on_rrp"),
        srf = name("srf"),
        drawing = logistic(&name("bids")),
    );
    system.auxiliary(
        &name("drawn in"),
        "bn/bp",
        drawn_in,
        "Reserves that a basis point more brings back from the facilities.",
    );
    let newton = of("@price - (@price - @lending_spread) / (1 + @steepness * @drawn_in)");
    system.auxiliary(&name("newton"), BP, newton, "Where Newton's method leads from there.");
}
