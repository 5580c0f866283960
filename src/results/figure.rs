//! Figures of a run by name: what `--until` may wait for and what studies vary.

use crate::model::{VARIABLES, Variable};
use crate::scenario::quantity::Complaint;
use crate::scenario::{Scenario, nearest};
use crate::statistics::PathRow;
use crate::units::Unit;

/// A figure of a run, by the name that its user types.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Figure {
    /// The median of a variable on the last day.
    AtTheEnd(Variable),
    /// The median of what is found once per path.
    OfPaths(Extreme),
    /// The probability of a watch.
    Watch(usize),
    /// The probability of the watch that is least certain.
    EveryWatch,
}

/// The extreme of a path that has a headline.
#[derive(Debug, PartialEq)]
pub struct ExtremeInfo {
    /// Where it is counted.
    pub row: PathRow,
    /// The name that is typed.
    pub name: &'static str,
    /// The name in sentences.
    pub title: &'static str,
    /// Its unit.
    pub unit: Unit,
}

/// One of [`EXTREMES`].
pub type Extreme = &'static ExtremeInfo;

pub(super) static LOWEST_RESERVES: ExtremeInfo = ExtremeInfo {
    row: PathRow::LowestReserves,
    name: "lowest_reserves",
    title: "the lowest reserves of a path",
    unit: Unit::Billions,
};

pub(super) static HIGHEST_SOFR_IORB: ExtremeInfo = ExtremeInfo {
    row: PathRow::HighestSofrIorb,
    name: "highest_sofr_iorb",
    title: "the highest SOFR − IORB of a path",
    unit: Unit::BasisPoints,
};

static HIGHEST_TGA: ExtremeInfo = ExtremeInfo {
    row: PathRow::HighestTga,
    name: "highest_tga",
    title: "the highest TGA of a path",
    unit: Unit::Billions,
};

static HIGHEST_SRF: ExtremeInfo = ExtremeInfo {
    row: PathRow::HighestSrf,
    name: "highest_srf",
    title: "the highest take-up of the standing facility of a path",
    unit: Unit::Billions,
};

/// All of them.
pub static EXTREMES: [Extreme; 4] = [&LOWEST_RESERVES, &HIGHEST_TGA, &HIGHEST_SRF, &HIGHEST_SOFR_IORB];

impl Figure {
    /// The figure of a name: a variable, an extreme or a watch.
    ///
    /// # Errors
    /// There is none.
    pub fn called(name: &str, scenario: &Scenario) -> Result<Figure, Complaint> {
        if let Some(info) = VARIABLES.iter().find(|info| info.name == name) {
            return Ok(Figure::AtTheEnd(info.variable));
        }
        if let Some(extreme) = EXTREMES.iter().find(|extreme| extreme.name == name) {
            return Ok(Figure::OfPaths(extreme));
        }
        if let Some(watch) = scenario.watches.iter().position(|watch| watch.name == name) {
            return Ok(Figure::Watch(watch));
        }
        let variables = VARIABLES.iter().map(|info| info.name);
        let watches = scenario.watches.iter().map(|watch| watch.name.as_str());
        let names = variables.chain(EXTREMES.iter().map(|extreme| extreme.name)).chain(watches);
        let extremes = EXTREMES.map(|extreme| extreme.name).join(", ");
        Err(Complaint {
            message: format!("`{}` has no figure called `{name}`", scenario.name),
            help: Some(match nearest(name, names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("type a variable, such as sofr_iorb; {extremes}; or the name of a watch"),
            }),
        })
    }

    /// Its unit.
    pub fn unit(self) -> Unit {
        match self {
            Figure::AtTheEnd(variable) => variable.info().unit,
            Figure::OfPaths(extreme) => extreme.unit,
            Figure::Watch(_) | Figure::EveryWatch => Unit::Share,
        }
    }

    /// What it is, as part of a sentence.
    pub fn title(self, scenario: &Scenario) -> String {
        match self {
            Figure::AtTheEnd(variable) => format!("the median of {} on the last day", variable.info().title),
            Figure::OfPaths(extreme) => format!("the median of {}", extreme.title),
            Figure::Watch(watch) => format!("the probability of “{}”", scenario.watches[watch].name),
            Figure::EveryWatch => "the least certain watch".to_owned(),
        }
    }
}
