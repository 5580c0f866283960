//! What is scored: a target, of some only the origins at which it can move.

use super::trial::Trial;
use crate::forecast::Target;

/// A target, from all origins or from those at which it stood above a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    /// What was forecast.
    pub target: Target,
    /// The level that it exceeded at the origin, $bn.
    pub above: Option<u16>,
}

impl Subject {
    /// The overnight reverse repo facility while more than $20bn is in it.
    pub const ON_RRP_ABOVE_20: Subject = Subject { target: Target::OnRrp, above: Some(20) };

    /// The overnight reverse repo facility while more than $100bn is in it.
    pub const ON_RRP_ABOVE_100: Subject = Subject { target: Target::OnRrp, above: Some(100) };

    /// All of them, in the order of tables and pictures.
    pub const ALL: [Subject; 8] = [
        Subject::of(Target::Tga),
        Subject::of(Target::Reserves),
        Subject::of(Target::OnRrp),
        Subject::ON_RRP_ABOVE_20,
        Subject::ON_RRP_ABOVE_100,
        Subject::of(Target::SofrIorb),
        Subject::of(Target::EffrIorb),
        Subject::of(Target::StandingRepo),
    ];

    /// Those whose bands have to hold what they say, at every horizon and on special days; the others repeat origins of these.
    pub const DEMANDED: [Subject; 6] = [
        Subject::of(Target::Tga),
        Subject::of(Target::Reserves),
        Subject::ON_RRP_ABOVE_20,
        Subject::of(Target::SofrIorb),
        Subject::of(Target::EffrIorb),
        Subject::of(Target::StandingRepo),
    ];

    /// A target from all origins.
    pub const fn of(target: Target) -> Subject {
        Subject { target, above: None }
    }

    /// Its name as readers know it.
    pub fn title(self) -> String {
        match self.above {
            None => self.target.title().to_owned(),
            Some(level) => format!("{} > ${level}bn", self.target.title()),
        }
    }

    /// Unit of its values and of its CRPS, as readers know it.
    pub fn unit(self) -> &'static str {
        if self.target.is_rate() { "bp" } else { "$bn" }
    }

    /// Whether a trial is one of it.
    pub fn holds(self, trial: &Trial) -> bool {
        trial.target == self.target && self.above.is_none_or(|level| trial.at_origin > f64::from(level))
    }
}
