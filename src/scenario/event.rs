//! What happens in a scenario: the kinds of event, with their dates and sizes as meant.

use crate::model::PolicyAction;
use crate::scenario::scenario::{Quantity, When};

/// Something that happens. Dates that are not business days take effect on the next one.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// A name for marks on charts and for `remove`; the kind if none was typed.
    pub name: String,
    /// What it is, with its sizes.
    pub kind: EventKind,
}

/// The kinds of event.
#[derive(Clone, Debug, PartialEq)]
pub enum EventKind {
    /// A lapse in appropriations: outlays are delayed, then caught up; the Treasury may hold extra cash.
    Shutdown {
        /// First day without appropriations.
        start: When,
        /// Length in calendar days.
        duration: Quantity,
        /// Outlays delayed, $bn per business day.
        delayed_outlays: Quantity,
        /// Business days over which the delayed outlays are caught up after reopening.
        catch_up: Quantity,
        /// Precautionary addition to the Treasury's cash target while the shutdown lasts, $bn.
        hoarding: Quantity,
    },
    /// Treasury securities are rolled over in full and agency principal goes into bills from this date.
    RunoffEnd {
        /// First day of full rollover.
        date: When,
    },
    /// Reserve management purchases of bills.
    Purchases {
        /// First day of purchases.
        start: When,
        /// Day on which they stop; none means the end of the run.
        end: Option<When>,
        /// Pace, $bn per calendar month.
        pace: Quantity,
    },
    /// Outright purchases of notes and bonds beyond reserve management, or sales.
    OpenMarketPurchases {
        /// First day of purchases.
        start: When,
        /// Day on which they stop; none means the end of the run.
        end: Option<When>,
        /// Pace, $bn per calendar month; negative sells.
        pace: Quantity,
    },
    /// The Treasury moves its cash target by an amount, in a straight line over some business days.
    CashTargetShift {
        /// First day of the move.
        start: When,
        /// Change of the target, $bn; negative is a drawdown.
        change: Quantity,
        /// Business days over which the target moves.
        over: Quantity,
    },
    /// A lasting change of the level of repo rates at given reserves, for instance of dealers' capacity.
    CapacityShift {
        /// First day.
        date: When,
        /// Change of the tri-party spread, basis points; negative is more capacity.
        repo: Quantity,
        /// Change of the federal funds spread, basis points.
        federal_funds: Quantity,
        /// Change of SOFR's margin over the tri-party rate, basis points.
        sofr: Quantity,
    },
    /// A one-off operating flow of the Treasury beyond the calendar, spread over some business days.
    TreasuryFlow {
        /// First day.
        date: When,
        /// Total, $bn; positive raises the TGA.
        amount: Quantity,
        /// Business days over which it arrives.
        over: Quantity,
    },
    /// The Treasury spends more, or less, than the calendar says, month after month.
    DeficitShift {
        /// First day of it.
        start: When,
        /// First day without; none means the end of the run.
        end: Option<When>,
        /// Outlays beyond the calendar, $bn per calendar month; negative is a smaller deficit.
        pace: Quantity,
        /// Share that notes and bonds finance; bills finance the rest.
        financed_by_coupons: Quantity,
    },
    /// The Treasury changes the size of its auctions of notes and bonds; bills follow as the plug.
    RefinancingShift {
        /// First day of it.
        start: When,
        /// First day without; none means the end of the run.
        end: Option<When>,
        /// Change of the net issue of notes and bonds, $bn per calendar month.
        coupons: Quantity,
    },
    /// A debt limit binds, and is lifted.
    DebtLimit {
        /// First day on which it binds.
        start: When,
        /// First day without it.
        lift: When,
        /// What can still be borrowed on its first day within the run, $bn.
        headroom: Quantity,
        /// Largest net issue of bills while cash is rebuilt afterwards, $bn per week.
        rebuild_pace: Quantity,
    },
    /// Leveraged investors build positions that they finance overnight, or shed them.
    LeveredGrowth {
        /// First day.
        start: When,
        /// Day on which it stops; none means the end of the run.
        end: Option<When>,
        /// Pace, $bn per calendar month; negative sheds positions.
        pace: Quantity,
    },
    /// Leveraged investors sell Treasuries they finance overnight, more than dealers can pass on at once.
    LeveredUnwind {
        /// First day of sales.
        start: When,
        /// What they sell in all, $bn.
        amount: Quantity,
        /// Business days over which they sell.
        over: Quantity,
        /// Share that dealers must take into inventory before others buy it.
        to_dealers: Quantity,
    },
    /// Foreign banks' branches lose reserves to domestic banks.
    ForeignBankOutflow {
        /// First day of it.
        start: When,
        /// Reserves that move, $bn.
        amount: Quantity,
        /// Business days over which they move.
        over: Quantity,
        /// Share of it that domestic banks keep rather than lend.
        kept: Quantity,
    },
    /// Terms of the standing repo facility from this day on; the last to begin counts.
    StandingFacility {
        /// First day on which they apply.
        date: When,
        /// The most it lends, $bn.
        limit: Quantity,
        /// Share of a day's demand that it meets in the morning.
        morning: Quantity,
    },
    /// Temporary open-market repo, rolled over while it lasts.
    RepoOperations {
        /// First day of it.
        start: When,
        /// First day without; none means the end of the run.
        end: Option<When>,
        /// Amount outstanding, $bn.
        amount: Quantity,
    },
    /// Purchases of bills, sized anew every month to what reserves lack.
    PurchaseRule {
        /// First day on which a pace can be announced.
        start: When,
        /// First day without; none means the end of the run.
        end: Option<When>,
        /// Reserves aimed at, $bn.
        reserves: Quantity,
        /// Business days over which a shortfall is made good.
        over: Quantity,
        /// Largest pace, $bn per calendar month.
        most: Quantity,
    },
    /// What the Fed does once SOFR or reserves cross a line.
    PolicyRule {
        /// What it does.
        action: PolicyAction,
        /// SOFR less IORB above which a line is crossed, basis points.
        sofr_above: Quantity,
        /// Reserves below which a line is crossed, $bn.
        reserves_below: Quantity,
        /// Business days in a row on which a line must be crossed.
        days: Quantity,
        /// Business days from the last of them to the action.
        delay: Quantity,
        /// Its size, in the unit of the action's key; zero where it has none.
        size: Quantity,
    },
}

