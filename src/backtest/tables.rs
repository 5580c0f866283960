//! Every forecast as rows of CSV, so that anyone can score it independently.

use super::forecaster::Forecaster;
use super::trial::{EventTrial, QUANTILES, Said, Trial};
use crate::forecast::SpecialDay;
use crate::statistics::scores::Pit;

/// `forecasts.csv`: a row per origin, horizon, variable and forecaster, with the outcome and the quantiles.
pub fn forecasts_csv<'t>(trials: impl Iterator<Item = &'t Trial>) -> String {
    let mut csv = format!("{}\n", header());
    trials.for_each(|trial| rows(trial).for_each(|row| csv.push_str(&format!("{row}\n"))));
    csv
}

/// `special_days.csv`: the same of the days on which reserves are needed or change hands, with the kinds of the day.
pub fn special_days_csv<'t>(trials: impl Iterator<Item = &'t Trial>) -> String {
    let mut csv = format!("{},kind\n", header());
    for trial in trials {
        let kinds: Vec<&str> =
            SpecialDay::ALL.into_iter().filter(|kind| kind.is(trial.date)).map(SpecialDay::name).collect();
        rows(trial).for_each(|row| csv.push_str(&format!("{row},{}\n", kinds.join(" and "))));
    }
    csv
}

fn header() -> String {
    let columns = "origin,horizon_business_days,date,variable,unit,forecaster,at_origin,outcome,crps,pit_low,pit_high";
    QUANTILES.iter().fold(columns.to_owned(), |header, probability| format!("{header},q{probability}"))
}

fn rows(trial: &Trial) -> impl Iterator<Item = String> {
    Forecaster::ALL.into_iter().zip(&trial.said).filter_map(|(forecaster, said)| {
        let Said { quantiles, crps, pit: Pit { low, high } } = said.as_ref()?;
        let Trial { origin, horizon, date, target, at_origin, outcome, .. } = trial;
        let row = format!(
            "{origin},{horizon},{date},{},{},{},{},{},{crps:.6},{low:.5},{high:.5}",
            target.name(),
            target.unit(),
            forecaster.name(),
            rounded(*at_origin),
            rounded(*outcome),
        );
        Some(quantiles.iter().fold(row, |row, quantile| format!("{row},{}", rounded(*quantile))))
    })
}

/// `events.csv`: a row per origin and event.
pub fn events_csv<'t>(trials: impl Iterator<Item = &'t EventTrial>) -> String {
    let mut csv = String::from("origin,event,probability,climatology,happened\n");
    for trial in trials {
        let EventTrial { origin, probability, climatology, happened, .. } = trial;
        let happened = u8::from(*happened);
        csv.push_str(&format!("{origin},{},{probability:.4},{climatology:.4},{happened}\n", trial.event.name()));
    }
    csv
}

/// To the million dollars or a thousandth of a basis point, without a sign on nothing.
fn rounded(value: f64) -> f64 {
    (value * 1e3).round() / 1e3 + 0.0
}
