//! What a run is held against: published values, week by week.

use super::conditional::Close;
use crate::history::{AsKnown, HistoryError, SeriesId, over_iorb};
use crate::units::Unit;
use jiff::civil::{Date, Weekday};

/// A published variable that a conditional run must meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Measure {
    /// Take-up of ON RRP, weekly average.
    OnRrp,
    /// Reserves at the close of Wednesdays.
    Reserves,
    /// TGCR less IORB, weekly average.
    TgcrIorb,
    /// SOFR less IORB, weekly average.
    SofrIorb,
    /// EFFR less IORB, weekly average.
    EffrIorb,
}

impl Measure {
    /// Every measure.
    pub const ALL: [Measure; 5] =
        [Measure::OnRrp, Measure::Reserves, Measure::TgcrIorb, Measure::SofrIorb, Measure::EffrIorb];

    /// Its name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Measure::OnRrp => "on_rrp",
            Measure::Reserves => "reserves",
            Measure::TgcrIorb => "tgcr_iorb",
            Measure::SofrIorb => "sofr_iorb",
            Measure::EffrIorb => "effr_iorb",
        }
    }

    /// Its name in tables.
    pub const fn title(self) -> &'static str {
        match self {
            Measure::OnRrp => "ON RRP",
            Measure::Reserves => "reserves",
            Measure::TgcrIorb => "TGCR − IORB",
            Measure::SofrIorb => "SOFR − IORB",
            Measure::EffrIorb => "EFFR − IORB",
        }
    }

    /// Unit of its values.
    pub const fn unit(self) -> Unit {
        match self {
            Measure::OnRrp | Measure::Reserves => Unit::Billions,
            Measure::TgcrIorb | Measure::SofrIorb | Measure::EffrIorb => Unit::BasisPoints,
        }
    }

    /// What a day of a run came to.
    pub const fn of(self, close: &Close) -> f64 {
        match self {
            Measure::OnRrp => close.on_rrp,
            Measure::Reserves => close.reserves,
            Measure::TgcrIorb => close.tgcr_iorb,
            Measure::SofrIorb => close.sofr_iorb,
            Measure::EffrIorb => close.effr_iorb,
        }
    }

    const fn series(self) -> SeriesId {
        match self {
            Measure::OnRrp => SeriesId::OnRrp,
            Measure::Reserves => SeriesId::ReserveBalances,
            Measure::TgcrIorb => SeriesId::Tgcr,
            Measure::SofrIorb => SeriesId::Sofr,
            Measure::EffrIorb => SeriesId::Effr,
        }
    }
}

/// A week of a run with its days, and what was published of a measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Week {
    /// Its last day.
    pub ends: Date,
    /// Positions, in the run, of the days that were published.
    pub days: Vec<usize>,
    /// The published mean over these days.
    pub published: f64,
}

/// The weeks of some days, each ending on a Wednesday, with what was published of a measure.
///
/// # Errors
/// The series is absent or wrong.
pub fn published_weeks(known: &AsKnown<'_>, measure: Measure, days: &[Date]) -> Result<Vec<Week>, HistoryError> {
    let series = known.series(measure.series())?;
    let mut weeks = Vec::new();
    let mut open: (Vec<usize>, f64) = (Vec::new(), 0.0);
    for (position, date) in days.iter().enumerate() {
        if let Ok(place) = series.binary_search_by(|observation| observation.date.cmp(date)) {
            let value = series[place].value;
            open.0.push(position);
            open.1 += if measure.unit() == Unit::BasisPoints { over_iorb(value, *date) } else { value };
        }
        let next = days.get(position + 1);
        // The week ends on a Wednesday, or on the last business day before one that is closed.
        if next.is_none_or(|next| week_of(*next) != week_of(*date)) {
            let (days, sum) = std::mem::take(&mut open);
            if !days.is_empty() {
                let published = sum / days.len() as f64;
                weeks.push(Week { ends: *date, days, published });
            }
        }
    }
    Ok(weeks)
}

/// The Wednesday that ends a day's week.
fn week_of(date: Date) -> Date {
    let ahead = (Weekday::Wednesday.to_monday_zero_offset() - date.weekday().to_monday_zero_offset()).rem_euclid(7);
    date.saturating_add(jiff::Span::new().days(i64::from(ahead)))
}

/// What the run came to in a week.
pub fn simulated(measure: Measure, week: &Week, closes: &[Close]) -> f64 {
    week.days.iter().map(|day| measure.of(&closes[*day])).sum::<f64>() / week.days.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn weeks_end_on_wednesdays() {
        assert_eq!(week_of(date(2025, 10, 1)), date(2025, 10, 1));
        assert_eq!(week_of(date(2025, 10, 2)), date(2025, 10, 8));
        assert_eq!(week_of(date(2025, 10, 7)), date(2025, 10, 8));
    }
}