impl EventKind {
    /// The word after `kind =` in a scenario file.
    pub const fn word(&self) -> &'static str {
        match self {
            EventKind::Shutdown { .. } => "shutdown",
            EventKind::RunoffEnd { .. } => "runoff_end",
            EventKind::Purchases { .. } => "purchases",
            EventKind::OpenMarketPurchases { .. } => "open_market_purchases",
            EventKind::CashTargetShift { .. } => "cash_target_shift",
            EventKind::CapacityShift { .. } => "capacity_shift",
            EventKind::TreasuryFlow { .. } => "treasury_flow",
            EventKind::DeficitShift { .. } => "deficit_shift",
            EventKind::RefinancingShift { .. } => "refinancing_shift",
            EventKind::LeveredGrowth { .. } => "levered_growth",
            EventKind::DebtLimit { .. } => "debt_limit",
            EventKind::LeveredUnwind { .. } => "levered_unwind",
            EventKind::ForeignBankOutflow { .. } => "foreign_bank_outflow",
            EventKind::StandingFacility { .. } => "standing_facility",
            EventKind::RepoOperations { .. } => "repo_operations",
            EventKind::PurchaseRule { .. } => "purchase_rule",
            EventKind::PolicyRule { action, .. } => rule_word(*action),
        }
    }

    /// When it may begin; none for a policy rule, which waits for a line to be crossed.
    pub const fn begins(&self) -> Option<&When> {
        match self {
            EventKind::Shutdown { start, .. }
            | EventKind::Purchases { start, .. }
            | EventKind::OpenMarketPurchases { start, .. }
            | EventKind::CashTargetShift { start, .. }
            | EventKind::DeficitShift { start, .. }
            | EventKind::RefinancingShift { start, .. }
            | EventKind::LeveredGrowth { start, .. }
            | EventKind::DebtLimit { start, .. }
            | EventKind::LeveredUnwind { start, .. }
            | EventKind::ForeignBankOutflow { start, .. }
            | EventKind::RepoOperations { start, .. }
            | EventKind::PurchaseRule { start, .. } => Some(start),
            EventKind::RunoffEnd { date }
            | EventKind::CapacityShift { date, .. }
            | EventKind::TreasuryFlow { date, .. }
            | EventKind::StandingFacility { date, .. } => Some(date),
            EventKind::PolicyRule { .. } => None,
        }
    }

    /// The quantity under a key; none if the kind has no such quantity.
    pub fn quantity(&self, key: &str) -> Option<&Quantity> {
        use EventKind::*;
        match (key, self) {
            ("duration", Shutdown { duration: found, .. })
            | ("delayed_outlays", Shutdown { delayed_outlays: found, .. })
            | ("catch_up", Shutdown { catch_up: found, .. })
            | ("hoarding", Shutdown { hoarding: found, .. })
            | (
                "pace",
                Purchases { pace: found, .. }
                | OpenMarketPurchases { pace: found, .. }
                | DeficitShift { pace: found, .. }
                | LeveredGrowth { pace: found, .. },
            )
            | ("change", CashTargetShift { change: found, .. })
            | (
                "over",
                CashTargetShift { over: found, .. }
                | TreasuryFlow { over: found, .. }
                | LeveredUnwind { over: found, .. }
                | ForeignBankOutflow { over: found, .. }
                | PurchaseRule { over: found, .. },
            )
            | ("repo", CapacityShift { repo: found, .. })
            | ("federal_funds", CapacityShift { federal_funds: found, .. })
            | ("sofr", CapacityShift { sofr: found, .. })
            | (
                "amount",
                TreasuryFlow { amount: found, .. }
                | LeveredUnwind { amount: found, .. }
                | ForeignBankOutflow { amount: found, .. }
                | RepoOperations { amount: found, .. },
            )
            | ("financed_by_coupons", DeficitShift { financed_by_coupons: found, .. })
            | ("coupons", RefinancingShift { coupons: found, .. })
            | ("headroom", DebtLimit { headroom: found, .. })
            | ("rebuild_pace", DebtLimit { rebuild_pace: found, .. })
            | ("to_dealers", LeveredUnwind { to_dealers: found, .. })
            | ("kept", ForeignBankOutflow { kept: found, .. })
            | ("limit", StandingFacility { limit: found, .. })
            | ("morning", StandingFacility { morning: found, .. })
            | ("reserves", PurchaseRule { reserves: found, .. })
            | ("most", PurchaseRule { most: found, .. })
            | ("sofr_above", PolicyRule { sofr_above: found, .. })
            | ("reserves_below", PolicyRule { reserves_below: found, .. })
            | ("days", PolicyRule { days: found, .. })
            | ("delay", PolicyRule { delay: found, .. }) => Some(found),
            (key, PolicyRule { action, size, .. }) if size_key(*action) == Some(key) => Some(size),
            _ => None,
        }
    }

    /// The day under a key; none if the kind has no such day, or it was not told.
    pub fn when(&self, key: &str) -> Option<&When> {
        use EventKind::*;
        match (key, self) {
            (
                "end",
                Purchases { end, .. }
                | OpenMarketPurchases { end, .. }
                | DeficitShift { end, .. }
                | RefinancingShift { end, .. }
                | LeveredGrowth { end, .. }
                | RepoOperations { end, .. }
                | PurchaseRule { end, .. },
            ) => end.as_ref(),
            ("lift", DebtLimit { lift, .. }) => Some(lift),
            ("date", RunoffEnd { .. } | CapacityShift { .. } | TreasuryFlow { .. } | StandingFacility { .. }) => {
                self.begins()
            }
            ("start", _) => self.begins(),
            _ => None,
        }
    }
}

/// The kind of event that has the Fed do this once a line is crossed.
const fn rule_word(action: PolicyAction) -> &'static str {
    match action {
        PolicyAction::EndRunoff => "end_runoff_if",
        PolicyAction::BuyBills => "purchases_if",
        PolicyAction::OfferRepo => "repo_operations_if",
        PolicyAction::CutRates => "rate_cut_if",
    }
}

/// The key that holds the size of what a policy rule does; none where it is done or not.
pub const fn size_key(action: PolicyAction) -> Option<&'static str> {
    match action {
        PolicyAction::EndRunoff => None,
        PolicyAction::BuyBills => Some("pace"),
        PolicyAction::OfferRepo => Some("amount"),
        PolicyAction::CutRates => Some("cut"),
    }
}
