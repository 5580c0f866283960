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

    /// SOFR is more than 5 bp above IORB.
    pub const SOFR_ABOVE_5: ForecastEvent = level(Target::SofrIorb, 5.0);

    /// The federal funds rate moves by 2 bp against IORB.
    pub const EFFR_MOVES_2: ForecastEvent =
        ForecastEvent { target: Target::EffrIorb, measure: EventMeasure::Move, above: 2.0 };

    /// More than $1bn is taken from the standing facility.
    pub const FACILITY_ABOVE_1: ForecastEvent = level(Target::StandingRepo, 1.0);

    /// More than $10bn is taken from the standing facility.
    pub const FACILITY_ABOVE_10: ForecastEvent = level(Target::StandingRepo, 10.0);

    /// All events of the scorecard.
    pub const ALL: [ForecastEvent; 6] = [
        ForecastEvent::SOFR_ABOVE_5,
        level(Target::SofrIorb, 10.0),
        level(Target::SofrIorb, 20.0),
        ForecastEvent::EFFR_MOVES_2,
        ForecastEvent::FACILITY_ABOVE_1,
        ForecastEvent::FACILITY_ABOVE_10,
    ];

    /// Whether a day on which the target has this value is such a day.
    pub fn happens(&self, value: f64, at_origin: f64) -> bool {
        match self.measure {
            EventMeasure::Level => value > self.above + TOLERANCE,
            EventMeasure::Move => (value - at_origin).abs() >= self.above - TOLERANCE,
        }
    }

    /// The question in a few words, as readers know it.
    pub fn title(&self) -> String {
        let ForecastEvent { target, above, .. } = self;
        let threshold = if target.is_rate() { format!("{above}bp") } else { format!("${above}bn") };
        match self.measure {
            EventMeasure::Level => format!("{} > {threshold}", target.title()),
            EventMeasure::Move => format!("{} moves {threshold}", target.title()),
        }
    }

    /// The question in files, plain ASCII.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_must_be_exceeded_and_a_move_be_made() {
        assert!(!ForecastEvent::SOFR_ABOVE_5.happens(5.0, 0.0) && ForecastEvent::SOFR_ABOVE_5.happens(6.0, 0.0));
        let moves = ForecastEvent::EFFR_MOVES_2;
        assert!(moves.happens(-9.0, -7.0) && moves.happens(-5.0, -7.0) && !moves.happens(-8.0, -7.0));
    }

    #[test]
    fn readers_and_files_have_words_of_their_own() {
        assert_eq!(ForecastEvent::FACILITY_ABOVE_10.title(), "SRF > $10bn");
        assert_eq!(ForecastEvent::FACILITY_ABOVE_10.name(), "standing facility above 10bn within 20 days");
        assert_eq!(ForecastEvent::EFFR_MOVES_2.title(), "EFFR − IORB moves 2bp");
    }
}
