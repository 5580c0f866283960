//! The kinds of event a scenario file may tell of, with their keys: the part of the table of `fields` that grows with
//! the story.

use crate::scenario::fields::{Bounds, Field, Kind, Need, field, within};
use crate::units::Unit;

use Kind::{Quantity, Text, When};
use Need::{Default, Optional, Required};
use Unit::{
    BasisPoints, Billions, BillionsPerDay, BillionsPerMonth, BillionsPerWeek, BusinessDays, CalendarDays, Share,
};

/// The keys of one kind of event.
#[derive(Clone, Copy, Debug)]
pub struct EventShape {
    /// The word after `kind =`.
    pub kind: &'static str,
    /// What happens.
    pub meaning: &'static str,
    /// Whether its effect lasts, so that one that began before the horizon is in force from its first day.
    pub lasting: bool,
    /// The keys besides `kind` and `name`.
    pub fields: &'static [Field],
}

/// The keys every event has besides those of its kind.
pub const EVENT: &[Field] = &[
    field("kind", Text, Required, "What happens."),
    field("name", Text, Optional, "A name for marks on charts and for `remove`; the kind otherwise."),
];

const SPREAD_SHIFT: Bounds = within(BasisPoints, -100.0, 100.0);
const SOME_DAYS: Bounds = within(BusinessDays, 1.0, 260.0);
const ANY_SHARE: Bounds = within(Share, 0.0, 1.0);
const RESERVES: Bounds = within(Billions, 0.0, 10_000.0);
const PURCHASE_PACE: Bounds = within(BillionsPerMonth, 0.0, 500.0);

const END: Field = field("end", When, Optional, "The first day without; it lasts to the end of the run otherwise.");

/// A line of a policy rule; a rule has at least one of the two.
const SOFR_ABOVE: Field = field(
    "sofr_above",
    Quantity(within(BasisPoints, -100.0, 1000.0)),
    Default("1000bp"),
    "The line is crossed on a day on which SOFR less IORB is above this. The default is as good as never.",
);

/// The other line of a policy rule.
const RESERVES_BELOW: Field = field(
    "reserves_below",
    Quantity(RESERVES),
    Default("0bn"),
    "The line is crossed on a day on which reserves are below this. The default is never.",
);

const DAYS: Field = field(
    "days",
    Quantity(SOME_DAYS),
    Default("1bd"),
    "On how many business days in a row a line must be crossed before the Fed acts.",
);

const DELAY: Field = field(
    "delay",
    Quantity(SOME_DAYS),
    Default("1bd"),
    "From the last of these days to the action; 1bd acts on the next.",
);

