//! Yes-or-no questions about the days to a horizon.

use super::target::Target;

/// Something that happens on at least one of the next twenty business days, or on none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ForecastEvent {
    /// The variable.
    pub target: Target,
    /// What is compared with the threshold.
    pub measure: EventMeasure,
    /// The threshold, in the target's unit; it must be exceeded.
    pub above: f64,
}

/// What is compared with a threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventMeasure {
    /// The value itself.
    Level,
    /// The distance from the value at the origin; a move of exactly the threshold counts.
    Move,
}

/// Half a hundredth of a basis point: keeps a move of exactly two from depending on rounding.
const TOLERANCE: f64 = 0.005;

impl ForecastEvent {
    /// Days over which each event is asked for.
    pub const WINDOW: usize = 20;

    /// All events of the scorecard.
    pub const ALL: [ForecastEvent; 6] = [
        level(Target::SofrIorb, 5.0),
        level(Target::SofrIorb, 10.0),
        level(Target::SofrIorb, 20.0),
        ForecastEvent { target: Target::EffrIorb, measure: EventMeasure::Move, above: 2.0 },
        level(Target::StandingRepo, 1.0),
        level(Target::StandingRepo, 10.0),
    ];

    /// Whether a day on which the target has this value is such a day.
    pub fn happens(&self, value: f64, at_origin: f64) -> bool {
        match self.measure {
            EventMeasure::Level => value > self.above + TOLERANCE,
            EventMeasure::Move => (value - at_origin).abs() >= self.above - TOLERANCE,
        }
    }

    /// The question in words.
    pub fn name(&self) -> String {
        let ForecastEvent { target, above, .. } = self;
        match self.measure {
            EventMeasure::Level => format!("{} above {above}{} within 20 days", target.name(), target.unit()),
            EventMeasure::Move => format!("{} moves by {above}{} within 20 days", target.name(), target.unit()),
        }
    }
}

const fn level(target: Target, above: f64) -> ForecastEvent {
    ForecastEvent { target, measure: EventMeasure::Level, above }
}
