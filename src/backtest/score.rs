//! From single forecasts to what the scorecard says of them.

use super::draws::uniforms;
use super::episode::{Episode, REGIMES};
use super::forecaster::Forecaster;
use super::hindsight::Hindsight;
use super::run::OriginResult;
use super::scorecard::{BenchmarkScore, Cell, Coverage, DayScore, EventScore, Making, Scorecard};
use super::subject::Subject;
use super::trial::{EventTrial, Said, Trial};
use crate::forecast::EVERY;
use crate::forecast::SpecialDay;
use crate::forecast::{ForecastEvent, HORIZONS, Target};
use crate::statistics::scores::{
    BrierDecomposition, CentralBand, Pit, PitHistogram, ReliabilityTable, StationaryBootstrap, brier_score, coverage,
    overlapping_origins, politis_white,
};
use rayon::prelude::*;

/// Resampled series of an interval: enough for its ends (Efron and Tibshirani 1993, *An Introduction to the
/// Bootstrap*, section 13.3).
const RESAMPLES: usize = 2_000;

/// Bins of a PIT histogram.
const BINS: usize = 10;

/// Bins of a reliability table: of a hundred forecasts of rare events most say little, and ten bins would hold one or two.
const RELIABILITY_BINS: usize = 5;

impl Scorecard {
    /// The scorecard of forecasts in the order of their origins.
    pub fn of(results: &[OriginResult], making: Making) -> Scorecard {
        let at_horizons: Vec<&Trial> = results.iter().flat_map(|result| &result.trials.at_horizons).collect();
        let on_special_days: Vec<&Trial> = results.iter().flat_map(|result| &result.trials.on_special_days).collect();
        let events: Vec<&EventTrial> = results.iter().flat_map(|result| &result.trials.events).collect();
        let cells = Subject::ALL.into_iter().flat_map(|subject| HORIZONS.map(|horizon| (subject, horizon)));
        let days = SpecialDay::ALL.into_iter().flat_map(|days| Subject::DEMANDED.map(|subject| (days, subject)));
        let episodes = REGIMES.into_iter().flat_map(|regime| Target::ALL.map(|target| (regime, target)));
        Scorecard {
            making,
            cells: cells
                .collect::<Vec<_>>()
                .into_par_iter()
                .filter_map(|(subject, horizon)| Cell::of(subject, horizon, &at_horizons))
                .collect(),
            events: ForecastEvent::ALL.into_iter().filter_map(|event| EventScore::of(event, &events)).collect(),
            special_days: days.filter_map(|(days, subject)| DayScore::of(days, subject, &on_special_days)).collect(),
            episodes: episodes.filter_map(|(regime, target)| Episode::of(regime, target, &at_horizons)).collect(),
            fans: Hindsight::remembered(results.iter().flat_map(|result| &result.fans)),
        }
    }
}

