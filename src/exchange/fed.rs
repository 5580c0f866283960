//! The Fed: its reactions, what it lets mature, buys and lends, and the discount window.

use super::books::after;
use super::case::Case;
use super::system::{BN, BN_A_DAY, BN_A_MONTH, BP, DAYS, PURE, System, posted};
use super::text::{NEVER, during, number, since, sum};
use crate::model::{Flow, Instrument, PolicyAction, Sector};

/// Flows that have moved reserves when the month's purchases are sized: all of the morning before them.
const BEFORE_PURCHASES: &[Flow] = &[
    Flow::TaxReceipts,
    Flow::Outlays,
    Flow::CouponInterest,
    Flow::BillsToFunds,
    Flow::BillsToPrivate,
    Flow::CouponsToLevered,
    Flow::CouponsToPrivate,
    Flow::MbsPrincipal,
    Flow::MbsReinvestment,
];

/// Writes rules, portfolio, purchases, repo and primary credit.
pub fn write(system: &mut System, case: &Case<'_>) {
    write_rules(system, case);
    write_portfolio(system, case);
    write_purchases(system, case);
    write_lending(system, case);
}

fn write_rules(system: &mut System, case: &Case<'_>) {
    let events = case.events();
    system.mechanism("policy_rules");
    for (number_of_rule, rule) in events.policy_rules.iter().enumerate() {
        let name = |what: &str| format!("rule_{}_{what}", number_of_rule + 1);
        let crossed = format!(
            "IF published_sofr_iorb > {} OR published_reserves < {} THEN {} + 1 ELSE 0",
            number(rule.sofr_above[0]),
            number(rule.reserves_below[0]),
            format_args!("{}_brought_forward", name("streak")),
        );
        system.memory(&name("streak"), DAYS, number(0.0), crossed, "Days in a row on which the line has been crossed.");
        let acts = format!(
            "MIN({}_brought_forward, (IF {} >= {} THEN TIME + {} ELSE {}))",
            name("acts"),
            name("streak"),
            number(rule.days[0]),
            number(rule.delay[0].max(1.0)),
            number(NEVER),
        );
        let meaning = "The day on which the Fed acts, once and for good.";
        system.memory(&name("acts"), DAYS, number(NEVER), acts, meaning);
    }
    let acting = |action: PolicyAction| {
        let rules = events.policy_rules.iter().enumerate().filter(move |(_, rule)| rule.action == action);
        rules.map(|(position, rule)| (format!("rule_{}_acts_brought_forward", position + 1), rule))
    };
    let sizes = |action| {
        sum(acting(action).map(|(acts, rule)| format!("(IF TIME >= {acts} THEN {} ELSE 0)", number(rule.size[0]))))
    };
    let end = acting(PolicyAction::EndRunoff)
        .fold(number(events.runoff_end[0]), |earlier, (acts, _)| format!("MIN({earlier}, {acts})"));
    let told = format!("First day of full rollover, by announcement or by rule. {}", case.told_by("runoff_end"));
    system.auxiliary("runoff end", DAYS, end, &told);
    let bills = sizes(PolicyAction::BuyBills);
    system.auxiliary("bills bought by rule", BN_A_MONTH, bills, "Bills that the Fed buys because a line was crossed.");
    let repo = sizes(PolicyAction::OfferRepo);
    system.auxiliary("repo offered by rule", BN, repo, "Temporary repo that it offers because a line was crossed.");
    let moves =
        sum(events.rate_moves.iter().map(|meeting| format!("{} * {}", since(meeting.start[0]), number(meeting.by[0]))));
    let moved = format!("{moves} - ({})", sizes(PolicyAction::CutRates));
    let meaning = "How far administered rates stand from their announced path, by meetings whose outcome is drawn, here the \
                   median, and by rule.";
    system.auxiliary("rates moved", BP, moved, meaning);
}

fn write_portfolio(system: &mut System, case: &Case<'_>) {
    system.mechanism("federal_reserve");
    let cap = case.of_days(|day| day.runoff_cap);
    system.table("runoff cap", BN_A_MONTH, cap, "Monthly cap on the runoff of Treasury securities.");
    system.post(Flow::SomaMaturities, "settlement_share * p_soma_maturities");
    let runoff = format!(
        "IF TIME < runoff_end THEN MIN({}, settlement_share * runoff_cap) ELSE 0",
        posted(Flow::SomaMaturities)
    );
    system.auxiliary("soma runoff", BN_A_DAY, runoff, "What matures and is not rolled over.");
    system.post(Flow::SomaRollover, format!("{} - soma_runoff", posted(Flow::SomaMaturities)));
    let paid = case.of_days(|day| f64::from(u8::from(day.mbs_principal)));
    system.table("mbs principal is paid", PURE, paid, "One on the day of the month on which agency principal is paid.");
    let cap = case.of_days(|day| day.mbs_cap.min(NEVER));
    system.table(
        "mbs cap",
        BN_A_MONTH,
        cap,
        "Monthly cap on the runoff of agency MBS; 1000000000 where there is none.",
    );
    system.post(Flow::MbsPrincipal, "mbs_principal_is_paid * MIN(p_mbs_principal, mbs_cap)");
    system.post(Flow::MbsReinvestment, format!("IF TIME < runoff_end THEN 0 ELSE {}", posted(Flow::MbsPrincipal)));
    system.post(Flow::FedNetIncome, "p_fed_net_income / 5");
}

