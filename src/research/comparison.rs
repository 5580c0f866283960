//! Several scenarios against the first of them: path by path where they share their luck, otherwise by their
//! distributions alone.

use super::changes::{Change, changes};
use super::difference::Difference;
use super::figure::PathFigure;
use super::hands::Hands;
use super::lived::{BY_DAY, COMPARED, Lived};
use super::paired::{Unshared, subtract, unshared};
use super::reasons::Reasons;
use super::run::Run;
use crate::model::{Hand, Variable};
use crate::scenario::{self, Scenario, Watch};
use crate::simulation::LeakFound;
use crate::statistics::{Distribution, Probability, causes};
use jiff::civil::Date;
use rayon::prelude::*;
use std::ops::Range;

/// Scenarios compared with the first of them.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// All of them.
    pub worlds: Vec<World>,
    /// The published dates that all have.
    pub dates: Vec<Date>,
    /// What was asked of the paths of all.
    pub watches: Vec<Asked>,
    /// Every one but the first, against the first.
    pub against: Vec<Against>,
}

/// A scenario among those compared.
#[derive(Clone, Debug)]
pub struct World {
    /// The name it goes by.
    pub name: String,
    /// The story.
    pub scenario: Scenario,
    /// The distribution of each of [`COMPARED`] on every common date.
    pub fans: Vec<Vec<Distribution>>,
    /// Business days simulated.
    pub business_days: usize,
}

/// A question asked of the paths of all worlds.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The question, over dates that all worlds have.
    pub watch: Watch,
    /// Which worlds ask it.
    pub by: Vec<usize>,
}

/// A world against the first.
#[derive(Clone, Debug)]
pub struct Against {
    /// What they do not share; where it is anything, their paths are strangers.
    pub unshared: Vec<Unshared>,
    /// What differs in the assumptions.
    pub changes: Vec<Change>,
    /// Each of [`PathFigure::ALL`].
    pub figures: Vec<Difference>,
    /// Each of [`COMPARED`] on every common date.
    pub days: Vec<Vec<Difference>>,
    /// Each question.
    pub watches: Vec<WatchDifference>,
    /// Whose hand it was, on the day on which mean reserves differ most and at the end.
    pub moves: Vec<Moved>,
    /// What each cause adds to reserves at the end, where the common dates are all that both have.
    pub causes: Vec<(&'static str, Hand, Difference)>,
    /// What each change does alone; none between strangers.
    pub reasons: Option<Reasons>,
}

/// A watch in two worlds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WatchDifference {
    /// In the first.
    pub one: Probability,
    /// In the second.
    pub other: Probability,
    /// The second less the first, with its error.
    pub difference: Difference,
    /// Paths on which it fires in the second alone, and in the first alone; not known of strangers.
    pub turned: Option<(u64, u64)>,
}

/// By whose hand reserves differ on a date, $bn.
#[derive(Clone, Debug)]
pub struct Moved {
    /// The date.
    pub date: Date,
    /// Reserves in both worlds.
    pub reserves: Difference,
    /// The difference on the first common date, which no hand moved since.
    pub before: Difference,
    /// What each of [`Hands::WHOSE`] moved since.
    pub parts: [Difference; 4],
}

impl Comparison {
    /// Dates on which all worlds publish; none if there are no two such.
    pub fn common_dates(scenarios: &[&Scenario]) -> Option<Vec<Date>> {
        let mut published = scenarios.iter().map(|scenario| scenario::plan(scenario).published_dates());
        let mut dates = published.next()?;
        published.for_each(|other| dates.retain(|date| other.contains(date)));
        (dates.len() > 1).then_some(dates)
    }

    /// Paths that [`Comparison::of`] simulates.
    pub fn work(scenarios: &[&Scenario]) -> u64 {
        let Some((first, others)) = scenarios.split_first() else { return 0 };
        let reasons = |other: &&Scenario| {
            let shared = unshared(first, other).is_empty();
            if shared { Reasons::runs(first, other) * first.paths } else { 0 }
        };
        scenarios.iter().map(|scenario| scenario.paths).sum::<u64>() + others.iter().map(reasons).sum::<u64>()
    }

