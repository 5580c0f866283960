//! What the loop of stress, hoarding and dealers' retreat adds: the same paths with it and without it.

use super::factor::{Factor, Reading};
use super::gain::{GainReached, LoopGain, SelfFeeding, gains_reached};
use super::paired::{PairError, Paired};
use super::run::{Over, PathStatistic, Run, stretches};
use crate::model::{Plan, Simulated, Variable};
use crate::results::{AmplificationRecord, FactorRecord, GainRecord, SelfFeedingRecord};
use crate::scenario::{self, Quantity, Scenario};

/// The parameters that close the loop: at nil, stress has no consequence for the next day.
pub const LOOP: &[&str] = &["hoarding_gain", "dealer_retreat_gain"];

/// What may be amplified. All are numbers of a path and never negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// The mean over paths of the highest SOFR less IORB above calm, bp.
    Peak,
    /// Its 99 % quantile.
    PeakTail,
    /// The mean of the highest scarcity above calm, percent of the ample level.
    Scarcity,
    /// The mean of the largest fall of reserves from the opening, $bn.
    Fall,
    /// The same of reserves less what banks hoard: what is left for everybody else, $bn.
    AvailableFall,
}

/// The loop of a scenario, measured.
#[derive(Clone, Debug)]
pub struct Amplification {
    /// Paths, seed and names, as run.
    pub scenario: Scenario,
    /// How many times each measure is larger with the loop; none where without it there is nothing to multiply.
    pub factors: Vec<(Measure, Option<Factor>)>,
    /// What a lasting basis point of stress adds to the reserves banks want, $bn per bp.
    pub lasting_demand: f64,
    /// From where the loop feeds itself.
    pub feeds_itself: Option<SelfFeeding>,
    /// The same without a standing facility.
    pub feeds_itself_without_facility: Option<SelfFeeding>,
    /// How often its gain exceeded one.
    pub reached: GainReached,
}

/// Whether any parameter of the loop can be other than nil.
pub fn has_loop(scenario: &Scenario) -> bool {
    let mut parameters = scenario.parameters.clone();
    LOOP.iter().any(|name| parameters.get_mut(name).is_some_and(|quantity| *quantity != Quantity::Fixed(0.0)))
}

/// The same scenario with the loop cut.
pub fn without_loop(scenario: &Scenario) -> Scenario {
    let mut cut = scenario.clone();
    for name in LOOP {
        *cut.parameters.get_mut(name).expect("the names of the loop are parameters") = Quantity::Fixed(0.0);
    }
    cut
}

impl Measure {
    /// All of them, in the order in which they are told.
    pub const ALL: [Measure; 5] =
        [Measure::Peak, Measure::PeakTail, Measure::Scarcity, Measure::Fall, Measure::AvailableFall];

    /// What it is, in a few words with its unit.
    pub const fn name(self) -> &'static str {
        match self {
            Measure::Peak => "Peak of SOFR − IORB over calm, bp",
            Measure::PeakTail => "  its 99% quantile",
            Measure::Scarcity => "Peak scarcity over calm, % of ample",
            Measure::Fall => "Largest fall of reserves, $bn",
            Measure::AvailableFall => "  of reserves less hoarding, $bn",
        }
    }

    /// The word by which machines know it.
    const fn key(self) -> &'static str {
        match self {
            Measure::Peak => "peak_sofr_iorb_bp",
            Measure::PeakTail => "peak_sofr_iorb_q99_bp",
            Measure::Scarcity => "peak_scarcity_percent",
            Measure::Fall => "fall_of_reserves_bn",
            Measure::AvailableFall => "fall_of_available_reserves_bn",
        }
    }

    /// On each path of a run with or without the loop, whose twin is without it.
    fn on_paths(self, run: &Run, without: &Run) -> Vec<f64> {
        match self {
            Measure::Peak | Measure::PeakTail => above_calm(run, without, Variable::SofrIorb),
            Measure::Scarcity => above_calm(run, without, Variable::Scarcity).iter().map(|x| 100.0 * x).collect(),
            Measure::Fall => largest_fall(run, |day| run.published(Variable::Reserves, day)),
            Measure::AvailableFall => largest_fall(run, |day| {
                let hoarded = run.published(Variable::Hoarding, day);
                run.published(Variable::Reserves, day).iter().zip(hoarded).map(|(all, kept)| all - kept).collect()
            }),
        }
    }

    fn reading(self) -> Reading {
        if self == Measure::PeakTail { Reading::Quantile(0.99) } else { Reading::Mean }
    }
}