fn write_purchases(system: &mut System, case: &Case<'_>) {
    let events = case.events();
    system.mechanism("purchases");
    let before = after(Sector::Banks, Instrument::Reserves, BEFORE_PURCHASES);
    system.auxiliary("reserves before purchases", BN, before, "Reserves once the morning has settled.");
    let average = "reserves_over_month_brought_forward + (reserves_before_purchases - reserves_over_month_brought_forward) / \
                   business_days_per_month";
    let opening = number(case.plan.opening.get(Sector::Banks, Instrument::Reserves));
    system.memory("reserves_over_month", BN, opening, average.to_owned(), "Average of reserves over a month.");
    let announced = case.of_days(|day| f64::from(u8::from(day.purchase_announcement)));
    let meaning = "One on the business day of the month on which the pace by rule is announced.";
    system.table("purchase announcement", PURE, announced, meaning);
    let mut bills = Vec::new();
    for (position, rule) in events.purchase_rules.iter().enumerate() {
        let name = format!("pace_by_rule_{}", position + 1);
        let in_force = during(rule.start[0], rule.end[0]);
        let pace = format!(
            "IF purchase_announcement > 0.5 THEN {in_force} * MIN(MAX(p_currency_growth + ({} - reserves_over_month) / {}, 0), \
             {}) ELSE {name}_brought_forward",
            number(rule.reserves[0]),
            number(rule.over[0]),
            number(rule.most[0]),
        );
        let told = format!("The month's pace as last announced. {}", case.told_by("purchase_rule"));
        system.memory(&name, BN_A_MONTH, number(0.0), pace, &told);
        bills.push(format!("{in_force} * {name}"));
    }
    let paces = |coupons: bool| {
        let of_kind = events.purchases.iter().filter(move |purchases| purchases.coupons == coupons);
        of_kind.map(|purchases| {
            format!("{} * {}", during(purchases.start[0], purchases.end[0]), number(purchases.pace[0]))
        })
    };
    bills.extend(paces(false));
    bills.push("bills_bought_by_rule".to_owned());
    system.post(Flow::ReserveManagementPurchases, format!("({}) / business_days_per_month", sum(bills)));
    system.post(Flow::OpenMarketPurchases, format!("({}) / business_days_per_month", sum(paces(true))));
}

fn write_lending(system: &mut System, case: &Case<'_>) {
    let events = case.events();
    system.mechanism("repo_operations");
    let operations = events
        .repo_operations
        .iter()
        .map(|operation| format!("{} * {}", during(operation.start[0], operation.end[0]), number(operation.pace[0])));
    let offered = sum(operations.chain(["repo_offered_by_rule".to_owned()]));
    let told = format!("Temporary repo outstanding, taken up in full. {}", case.told_by("repo_operations"));
    system.auxiliary("repo offered", BN, offered, &told);
    system.post(Flow::TemporaryRepo, format!("repo_offered - {}", after(Sector::Fed, Instrument::TemporaryRepo, &[])));
    // The latest terms count; of those that begin together the last told.
    let mut terms: Vec<_> = events.standing_facilities.iter().collect();
    terms.sort_by(|one, other| one.start[0].total_cmp(&other.start[0]));
    let in_force = |first: &str, term: &dyn Fn(usize) -> f64| {
        terms.iter().enumerate().fold(first.to_owned(), |before, (position, terms)| {
            format!("(IF TIME >= {} THEN {} ELSE {before})", number(terms.start[0]), number(term(position)))
        })
    };
    let told = case.told_by("standing_facility");
    let limit = in_force("p_srf_limit", &|position| terms[position].limit[0]);
    system.auxiliary("facility limit", BN, limit, &format!("Largest take-up of the standing facility. {told}"));
    let morning = in_force("p_srf_morning_share", &|position| terms[position].morning[0]);
    system.auxiliary("facility morning share", PURE, morning, "Share of its demand that it meets in the morning.");
    let relief = "facility_morning_share + (1 - facility_morning_share) * p_srf_afternoon_relief";
    system.auxiliary("facility relief", PURE, relief, "Share of take-up that relieves the market of the day.");

    system.mechanism("discount_window");
    let dearer = "MAX(tgcr_iorb - corridor_ceiling - p_primary_credit_stigma, 0)";
    system.auxiliary("dearer than the window", BP, dearer, "What repo costs more than primary credit and stigma.");
    let wanted = "p_primary_credit_normal + p_primary_credit_slope * dearer_than_the_window";
    system.auxiliary("primary credit wanted", BN, wanted, "Primary credit that banks want.");
    let loans = after(Sector::Fed, Instrument::FedLoans, &[]);
    let change = format!("(1 - survival_of_primary_credit) * (primary_credit_wanted - {loans})");
    system.post(Flow::PrimaryCredit, change);
}
