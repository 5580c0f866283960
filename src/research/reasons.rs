//! Why two worlds differ: what each change of an assumption does alone, on the same luck, and what they do only together.
//!
//! ```text
//! total       = Y(B) − Y(A)                 A, B: the scenarios; Y: a number of a path
//! effectᵢ     = Y(A with change i) − Y(A)
//! interaction = total − Σ effectᵢ           path by path, so each has its own standard error
//! ```

use super::changes::{Change, changes};
use super::difference::Difference;
use super::lived::Lived;
use super::paired::subtract;
use crate::scenario::{Scenario, Watch};
use crate::simulation::LeakFound;
use std::ops::Range;

/// Changes whose effect is measured one by one; the rest are laid on together.
const MOST: usize = 12;

/// What changes of assumptions do to the numbers by which worlds are compared: the figures, then the watches.
#[derive(Clone, Debug)]
pub struct Reasons {
    /// One change after the other.
    pub effects: Vec<Effect>,
    /// All of them.
    pub total: Vec<Difference>,
    /// What they do only together; one that stands alone has none.
    pub interaction: Vec<Difference>,
}

/// What a change does alone, or several that are laid on together.
#[derive(Clone, Debug)]
pub struct Effect {
    /// Its name, or how many they are.
    pub name: String,
    /// On each number.
    pub on: Vec<Difference>,
}

/// The changes that are measured together, one by one as far as they are few.
fn groups(one: &Scenario, other: &Scenario) -> Vec<(String, Vec<Change>)> {
    let mut found: Vec<Change> = changes(one, other).into_iter().filter(|change| change.what.moves_paths()).collect();
    let rest = if found.len() > MOST { found.split_off(MOST - 1) } else { Vec::new() };
    let mut groups: Vec<(String, Vec<Change>)> =
        found.into_iter().map(|change| (change.what.name(), vec![change])).collect();
    if !rest.is_empty() {
        groups.push((format!("{} more together", rest.len()), rest));
    }
    groups
}

impl Reasons {
    /// Runs that [`Reasons::of`] takes.
    pub fn runs(one: &Scenario, other: &Scenario) -> u64 {
        groups(one, other).len() as u64
    }

    /// Lays every change onto the first world alone, simulates it, and compares.
    ///
    /// # Errors
    /// The books of a path do not add up.
    pub fn of(
        one: &Lived,
        other: &Lived,
        watches: &[Watch],
        days: Range<usize>,
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Reasons, LeakFound> {
        let mut left: Vec<Vec<f64>> =
            one.numbers().zip(other.numbers()).map(|(one, other)| subtract(other, one)).collect();
        let mut effects = Vec::new();
        for (name, changes) in groups(&one.run.scenario, &other.run.scenario) {
            let mut laid = one.run.scenario.clone();
            changes.iter().for_each(|change| change.lay(&mut laid, &other.run.scenario));
            let laid = Lived::simulate(laid, watches, days.clone(), &[], progress)?;
            for (left, (one, laid)) in left.iter_mut().zip(one.numbers().zip(laid.numbers())) {
                *left = subtract(left, &subtract(laid, one));
            }
            let on = one.numbers().zip(laid.numbers()).map(|(one, laid)| Difference::of(one, laid)).collect();
            effects.push(Effect { name, on });
        }
        let zero = vec![0.0; one.run.outcomes.paths()];
        Ok(Reasons {
            effects,
            total: one.numbers().zip(other.numbers()).map(|(one, other)| Difference::of(one, other)).collect(),
            interaction: left.iter().map(|left| Difference::of(&zero, left)).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::figure::PathFigure;
    use super::*;
    use crate::scenario::load_text;
    use jiff::civil::date;

    fn autumn(more: &str) -> Scenario {
        let text = format!("title = 't'\nextends = 'baseline_2025q4'\n[run]\npaths = 100\n{more}");
        let mut scenario = load_text("t.toml", &text).unwrap_or_else(|problems| panic!("{problems}"));
        scenario.end = date(2025, 11, 21);
        scenario
    }

    fn reasons(one: &str, other: &str) -> Reasons {
        let [one, other] = [one, other].map(autumn);
        let watches = one.watches.clone();
        let days = 1..crate::scenario::plan(&one).days.len() + 1;
        let live = |scenario| Lived::simulate(scenario, &watches, days.clone(), &[], &|_| ()).expect("no leak");
        Reasons::of(&live(one), &live(other), &watches, days.clone(), &|_| ()).expect("no leak")
    }

    #[test]
    fn a_single_change_is_the_total_and_leaves_nothing() {
        let found = reasons("", "[parameters]\nhoarding_gain = '4bn/bp'\n");
        assert_eq!(found.effects.len(), 1);
        assert_eq!(found.effects[0].name, "hoarding_gain");
        assert_eq!(found.effects[0].on, found.total);
        assert!(found.interaction.iter().all(Difference::is_nothing));
        assert!(!found.total[6].is_nothing(), "hoarding raises the peak of SOFR");
    }

    #[test]
    fn nothing_changed_is_nothing() {
        let found = reasons("", "seed = 1\n");
        assert!(found.effects.is_empty() && found.total.iter().chain(&found.interaction).all(Difference::is_nothing));
    }

    /// Purchases and a flow of the Treasury move reserves apart from each other; only money funds and rates answer to both.
    #[test]
    fn flows_that_do_not_meet_add_up() {
        let purchases =
            "[[event]]\nname = 'buy'\nkind = 'open_market_purchases'\nstart = 2025-10-02\npace = '10bn/month'\n";
        let flow = "[[event]]\nname = 'tax'\nkind = 'treasury_flow'\ndate = 2025-11-20\namount = '20bn'\n";
        let found = reasons("", &format!("{purchases}{flow}"));
        let names: Vec<&str> = found.effects.iter().map(|effect| effect.name.as_str()).collect();
        assert_eq!(names, ["event “buy”", "event “tax”"]);
        let end = PathFigure::ClosingReserves.place();
        let [buy, tax] = [0, 1].map(|effect| found.effects[effect].on[end].mean.mean);
        assert!(buy > 5.0 && tax < -5.0, "{buy} {tax}");
        let sum = buy + tax + found.interaction[end].mean.mean;
        assert!((sum - found.total[end].mean.mean).abs() < 1e-9);
        assert!(found.interaction[end].mean.mean.abs() < 0.05 * buy, "{:?}", found.interaction[end].mean);
    }

    #[test]
    fn many_changes_are_laid_on_together_beyond_some() {
        let flows: String = (1..=15)
            .map(|n| {
                format!(
                    "[[event]]\nname = 'flow {n}'\nkind = 'treasury_flow'\ndate = 2025-10-{:02}\namount = '1bn'\n",
                    n + 1
                )
            })
            .collect();
        let groups = groups(&autumn(""), &autumn(&flows));
        assert_eq!(groups.len(), MOST);
        assert_eq!((groups[MOST - 1].0.as_str(), groups[MOST - 1].1.len()), ("4 more together", 4));
    }
}
