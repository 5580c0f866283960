//! A validated scenario: the story as meant, every number in the unit of its field.

use crate::model::{Parameters, Variable};
use crate::scenario::Vintage;
use crate::scenario::event::Event;
use crate::scenario::source::Source;
use jiff::civil::Date;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Everything a run needs to know; made only by reading and checking a scenario file.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The name under which it ships, or the stem of its file.
    pub name: String,
    /// One line for headings.
    pub title: String,
    /// The claim the scenario states and the run puts to the test; may be empty.
    pub claim: String,
    /// Where the story comes from.
    pub sources: Vec<String>,
    /// What a reader should look at in the result.
    pub look_at: Vec<String>,
    /// First date: the day of the vintage, whose close is the starting state.
    pub start: Date,
    /// Last date simulated.
    pub end: Date,
    /// The starting balance sheet, rates and behavioural state.
    pub vintage: Vintage,
    /// Every parameter, fixed or random per path.
    pub parameters: Parameters<Quantity>,
    /// The cash balance the Treasury steers to, by date; linear between dates, $bn.
    pub cash_target: Vec<DatedLevel>,
    /// Net settlements known in advance, by date.
    pub settlements: Vec<Settlement>,
    /// Administered rates, each in force from its date until the next, percent.
    pub rates: Vec<RateStep>,
    /// Meetings at which every path draws a move of all administered rates, in order of date.
    pub meetings: Vec<RateMeeting>,
    /// Monthly cap on the runoff of Treasury securities, from each date on, $bn per month.
    pub runoff_caps: Vec<DatedLevel>,
    /// Monthly cap on the runoff of agency MBS, from each date on, $bn per month; none before the first.
    pub mbs_caps: Vec<DatedLevel>,
    /// What one counterparty may lend to the overnight reverse repo facility, from each date on, $bn; no limit
    /// before the first.
    pub on_rrp_limits: Vec<DatedLevel>,
    /// What happens, in the order typed.
    pub events: Vec<Event>,
    /// What is asked of every path.
    pub watches: Vec<Watch>,
    /// Number of paths, at least one.
    pub paths: u64,
    /// Seed of every draw.
    pub seed: u64,
    /// How draws are spread over the paths.
    pub draws: Draws,
    /// Every value with the place it came from; a parameter that is absent here has its default.
    pub typed: Vec<Typed>,
    /// The files it was read from, its own first; none if it was made otherwise.
    pub files: Arc<[ScenarioFile]>,
}

/// A file from which a scenario was read: its own, one it extends, a vintage, a parameter file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioFile {
    /// Its path below the folder of the scenario's own file; of what ships, the name of the file.
    pub path: PathBuf,
    /// Its path as one would type it; of what ships, its place in the project.
    pub typed: PathBuf,
    /// Its text.
    pub text: String,
    /// Whether it came with the program.
    pub ships: bool,
}

impl ScenarioFile {
    pub(super) fn of(source: &Source, leaf: &Source) -> ScenarioFile {
        let (typed, text) = (source.path.clone(), source.text.clone());
        ScenarioFile { path: source.below(leaf), typed, text, ships: source.ships }
    }
}

/// One value as typed, for the manifest and for `check`.
#[derive(Clone, Debug, PartialEq)]
pub struct Typed {
    /// Dotted path, for instance `treasury.cash_target[0].level` or `event[1].hoarding`.
    pub key: String,
    /// The value as it stands in the file.
    pub value: String,
    /// Where it was typed.
    pub origin: Origin,
}

/// Where a value came from.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    /// A line of a file, counted from one; the file as it would be typed: `scenarios/baseline_2025q4.toml`.
    File(PathBuf, usize),
    /// A figure of the vintage in this file.
    Vintage(PathBuf),
    /// An argument of the command.
    CommandLine,
    /// The default of its field.
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::File(file, line) => write!(f, "{}:{line}", file.display()),
            Origin::Vintage(file) => write!(f, "{}", file.display()),
            Origin::CommandLine => f.write_str("command line"),
            Origin::Default => f.write_str("default"),
        }
    }
}

impl Scenario {
    /// Puts another value in the place of `run.paths`, from the command line.
    pub fn set_paths(&mut self, paths: u64) {
        self.paths = paths;
        self.retype("run.paths", paths.to_string());
    }

