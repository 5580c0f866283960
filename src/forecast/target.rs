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

    /// The name in files, plain ASCII.
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

    /// The name as readers know it.
    pub fn title(self) -> &'static str {
        match self {
            Target::Tga => "TGA",
            Target::Reserves => "Reserves",
            Target::OnRrp => "ON RRP",
            Target::SofrIorb => "SOFR − IORB",
            Target::EffrIorb => "EFFR − IORB",
            Target::StandingRepo => "SRF",
        }
    }

    /// The unit in files.
    pub fn unit(self) -> &'static str {
        if self.is_rate() { "bp" } else { "bn" }
    }

    /// Whether it is a rate, published in whole basis points.
    pub fn is_rate(self) -> bool {
        matches!(self, Target::SofrIorb | Target::EffrIorb)
    }

    /// The least it can be: no account holds less than nothing.
    pub fn least(self) -> f64 {
        if self.is_rate() { f64::NEG_INFINITY } else { 0.0 }
    }

    /// The step in which it counts: a basis point, as published; of the standing facility a tenth of a billion, below
    /// which there are exercises only; else a million dollars, as published.
    pub fn tick(self) -> f64 {
        match self {
            Target::SofrIorb | Target::EffrIorb => 1.0,
            Target::StandingRepo => 0.1,
            Target::Tga | Target::Reserves | Target::OnRrp => 1e-3,
        }
    }

    /// A value in whole steps, as forecasts and outcomes are compared: rates as published to the basis point (New York
    /// Fed, *Additional Information about Reference Rates*), amounts to the million, the standing facility to the
    /// hundred million.
    pub fn as_published(self, value: f64) -> f64 {
        (value / self.tick()).round() * self.tick()
    }

    /// How far from an outcome a value may lie and still equal it: half a step.
    pub fn tolerance(self) -> f64 {
        0.5 * self.tick()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_count_in_the_steps_in_which_they_are_published() {
        assert_eq!(Target::SofrIorb.as_published(-7.4), -7.0);
        assert_eq!(Target::Tga.as_published(812.345_6), 812.346);
        // An exercise of $20 million in the standing facility is nothing, one of $60 million is a tenth.
        assert_eq!(Target::StandingRepo.as_published(0.02), 0.0);
        assert_eq!(Target::StandingRepo.as_published(0.06), 0.1);
    }
}