    /// Simulates scenarios by name, two at a time in memory, and compares each with the first.
    ///
    /// # Errors
    /// The books of a path do not add up.
    ///
    /// # Panics
    /// If there are none, or they have no two dates in common.
    pub fn of(scenarios: Vec<(String, Scenario)>, progress: &(dyn Fn(u64) + Sync)) -> Result<Comparison, LeakFound> {
        let all: Vec<&Scenario> = scenarios.iter().map(|(_, scenario)| scenario).collect();
        let dates = Comparison::common_dates(&all).expect("the caller has seen to it that they have dates in common");
        let watches = asked(&scenarios, &dates);
        let questions: Vec<Watch> = watches.iter().map(|asked| asked.watch.clone()).collect();
        let live = |scenario: Scenario| {
            let days = days_of(&scenario, &dates);
            Lived::simulate(scenario, &questions, days.start + 1..days.end, BY_DAY, progress)
        };
        let mut scenarios = scenarios.into_iter();
        let (name, first) = scenarios.next().expect("there is a first");
        let first = live(first)?;
        let mut worlds = vec![World::of(name, &first.run, &dates)];
        let mut against = Vec::new();
        for (name, scenario) in scenarios {
            let lived = live(scenario)?;
            let world = World::of(name, &lived.run, &dates);
            against.push(Against::of((&first, &worlds[0]), (&lived, &world), &questions, &dates, progress)?);
            worlds.push(world);
        }
        Ok(Comparison { worlds, dates, watches, against })
    }
}

/// The published days of a scenario on common dates.
fn days_of(scenario: &Scenario, dates: &[Date]) -> Range<usize> {
    let published = scenario::plan(scenario).published_dates();
    let first = published.partition_point(|date| *date < dates[0]);
    first..first + dates.len()
}

/// Every question of any world, on common dates; one that asks of none of them is left out.
fn asked(scenarios: &[(String, Scenario)], dates: &[Date]) -> Vec<Asked> {
    let mut all: Vec<Asked> = Vec::new();
    for (number, (name, scenario)) in scenarios.iter().enumerate() {
        for watch in &scenario.watches {
            let mut watch = Watch {
                from: watch.from.max(dates[0]),
                to: watch.to.min(dates[dates.len() - 1]),
                limit: None,
                ..watch.clone()
            };
            if watch.from > watch.to {
                continue;
            }
            let is_same =
                |known: &Watch| (&known.condition, known.from, known.to) == (&watch.condition, watch.from, watch.to);
            if let Some(known) = all.iter_mut().find(|asked| asked.watch.name == watch.name && is_same(&asked.watch)) {
                known.by.push(number);
                continue;
            }
            if all.iter().any(|asked| asked.watch.name == watch.name) {
                watch.name = format!("{} (of {name})", watch.name);
            }
            all.push(Asked { watch, by: vec![number] });
        }
    }
    all
}

impl World {
    fn of(name: String, run: &Run, dates: &[Date]) -> World {
        let days = days_of(&run.scenario, dates);
        let fan = |&variable: &Variable| -> Vec<Distribution> {
            let days = days.clone().into_par_iter();
            days.map(|day| Distribution::of(&mut run.published(variable, day))).collect()
        };
        World {
            name,
            scenario: run.scenario.clone(),
            fans: COMPARED.iter().map(fan).collect(),
            business_days: run.plan.days.len(),
        }
    }

    /// The fan of a variable.
    ///
    /// # Panics
    /// If it is none of [`COMPARED`].
    pub fn fan(&self, variable: Variable) -> &[Distribution] {
        &self.fans[place_of(variable)]
    }
}

/// The place of a variable among those compared.
fn place_of(variable: Variable) -> usize {
    COMPARED.iter().position(|compared| *compared == variable).expect("the variable is compared by day")
}