/// What is measured on each path.
#[derive(Default)]
struct OnPaths {
    /// With the loop and without it, in the order of [`Measure::ALL`].
    measures: [(Vec<f64>, Vec<f64>); Measure::ALL.len()],
    /// The gap of money funds' cash at the opening, $bn.
    opening_gaps: Vec<f64>,
    /// The highest gain, and on how many days it exceeds one.
    reached: Vec<(f64, usize)>,
}

impl OnPaths {
    /// Adds the paths of a run with the loop, the first, and of the same without it.
    fn add(&mut self, paired: &Paired) {
        let (with, without) = (paired.one(), paired.other());
        for (measure, (numbers_with, numbers_without)) in Measure::ALL.into_iter().zip(&mut self.measures) {
            numbers_with.extend(measure.on_paths(with, without));
            numbers_without.extend(measure.on_paths(without, without));
        }
        self.opening_gaps.extend(with.outcomes.column(0, Simulated::FundingGap));
        self.reached.extend(gains_reached(with));
    }
}

/// The highest day of each path above the median day of the same path without the loop.
fn above_calm(run: &Run, without: &Run, variable: Variable) -> Vec<f64> {
    let over = |run: &Run, over| run.statistic(&PathStatistic { variable, over, days: run.days() });
    let calm = over(without, Over::Median);
    over(run, Over::Highest).iter().zip(calm).map(|(peak, calm)| (peak - calm).max(0.0)).collect()
}

/// How far each path falls below its opening at its lowest; nil if it never does.
fn largest_fall(run: &Run, column: impl Fn(usize) -> Vec<f64>) -> Vec<f64> {
    let opening = column(0);
    run.over_days(run.days(), Over::Lowest, column)
        .iter()
        .zip(opening)
        .map(|(lowest, opening)| (opening - lowest).max(0.0))
        .collect()
}

impl Amplification {
    /// Simulates the scenario without the loop and compares.
    ///
    /// # Errors
    /// The books of a path do not add up.
    pub fn of(run: Run, progress: &(dyn Fn(u64) + Sync)) -> Result<(Amplification, Paired), PairError> {
        let cut = Run::simulate(without_loop(&run.scenario), progress)?;
        let paired = Paired::of(run, cut)?;
        let mut on_paths = OnPaths::default();
        on_paths.add(&paired);
        let run = paired.one();
        Ok((Amplification::sum_up(&run.scenario, &run.plan, &on_paths), paired))
    }

    /// The same of which nothing is kept but the result: paths are simulated and measured a few tiles at a time.
    ///
    /// # Errors
    /// The books of a path do not add up.
    pub fn measure(scenario: &Scenario) -> Result<Amplification, PairError> {
        let cut = without_loop(scenario);
        let mut on_paths = OnPaths::default();
        for paths in stretches(scenario.paths) {
            let [one, other] =
                [scenario, &cut].map(|scenario| Run::simulate_paths(scenario.clone(), paths.clone(), &|_| ()));
            on_paths.add(&Paired::of(one?, other?)?);
        }
        Ok(Amplification::sum_up(scenario, &scenario::plan(scenario), &on_paths))
    }

    fn sum_up(scenario: &Scenario, plan: &Plan, on_paths: &OnPaths) -> Amplification {
        let curve = LoopGain::of(scenario, plan, &on_paths.opening_gaps);
        let factors = Measure::ALL.into_iter().zip(&on_paths.measures);
        Amplification {
            scenario: scenario.clone(),
            factors: factors
                .map(|(measure, (with, without))| (measure, Factor::of(with, without, measure.reading())))
                .collect(),
            lasting_demand: curve.lasting_demand(),
            feeds_itself: curve.feeds_itself_from(true),
            feeds_itself_without_facility: curve.feeds_itself_from(false),
            reached: GainReached::over(&on_paths.reached),
        }
    }

    /// How many times larger a measure is with the loop.
    pub fn factor(&self, measure: Measure) -> Option<Factor> {
        self.factors.iter().find(|(found, _)| *found == measure).and_then(|(_, factor)| *factor)
    }

