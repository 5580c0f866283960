//! What is forecast, and how far ahead.

use crate::model::Variable;

/// Horizons of a forecast, in business days: the next day, a week, a month and a quarter.
pub const HORIZONS: [usize; 4] = [1, 5, 20, 60];

/// The longest horizon, business days.
pub const LONGEST: usize = HORIZONS[HORIZONS.len() - 1];

/// A variable that is forecast and published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// The Treasury General Account, $bn.
    Tga,
    /// Reserve balances, $bn.
    Reserves,
    /// Take-up of the overnight reverse repo facility, $bn.
    OnRrp,
    /// SOFR less IORB, bp.
    SofrIorb,
    /// The effective federal funds rate less IORB, bp.
    EffrIorb,
    /// Take-up of the standing repo facility, $bn.
    StandingRepo,
}

impl Target {
    /// All of them.
    pub const ALL: [Target; 6] =
        [Target::Tga, Target::Reserves, Target::OnRrp, Target::SofrIorb, Target::EffrIorb, Target::StandingRepo];

    /// The published variable of a run.
    pub fn variable(self) -> Variable {
        match self {
            Target::Tga => Variable::Tga,
            Target::Reserves => Variable::Reserves,
            Target::OnRrp => Variable::OnRrp,
            Target::SofrIorb => Variable::SofrIorb,
            Target::EffrIorb => Variable::EffrIorb,
            Target::StandingRepo => Variable::Srf,
        }
    }

    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            Target::Tga => "TGA",
            Target::Reserves => "reserves",
            Target::OnRrp => "ON RRP",
            Target::SofrIorb => "SOFR - IORB",
            Target::EffrIorb => "EFFR - IORB",
            Target::StandingRepo => "standing facility",
        }
    }

    /// The unit in tables and files.
    pub fn unit(self) -> &'static str {
        if self.is_rate() { "bp" } else { "bn" }
    }

    /// Whether it is a rate, published in whole basis points.
    pub fn is_rate(self) -> bool {
        matches!(self, Target::SofrIorb | Target::EffrIorb)
    }

    /// The step in which it is published: a basis point, or a million dollars.
    pub fn tick(self) -> f64 {
        if self.is_rate() { 1.0 } else { 1e-3 }
    }

    /// A simulated value as its publisher would write it: rates to the basis point (New York Fed, *Additional
    /// Information about Reference Rates*), amounts to the million.
    pub fn as_published(self, value: f64) -> f64 {
        (value / self.tick()).round() * self.tick()
    }
}
