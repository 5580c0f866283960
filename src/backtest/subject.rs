//! What is forecast, against whom, and on which days: the names of the scorecard.

/// A quantity that is scored, some only in the regime where they move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// The Treasury General Account, $bn.
    Tga,
    /// Reserve balances, $bn.
    Reserves,
    /// The overnight reverse repo facility, $bn.
    OnRrp,
    /// The same, of origins at which it is above $20bn.
    OnRrpAbove20,
    /// The same, of origins at which it is above $100bn.
    OnRrpAbove100,
    /// SOFR less the interest rate on reserve balances, bp.
    SofrIorb,
    /// The effective federal funds rate less the interest rate on reserve balances, bp.
    EffrIorb,
    /// Take-up of the standing repo facility, $bn.
    StandingFacility,
}

impl Subject {
    /// All of them, in the order of tables and pictures.
    pub const ALL: [Subject; 8] = [
        Subject::Tga,
        Subject::Reserves,
        Subject::OnRrp,
        Subject::OnRrpAbove20,
        Subject::OnRrpAbove100,
        Subject::SofrIorb,
        Subject::EffrIorb,
        Subject::StandingFacility,
    ];

    /// Its name as readers know it.
    pub fn title(self) -> &'static str {
        match self {
            Subject::Tga => "TGA",
            Subject::Reserves => "Reserves",
            Subject::OnRrp => "ON RRP",
            Subject::OnRrpAbove20 => "ON RRP > $20bn",
            Subject::OnRrpAbove100 => "ON RRP > $100bn",
            Subject::SofrIorb => "SOFR − IORB",
            Subject::EffrIorb => "EFFR − IORB",
            Subject::StandingFacility => "Standing facility",
        }
    }

    /// The least it can be, which benchmarks are told too: balances and take-up are not negative.
    pub fn least(self) -> f64 {
        match self {
            Subject::SofrIorb | Subject::EffrIorb => f64::NEG_INFINITY,
            _ => 0.0,
        }
    }

    /// Unit of its values and of its CRPS.
    pub fn unit(self) -> &'static str {
        match self {
            Subject::SofrIorb | Subject::EffrIorb => "bp",
            _ => "$bn",
        }
    }
}

/// A forecaster without economics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Benchmark {
    /// The last value and the changes of the past.
    RandomWalk,
    /// What is usual at this place in the calendar.
    Climatology,
    /// An autoregression with dummies for days of the calendar.
    Autoregression,
}

impl Benchmark {
    /// All of them.
    pub const ALL: [Benchmark; 3] = [Benchmark::RandomWalk, Benchmark::Climatology, Benchmark::Autoregression];

    /// Its name.
    pub fn title(self) -> &'static str {
        match self {
            Benchmark::RandomWalk => "random walk",
            Benchmark::Climatology => "climatology",
            Benchmark::Autoregression => "autoregression",
        }
    }

    /// Its name in a sentence.
    pub fn named(self) -> &'static str {
        match self {
            Benchmark::RandomWalk => "the random walk",
            Benchmark::Climatology => "climatology",
            Benchmark::Autoregression => "the autoregression",
        }
    }

    /// The place of its scores in [`ForecastScore`](super::ForecastScore).
    pub fn place(self) -> usize {
        self as usize
    }
}

/// Something that does or does not happen within 20 business days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Event {
    /// SOFR is more than 5bp above IORB on some day.
    SofrIorbAbove5,
    /// More than 10bp.
    SofrIorbAbove10,
    /// More than 20bp.
    SofrIorbAbove20,
    /// EFFR − IORB moves by 2bp or more from where it was.
    EffrMoves2,
    /// More than $1bn is taken from the standing facility on some day.
    FacilityAbove1,
    /// More than $10bn.
    FacilityAbove10,
}

impl Event {
    /// All of them.
    pub const ALL: [Event; 6] = [
        Event::SofrIorbAbove5,
        Event::SofrIorbAbove10,
        Event::SofrIorbAbove20,
        Event::EffrMoves2,
        Event::FacilityAbove1,
        Event::FacilityAbove10,
    ];

    /// What happens, in a few words.
    pub fn title(self) -> &'static str {
        match self {
            Event::SofrIorbAbove5 => "SOFR − IORB > 5bp",
            Event::SofrIorbAbove10 => "SOFR − IORB > 10bp",
            Event::SofrIorbAbove20 => "SOFR − IORB > 20bp",
            Event::EffrMoves2 => "EFFR − IORB moves 2bp",
            Event::FacilityAbove1 => "Facility > $1bn",
            Event::FacilityAbove10 => "Facility > $10bn",
        }
    }
}

/// Days on which funding is known to be different.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SpecialDay {
    /// The last business day of a quarter.
    QuarterEnd,
    /// A day taxes fall due.
    TaxDate,
    /// A day notes and bonds settle.
    Settlement,
}

impl SpecialDay {
    /// All of them.
    pub const ALL: [SpecialDay; 3] = [SpecialDay::QuarterEnd, SpecialDay::TaxDate, SpecialDay::Settlement];

    /// Its name, of many days.
    pub fn title(self) -> &'static str {
        match self {
            SpecialDay::QuarterEnd => "quarter-ends",
            SpecialDay::TaxDate => "tax dates",
            SpecialDay::Settlement => "settlement days",
        }
    }
}
