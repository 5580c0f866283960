//! The overnight market: what banks want, what funds and the facilities offer, and what the price makes happen.

use super::books::after;
use super::case::Case;
use super::clearing;
use super::funds::BY_THE_MARKET;
use super::system::{BN, BP, PERCENT, PURE, System};
use super::text::{NEVER, number, reference, since, softplus, sum};
use crate::model::{DrawnCapacityShift, Flow, Instrument, Needs, Sector};

/// Writes the demand for reserves, the market and its price.
pub fn write(system: &mut System, case: &Case<'_>) {
    write_demand(system, case);
    write_offers(system, case);
    clearing::write(system);
    write_outcome(system, case);
}

/// By how much changes of dealers' capacity have moved a spread by a day.
pub fn capacity_shift(case: &Case<'_>, spread: fn(&DrawnCapacityShift<f64, 1>) -> f64) -> String {
    let shifts = case.events().capacity_shifts.iter();
    sum(shifts.map(|shift| format!("{} * {}", since(shift.start[0]), number(spread(shift)))))
}

/// The same at the opening, as a number: a shift in force from the start is part of the rates of the opening.
pub fn capacity_shift_at_opening(case: &Case<'_>, spread: fn(&DrawnCapacityShift<f64, 1>) -> f64) -> f64 {
    let begun = case.events().capacity_shifts.iter().filter(|shift| shift.start[0] <= 0.0);
    begun.map(spread).sum()
}

fn write_demand(system: &mut System, case: &Case<'_>) {
    system.mechanism("reserve_demand");
    let mut flag = |name: &str, need: fn(&Needs) -> f64, meaning: &str| {
        system.table(name, PURE, case.of_days(|day| need(&day.needs)), meaning);
    };
    flag("month end", |needs| needs.month_end, "One on the last business day of a month that ends no quarter.");
    flag("quarter end", |needs| needs.quarter_end, "One on the last business day of a quarter that ends no year.");
    flag("year end", |needs| needs.year_end, "One on the last business day of a year.");
    flag("mid month", |needs| needs.mid_month, "One on the mid-month settlement of notes and bonds.");
    flag("tax date", |needs| needs.tax_date, "One on a tax date.");
    let fading = "p_period_end_carry * period_end_needs_brought_forward + month_end * p_need_month_end + quarter_end * \
                  p_need_quarter_end + year_end * p_need_year_end";
    let meaning = "Extra needs of the ends of months, fading, as a share of the ample level.";
    system.memory("period_end_needs", PURE, "opening_period_end_needs".to_owned(), fading.to_owned(), meaning);
    let shares = "period_end_needs + mid_month * p_need_mid_month + tax_date * p_need_tax_date";
    system.auxiliary(
        "needs of the day",
        PURE,
        shares,
        "What the day adds to the need for reserves, as a share of the ample level.",
    );
    let bank_repo = after(Sector::Banks, Instrument::Repo, &[]);
    let opening = number(case.plan.opening.get(Sector::Banks, Instrument::Repo));
    let wanted = format!(
        "ample_reserves_brought_forward * (1 + needs_of_the_day) + hoarding_brought_forward + settlement_needs + \
         kept_by_domestic_banks + p_bank_repo_need * ({bank_repo} - {opening})"
    );
    system.auxiliary("reserves wanted", BN, wanted, "Reserves that banks want today.");
    let floor = format!("p_repo_floor + {}", capacity_shift(case, |shift| shift.repo[0]));
    let told = format!("Spread at which banks lend when reserves are abundant. {}", case.told_by("capacity_shift"));
    system.auxiliary("curve floor", BP, floor, &told);
}

