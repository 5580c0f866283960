//! The opening, read backwards: what the vintage's prices say of the state that no balance sheet shows; and constants.

use super::case::Case;
use super::clearing::TAIL_EXPONENT;
use super::market::capacity_shift_at_opening;
use super::system::{BN, BP, DAYS, PURE, System};
use super::text::{number, softplus, softplus_inverse};
use crate::model::{Instrument, Sector};

/// Survivals of a day, each with the half-life it follows from.
const SURVIVALS: [(&str, &str); 11] = [
    ("usual height", "p_on_rrp_half_life"),
    ("inventory", "p_inventory_half_life"),
    ("foreign rrp", "p_foreign_rrp_half_life"),
    ("other deposits", "p_other_deposits_half_life"),
    ("bill resale", "p_bill_resale_half_life"),
    ("deficit cash", "p_fund_deficit_half_life"),
    ("settlement needs", "p_settlement_half_life"),
    ("reserves average", "p_effr_half_life"),
    ("primary credit", "p_primary_credit_half_life"),
    ("stress", "p_stress_half_life"),
    ("hoarding", "p_hoarding_half_life"),
];

/// Writes what the opening implies and what a half-life leaves of a day.
pub fn write(system: &mut System, case: &Case<'_>) {
    write_constants(system);
    let initial = &case.plan.initial;
    system.group(
        "opening",
        "The state at the close of the vintage's day. Three things are read backwards from that day's prices, so that the first \
         day does not jump: the funding gap from ON RRP take-up, what banks usually lend in repo from the gap, and the average of \
         reserves to which federal funds respond from EFFR.",
    );
    let needs = &initial.needs;
    let ends = |of: [&str; 3]| {
        let [month, quarter, year] = of;
        format!(
            "{} * {month} + {} * {quarter} + {} * {year}",
            number(needs.month_end),
            number(needs.quarter_end),
            number(needs.year_end)
        )
    };
    let of_reserves = ends(["p_need_month_end", "p_need_quarter_end", "p_need_year_end"]);
    system.auxiliary("opening period end needs", PURE, of_reserves, "Needs of the opening day, if it ends a period.");
    let reserves = number(case.plan.opening.get(Sector::Banks, Instrument::Reserves));
    let short = format!("p_ample_reserves - ({reserves} - p_ample_reserves * opening_period_end_needs)");
    system.auxiliary("opening shortfall", BN, short, "Shortfall of reserves on the opening day.");
    let bend = "opening_shortfall / p_repo_smoothing";
    system.auxiliary("opening bend", PURE, bend, "The same in widths of the bend.");
    let price = format!(
        "p_repo_floor + p_repo_slope * 100 / p_ample_reserves * p_repo_smoothing * {} + p_tail_scale * \
         EXP(MIN((opening_shortfall / p_ample_reserves - p_tail_start) / p_tail_width, {TAIL_EXPONENT})) + {}",
        softplus("opening_bend"),
        number(capacity_shift_at_opening(case, |shift| shift.repo[0])),
    );
    system.auxiliary("opening price", BP, price, "Tri-party spread that the curve gives for the opening day.");

    let placed = number(initial.on_rrp);
    let most = ends(["p_on_rrp_month_end", "p_on_rrp_quarter_end", "p_on_rrp_year_end"]);
    let turned = format!(
        "MIN(({most}) * (p_on_rrp_end_floor + (1 - p_on_rrp_end_floor) * (1 - EXP(0 - {placed} / p_on_rrp_end_scale))), {placed} \
         / 2)"
    );
    system.auxiliary(
        "opening turned away",
        BN,
        turned,
        "Cash that dealers turned away on the opening day, half of take-up at most.",
    );
    let height = format!("MIN(MAX(opening_price + {}, 0) / p_on_rrp_decay, 8)", number(initial.corridor_floor));
    system.auxiliary(
        "opening height",
        PURE,
        height,
        "Height over the ON RRP rate, in decays of take-up; beyond 8 it says nothing.",
    );
    let spare = format!("MAX(({placed} - p_on_rrp_inelastic - opening_turned_away) * EXP(opening_height), 1)");
    system.auxiliary(
        "opening spare cash",
        BN,
        spare,
        "Spare cash that explains take-up; below $1bn it says only that there is none.",
    );
    let widths = "opening_spare_cash / p_on_rrp_smoothing";
    system.auxiliary("opening spare cash in widths", PURE, widths, "The same in widths of the bend.");
    let gap = format!("0 - p_on_rrp_smoothing * {}", softplus_inverse("opening_spare_cash_in_widths"));
    system.auxiliary("opening gap", BN, gap, "Funding gap that explains the opening's ON RRP.");

    let effr = number(initial.effr_iorb - capacity_shift_at_opening(case, |shift| shift.federal_funds[0]));
    let bends = format!("MAX({effr} - p_effr_floor, 0.1) / (p_effr_slope / 100 * p_effr_smoothing)");
    let meaning =
        "Height of EFFR over its floor in units of the curve; below a tenth of a basis point it cannot be read.";
    system.auxiliary("opening bends of effr", PURE, bends, meaning);
    let average = format!(
        "p_ample_reserves - p_effr_ample_gap - p_effr_smoothing * {}",
        softplus_inverse("opening_bends_of_effr")
    );
    system.auxiliary("opening average", BN, average, "Average of reserves that explains the opening's EFFR.");
}

fn write_constants(system: &mut System) {
    system.group(
        "time",
        "A step is a business day, from 0. What a half-life of h business days leaves of a day is 2^(-1/h).",
    );
    system.auxiliary("business days per month", DAYS, "251 / 12", "Business days in an average month.");
    for (of, half_life) in SURVIVALS {
        let meaning = format!("Share of it that survives a business day: {of}.");
        system.auxiliary(&format!("survival of {of}"), PURE, format!("EXP(0 - LN(2) / {half_life})"), &meaning);
    }
}
