//! What banks and dealers remember of stress, who holds the reserves, and what banks call ample.

use super::books::at_close;
use super::case::Case;
use super::system::{BN, BP, System};
use super::text::{number, share_done, sum};
use crate::model::{Instrument, Sector};

/// Writes the loops of the close and the memo of bank groups.
pub fn write(system: &mut System, case: &Case<'_>) {
    write_loops(system, case);
    write_banks(system, case);
}

fn write_loops(system: &mut System, case: &Case<'_>) {
    system.mechanism("dealer_retreat");
    let retreat = "MIN(p_dealer_retreat_gain * stress_brought_forward, p_dealer_retreat_limit)";
    system.auxiliary("dealer retreat", BP, retreat, "What dealers add to the margin of SOFR for yesterday's stress.");

    system.mechanism("hoarding");
    let strain = "MIN(MAX(sofr_iorb - p_stress_threshold, 0), p_stress_range)";
    system.auxiliary("strain", BP, strain, "SOFR less IORB beyond what banks and dealers shrug off.");
    let stress = "survival_of_stress * stress_brought_forward + (1 - survival_of_stress) * strain".to_owned();
    let average = number(case.plan.initial.sofr_iorb_average);
    let opening = format!("MIN(MAX({average} - p_stress_threshold, 0), p_stress_range)");
    system.memory("stress", BP, opening, stress, "Remembered stress.");
    let hoarding = "survival_of_hoarding * (hoarding_brought_forward + MIN(p_hoarding_gain * stress / p_hoarding_limit, 1) * \
                    (p_hoarding_limit - hoarding_brought_forward))";
    let meaning = "Reserves that banks hold beyond their usual demand because of stress.";
    system.memory("hoarding", BN, number(0.0), hoarding.to_owned(), meaning);
}

fn write_banks(system: &mut System, case: &Case<'_>) {
    system.mechanism("bank_groups");
    let reserves = at_close(Sector::Banks, Instrument::Reserves);
    system.auxiliary("reserves at the close", BN, reserves, "Reserves of all banks at the close.");
    let morning = "reserves_at_the_close - banks_reserves";
    system.auxiliary("change of reserves over the day", BN, morning, "Change of reserves since the last close.");
    let outflows = &case.events().foreign_outflows;
    let lost = |only_kept: bool| {
        sum(outflows.iter().map(|outflow| {
            let share = if only_kept { outflow.kept[0] } else { 1.0 };
            let done = share_done("TIME", outflow.start[0], outflow.over[0]);
            format!("{done} * {} * {}", number(outflow.amount[0]), number(share))
        }))
    };
    let told = format!("Reserves that foreign branches have lost so far. {}", case.told_by("foreign_bank_outflow"));
    system.memory("foreign_outflow", BN, number(0.0), lost(false), &told);
    let meaning = "What of it domestic banks keep rather than lend.";
    system.auxiliary("kept by domestic banks", BN, lost(true), meaning);
    let foreign = "MIN(MAX(foreign_branch_reserves_brought_forward + p_foreign_branch_margin * change_of_reserves_over_the_day \
                   - (foreign_outflow - foreign_outflow_brought_forward), 0), MAX(reserves_at_the_close, 0))";
    let opening = number(case.plan.opening.get(Sector::Banks, Instrument::Reserves));
    let meaning = "Reserves of branches of foreign banks, within nothing and all there is.";
    let share = format!("p_foreign_branch_share * {opening}");
    system.memory("foreign_branch_reserves", BN, share, foreign.to_owned(), meaning);
    let small = "MIN(MAX(small_bank_reserves_brought_forward + p_small_bank_margin * change_of_reserves_over_the_day, 0), \
                 MAX(reserves_at_the_close - foreign_branch_reserves, 0))";
    let meaning = "Reserves of small domestic banks, within nothing and what foreign branches leave.";
    system.memory("small_bank_reserves", BN, format!("p_small_bank_share * {opening}"), small.to_owned(), meaning);

    system.mechanism("desired_reserves");
    let beyond = "reserves_at_the_close - ample_reserves_brought_forward";
    system.auxiliary("beyond ample", BN, beyond, "Reserves beyond the ample level.");
    let ample = "ample_reserves_brought_forward + (p_ample_growth / 100 * ample_reserves_brought_forward + p_ample_ratchet_up * \
                 MAX(beyond_ample, 0) - p_ample_ratchet_down * MAX(0 - beyond_ample, 0)) / 251";
    let meaning = "Reserves that banks call ample.";
    system.memory("ample_reserves", BN, "p_ample_reserves".to_owned(), ample.to_owned(), meaning);
}
