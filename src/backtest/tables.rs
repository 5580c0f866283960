//! Every forecast as rows of CSV, so that anyone can score it independently.

use super::trial::{EventTrial, Forecaster, QUANTILES, Trial};
use crate::statistics::scores::Pit;

/// `forecasts.csv`: a row per origin, horizon, variable and forecaster, with the outcome and the quantiles.
pub fn forecasts_csv<'t>(trials: impl Iterator<Item = &'t Trial>) -> String {
    let mut csv = String::from("origin,horizon_business_days,date,variable,unit,forecaster,at_origin,outcome,crps,pit_low,pit_high");
    for probability in QUANTILES {
        csv.push_str(&format!(",q{probability}"));
    }
    csv.push('\n');
    for trial in trials {
        for (forecaster, said) in Forecaster::ALL.into_iter().zip(&trial.said) {
            let Some(said) = said else { continue };
            let Pit { low, high } = said.pit;
            csv.push_str(&format!(
                "{},{},{},{},{},{},{},{},{:.6},{low:.5},{high:.5}",
                trial.origin,
                trial.horizon,
                trial.date,
                trial.target.name(),
                trial.target.unit(),
                forecaster.name(),
                rounded(trial.at_origin),
                rounded(trial.outcome),
                said.crps,
            ));
            for quantile in said.quantiles {
                csv.push_str(&format!(",{}", rounded(quantile)));
            }
            csv.push('\n');
        }
    }
    csv
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