/// A bootstrap whose blocks span so many observations that share days, and dependence beyond that in `series`.
fn bootstrap(sharing: f64, series: &[f64]) -> StationaryBootstrap<impl Fn(u64) -> f64 + Copy> {
    let mean_block = sharing.max(politis_white(series));
    StationaryBootstrap { mean_block, resamples: RESAMPLES, draw: uniforms(1) }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

impl Coverage {
    /// How bands of the model held outcomes, where blocks span so many trials that share days; none if there are none.
    fn of(band: CentralBand, trials: &[(&Trial, &Said)], sharing: f64) -> Option<Coverage> {
        let spread: Vec<f64> = trials.iter().map(|(_, said)| band.share(said.pit)).collect();
        let held = |(trial, said): &(&Trial, &Said)| said.held_by(band, trial.outcome, trial.target.tolerance());
        let closed: Option<Vec<f64>> = trials.iter().map(|trial| Some(f64::from(u8::from(held(trial)?)))).collect();
        let bootstrap = bootstrap(sharing, &[]);
        Some(Coverage { spread: coverage(&spread, &bootstrap)?, closed: coverage(&closed?, &bootstrap)? })
    }
}

impl Cell {
    /// What `trials`, in order of origins [`EVERY`] so many business days, say of a subject at a horizon; none if there are
    /// none of it.
    pub fn of(subject: Subject, horizon: usize, trials: &[&Trial]) -> Option<Cell> {
        let said: Vec<(&Trial, &Said)> = trials
            .iter()
            .filter(|trial| trial.horizon == horizon && subject.holds(trial))
            .filter_map(|trial| Some((*trial, trial.by(Forecaster::Model)?)))
            .collect();
        let model: Vec<f64> = said.iter().map(|(_, said)| said.crps).collect();
        let sharing = overlapping_origins(horizon, EVERY);
        // Only origins at which both forecast are compared.
        let against = |benchmark: Forecaster| {
            let pairs = said.iter().filter_map(|(trial, said)| Some((said.crps, trial.by(benchmark)?.crps)));
            let (ours, theirs): (Vec<f64>, Vec<f64>) = pairs.unzip();
            let differences: Vec<f64> = ours.iter().zip(&theirs).map(|(ours, theirs)| ours - theirs).collect();
            let skill = bootstrap(sharing, &differences).skill(&ours, &theirs)?;
            Some(BenchmarkScore { benchmark, forecasts: ours.len(), model: mean(&ours), crps: mean(&theirs), skill })
        };
        let transforms: Vec<Pit> = said.iter().map(|(_, said)| said.pit).collect();
        Some(Cell {
            subject,
            horizon,
            forecasts: said.len(),
            half: Coverage::of(CentralBand::HALF, &said, sharing)?,
            ninety: Coverage::of(CentralBand::NINETY, &said, sharing)?,
            crps: mean(&model),
            benchmarks: Forecaster::BENCHMARKS.into_iter().filter_map(against).collect(),
            pit: PitHistogram::of(&transforms, BINS, said.len() as f64 / sharing),
        })
    }
}

impl DayScore {
    /// Coverage of forecasts of days of a kind, in order of origins; none if there are none.
    pub fn of(days: SpecialDay, subject: Subject, trials: &[&Trial]) -> Option<DayScore> {
        let said: Vec<(&Trial, &Said)> = trials
            .iter()
            .filter(|trial| days.is(trial.date) && subject.holds(trial))
            .filter_map(|trial| Some((*trial, trial.by(Forecaster::Model)?)))
            .collect();
        let mut origins: Vec<_> = said.iter().map(|(trial, _)| trial.origin).collect();
        origins.dedup();
        // All days that an origin sees, and those of the origins that see some of them too.
        let sharing =
            said.len() as f64 / origins.len().max(1) as f64 * overlapping_origins(ForecastEvent::WINDOW, EVERY);
        let ninety = Coverage::of(CentralBand::NINETY, &said, sharing)?;
        Some(DayScore { days, subject, forecasts: said.len(), ninety })
    }
}

impl EventScore {
    /// What `trials`, in order of origins [`EVERY`] so many business days, say of an event; none if there are none of it.
    pub fn of(event: ForecastEvent, trials: &[&EventTrial]) -> Option<EventScore> {
        let trials: Vec<&EventTrial> = trials.iter().copied().filter(|trial| trial.event == event).collect();
        let happened: Vec<bool> = trials.iter().map(|trial| trial.happened).collect();
        let model: Vec<f64> = trials.iter().map(|trial| trial.probability).collect();
        let usual: Vec<f64> = trials.iter().map(|trial| trial.climatology).collect();
        let single = |said: &[f64]| -> Vec<f64> {
            said.iter().zip(&happened).map(|(p, &happened)| (p - f64::from(u8::from(happened))).powi(2)).collect()
        };
        let (ours, theirs) = (single(&model), single(&usual));
        let differences: Vec<f64> = ours.iter().zip(&theirs).map(|(ours, theirs)| ours - theirs).collect();
        let sharing = overlapping_origins(ForecastEvent::WINDOW, EVERY);
        Some(EventScore {
            event,
            forecasts: trials.len(),
            happened: happened.iter().filter(|&&happened| happened).count(),
            brier: brier_score(&model, &happened)?,
            climatology: brier_score(&usual, &happened)?,
            skill: bootstrap(sharing, &differences).skill(&ours, &theirs),
            parts: BrierDecomposition::of(&model, &happened, RELIABILITY_BINS)?,
            reliability: ReliabilityTable::of(&model, &happened, RELIABILITY_BINS, RESAMPLES, uniforms(2)),
        })
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::trial::said;
    use super::*;
    use jiff::ToSpan;
    use jiff::civil::date;

    /// Forecasts of uniform outcomes between 1,000 and 1,100 by a model that knows them to ten and benchmarks that know only
    /// the range.
    pub(in crate::backtest) fn trials() -> Vec<Trial> {
        let even = |low: f64, high: f64| -> Vec<f64> {
            (0..500).map(|k| low + (high - low) * (f64::from(k) + 0.5) / 500.0).collect()
        };
        (0..100)
            .map(|k| {
                let target = Target::Reserves;
                let outcome = target.as_published(1_000.0 + 100.0 * uniforms(50)(k));
                let centre = outcome + 20.0 * (uniforms(51)(k) - 0.5);
                let of = |sample| said(sample, target, outcome);
                let origin = date(2022, 1, 3).saturating_add((14 * i64::try_from(k).expect("small")).days());
                Trial {
                    origin,
                    date: origin.saturating_add(28.days()),
                    horizon: 20,
                    target,
                    at_origin: 1_050.0,
                    outcome,
                    said: [
                        of(even(centre - 10.0, centre + 10.0)),
                        of(even(1_000.0, 1_100.0)),
                        of(even(1_000.0, 1_100.0)).filter(|_| k >= 20),
                        None,
                    ],
                }
            })
            .collect()
    }

    #[test]
    fn a_sharp_and_honest_forecaster_gets_the_scores_of_the_closed_form() {
        let trials = trials();
        let all: Vec<&Trial> = trials.iter().collect();
        let cell = Cell::of(Subject::of(Target::Reserves), 20, &all).expect("a hundred forecasts");
        // CRPS of a uniform on [0, w] at a place u w: w (u² − u + ⅓), on average w/6 for uniform u; w is 20 and 100.
        assert!((cell.crps - 20.0 / 6.0).abs() < 0.4, "{}", cell.crps);
        let walk = cell.against(Forecaster::RandomWalk).expect("it forecast");
        assert!((walk.crps - 100.0 / 6.0).abs() < 2.0, "{}", walk.crps);
        assert!((walk.skill.value - 0.8).abs() < 0.05 && walk.skill.low > 0.7 && walk.skill.high < 0.9);
        for (coverage, says) in [(cell.half, 0.5), (cell.ninety, 0.9)] {
            assert!((coverage.spread.value - says).abs() < 0.12, "{coverage:?}");
            // Without ties the two ways to count differ by no more than an outcome or two.
            assert!((coverage.spread.value - coverage.closed.value).abs() < 0.02, "{coverage:?}");
        }
        assert!(cell.against(Forecaster::Autoregression).is_none());
        assert!(cell.pit.outside() <= 3, "{:?}", cell.pit);
        assert_eq!(Cell::of(Subject::of(Target::Tga), 20, &all), None);
    }

    #[test]
    fn skill_is_that_of_origins_at_which_both_forecast() {
        let mut trials = trials();
        // Where climatology said nothing the model is far off; that must not count against it.
        for trial in &mut trials[..20] {
            trial.said[0] = said(vec![5_000.0, 6_000.0], trial.target, trial.outcome);
        }
        let all: Vec<&Trial> = trials.iter().collect();
        let cell = Cell::of(Subject::of(Target::Reserves), 20, &all).expect("a hundred forecasts");
        let climatology = cell.against(Forecaster::Climatology).expect("it forecast");
        assert_eq!(climatology.forecasts, 80);
        assert!((climatology.skill.value - 0.8).abs() < 0.05, "{climatology:?}");
        assert!(cell.against(Forecaster::RandomWalk).is_some_and(|walk| walk.skill.value < 0.0));
    }

    #[test]
    fn who_sees_events_coming_beats_the_base_rate() {
        let event = ForecastEvent::SOFR_ABOVE_5;
        let trials: Vec<EventTrial> = (0..120)
            .map(|k| {
                let probability = if k % 40 < 10 { 0.8 } else { 0.1 };
                let happened = uniforms(60)(k) < probability;
                EventTrial { origin: date(2022, 1, 3), event, probability, climatology: 0.275, happened }
            })
            .collect();
        let all: Vec<&EventTrial> = trials.iter().collect();
        let score = EventScore::of(event, &all).expect("forecasts");
        // Expected scores: ¼ · 0.16 + ¾ · 0.09 = 0.1075 against 0.275 · 0.725 = 0.199.
        assert!((score.brier - 0.1075).abs() < 0.03 && (score.climatology - 0.199).abs() < 0.03, "{score:?}");
        assert!(score.skill.is_some_and(|skill| skill.low > 0.0));
        assert_eq!(score.reliability.bins.len(), 2);
        let parts = score.parts;
        let whole = parts.reliability - parts.resolution + parts.uncertainty + parts.within;
        assert!((whole - score.brier).abs() < 1e-12);
        assert_eq!(EventScore::of(ForecastEvent::EFFR_MOVES_2, &all), None);
    }
}
