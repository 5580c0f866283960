//! Everything a scenario file may say, in one table.
//!
//! The reader walks files against it, the JSON Schema and the reference are generated from it, and the defaults stand
//! nowhere else. A key that is not here does not exist.

use crate::units::Unit;

/// A key of a scenario file.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The key.
    pub name: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// Whether it must be given.
    pub need: Need,
    /// What it says, in one sentence.
    pub meaning: &'static str,
}

/// What a key takes.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Text in quotes.
    Text,
    /// A list of texts.
    Texts,
    /// A whole number within bounds.
    Count { low: u64, high: u64 },
    /// A day.
    Date,
    /// A day, or a distribution of days.
    When,
    /// A quantity, the same on every path.
    Level(Bounds),
    /// A quantity, or a distribution from which each path draws.
    Quantity(Bounds),
    /// A plain number with the publication it was taken from.
    Figure(Bounds),
    /// A condition over published variables.
    Condition,
    /// A table; an overlay changes single keys of it.
    Table(&'static [Field]),
    /// A list of tables; an overlay replaces it whole.
    Rows(&'static [Field]),
    /// A list of named tables to which an overlay appends.
    Appended(&'static [Field]),
    /// The events: a list of tables whose keys depend on their `kind`, to which an overlay appends.
    Events,
    /// A table of model parameters by name.
    Parameters,
}

/// Whether a key must be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It must.
    Required,
    /// It need not; this is what it is otherwise, as one would type it.
    Default(&'static str),
    /// It need not; its absence means what its description says.
    Optional,
}

/// The unit of a quantity and the smallest and largest that make sense.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// The unit.
    pub unit: Unit,
    /// The smallest value.
    pub low: f64,
    /// The largest value.
    pub high: f64,
}

/// The keys of one kind of event.
#[derive(Clone, Copy, Debug)]
pub struct EventShape {
    /// The word after `kind =`.
    pub kind: &'static str,
    /// What happens.
    pub meaning: &'static str,
    /// The keys besides `kind` and `name`.
    pub fields: &'static [Field],
}

const fn field(name: &'static str, kind: Kind, need: Need, meaning: &'static str) -> Field {
    Field { name, kind, need, meaning }
}

const fn within(unit: Unit, low: f64, high: f64) -> Bounds {
    Bounds { unit, low, high }
}

use Kind::{Appended, Condition, Count, Date, Events, Level, Parameters, Quantity, Rows, Table, Text, Texts, When};
use Need::{Default, Optional, Required};
use Unit::{BasisPoints, Billions, BillionsPerDay, BillionsPerMonth, BusinessDays, CalendarDays, Percent, Share};

/// The most paths a run may have.
pub const MOST_PATHS: u64 = 100_000_000;

/// A scenario file.
pub const SCENARIO: &[Field] = &[
    field("title", Text, Required, "One line for headings."),
    field(
        "extends",
        Text,
        Optional,
        "The scenario this one is laid over: a file beside it, or one that ships. Tables \
        merge, events and watches are appended, all else is replaced.",
    ),
    field("claim", Text, Default(""), "The claim the scenario states and the run puts to the test."),
    field("sources", Texts, Default("[]"), "Where the story comes from."),
    field("look_at", Texts, Default("[]"), "What a reader should look at in the result."),
    field("remove", Texts, Default("[]"), "Names of inherited events and watches to drop."),
    field("horizon", Table(HORIZON), Required, "The days that are simulated."),
    field("vintage", Table(VINTAGE), Required, "The balance sheet, rates and behavioural state at the start."),
    field(
        "parameters",
        Parameters,
        Optional,
        "Parameters of the model that differ from their defaults, each a quantity or \
        a distribution from which every path draws once. Draws of unbounded distributions are moved to the nearest bound.",
    ),
    field("treasury", Table(TREASURY), Required, "What the Treasury steers to."),
    field("rates", Table(RATES), Optional, "Administered rates."),
    field("fed", Table(FED), Optional, "The Federal Reserve's securities."),
    field("event", Events, Optional, "What happens."),
    field("watch", Appended(WATCH), Optional, "What is asked of every path: its probability is reported."),
    field("run", Table(RUN), Optional, "How it is simulated."),
];

const HORIZON: &[Field] = &[
    field("start", Date, Required, "The day of the vintage, whose close is the starting state."),
    field("end", Date, Required, "The last day simulated."),
];

const VINTAGE: &[Field] =
    &[field("file", Text, Required, "A vintage that ships, by its date, or a path below the scenario's folder.")];

const TREASURY: &[Field] = &[field(
    "cash_target",
    Rows(CASH_TARGET),
    Required,
    "The cash balance the Treasury steers to, in order of date; a straight line between dates.",
)];

const CASH_TARGET: &[Field] = &[
    field("date", Date, Required, "The day."),
    field("level", Level(within(Billions, 0.0, 5000.0)), Required, "The balance on that day."),
];

const RATES: &[Field] = &[field(
    "steps",
    Rows(RATE_STEP),
    Default("[]"),
    "Rates in order of date, each in force until the next; before the first, the vintage's own.",
)];

const ADMINISTERED: Bounds = within(Percent, -1.0, 20.0);

const RATE_STEP: &[Field] = &[
    field("date", Date, Required, "The first day on which they apply."),
    field("iorb", Level(ADMINISTERED), Required, "The interest rate on reserve balances."),
    field("on_rrp", Level(ADMINISTERED), Required, "The rate of the overnight reverse repo facility."),
    field(
        "srf",
        Level(ADMINISTERED),
        Required,
        "The rate of the standing repo facility; before July 2021 the top of the target range.",
    ),
];

const FED: &[Field] = &[field(
    "runoff_caps",
    Rows(RUNOFF_CAP),
    Default("[]"),
    "The monthly cap on the runoff of Treasury securities, in order of date.",
)];

const RUNOFF_CAP: &[Field] = &[
    field("date", Date, Required, "The first day on which it applies."),
    field("level", Level(within(BillionsPerMonth, 0.0, 200.0)), Required, "The most that runs off in a month."),
];

const WATCH: &[Field] = &[
    field("name", Text, Required, "The name in tables."),
    field(
        "when",
        Condition,
        Required,
        "The condition. One about single days fires if it holds on any day of the window; one with min, max, mean, change, end or days is about the window as a whole.",
    ),
    field("from", Date, Optional, "The first day of the window; the start of the horizon otherwise."),
    field("to", Date, Optional, "The last day of the window; the end of the horizon otherwise."),
    field(
        "limit",
        Level(within(Share, 0.0, 1.0)),
        Optional,
        "A probability above which the run ends with exit code 1.",
    ),
];

/// How a scenario is simulated.
pub const RUN: &[Field] = &[
    field("paths", Count { low: 1, high: MOST_PATHS }, Default("10_000"), "The number of paths."),
    field("seed", Count { low: 0, high: i64::MAX as u64 }, Default("1"), "The seed of every draw."),
];

/// The keys every event has besides those of its kind.
pub const EVENT: &[Field] = &[
    field("kind", Text, Required, "What happens."),
    field("name", Text, Optional, "A name for marks on charts and for `remove`; the kind otherwise."),
];

const SPREAD_SHIFT: Bounds = within(BasisPoints, -100.0, 100.0);
const SOME_DAYS: Bounds = within(BusinessDays, 1.0, 260.0);

/// The kinds of event.
pub const EVENTS: &[EventShape] = &[
    EventShape {
        kind: "shutdown",
        meaning: "A lapse in appropriations: outlays are delayed, then caught up; the Treasury may hold extra cash.",
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
        fields: &[field("date", When, Required, "The first day of full rollover.")],
    },
    EventShape {
        kind: "purchases",
        meaning: "Reserve management purchases of bills.",
        fields: &[
            field("start", When, Required, "The first day of purchases."),
            field("end", When, Optional, "The day on which they stop; they last to the end of the run otherwise."),
            field("pace", Quantity(within(BillionsPerMonth, 0.0, 500.0)), Required, "The pace."),
        ],
    },
    EventShape {
        kind: "open_market_purchases",
        meaning: "Outright purchases of notes and bonds beyond reserve management, or sales.",
        fields: &[
            field("start", When, Required, "The first day of purchases."),
            field("end", When, Optional, "The day on which they stop; they last to the end of the run otherwise."),
            field("pace", Quantity(within(BillionsPerMonth, -500.0, 1000.0)), Required, "The pace; negative sells."),
        ],
    },
    EventShape {
        kind: "cash_target_shift",
        meaning: "The Treasury moves its cash target by an amount, in a straight line over some business days.",
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
        fields: &[
            field("date", When, Required, "The first day."),
            field(
                "repo",
                Quantity(SPREAD_SHIFT),
                Default("0bp"),
                "Change of the tri-party spread; negative is more capacity.",
            ),
            field("federal_funds", Quantity(SPREAD_SHIFT), Default("0bp"), "Change of the federal funds spread."),
        ],
    },
    EventShape {
        kind: "treasury_flow",
        meaning: "A one-off operating flow of the Treasury beyond the calendar, spread over some business days.",
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
];

/// What the whole number called `name` is where it is not typed.
pub fn default_count(fields: &[Field], name: &str) -> Option<u64> {
    match fields.iter().find(|field| field.name == name)?.need {
        Default(text) => text.replace('_', "").parse().ok(),
        Required | Optional => None,
    }
}

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
    fn a_run_that_says_nothing_has_ten_thousand_paths_and_seed_one() {
        assert_eq!((default_count(RUN, "paths"), default_count(RUN, "seed")), (Some(10_000), Some(1)));
    }

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
        assert_eq!(seen, 6, "the quantities of events that have defaults");
    }
}
