//! Rates at the close of a day: administered ones as announced, and the reference rates of the day.

use super::error::AsOfError;
use super::origin::Origin;
use crate::calendar::names::long_date;
use crate::history::{RateStep, SeriesId, rate_steps};
use crate::scenario::{Figure, Rates};
use jiff::civil::{Date, date};

/// Since when there is a standing repo facility and one rate on all reserves (FOMC statement of 28 July 2021).
const STANDING_FACILITY: Date = date(2021, 7, 29);

/// The administered rates in force on a day no later than the origin.
pub fn in_force(origin: &Origin<'_, '_>, date: Date) -> Result<&'static RateStep, AsOfError> {
    let steps = origin.announced(rate_steps()).iter();
    steps.rev().find(|step| step.from <= date).ok_or(AsOfError::TooEarly { date, first: rate_steps()[0].from })
}

/// All rates of the day.
pub fn rates(origin: &Origin<'_, '_>) -> Result<Rates, AsOfError> {
    let step = in_force(origin, origin.date)?;
    let note = format!("implementation note of {}", long_date(step.announced));
    let administered = |value, what: &str| Figure { value, source: format!("{what}, {note}") };
    let early = origin.date < STANDING_FACILITY;
    let (iorb, srf) = match early {
        true => (
            "Board of Governors, interest rate on excess reserves",
            "no standing facility yet: top of the target range, FOMC",
        ),
        false => {
            ("Board of Governors, interest rate on reserve balances", "standing repo facility minimum bid rate, FOMC")
        }
    };
    let reference = |series| -> Result<Figure, AsOfError> {
        let value = origin.latest(series)?;
        Ok(Figure { value: value.value, source: origin.cite(series, value) })
    };
    Ok(Rates {
        iorb: administered(step.iorb, iorb),
        on_rrp: administered(step.on_rrp, "overnight reverse repo offering rate, FOMC"),
        srf: administered(step.srf, srf),
        sofr: reference(SeriesId::Sofr)?,
        tgcr: reference(SeriesId::Tgcr)?,
        effr: reference(SeriesId::Effr)?,
    })
}
