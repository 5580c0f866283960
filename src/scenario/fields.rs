//! Everything a scenario file may say, in one table.
//!
//! The reader walks files against it, the JSON Schema and the reference are generated from it, and the defaults stand
//! nowhere else. A key that is not here does not exist.

pub use crate::scenario::event_fields::{EVENT, EVENTS, EventShape, event_bounds, event_shape};
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

pub(super) const fn field(name: &'static str, kind: Kind, need: Need, meaning: &'static str) -> Field {
    Field { name, kind, need, meaning }
}

/// Bounds in a unit.
pub const fn within(unit: Unit, low: f64, high: f64) -> Bounds {
    Bounds { unit, low, high }
}

use Kind::{Appended, Condition, Count, Date, Events, Level, Parameters, Quantity, Rows, Table, Text, Texts};
use Need::{Default, Optional, Required};
use Unit::{BasisPoints, Billions, BillionsPerMonth, Percent, Share};

/// The most paths a run may have: as many as a counter of 32 bits holds.
pub const MOST_PATHS: u64 = 4_000_000_000;

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
    field("fed", Table(FED), Optional, "The Federal Reserve's securities and its facility for money funds."),
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

const TREASURY: &[Field] = &[
    field(
        "cash_target",
        Rows(CASH_TARGET),
        Required,
        "The cash balance the Treasury steers to, in order of date; a straight line between dates.",
    ),
    field(
        "settlements",
        Rows(SETTLEMENT),
        Default("[]"),
        "Net settlements known in advance, in order of date, each in place of what the calendar says of its day.",
    ),
];

/// The most that settles in a day, $bn: several times the largest settlement of notes and bonds.
const SETTLED: Bounds = within(Billions, -1000.0, 1000.0);

const SETTLEMENT: &[Field] = &[
    field("date", Date, Required, "The business day, after the start."),
    field(
        "coupons",
        Level(SETTLED),
        Optional,
        "Notes and bonds sold to the public less what it holds of those that mature; without it, what the calendar says.",
    ),
    field(
        "bills",
        Level(SETTLED),
        Optional,
        "Net bills, of the first five business days only; where any are given, they stand in place of the vintage's \
        announced bills.",
    ),
];

const CASH_TARGET: &[Field] = &[
    field("date", Date, Required, "The day."),
    field("level", Level(within(Billions, 0.0, 5000.0)), Required, "The balance on that day."),
];

const RATES: &[Field] = &[
    field(
        "steps",
        Rows(RATE_STEP),
        Default("[]"),
        "Rates in order of date, each in force until the next; before the first, the vintage's own.",
    ),
    field(
        "meetings",
        Rows(MEETING),
        Default("[]"),
        "Meetings whose outcome is not known, in order of date: each path draws the move, which is added to all \
        administered rates from then on.",
    ),
];

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

/// What the administered rates move by at a meeting.
pub const MEETING_MOVE: Bounds = within(BasisPoints, -200.0, 200.0);

const MEETING: &[Field] = &[
    field(
        "date",
        Date,
        Required,
        "The first day on which the move is in force, as a rule the one after the decision; after the start.",
    ),
    field("move", Quantity(MEETING_MOVE), Required, "The move; negative is a cut."),
];

const FED: &[Field] = &[
    field(
        "runoff_caps",
        Rows(RUNOFF_CAP),
        Default("[]"),
        "The monthly cap on the runoff of Treasury securities, in order of date.",
    ),
    field(
        "mbs_caps",
        Rows(RUNOFF_CAP),
        Default("[]"),
        "The monthly cap on the runoff of agency MBS, in order of date; principal beyond it is reinvested. Before the \
        first there is none.",
    ),
    field(
        "on_rrp_limits",
        Rows(ON_RRP_LIMIT),
        Default("[]"),
        "What one counterparty may lend to the overnight reverse repo facility, in order of date. Before the first \
        there is no limit.",
    ),
];

const RUNOFF_CAP: &[Field] = &[
    field("date", Date, Required, "The first day on which it applies."),
    field("level", Level(within(BillionsPerMonth, 0.0, 200.0)), Required, "The most that runs off in a month."),
];

const ON_RRP_LIMIT: &[Field] = &[
    field("date", Date, Required, "The first day on which it applies."),
    field("level", Level(within(Billions, 0.0, 1000.0)), Required, "The limit of each counterparty."),
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
    field(
        "draws",
        Text,
        Default("plain"),
        "How draws are spread over the paths: `plain`, every path by itself, or `sobol`, evenly over all of them in 16 replicates.",
    ),
];

/// What the whole number called `name` is where it is not typed.
pub fn default_count(fields: &[Field], name: &str) -> Option<u64> {
    match fields.iter().find(|field| field.name == name)?.need {
        Default(text) => text.replace('_', "").parse().ok(),
        Required | Optional => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_that_says_nothing_has_ten_thousand_paths_and_seed_one() {
        assert_eq!((default_count(RUN, "paths"), default_count(RUN, "seed")), (Some(10_000), Some(1)));
    }
}