/// The kinds of event.
pub const EVENTS: &[EventShape] = &[
    EventShape {
        kind: "shutdown",
        meaning: "A lapse in appropriations: outlays are delayed, then caught up; the Treasury may hold extra cash.",
        lasting: false,
        fields: &[
            field("start", When, Required, "The first day without appropriations."),
            field("duration", Quantity(within(CalendarDays, 1.0, 365.0)), Required, "Its length."),
            field("delayed_outlays", Quantity(within(BillionsPerDay, 0.0, 20.0)), Required, "Outlays delayed."),
            field(
                "catch_up",
                Quantity(within(BusinessDays, 1.0, 120.0)),
                Default("15bd"),
                "How long the delayed outlays are caught up after reopening.",
            ),
            field(
                "hoarding",
                Quantity(within(Billions, 0.0, 1000.0)),
                Default("0bn"),
                "Precautionary addition to the Treasury's cash target while it lasts.",
            ),
        ],
    },
    EventShape {
        kind: "runoff_end",
        meaning: "Treasury securities are rolled over in full and agency principal goes into bills from this day on.",
        lasting: true,
        fields: &[field("date", When, Required, "The first day of full rollover.")],
    },
    EventShape {
        kind: "purchases",
        meaning: "Reserve management purchases of bills.",
        lasting: true,
        fields: &[
            field("start", When, Required, "The first day of purchases."),
            END,
            field("pace", Quantity(PURCHASE_PACE), Required, "The pace."),
        ],
    },
    EventShape {
        kind: "open_market_purchases",
        meaning: "Outright purchases of notes and bonds beyond reserve management, or sales.",
        lasting: true,
        fields: &[
            field("start", When, Required, "The first day of purchases."),
            END,
            field("pace", Quantity(within(BillionsPerMonth, -500.0, 1000.0)), Required, "The pace; negative sells."),
        ],
    },
    EventShape {
        kind: "cash_target_shift",
        meaning: "The Treasury moves its cash target by an amount, in a straight line over some business days.",
        lasting: false,
        fields: &[
            field("start", When, Required, "The first day of the move."),
            field(
                "change",
                Quantity(within(Billions, -3000.0, 3000.0)),
                Required,
                "Change of the target; negative is a drawdown.",
            ),
            field("over", Quantity(SOME_DAYS), Default("20bd"), "How long the target moves."),
        ],
    },
    EventShape {
        kind: "capacity_shift",
        meaning: "A lasting change of the level of repo rates at given reserves, for instance of dealers' capacity.",
        lasting: true,
        fields: &[
            field("date", When, Required, "The first day."),
            field(
                "repo",
                Quantity(SPREAD_SHIFT),
                Default("0bp"),
                "Change of the tri-party spread; negative is more capacity.",
            ),
            field("federal_funds", Quantity(SPREAD_SHIFT), Default("0bp"), "Change of the federal funds spread."),
            field("sofr", Quantity(SPREAD_SHIFT), Default("0bp"), "Change of SOFR's margin over the tri-party rate."),
        ],
    },
    EventShape {
        kind: "treasury_flow",
        meaning: "A one-off operating flow of the Treasury beyond the calendar, spread over some business days.",
        lasting: false,
        fields: &[
            field("date", When, Required, "The first day."),
            field(
                "amount",
                Quantity(within(Billions, -2000.0, 2000.0)),
                Required,
                "The total; positive raises the TGA.",
            ),
            field("over", Quantity(SOME_DAYS), Default("1bd"), "How long it takes to arrive."),
        ],
    },
    EventShape {
        kind: "deficit_shift",
        meaning: "The Treasury spends more, or less, than the calendar says, month after month.",
        lasting: true,
        fields: &[
            field("start", When, Required, "The first day of it."),
            END,
            field(
                "pace",
                Quantity(within(BillionsPerMonth, -300.0, 600.0)),
                Required,
                "Outlays beyond the calendar; negative is a smaller deficit.",
            ),
            field(
                "financed_by_coupons",
                Quantity(ANY_SHARE),
                Default("0%"),
                "The share that larger auctions of notes and bonds finance; bills finance the rest.",
            ),
        ],
    },
    EventShape {
        kind: "refinancing_shift",
        meaning: "The Treasury changes the size of its auctions of notes and bonds; bills, the plug, follow.",
        lasting: true,
        fields: &[
            field("start", When, Required, "The first day of it."),
            END,
            field(
                "coupons",
                Quantity(within(BillionsPerMonth, -300.0, 300.0)),
                Required,
                "Change of the net issue of notes and bonds; negative moves financing into bills.",
            ),
        ],
    },
    EventShape {
        kind: "debt_limit",
        meaning: "A debt limit binds: net borrowing stops when extraordinary measures are used up, the TGA pays what \
        bills cannot, and once the limit is lifted bills rebuild it.",
        lasting: true,
        fields: &[
            field("start", When, Required, "The first day on which it binds."),
            field("lift", When, Required, "The first day without it."),
            field(
                "headroom",
                Quantity(within(Billions, 0.0, 3000.0)),
                Required,
                "What can still be borrowed on its first day, or on that of the run if the limit bound before: room \
                below the limit and extraordinary measures.",
            ),
            field(
                "rebuild_pace",
                Quantity(within(BillionsPerWeek, 0.0, 500.0)),
                Default("120bn/week"),
                "The largest net issue of bills while cash is rebuilt afterwards.",
            ),
        ],
    },
    EventShape {
        kind: "levered_growth",
        meaning: "Leveraged investors build positions in Treasuries that they finance overnight, or shed them.",
        lasting: true,
        fields: &[
            field("start", When, Required, "The first day of it."),
            END,
            field(
                "pace",
                Quantity(within(BillionsPerMonth, -300.0, 300.0)),
                Required,
                "What they add; negative sheds positions.",
            ),
        ],
    },
    EventShape {
        kind: "levered_unwind",
        meaning: "Leveraged investors sell Treasuries they finance overnight, more than dealers can pass on at once.",
        lasting: false,
        fields: &[
            field("start", When, Required, "The first day of sales."),
            field("amount", Quantity(within(Billions, 0.0, 3000.0)), Required, "What they sell in all."),
            field("over", Quantity(SOME_DAYS), Default("10bd"), "How long they sell."),
            field(
                "to_dealers",
                Quantity(ANY_SHARE),
                Default("40%"),
                "The share that dealers must take into inventory before others buy it.",
            ),
        ],
    },
    EventShape {
        kind: "foreign_bank_outflow",
        meaning: "Foreign banks' branches lose funding, and with it reserves, to domestic banks.",
        lasting: false,
        fields: &[
            field("start", When, Required, "The first day of it."),
            field("amount", Quantity(within(Billions, 0.0, 2000.0)), Required, "The reserves that move."),
            field("over", Quantity(SOME_DAYS), Default("20bd"), "How long they move."),
            field(
                "kept",
                Quantity(ANY_SHARE),
                Default("50%"),
                "The share of it that domestic banks keep rather than lend.",
            ),
        ],
    },
    EventShape {
        kind: "standing_facility",
        meaning: "The terms of the standing repo facility from this day on. The last to begin counts.",
        lasting: true,
        fields: &[
            field("date", When, Required, "The first day on which they apply."),
            field(
                "limit",
                Quantity(within(Billions, 0.0, 10_000.0)),
                Default("10000bn"),
                "The most it lends; 0bn is no facility, the default more than the market could take.",
            ),
            field(
                "morning",
                Quantity(ANY_SHARE),
                Default("0%"),
                "The share of a day's demand that it meets in the morning, before most of the market has traded.",
            ),
        ],
    },
    EventShape {
        kind: "repo_operations",
        meaning: "Temporary open-market repo, rolled over while it lasts.",
        lasting: true,
        fields: &[
            field("start", When, Required, "The first day of it."),
            END,
            field("amount", Quantity(within(Billions, 0.0, 2000.0)), Required, "The amount outstanding."),
        ],
    },
    EventShape {
        kind: "purchase_rule",
        meaning: "Reserve management purchases of bills, sized anew on the ninth business day of every month to what \
        reserves lack.",
        lasting: true,
        fields: &[
            field("start", When, Required, "The first day on which a pace can be announced."),
            END,
            field("reserves", Quantity(RESERVES), Required, "The reserves aimed at."),
            field("over", Quantity(SOME_DAYS), Default("60bd"), "How long a shortfall takes to be made good."),
            field("most", Quantity(PURCHASE_PACE), Default("60bn/month"), "The largest pace."),
        ],
    },
    EventShape {
        kind: "end_runoff_if",
        meaning: "A policy rule: the Fed rolls over all its Treasury securities once SOFR or reserves cross a line.",
        lasting: false,
        fields: &[SOFR_ABOVE, RESERVES_BELOW, DAYS, DELAY],
    },
    EventShape {
        kind: "purchases_if",
        meaning: "A policy rule: the Fed buys bills from when SOFR or reserves cross a line.",
        lasting: false,
        fields: &[
            field("pace", Quantity(PURCHASE_PACE), Required, "The pace."),
            SOFR_ABOVE,
            RESERVES_BELOW,
            DAYS,
            DELAY,
        ],
    },
    EventShape {
        kind: "repo_operations_if",
        meaning: "A policy rule: the Fed offers temporary open-market repo from when SOFR or reserves cross a line.",
        lasting: false,
        fields: &[
            field("amount", Quantity(within(Billions, 0.0, 2000.0)), Required, "The amount outstanding."),
            SOFR_ABOVE,
            RESERVES_BELOW,
            DAYS,
            DELAY,
        ],
    },
    EventShape {
        kind: "rate_cut_if",
        meaning: "A policy rule: the Fed lowers all administered rates once SOFR or reserves cross a line.",
        lasting: false,
        fields: &[
            field(
                "cut",
                Quantity(within(BasisPoints, 0.0, 200.0)),
                Required,
                "By how much all administered rates are lowered.",
            ),
            SOFR_ABOVE,
            RESERVES_BELOW,
            DAYS,
            DELAY,
        ],
    },
];