    /// Puts another value in the place of `run.seed`, from the command line.
    pub fn set_seed(&mut self, seed: u64) {
        self.seed = seed;
        self.retype("run.seed", seed.to_string());
    }

    /// Puts another word in the place of `run.draws`, from the command line.
    pub fn set_draws(&mut self, draws: Draws) {
        self.draws = draws;
        self.retype("run.draws", draws.word().to_owned());
    }

    /// Says of every value of a scenario that was read from the folder `copy` the place that it has in `folder`, of which
    /// that is a copy.
    pub fn told_from(&mut self, copy: &Path, folder: &Path) {
        let origins = self.typed.iter_mut().filter_map(|typed| match &mut typed.origin {
            Origin::File(path, _) | Origin::Vintage(path) => Some(path),
            Origin::CommandLine | Origin::Default => None,
        });
        for path in origins.chain([&mut self.vintage.path]) {
            // As texts, so that `./` stays where it was typed.
            let below = path.to_str().zip(copy.to_str()).and_then(|(path, copy)| path.strip_prefix(copy));
            if let Some(below) = below.and_then(|below| below.strip_prefix(std::path::MAIN_SEPARATOR)) {
                *path = folder.join(below);
            }
        }
    }

    fn retype(&mut self, key: &str, value: String) {
        self.typed.retain(|typed| typed.key != key);
        self.typed.push(Typed { key: key.to_owned(), value, origin: Origin::CommandLine });
    }
}

/// How draws are spread over the paths of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Draws {
    /// Every path by itself: plain Monte Carlo.
    #[default]
    Plain,
    /// Evenly over all paths: scrambled Sobol' points with a Brownian bridge, in [`REPLICATES`] independent replicates.
    Sobol,
}

/// Independent replicates of a run with evenly spread draws; their spread says how far off their mean is.
pub const REPLICATES: u64 = 16;

/// Paths of one replicate that follow one another, before those of the next.
pub const STRETCH: u64 = 128;

impl Draws {
    /// All of them.
    pub const ALL: [Draws; 2] = [Draws::Plain, Draws::Sobol];

    /// The word under which a scenario file and the command line know it.
    pub const fn word(self) -> &'static str {
        match self {
            Draws::Plain => "plain",
            Draws::Sobol => "sobol",
        }
    }

    /// The one that has this word.
    pub fn called(word: &str) -> Option<Draws> {
        Draws::ALL.into_iter().find(|draws| draws.word() == word)
    }

    /// Why a run cannot have so many paths, and what numbers it can have; none if it can.
    pub fn misfit(self, paths: u64) -> Option<(String, String)> {
        const ROUND: u64 = REPLICATES * STRETCH;
        if self == Draws::Plain || (paths > 0 && paths.is_multiple_of(ROUND)) {
            return None;
        }
        let message = format!("{paths} paths do not make {REPLICATES} replicates of one size, as `sobol` draws want");
        let below = paths / ROUND * ROUND;
        let near = if below > 0 { format!("{below} or {}", below + ROUND) } else { ROUND.to_string() };
        Some((message, format!("type {near}; best are powers of two, such as 8192 or 16384")))
    }
}

/// A level in force on a date.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DatedLevel {
    /// The date.
    pub date: Date,
    /// The level, in the unit of its field.
    pub level: f64,
}

/// Net settlements of a day that are known in advance, $bn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settlement {
    /// The business day.
    pub date: Date,
    /// Notes and bonds sold to the public less what it holds of those that mature; none leaves it to the calendar.
    pub coupons: Option<f64>,
    /// Bills issued less redeemed; on one of the first five business days.
    pub bills: Option<f64>,
}

/// Administered rates in force from a date, percent per year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RateStep {
    /// First date on which they apply.
    pub date: Date,
    /// Interest rate on reserve balances.
    pub iorb: f64,
    /// Rate of the overnight reverse repo facility.
    pub on_rrp: f64,
    /// Rate of the standing repo facility; before July 2021 the top of the target range.
    pub srf: f64,
}

