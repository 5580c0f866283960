//! The value of an input at which an output is as wanted: the pace of purchases at which P(reserves < 2.8tn) is 5 %.
//!
//! On common draws the probability of a watch is a step function of the input which, if every path is moved one way, goes one
//! way, so that it has one crossing and bisection finds it. Whether it goes one way is looked at first, on a few values. The
//! estimate at the root has a Monte Carlo error, and so does the root: its interval is where the output is within 1.96
//! standard errors of what is wanted, found by the same search (Rubinstein and Kroese 2017, *Simulation and the Monte Carlo
//! Method*, 3rd edition, section 7.4, on roots of simulated functions on common random numbers).

use crate::statistics::{Measured, NORMAL_95};

/// Values at which it is looked first.
const FIRST_LOOKS: usize = 9;

/// How finely a root is told, as a share of the range.
const FINE: f64 = 1.0 / 2_000.0;

/// How finely the ends of its interval are.
const COARSE: f64 = 1.0 / 200.0;

/// What finds the output at values of the input, or nothing because it was told to stop.
pub type Measure<'a, E> = dyn FnMut(&[f64]) -> Result<Option<Vec<Measured>>, E> + 'a;

/// An output over values of an input.
#[derive(Clone, Debug, PartialEq)]
pub struct Solved {
    /// What is wanted of the output.
    pub target: f64,
    /// What was found at which value, by value.
    pub looked: Vec<(f64, Measured)>,
    /// What it comes to.
    pub outcome: Outcome,
}

/// What a search comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The output crosses what is wanted at one value.
    Root(Root),
    /// It stays on one side.
    OutOfReach,
    /// It crosses more than once, between these values.
    Several(Vec<(f64, f64)>),
}

/// A crossing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Root {
    /// The value.
    pub value: f64,
    /// The lower end of its 95 % interval; none if it lies below the range.
    pub low: Option<f64>,
    /// The upper end; none if it lies above.
    pub high: Option<f64>,
    /// The output there.
    pub measured: Measured,
}

/// Searches from `low` to `high` for the value at which what `measure` finds is `target`; `whole` values only, for days.
/// Nothing if `measure` finds nothing, because it was told to stop.
///
/// # Errors
/// Those of `measure`.
pub fn solve<E>(
    low: f64,
    high: f64,
    whole: bool,
    target: f64,
    measure: &mut Measure<'_, E>,
) -> Result<Option<Solved>, E> {
    let at = |place: usize| low + (high - low) * place as f64 / (FIRST_LOOKS - 1) as f64;
    let mut values: Vec<f64> =
        (0..FIRST_LOOKS).map(at).map(|value| if whole { value.round() } else { value }).collect();
    values.dedup();
    let Some(found) = measure(&values)? else { return Ok(None) };
    let mut search = Search { looked: values.into_iter().zip(found).collect(), whole, range: high - low };
    let crossings = search.crossings(target);
    let outcome = match crossings[..] {
        [] => Outcome::OutOfReach,
        [_] => {
            let Some(root) = search.root(target, measure)? else { return Ok(None) };
            Outcome::Root(root)
        }
        _ => Outcome::Several(
            crossings.iter().map(|&place| (search.looked[place].0, search.looked[place + 1].0)).collect(),
        ),
    };
    Ok(Some(Solved { target, looked: search.looked, outcome }))
}

/// Values looked at so far, in order.
struct Search {
    looked: Vec<(f64, Measured)>,
    whole: bool,
    range: f64,
}

impl Search {
    /// Places after which the output is on the other side.
    fn crossings(&self, target: f64) -> Vec<usize> {
        let above = |place: usize| self.looked[place].1.value > target;
        (0..self.looked.len() - 1).filter(|&place| above(place) != above(place + 1)).collect()
    }

    fn root<E>(&mut self, target: f64, measure: &mut Measure<'_, E>) -> Result<Option<Root>, E> {
        let Some(Some((value, measured))) = self.narrow(target, FINE, measure)? else { return Ok(None) };
        let mut ends = [None; 2];
        for (end, side) in ends.iter_mut().zip([-1.0, 1.0]) {
            let Some(found) = self.narrow(target + side * NORMAL_95 * measured.error, COARSE, measure)? else {
                return Ok(None);
            };
            *end = found.map(|(value, _)| value);
        }
        // Whichever way the output goes, the lower value is the lower end.
        let rises = self.looked[self.looked.len() - 1].1.value > self.looked[0].1.value;
        let [low, high] = if rises { ends } else { [ends[1], ends[0]] };
        Ok(Some(Root { value, low, high, measured }))
    }