impl Against {
    fn of(
        one: (&Lived, &World),
        other: (&Lived, &World),
        watches: &[Watch],
        dates: &[Date],
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Against, LeakFound> {
        let ((one, one_world), (other, other_world)) = (one, other);
        let (a, b) = (&one.run.scenario, &other.run.scenario);
        let unshared = unshared(a, b);
        let pair = Pair { shared: unshared.is_empty() };
        let (one_days, other_days) = (days_of(a, dates), days_of(b, dates));
        let days: Vec<Vec<Difference>> = COMPARED
            .iter()
            .enumerate()
            .map(|(place, &variable)| {
                (0..dates.len())
                    .into_par_iter()
                    .map(|day| {
                        let fans = (&one_world.fans[place][day], &other_world.fans[place][day]);
                        pair.by_day(fans, || {
                            let of = |run: &Run, days: &Range<usize>| run.published(variable, days.start + day);
                            subtract(&of(&other.run, &other_days), &of(&one.run, &one_days))
                        })
                    })
                    .collect()
            })
            .collect();
        let reserves = &days[place_of(Variable::Reserves)];
        let last = dates.len() - 1;
        let widest = (1..last).max_by(|&a, &b| reserves[a].mean.mean.abs().total_cmp(&reserves[b].mean.mean.abs()));
        let moves = widest
            .filter(|&day| reserves[day].mean.mean != 0.0)
            .into_iter()
            .chain([last])
            .map(|day| {
                let hands = |run: &Run, days: &Range<usize>| Hands::between(run, days.start, days.start + day);
                let (one, other) = (hands(&one.run, &one_days), hands(&other.run, &other_days));
                Moved {
                    date: dates[day],
                    reserves: reserves[day],
                    before: reserves[0],
                    parts: std::array::from_fn(|hand| pair.of(&one.parts[hand], &other.parts[hand])),
                }
            })
            .collect();
        // Flows are summed up over whole runs.
        let whole = one_days == (0..one.run.outcomes.days) && other_days == (0..other.run.outcomes.days);
        let causes = if whole { causes().collect() } else { Vec::new() };
        let figures = one.figures.iter().zip(&other.figures);
        let fired = one.fired.iter().zip(&other.fired);
        Ok(Against {
            changes: changes(a, b),
            figures: figures.map(|(one, other)| pair.of(one, other)).collect(),
            watches: fired.map(|(one, other)| pair.watch(one, other)).collect(),
            causes: causes
                .into_iter()
                .enumerate()
                .map(|(place, (name, hand))| (name, hand, pair.of(&one.causes[place], &other.causes[place])))
                .collect(),
            reasons: pair
                .shared
                .then(|| Reasons::of(one, other, watches, one_days.start + 1..one_days.end, progress))
                .transpose()?,
            unshared,
            days,
            moves,
        })
    }

    /// The difference of a variable on every common date.
    ///
    /// # Panics
    /// If it is none of [`COMPARED`].
    pub fn of_variable(&self, variable: Variable) -> &[Difference] {
        &self.days[place_of(variable)]
    }

    /// The difference of a figure.
    pub fn figure(&self, figure: PathFigure) -> &Difference {
        &self.figures[figure.place()]
    }

    /// Whether nothing that is compared differs on any path.
    pub fn is_nothing(&self) -> bool {
        self.days.iter().flatten().chain(&self.figures).all(Difference::is_nothing)
            && self.watches.iter().all(|watch| watch.difference.is_nothing())
    }
}

/// How two worlds are compared.
struct Pair {
    /// Whether they share their luck.
    shared: bool,
}

impl Pair {
    fn of(&self, one: &[f64], other: &[f64]) -> Difference {
        if self.shared {
            return Difference::of(one, other);
        }
        let [one, other] = [one, other].map(|sample| Distribution::of(&mut sample.to_vec()));
        Difference::of_strangers(&one, &other)
    }

    fn by_day(&self, (one, other): (&Distribution, &Distribution), paths: impl Fn() -> Vec<f64>) -> Difference {
        if self.shared { Difference::of_paths(paths(), one, other) } else { Difference::of_strangers(one, other) }
    }

