//! The regimes of the years tested, and how the model did in each.

use super::forecaster::Forecaster;
use super::trial::Trial;
use crate::forecast::Target;
use jiff::civil::{Date, date};

/// A stretch of history in which the Federal Reserve and the Treasury did one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Regime {
    /// Its name.
    pub name: &'static str,
    /// First and last day on which origins belong to it.
    pub days: (Date, Date),
}

/// The regimes, in order of time.
pub const REGIMES: [Regime; 7] = [
    // The Treasury spends its account down to the debt limit, and ON RRP takes the cash up.
    Regime { name: "2021 drawdown", days: (date(2021, 7, 1), date(2021, 12, 31)) },
    Regime { name: "2022 abundance", days: (date(2022, 1, 1), date(2023, 5, 31)) },
    // Fiscal Responsibility Act of 3 June 2023; the account is rebuilt out of ON RRP.
    Regime { name: "2023 rebuild", days: (date(2023, 6, 1), date(2023, 12, 31)) },
    Regime { name: "2024 drain", days: (date(2024, 1, 1), date(2024, 12, 31)) },
    // The limit was reinstated on 2 January 2025 and raised on 4 July.
    Regime { name: "Debt limit 2025", days: (date(2025, 1, 1), date(2025, 6, 30)) },
    Regime { name: "Rebuild and scarcity", days: (date(2025, 7, 1), date(2025, 12, 31)) },
    // Reserve management purchases, announced on 10 December 2025.
    Regime { name: "Purchases", days: (date(2026, 1, 1), Date::MAX) },
];

/// The model in a regime, against the benchmark that did best there.
#[derive(Clone, Debug, PartialEq)]
pub struct Episode {
    /// Which.
    pub regime: Regime,
    /// What was forecast.
    pub target: Target,
    /// Business days ahead.
    pub horizon: usize,
    /// Forecasts scored.
    pub forecasts: usize,
    /// Mean CRPS of the model, in the unit of the target.
    pub crps: f64,
    /// The benchmark with the lowest score.
    pub benchmark: Forecaster,
    /// Its mean CRPS.
    pub benchmark_crps: f64,
}

impl Episode {
    /// Business days ahead for which regimes are told apart: a month.
    pub const HORIZON: usize = 20;

    /// The trials of a target at [`Self::HORIZON`] in a regime; none if there are none, or no benchmark forecast them all.
    pub fn of(regime: Regime, target: Target, trials: &[&Trial]) -> Option<Episode> {
        let (first, last) = regime.days;
        let inside: Vec<&Trial> = trials
            .iter()
            .copied()
            .filter(|trial| trial.target == target && trial.horizon == Episode::HORIZON)
            .filter(|trial| (first..=last).contains(&trial.origin))
            .collect();
        let mean = |forecaster: Forecaster| {
            let scores: Option<Vec<f64>> = inside.iter().map(|trial| Some(trial.by(forecaster)?.crps)).collect();
            scores.filter(|scores| !scores.is_empty()).map(|scores| scores.iter().sum::<f64>() / scores.len() as f64)
        };
        let benchmarks = Forecaster::BENCHMARKS.into_iter().filter_map(|who| Some((who, mean(who)?)));
        let (benchmark, benchmark_crps) = benchmarks.min_by(|one, other| one.1.total_cmp(&other.1))?;
        let crps = mean(Forecaster::Model)?;
        let horizon = Episode::HORIZON;
        Some(Episode { regime, target, horizon, forecasts: inside.len(), crps, benchmark, benchmark_crps })
    }

    /// Whether somebody without economics forecast it better.
    pub fn is_lost(&self) -> bool {
        self.crps > self.benchmark_crps
    }

    /// How much lower the model's score is, a share; none if the benchmark was never wrong.
    pub fn skill(&self) -> Option<f64> {
        (self.benchmark_crps > 0.0).then(|| 1.0 - self.crps / self.benchmark_crps)
    }
}

#[cfg(test)]
mod tests {
    use super::super::score::tests::trials;
    use super::*;

    #[test]
    fn regimes_follow_one_another_without_a_gap() {
        for pair in REGIMES.windows(2) {
            assert_eq!(pair[0].days.1.tomorrow().ok(), Some(pair[1].days.0));
        }
    }

    #[test]
    fn an_episode_is_measured_against_the_best_who_forecast_it_all() {
        let trials = trials();
        let all: Vec<&Trial> = trials.iter().collect();
        let whole = Regime { name: "all of it", days: (trials[0].origin, trials[99].origin) };
        let episode = Episode::of(whole, Target::Reserves, &all).expect("forecasts");
        assert_eq!((episode.forecasts, episode.benchmark), (100, Forecaster::RandomWalk));
        assert!(!episode.is_lost() && episode.skill().is_some_and(|skill| (skill - 0.8).abs() < 0.05));
        let never = Regime { name: "never", days: (date(2001, 1, 1), date(2001, 2, 1)) };
        assert_eq!(Episode::of(never, Target::Reserves, &all), None);
    }
}
