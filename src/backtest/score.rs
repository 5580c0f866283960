//! From single forecasts to what the scorecard says of them.

use super::draws::uniforms;
use super::scorecard::{BenchmarkScore, Cell, DayScore, Episode, EventScore};
use super::subject::{Benchmark, Event, SpecialDay, Subject};
use crate::statistics::scores::{
    BrierDecomposition, CentralBand, Crps, Pit, PitHistogram, ReliabilityTable, StationaryBootstrap, brier_score, crps,
    overlapping_origins, politis_white,
};
use jiff::civil::Date;

/// Resampled series of an interval: enough for its ends (Efron and Tibshirani 1993, *An Introduction to the
/// Bootstrap*, section 13.3).
const RESAMPLES: usize = 2_000;

/// Bins of a PIT histogram and of a reliability table.
const BINS: usize = 10;

/// Business days within which events are forecast.
const WITHIN: usize = 20;

/// One forecast of one number, scored.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ForecastScore {
    /// When it was made.
    pub origin: Date,
    /// CRPS of the model.
    pub crps: f64,
    /// CRPS of each of [`Benchmark::ALL`], if it forecast.
    pub benchmarks: [Option<f64>; 3],
    /// Whether the band of 50 % held the outcome.
    pub in_half: bool,
    /// Whether the band of 90 % did.
    pub in_ninety: bool,
    /// Where the outcome fell.
    pub pit: Pit,
}

/// One probability of an event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EventForecast {
    /// What the model said.
    pub model: f64,
    /// How often it had happened before.
    pub climatology: f64,
    /// Whether it did.
    pub happened: bool,
}

impl ForecastScore {
    /// Scores samples of the model and of each of [`Benchmark::ALL`], which are sorted in passing; `tolerance` is half a
    /// unit of the last digit in which the outcome is published. None if the model's sample cannot be scored.
    ///
    /// Samples of different sizes compare by the fair score, and benchmarks know what cannot be negative.
    pub fn of(
        subject: Subject,
        origin: Date,
        model: &mut [f64],
        benchmarks: [Option<Vec<f64>>; 3],
        outcome: f64,
        tolerance: f64,
    ) -> Option<ForecastScore> {
        let fair = |sample: &mut [f64]| crps(sample, outcome, Crps::OfItsDistribution);
        Some(ForecastScore {
            origin,
            crps: fair(model)?,
            benchmarks: benchmarks.map(|sample| {
                let mut possible: Vec<f64> = sample?.into_iter().map(|value| value.max(subject.least())).collect();
                fair(&mut possible)
            }),
            in_half: CentralBand::of(model, 0.5).holds(outcome, tolerance),
            in_ninety: CentralBand::of(model, 0.9).holds(outcome, tolerance),
            pit: Pit::of(model, outcome, tolerance),
        })
    }
}

/// A bootstrap whose blocks span the forecasts that share days, and dependence beyond that in `series`.
fn bootstrap(horizon: usize, every: usize, series: &[f64]) -> StationaryBootstrap<impl Fn(u64) -> f64 + Copy> {
    let mean_block = overlapping_origins(horizon, every).max(politis_white(series));
    StationaryBootstrap { mean_block, resamples: RESAMPLES, draw: uniforms(1) }
}