fn write_offers(system: &mut System, case: &Case<'_>) {
    system.mechanism("overnight_market");
    let rates = case.of_days(|day| day.rates.iorb);
    system.table("announced iorb", PERCENT, rates, "Interest on reserve balances on its announced path.");
    let rates = case.of_days(|day| day.rates.on_rrp);
    system.table(
        "announced on rrp rate",
        PERCENT,
        rates,
        "Rate of the overnight reverse repo facility on its announced path.",
    );
    let rates = case.of_days(|day| day.rates.srf);
    system.table("announced srf rate", PERCENT, rates, "Rate of the standing repo facility on its announced path.");
    let floor = "(announced_iorb - announced_on_rrp_rate) * 100";
    system.auxiliary("corridor floor", BP, floor, "IORB less the ON RRP rate.");
    let ceiling = "(announced_srf_rate - announced_iorb) * 100";
    system.auxiliary("corridor ceiling", BP, ceiling, "Standing repo rate less IORB.");
    let gap = "0 - funding_gap / p_on_rrp_smoothing";
    system.auxiliary("spare cash in widths", PURE, gap, "The funding gap with its sign turned, in widths of the bend.");
    let spare = format!("p_on_rrp_smoothing * {}", softplus("spare_cash_in_widths"));
    system.auxiliary("spare cash", BN, spare, "Money funds' cash beyond what the levered sector borrows.");
    let most = "month_end * p_on_rrp_month_end + quarter_end * p_on_rrp_quarter_end + year_end * p_on_rrp_year_end";
    system.auxiliary(
        "turned away at most",
        BN,
        most,
        "Cash that dealers turn away at the end of a period when funds have plenty.",
    );
    let turned = "turned_away_at_most * (p_on_rrp_end_floor + (1 - p_on_rrp_end_floor) * (1 - EXP(0 - spare_cash / \
                  p_on_rrp_end_scale)))";
    system.auxiliary("turned away", BN, turned, "Cash that dealers turn away to ON RRP today.");
    let fixed = "p_on_rrp_inelastic + turned_away";
    system.auxiliary("on rrp fixed", BN, fixed, "ON RRP take-up that does not respond to rates.");
    let limit = case.of_days(|day| day.on_rrp_limit.min(NEVER));
    let meaning = "What one counterparty may place at ON RRP; 1000000000 where there is no limit.";
    system.table("on rrp limit of one", BN, limit, meaning);
    let limit = "p_on_rrp_counterparties * on_rrp_limit_of_one";
    system.auxiliary("on rrp limit", BN, limit, "The most that money funds may place at the facility.");
    let srf = "corridor_ceiling - p_srf_offset";
    system.auxiliary("srf start", BP, srf, "Tri-party spread at which use of the standing facility begins.");
    let others: Vec<Flow> = Flow::ALL
        .iter()
        .copied()
        .filter(|flow| !BY_THE_MARKET.contains(flow) && *flow != Flow::PrimaryCredit)
        .collect();
    let reserves = after(Sector::Banks, Instrument::Reserves, &others);
    system.auxiliary("reserves at midday", BN, reserves, "Reserves before the market clears.");
    let on_rrp = after(Sector::MoneyFunds, Instrument::OnRrp, &[]);
    let standing = after(Sector::Fed, Instrument::StandingRepo, &[]);
    let without = format!("reserves_at_midday + {on_rrp} - {standing}");
    system.auxiliary("reserves without facilities", BN, without, "Reserves if neither facility were used today.");
    system.auxiliary(
        "curve slope",
        "bp/bn",
        "p_repo_slope * 100 / ample_reserves_brought_forward",
        "Slope of the curve.",
    );
}

fn write_outcome(system: &mut System, case: &Case<'_>) {
    system.mechanism("overnight_market");
    let on_rrp = after(Sector::MoneyFunds, Instrument::OnRrp, &[]);
    system.post(Flow::OnRrp, format!("on_rrp_fixed + cleared_on_rrp - {on_rrp}"));
    let standing = after(Sector::Fed, Instrument::StandingRepo, &[]);
    system.post(Flow::StandingRepo, format!("cleared_srf - {standing}"));
    let scarcity = "cleared_shortfall / ample_reserves_brought_forward";
    system.auxiliary("scarcity", PURE, scarcity, "Shortfall of reserves, as a share of the ample level.");
    let usual = "survival_of_usual_height * usual_height_brought_forward + (1 - survival_of_usual_height) * (price + \
                 corridor_floor)";
    let corridor = number(case.plan.initial.corridor_floor);
    let meaning = "Height of the tri-party rate over the ON RRP rate that money funds are used to.";
    system.memory("usual_height", BP, format!("opening_price + {corridor}"), usual.to_owned(), meaning);
    // What a sector has at midday it lends, what it lacks it borrows: its deposits are nil again.
    let after_facilities = |sector: Sector, more: &[Flow]| {
        let posted: Vec<Flow> = Flow::ALL
            .iter()
            .copied()
            .filter(|flow| !matches!(flow, Flow::RepoFromFunds | Flow::RepoFromBanks) || more.contains(flow))
            .collect();
        after(sector, Instrument::Deposits, &posted)
    };
    system.post(Flow::RepoFromFunds, after_facilities(Sector::MoneyFunds, &[]));
    let missing = after_facilities(Sector::Levered, &[Flow::RepoFromFunds]);
    system.post(Flow::RepoFromBanks, format!("0 - ({missing})"));
    let placed = reference("published on rrp");
    let freedom = format!("p_rate_noise_pinned + (1 - p_rate_noise_pinned) * EXP(0 - {placed} / p_rate_pin_scale)");
    system.auxiliary("freedom of rates", PURE, freedom, "How free rates are to move: cash at ON RRP pins them.");
    let noise = "p_repo_noise_persistence * repo_noise_brought_forward".to_owned();
    let tgcr = number(case.plan.initial.tgcr_iorb);
    let meaning = "What the curve did not explain of the opening's rate, fading.";
    system.memory("repo_noise", BP, format!("{tgcr} - opening_price"), noise, meaning);
    system.auxiliary("tgcr iorb", BP, "price + repo_noise", "Tri-party rate less IORB as published.");
}