    /// Halves the stretch in which the output crosses `target` until it is `fine`, and gives the nearer end; none of it if
    /// there is no crossing, nothing if `measure` was told to stop.
    fn narrow<E>(
        &mut self,
        target: f64,
        fine: f64,
        measure: &mut Measure<'_, E>,
    ) -> Result<Option<Option<(f64, Measured)>>, E> {
        loop {
            let Some(&place) = self.crossings(target).first() else { return Ok(Some(None)) };
            let (below, above) = (self.looked[place], self.looked[place + 1]);
            let middle = (below.0 + above.0) / 2.0;
            let middle = if self.whole { middle.floor() } else { middle };
            if above.0 - below.0 <= fine * self.range || middle <= below.0 {
                let distance = |end: &(f64, Measured)| (end.1.value - target).abs();
                return Ok(Some(Some(if distance(&below) < distance(&above) { below } else { above })));
            }
            let Some(found) = measure(&[middle])? else { return Ok(None) };
            self.looked.insert(place + 1, (middle, found[0]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{normal_quantile, words_at};
    use std::convert::Infallible;

    fn certain(value: f64) -> Measured {
        Measured { value, error: 0.0 }
    }

    fn solved(low: f64, high: f64, whole: bool, target: f64, f: &dyn Fn(f64) -> Measured) -> Solved {
        let mut measure =
            |values: &[f64]| Ok::<_, Infallible>(Some(values.iter().map(|&value| f(value)).collect::<Vec<_>>()));
        solve(low, high, whole, target, &mut measure).expect("it cannot fail").expect("nothing stops it")
    }

    /// A walk of 256 steps of deviation σ/16 falls below −b with probability 2Φ(−b/σ), if it is looked at all the time
    /// (Bachelier 1900; Karatzas and Shreve 1991, p. 96). Looked at after every step the barrier is as if it lay
    /// 0.5826 deviations of a step lower (Broadie, Glasserman and Kou 1997, Mathematical Finance 7, 325–349).
    #[test]
    fn the_size_of_shocks_at_which_a_walk_crosses_in_one_of_twenty_is_that_of_the_reflection_formula() {
        const STEPS: u32 = 256;
        const PATHS: u64 = 4_000;
        let lowest: Vec<f64> = (0..PATHS)
            .map(|path| {
                let (mut level, mut lowest) = (0.0_f64, 0.0_f64);
                for step in 0..STEPS {
                    level += normal_quantile(words_at(11, path, step, 0)[0]) / f64::from(STEPS).sqrt();
                    lowest = lowest.min(level);
                }
                lowest
            })
            .collect();
        let barrier = 100.0;
        let share = |sigma: f64| {
            let hits = lowest.iter().filter(|&&lowest| sigma * lowest < -barrier).count() as f64;
            let p = hits / PATHS as f64;
            Measured { value: p, error: (p * (1.0 - p) / PATHS as f64).sqrt() }
        };
        let found = solved(20.0, 100.0, false, 0.05, &share);
        // 2Φ(−b/σ) = 5 % where b/σ = 1.959964, and b counts 0.5826 σ/16 more.
        let expected = barrier / (1.959_964 - 0.5826 / f64::from(STEPS).sqrt());
        let Outcome::Root(root) = found.outcome else { panic!("{found:?}") };
        let (low, high) = (root.low.expect("in range"), root.high.expect("in range"));
        assert!(low < expected && expected < high, "{root:?} against {expected}");
        // dP/dσ = 2φ(1.96) 1.96/σ gives the width of the interval by hand.
        let slope = 2.0 * 0.058_445 * 1.959_964 / expected;
        let width = 2.0 * NORMAL_95 * root.measured.error / slope;
        assert!(((high - low) / width - 1.0).abs() < 0.3, "{} against {width}", high - low);
    }

    #[test]
    fn a_function_that_goes_one_way_has_one_root_either_way() {
        for sign in [1.0, -1.0] {
            let found = solved(0.0, 10.0, false, sign * 8.0, &|x| certain(sign * x * x * x));
            let Outcome::Root(root) = found.outcome else { panic!("{found:?}") };
            assert!((root.value - 2.0).abs() < 10.0 * FINE, "{root:?}");
            assert!(found.looked.is_sorted_by(|a, b| a.0 < b.0));
        }
        let days = solved(738_000.0, 738_090.0, true, 30.5, &|day| certain(day - 738_000.0));
        let Outcome::Root(root) = days.outcome else { panic!("{days:?}") };
        assert!(root.value == 738_030.0 || root.value == 738_031.0);
    }

    #[test]
    fn what_is_out_of_reach_or_crossed_twice_is_told() {
        assert_eq!(solved(0.0, 1.0, false, 2.0, &certain).outcome, Outcome::OutOfReach);
        let twice = solved(-2.0, 2.0, false, 1.0, &|x| certain(x * x)).outcome;
        assert_eq!(twice, Outcome::Several(vec![(-1.5, -1.0), (1.0, 1.5)]));
    }

    #[test]
    fn an_interval_that_leaves_the_range_is_open() {
        let found = solved(0.0, 1.0, false, 0.05, &|x| Measured { value: x, error: 0.1 });
        let Outcome::Root(root) = found.outcome else { panic!("{found:?}") };
        assert_eq!(root.low, None);
        assert!((root.high.expect("in range") - 0.246).abs() < 0.01, "{root:?}");
    }
}