    /// The same for machines.
    pub fn record(&self) -> AmplificationRecord {
        let place = |place: SelfFeeding| SelfFeedingRecord {
            scarcity: place.scarcity,
            shortfall_bn: place.shortfall,
            sofr_iorb_bp: place.sofr_iorb,
        };
        AmplificationRecord {
            scenario: self.scenario.name.clone(),
            paths: self.scenario.paths,
            seed: self.scenario.seed,
            switched_off: LOOP,
            factors: self
                .factors
                .iter()
                .filter_map(|(measure, factor)| {
                    factor.map(|factor| FactorRecord {
                        measure: measure.key(),
                        with: factor.with,
                        without: factor.without,
                        factor: factor.estimate,
                        interval: factor.interval,
                    })
                })
                .collect(),
            gain: GainRecord {
                lasting_demand_bn_per_bp: self.lasting_demand,
                feeds_itself: self.feeds_itself.map(place),
                feeds_itself_without_facility: self.feeds_itself_without_facility.map(place),
                highest: self.reached.highest,
                paths_above_one: self.reached.paths.estimate(),
                paths_above_one_interval: self.reached.paths.wilson_interval(),
                days_above_one: self.reached.days,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario;
    use jiff::civil::date;

    fn amplification(gain: f64) -> Amplification {
        let mut scenario = scenario::load("shutdown_cash_hoarding").expect("a shipped scenario");
        scenario.end = date(2026, 1, 9);
        scenario.set_paths(320);
        scenario.parameters.hoarding_gain = Quantity::Fixed(gain);
        // Without hoarding there is no loop at all here.
        if gain == 0.0 {
            scenario.parameters.dealer_retreat_gain = Quantity::Fixed(0.0);
        }
        let run = Run::simulate(scenario, &|_| ()).expect("no leak");
        Amplification::of(run, &|_| ()).expect("the same scenario").0
    }

    #[test]
    fn what_is_measured_a_few_tiles_at_a_time_is_what_whole_runs_say() {
        let mut scenario = scenario::load("shutdown_cash_hoarding").expect("a shipped scenario");
        scenario.end = date(2025, 11, 14);
        scenario.set_paths(600);
        let (whole, _) = Amplification::of(Run::simulate(scenario.clone(), &|_| ()).unwrap(), &|_| ()).unwrap();
        let measured = Amplification::measure(&scenario).unwrap();
        let text = |of: &Amplification| serde_json::to_string(&of.record()).unwrap();
        assert_eq!(text(&measured), text(&whole));
    }

    #[test]
    fn a_loop_that_is_off_multiplies_by_exactly_one() {
        for (measure, factor) in amplification(0.0).factors {
            let factor = factor.expect("reserves fall and rates rise in this story");
            assert_eq!((factor.estimate, factor.interval), (1.0, (1.0, 1.0)), "{measure:?}");
            assert_eq!(factor.with, factor.without, "{measure:?}");
        }
    }

    #[test]
    fn a_stronger_loop_multiplies_more_and_hoarding_leaves_less_to_others() {
        let (weak, strong) = (amplification(0.7), amplification(3.5));
        for measure in [Measure::Peak, Measure::Scarcity, Measure::AvailableFall] {
            let (weak, strong) = (weak.factor(measure).expect("positive"), strong.factor(measure).expect("positive"));
            assert!(weak.estimate > 1.0 && strong.estimate > weak.estimate, "{measure:?} {weak:?} {strong:?}");
            assert!(weak.interval.0 <= weak.estimate && weak.estimate <= weak.interval.1);
            assert_eq!(weak.without, strong.without, "without the loop its strength does not matter");
        }
        // Banks hoard reserves from each other. What all of them hold can only rise: a higher rate draws cash
        // from ON RRP and out of the standing facility.
        let fall = strong.factor(Measure::Fall).expect("positive");
        assert!(fall.estimate < 1.0, "{fall:?}");
    }

    #[test]
    fn cutting_the_loop_changes_its_parameters_and_nothing_else() {
        let scenario = scenario::load("baseline_2025q4").expect("a shipped scenario");
        let cut = without_loop(&scenario);
        assert!(has_loop(&scenario) && !has_loop(&cut));
        let names = crate::model::PARAMETERS.iter().map(|info| info.name);
        let pairs = scenario.parameters.values().into_iter().zip(cut.parameters.values());
        let changed: Vec<&str> =
            names.zip(pairs).filter(|(_, (before, after))| before != after).map(|(name, _)| name).collect();
        assert_eq!(changed, LOOP);
    }
}