/// The bounds of a quantity of an event.
pub fn event_bounds(kind: &str, field: &str) -> Option<Bounds> {
    match event_shape(kind)?.fields.iter().find(|candidate| candidate.name == field)?.kind {
        Quantity(bounds) => Some(bounds),
        _ => None,
    }
}

/// The shape of the kind of event called `kind`.
pub fn event_shape(kind: &str) -> Option<&'static EventShape> {
    EVENTS.iter().find(|shape| shape.kind == kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::quantity;

    #[test]
    fn every_default_is_a_quantity_of_its_unit_and_within_its_bounds() {
        let mut seen = 0;
        for field in EVENTS.iter().flat_map(|shape| shape.fields) {
            if let (Kind::Quantity(bounds) | Kind::Level(bounds), Need::Default(text)) = (field.kind, field.need) {
                let value = quantity::parse(text, bounds.unit).expect(field.name);
                assert!((bounds.low..=bounds.high).contains(&value), "{}", field.name);
                seen += 1;
            }
        }
        // Seven of the first seven kinds, ten of the next eight, and the four that each of the policy rules has.
        assert_eq!(seen, 7 + 10 + 4 * 4, "the quantities of events that have defaults");
    }

    #[test]
    fn every_kind_says_when_it_begins_or_waits_for_a_line() {
        for shape in EVENTS {
            let has = |name: &str| shape.fields.iter().any(|field| field.name == name);
            let beginnings = ["start", "date", "sofr_above"].iter().filter(|name| has(name)).count();
            assert_eq!(beginnings, 1, "{}", shape.kind);
            assert_eq!(has("sofr_above"), has("reserves_below"), "{}", shape.kind);
        }
    }
}
