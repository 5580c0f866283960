//! The ways of finding out what an output depends on.

use super::Findings;
use super::indices::indices_findings;
use super::screening::screening_findings;
use super::sweep::Sweep;
use super::tornado::tornado_findings;
use crate::research::sensitivity::SensitivityError;
use crate::research::study::{Design, Kept};

/// How it is found out what an output depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Each input low and high, all others in the middle.
    Tornado,
    /// Elementary effects over so many trajectories.
    Morris(u32),
    /// Shares of variance.
    Sobol {
        /// Base rows of the design.
        base: u32,
        /// Whether variables are told by date.
        over_time: bool,
    },
}

impl Method {
    /// Where it looks.
    pub fn design(self) -> Design {
        match self {
            Method::Tornado => Design::OneAtATime,
            Method::Morris(trajectories) => Design::Morris(trajectories as usize),
            Method::Sobol { base, .. } => Design::Saltelli(base as usize),
        }
    }

    /// What it needs of an output at every point.
    pub fn kept(self) -> Kept {
        match self {
            Method::Tornado => Kept::Parts,
            Method::Sobol { over_time: true, .. } => Kept::Days,
            Method::Morris(_) | Method::Sobol { .. } => Kept::Number,
        }
    }

    /// What it finds at the points of its design, of which `unit` are those in the unit cube; `command` is what was typed but
    /// for the method.
    ///
    /// # Errors
    /// No output is moved by any input.
    pub fn findings(self, found: &Sweep<'_>, unit: &[Vec<f64>], command: &str) -> Result<Findings, SensitivityError> {
        match self {
            Method::Tornado => tornado_findings(found, command),
            Method::Morris(trajectories) => {
                let command = format!("{command} --method morris --trajectories {trajectories}");
                screening_findings(found, unit, &command)
            }
            Method::Sobol { base, over_time } => {
                let days = if over_time { " --over-time" } else { "" };
                indices_findings(found, &format!("{command} --method sobol --base {base}{days}"))
            }
        }
    }
}
