//! The rates that are published: SOFR and its distribution, federal funds, the four-week bill.

use super::case::Case;
use super::market::capacity_shift;
use super::system::{BN, BP, PURE, System};
use super::text::{number, softplus};

/// Writes the rates of the close.
pub fn write(system: &mut System, case: &Case<'_>) {
    write_reference_rates(system, case);
    write_trades(system);
    write_bills(system, case);
}

fn write_reference_rates(system: &mut System, case: &Case<'_>) {
    system.mechanism("reference_rates");
    let height = "MIN(MAX(tgcr_iorb - p_repo_floor, 0), p_sofr_margin_range)";
    system.auxiliary("height of tgcr", BP, height, "Tri-party spread above its floor, within the range of the fit.");
    let margin = format!(
        "p_sofr_margin + p_sofr_margin_slope * height_of_tgcr + month_end * p_sofr_month_end + (quarter_end + year_end) * \
         freedom_of_rates * p_sofr_quarter_end + dealer_retreat + {}",
        capacity_shift(case, |shift| shift.sofr[0])
    );
    system.auxiliary("margin of sofr", BP, margin, "SOFR less the tri-party rate.");
    system.auxiliary("sofr iorb", BP, "tgcr_iorb + margin_of_sofr", "SOFR less IORB.");
    let average = "survival_of_reserves_average * reserves_average_brought_forward + (1 - survival_of_reserves_average) * \
                   reserves_at_the_close";
    let meaning = "Average of reserves to which federal funds respond.";
    system.memory("reserves_average", BN, "opening_average".to_owned(), average.to_owned(), meaning);
    let short = "(ample_reserves_brought_forward - p_effr_ample_gap - reserves_average) / p_effr_smoothing";
    system.auxiliary(
        "shortfall of the average",
        PURE,
        short,
        "Shortfall of the average from its ample level, in widths.",
    );
    let effr = format!(
        "p_effr_floor + p_effr_slope / 100 * p_effr_smoothing * {} + {}",
        softplus("shortfall_of_the_average"),
        capacity_shift(case, |shift| shift.federal_funds[0])
    );
    system.auxiliary("effr iorb", BP, effr, "Federal funds rate less IORB.");
}

fn write_trades(system: &mut System) {
    system.mechanism("rate_distribution");
    let above = "(sofr_iorb - p_sofr_width_start) / 4";
    system.auxiliary(
        "above the start in bends",
        PURE,
        above,
        "SOFR beyond where the width begins to grow, in bends of 4bp.",
    );
    let width = format!(
        "(p_sofr_width + p_sofr_width_slope * 4 * {}) * (1 + (quarter_end + year_end) * (p_sofr_width_quarter_end - 1)) * \
         EXP(0 - p_sofr_width_noise * p_sofr_width_noise / 2)",
        softplus("above_the_start_in_bends")
    );
    system.auxiliary("width of sofr", BP, width, "Width of the distribution of SOFR's trades.");
    system.auxiliary("lower quarter", BP, "MIN(tgcr_iorb, sofr_iorb)", "25th percentile of SOFR's trades less IORB.");
    let lowest = "MIN(sofr_iorb - 0.91 * width_of_sofr, lower_quarter)";
    system.auxiliary("lowest hundredth", BP, lowest, "1st percentile of SOFR's trades less IORB.");
}

fn write_bills(system: &mut System, case: &Case<'_>) {
    system.mechanism("bill_market");
    let tgcr =
        "tgcr_over_month_brought_forward + (tgcr_iorb - tgcr_over_month_brought_forward) / business_days_per_month";
    let opening = number(case.plan.initial.tgcr_iorb);
    system.memory("tgcr_over_month", BP, opening, tgcr.to_owned(), "Average of the tri-party spread over a month.");
    let bills = "bills_over_month_brought_forward + (business_days_per_month * net_bills - bills_over_month_brought_forward) / \
                 business_days_per_month";
    system.memory("bills_over_month", BN, number(0.0), bills.to_owned(), "Net bills settled over a month.");
    let yields = "p_bill_yield_margin + p_bill_yield_pass_through * tgcr_over_month + p_bill_yield_supply / 100 * \
                  bills_over_month";
    system.auxiliary("bill iorb", BP, yields, "Yield of the four-week bill less IORB.");
}