fn held(scores: &[ForecastScore], in_band: fn(&ForecastScore) -> bool) -> Vec<bool> {
    scores.iter().map(in_band).collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

impl Cell {
    /// What `scores` of origins `every` so many business days, in their order, say of a subject `horizon` business days
    /// ahead; none if there are none.
    pub fn of(subject: Subject, horizon: usize, every: usize, scores: &[ForecastScore]) -> Option<Cell> {
        let model: Vec<f64> = scores.iter().map(|score| score.crps).collect();
        let coverage = |in_band| {
            let held = held(scores, in_band);
            CentralBand::coverage(&held, &bootstrap(horizon, every, &[]))
        };
        let against = |benchmark: Benchmark| {
            let pairs = scores.iter().filter_map(|score| Some((score.crps, score.benchmarks[benchmark.place()]?)));
            let (ours, theirs): (Vec<f64>, Vec<f64>) = pairs.unzip();
            let differences: Vec<f64> = ours.iter().zip(&theirs).map(|(ours, theirs)| ours - theirs).collect();
            let skill = bootstrap(horizon, every, &differences).skill(&ours, &theirs)?;
            Some(BenchmarkScore { benchmark, crps: mean(&theirs), skill })
        };
        let transforms: Vec<Pit> = scores.iter().map(|score| score.pit).collect();
        let independent = scores.len() as f64 / overlapping_origins(horizon, every);
        Some(Cell {
            subject,
            horizon,
            forecasts: scores.len(),
            crps: mean(&model),
            benchmarks: Benchmark::ALL.into_iter().filter_map(against).collect(),
            half: coverage(|score| score.in_half)?,
            ninety: coverage(|score| score.in_ninety)?,
            pit: PitHistogram::of(&transforms, BINS, independent),
        })
    }
}

impl DayScore {
    /// Coverage of forecasts that end on days of a kind, in order of those days; none if there are none.
    pub fn of(days: SpecialDay, subject: Subject, scores: &[ForecastScore]) -> Option<DayScore> {
        let held = held(scores, |score| score.in_ninety);
        let ninety = CentralBand::coverage(&held, &bootstrap(1, 1, &[]))?;
        Some(DayScore { days, subject, forecasts: scores.len(), ninety })
    }
}

impl EventScore {
    /// What forecasts of origins `every` so many business days, in their order, say of an event; none if there are none.
    pub fn of(event: Event, every: usize, forecasts: &[EventForecast]) -> Option<EventScore> {
        let happened: Vec<bool> = forecasts.iter().map(|forecast| forecast.happened).collect();
        let model: Vec<f64> = forecasts.iter().map(|forecast| forecast.model).collect();
        let usual: Vec<f64> = forecasts.iter().map(|forecast| forecast.climatology).collect();
        let single = |said: &[f64]| -> Vec<f64> {
            said.iter().zip(&happened).map(|(p, &happened)| (p - f64::from(u8::from(happened))).powi(2)).collect()
        };
        let (ours, theirs) = (single(&model), single(&usual));
        let differences: Vec<f64> = ours.iter().zip(&theirs).map(|(ours, theirs)| ours - theirs).collect();
        Some(EventScore {
            event,
            forecasts: forecasts.len(),
            happened: happened.iter().filter(|&&happened| happened).count(),
            brier: brier_score(&model, &happened)?,
            climatology: brier_score(&usual, &happened)?,
            skill: bootstrap(WITHIN, every, &differences).skill(&ours, &theirs)?,
            parts: BrierDecomposition::of(&model, &happened, BINS)?,
            reliability: ReliabilityTable::of(&model, &happened, BINS, RESAMPLES, uniforms(2)),
        })
    }
}

impl Episode {
    /// The scores of origins between two dates, against the benchmark that did best there; none if there are none, or
    /// no benchmark forecast them all.
    pub fn of(
        name: &str,
        origins: (Date, Date),
        subject: Subject,
        horizon: usize,
        scores: &[ForecastScore],
    ) -> Option<Episode> {
        let inside: Vec<&ForecastScore> =
            scores.iter().filter(|score| (origins.0..=origins.1).contains(&score.origin)).collect();
        let of = |benchmark: Benchmark| {
            let scores: Option<Vec<f64>> = inside.iter().map(|score| score.benchmarks[benchmark.place()]).collect();
            Some((benchmark, mean(&scores?)))
        };
        if inside.is_empty() {
            return None;
        }
        let best = Benchmark::ALL.into_iter().filter_map(of).min_by(|one, other| one.1.total_cmp(&other.1))?;
        Some(Episode {
            name: name.to_owned(),
            origins,
            subject,
            horizon,
            forecasts: inside.len(),
            crps: inside.iter().map(|score| score.crps).sum::<f64>() / inside.len() as f64,
            benchmark: best.0,
            benchmark_crps: best.1,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;
    use jiff::civil::date;

    /// Forecasts of uniform outcomes between 0 and 100 by a model that knows them to ten and benchmarks that know only
    /// the range.
    fn scores() -> Vec<ForecastScore> {
        let even = |low: f64, high: f64| -> Vec<f64> {
            (0..500).map(|k| low + (high - low) * (f64::from(k) + 0.5) / 500.0).collect()
        };
        (0..100)
            .map(|k| {
                let outcome = 100.0 * uniforms(50)(k);
                let centre = outcome + 20.0 * (uniforms(51)(k) - 0.5);
                let mut model = even(centre - 10.0, centre + 10.0);
                let climatology = (k >= 20).then(|| even(0.0, 100.0));
                let origin = date(2022, 1, 3).saturating_add((14 * i64::try_from(k).expect("small")).days());
                let benchmarks = [Some(even(0.0, 100.0)), climatology, None];
                ForecastScore::of(Subject::Tga, origin, &mut model, benchmarks, outcome, 0.0).expect("finite samples")
            })
            .collect()
    }

    #[test]
    fn a_sharp_and_honest_forecaster_gets_the_scores_of_the_closed_form() {
        let cell = Cell::of(Subject::Tga, 20, 10, &scores()).expect("a hundred forecasts");
        // CRPS of a uniform on [0, w] at a place u w: w (u² − u + ⅓), on average w/6 for uniform u; w is 20 and 100.
        assert!((cell.crps - 20.0 / 6.0).abs() < 0.4, "{}", cell.crps);
        let walk = cell.against(Benchmark::RandomWalk).expect("it forecast");
        assert!((walk.crps - 100.0 / 6.0).abs() < 2.0, "{}", walk.crps);
        assert!((walk.skill.value - 0.8).abs() < 0.05 && walk.skill.low > 0.7 && walk.skill.high < 0.9);
        assert!((cell.half.value - 0.5).abs() < 0.12 && (cell.ninety.value - 0.9).abs() < 0.08);
        assert!(cell.against(Benchmark::Climatology).is_some() && cell.against(Benchmark::Autoregression).is_none());
        assert!(cell.pit.outside() <= 3, "{:?}", cell.pit);
    }

    #[test]
    fn benchmarks_know_what_cannot_be_negative() {
        let score = |subject| {
            let walk = Some(vec![-6.0, -2.0, 0.0, 0.0]);
            ForecastScore::of(subject, date(2024, 1, 2), &mut [0.0, 0.0], [walk, None, None], 0.0, 0.0)
        };
        assert_eq!(score(Subject::StandingFacility).expect("two members").benchmarks, [Some(0.0), None, None]);
        // Mean error 2 less half the mean difference of 12 ordered pairs, by hand 2(4 + 6 + 6 + 2 + 2 + 0)/12.
        let spread = score(Subject::EffrIorb).expect("two members").benchmarks[0].expect("four members");
        assert!((spread - (2.0 - 0.5 * 40.0 / 12.0)).abs() < 1e-12, "{spread}");
    }

    #[test]
    fn an_episode_is_measured_against_the_best_who_forecast_it_all() {
        let scores = scores();
        let whole = (scores[0].origin, scores[99].origin);
        let episode = Episode::of("all of it", whole, Subject::Tga, 20, &scores).expect("forecasts");
        assert_eq!((episode.forecasts, episode.benchmark), (100, Benchmark::RandomWalk));
        assert!(!episode.is_lost());
        let never = (date(2001, 1, 1), date(2001, 2, 1));
        assert_eq!(Episode::of("never", never, Subject::Tga, 20, &scores), None);
    }

    #[test]
    fn who_sees_events_coming_beats_the_base_rate() {
        let forecasts: Vec<EventForecast> = (0..120)
            .map(|k| {
                let likely = if k % 40 < 10 { 0.8 } else { 0.1 };
                EventForecast { model: likely, climatology: 0.275, happened: uniforms(60)(k) < likely }
            })
            .collect();
        let score = EventScore::of(Event::SofrIorbAbove5, 10, &forecasts).expect("forecasts");
        // Expected scores: ¼ · 0.16 + ¾ · 0.09 = 0.1075 against 0.275 · 0.725 = 0.199.
        assert!((score.brier - 0.1075).abs() < 0.03 && (score.climatology - 0.199).abs() < 0.03, "{score:?}");
        assert!(score.skill.low > 0.0);
        assert_eq!(score.reliability.bins.len(), 2);
        let parts = score.parts;
        let whole = parts.reliability - parts.resolution + parts.uncertainty + parts.within;
        assert!((whole - score.brier).abs() < 1e-12);
        assert_eq!(EventScore::of(Event::EffrMoves2, 10, &[]), None);
    }
}