/// A meeting whose outcome is not known beforehand.
#[derive(Clone, Debug, PartialEq)]
pub struct RateMeeting {
    /// First date on which the move is in force.
    pub date: Date,
    /// Move of all administered rates, basis points; negative is a cut.
    pub by: Quantity,
}

/// A number, or a distribution from which each path draws its own, once.
#[derive(Clone, Debug, PartialEq)]
pub enum Quantity {
    /// The same on every path.
    Fixed(f64),
    /// Drawn per path.
    Random(Distribution),
}

impl Quantity {
    /// The number itself, or a middle of its distribution: the median, the mode, the likeliest choice.
    pub fn typical(&self) -> f64 {
        match self {
            Quantity::Fixed(value) => *value,
            Quantity::Random(distribution) => match distribution {
                Distribution::Normal { mean, .. } => *mean,
                Distribution::Lognormal { median, .. } => *median,
                Distribution::Uniform { low, high } => 0.5 * (low + high),
                Distribution::Triangular { mode, .. } => *mode,
                Distribution::StudentT { centre, .. } => *centre,
                Distribution::Choice { values, weights } => {
                    let likeliest = weights.iter().zip(values).max_by(|a, b| a.0.total_cmp(b.0));
                    likeliest.map_or(f64::NAN, |(_, value)| *value)
                }
            },
        }
    }
}

/// A distribution over numbers in the unit of its field.
#[derive(Clone, Debug, PartialEq)]
pub enum Distribution {
    /// Normal with mean and standard deviation.
    Normal { mean: f64, sd: f64 },
    /// Lognormal with median and the standard deviation of the logarithm.
    Lognormal { median: f64, sigma: f64 },
    /// Uniform between two ends.
    Uniform { low: f64, high: f64 },
    /// Triangular with ends and mode.
    Triangular { low: f64, mode: f64, high: f64 },
    /// Student's t with centre, scale and degrees of freedom above two.
    StudentT { centre: f64, scale: f64, degrees: f64 },
    /// One of several values, with weights that sum to one.
    Choice { values: Vec<f64>, weights: Vec<f64> },
}

/// A date, fixed or drawn per path.
#[derive(Clone, Debug, PartialEq)]
pub enum When {
    /// The same on every path.
    On(Date),
    /// Every calendar day from the first to the last, equally likely.
    Between(Date, Date),
    /// One of several dates, with weights that sum to one.
    OneOf(Vec<Date>, Vec<f64>),
}

/// A question asked of every path: does the condition hold on at least one day of the window?
#[derive(Clone, Debug, PartialEq)]
pub struct Watch {
    /// The name in tables.
    pub name: String,
    /// The condition as typed.
    pub when: String,
    /// The condition as meant.
    pub condition: Condition,
    /// First date of the window.
    pub from: Date,
    /// Last date of the window.
    pub to: Date,
    /// A probability above which the run ends with exit code 1.
    pub limit: Option<f64>,
}

/// A condition over the days of a window.
///
/// `Compare` over an [`Expression`] with no aggregate holds on a day; the watch fires if any day holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// `left > right`, with both sides in the same unit.
    Compare { left: Expression, comparison: Comparison, right: Expression },
    /// Both hold (on the same day, where both are daily).
    And(Box<Condition>, Box<Condition>),
    /// Either holds.
    Or(Box<Condition>, Box<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
}

/// How two expressions are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    Above,
    AtLeast,
    Below,
    AtMost,
}

/// A number on every day, or one number for the whole window where an aggregate is applied.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// A quantity, already in the unit of the comparison.
    Constant(f64),
    /// A published variable on the day, in its own unit times `scale`.
    Value { variable: Variable, scale: f64 },
    /// Sum of two expressions.
    Sum(Box<Expression>, Box<Expression>),
    /// Difference of two expressions.
    Difference(Box<Expression>, Box<Expression>),
    /// Smallest daily value over the window.
    Minimum(Box<Expression>),
    /// Largest daily value over the window.
    Maximum(Box<Expression>),
    /// Mean of the daily values over the window.
    Mean(Box<Expression>),
    /// Value on the last day of the window less the value at its start.
    Change(Box<Expression>),
    /// Value on the last day of the window.
    End(Box<Expression>),
    /// Number of days in the window on which a daily condition holds.
    Days(Box<Condition>),
}