    fn watch(&self, one: &[f64], other: &[f64]) -> WatchDifference {
        let probability = |fired: &[f64]| Probability {
            hits: fired.iter().filter(|&&fired| fired > 0.0).count() as u64,
            paths: fired.len() as u64,
        };
        let turned = |from: &[f64], to: &[f64]| from.iter().zip(to).filter(|(from, to)| from < to).count() as u64;
        WatchDifference {
            one: probability(one),
            other: probability(other),
            difference: self.of(one, other),
            turned: self.shared.then(|| (turned(one, other), turned(other, one))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::load_text;
    use jiff::civil::date;

    fn autumn(name: &str, more: &str) -> (String, Scenario) {
        let text = format!("title = 't'\nextends = '{name}'\n[run]\npaths = 100\n{more}");
        let mut scenario = load_text("t.toml", &text).unwrap_or_else(|problems| panic!("{problems}"));
        scenario.end = date(2025, 11, 21);
        (name.to_owned(), scenario)
    }

    fn compare(scenarios: Vec<(String, Scenario)>) -> Comparison {
        Comparison::of(scenarios, &|_| ()).expect("no leak")
    }

    #[test]
    fn a_world_differs_from_itself_by_exactly_nothing() {
        let found = compare(vec![autumn("shutdown_cash_hoarding", ""), autumn("shutdown_cash_hoarding", "")]);
        let against = &found.against[0];
        assert!(against.is_nothing() && against.changes.is_empty() && against.unshared.is_empty());
        assert!(against.watches.iter().all(|watch| watch.turned == Some((0, 0))));
        assert!(against.causes.iter().all(|(_, _, part)| part.is_nothing()));
        assert_eq!(against.moves.len(), 1, "no day stands out");
    }

    #[test]
    fn hands_and_causes_and_the_first_dates_add_up_to_the_difference_of_reserves() {
        let found = compare(vec![autumn("baseline_2025q4", ""), autumn("shutdown_cash_hoarding", "")]);
        let against = &found.against[0];
        for moved in &against.moves {
            let sum: f64 = moved.parts.iter().map(|part| part.mean.mean).sum::<f64>() + moved.before.mean.mean;
            assert!((sum - moved.reserves.mean.mean).abs() < 1e-8, "{moved:?}");
        }
        let end = against.of_variable(Variable::Reserves).last().expect("a last day");
        let sum: f64 = against.causes.iter().map(|(_, _, part)| part.mean.mean).sum();
        assert!((sum - end.mean.mean).abs() < 1e-8);
        assert_eq!(against.figure(PathFigure::ClosingReserves).mean, end.mean);
        assert!(end.mean.share_of_independent_error() < 0.6, "common luck narrows: {:?}", end.mean);
    }

    #[test]
    fn a_watch_of_any_world_is_asked_of_all_and_changed_paths_are_counted() {
        let found = compare(vec![autumn("baseline_2025q4", ""), autumn("shutdown_cash_hoarding", "")]);
        let place = found.watches.iter().position(|asked| asked.watch.name == "TGA above 1T by mid-November").unwrap();
        assert_eq!(found.watches[place].by, [1]);
        assert!(found.watches.iter().any(|asked| asked.by == [0, 1]));
        let watch = &found.against[0].watches[place];
        let (gained, lost) = watch.turned.expect("they share their luck");
        assert_eq!(watch.other.hits + lost, watch.one.hits + gained);
        // Of a sample of −1, 0 and 1 with n − 1 in the denominator.
        let (n, d) = (100.0, watch.difference.mean.mean);
        let error = (((gained + lost) as f64 - n * d * d) / (n - 1.0) / n).sqrt();
        assert!((watch.difference.mean.standard_error - error).abs() < 1e-12 && gained > 10);
    }

    #[test]
    fn strangers_are_compared_on_common_dates_without_paths_or_reasons() {
        let (name, mut other) = autumn("shutdown_cash_hoarding", "");
        other.end = date(2025, 11, 14);
        other.set_seed(2);
        other.set_paths(60);
        let found = compare(vec![autumn("baseline_2025q4", ""), (name, other)]);
        assert_eq!(found.dates.last(), Some(&date(2025, 11, 14)));
        let against = &found.against[0];
        assert_eq!(against.unshared.len(), 3);
        assert!(against.reasons.is_none() && against.causes.is_empty());
        assert!(against.days.iter().flatten().all(|day| day.paths.is_none()));
        assert!(against.watches.iter().all(|watch| watch.turned.is_none()));
        let to = found.watches.iter().map(|asked| asked.watch.to).max();
        assert_eq!(to, Some(date(2025, 11, 14)));
    }

    #[test]
    fn a_question_of_the_same_name_and_other_words_is_asked_apart() {
        let other = autumn("baseline_2025q4", "[[watch]]\nname = 'x'\nwhen = 'tga > 1tn'\n");
        let mut one = other.clone();
        one.1.watches.last_mut().unwrap().to = date(2025, 10, 31);
        let found = asked(
            &[("one".to_owned(), one.1), ("other".to_owned(), other.1)],
            &[date(2025, 10, 1), date(2025, 11, 21)],
        );
        let names: Vec<&str> =
            found.iter().map(|asked| asked.watch.name.as_str()).filter(|name| name.starts_with('x')).collect();
        assert_eq!(names, ["x", "x (of other)"]);
    }
}
