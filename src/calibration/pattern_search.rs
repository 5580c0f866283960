//! A minimum of a function that is dear and uneven: one coordinate after the other, and then the way all of them went.
//!
//! Hooke and Jeeves (1961, *“Direct Search” Solution of Numerical and Statistical Problems*, Journal of the ACM 8): exploratory
//! moves, then a pattern move that repeats what they came to. Each coordinate has its own step, which grows where it leads down,
//! turns with the direction in which it did, and halves where neither direction does (Rosenbrock 1960, *An Automatic Method for
//! Finding the Greatest or Least Value of a Function*, Computer Journal 3).

/// By how much a step grows that led down.
const LONGER: f64 = 1.3;

/// By how much a step shrinks that led nowhere.
const SHORTER: f64 = 0.5;

/// A search between two of its rounds: all that it needs to go on.
#[derive(Clone, Debug, PartialEq)]
pub struct PatternSearch {
    /// The best place so far.
    pub place: Vec<f64>,
    /// The value there.
    pub value: f64,
    /// The next step of each coordinate, with its direction.
    pub steps: Vec<f64>,
    /// Rounds carried out.
    pub rounds: u64,
}

impl PatternSearch {
    /// A search that starts at a place, with the same step for every coordinate.
    pub fn start(objective: &dyn Fn(&[f64]) -> f64, place: Vec<f64>, step: f64) -> PatternSearch {
        let value = comparable(objective(&place));
        PatternSearch { steps: vec![step; place.len()], place, value, rounds: 0 }
    }

    /// Moves every coordinate once, and then all together; what does not lead down by `least` is not taken. `moved` is
    /// called after each coordinate.
    pub fn round(&mut self, objective: &dyn Fn(&[f64]) -> f64, least: f64, moved: &dyn Fn()) {
        let base = self.place.clone();
        for coordinate in 0..self.place.len() {
            let step = self.steps[coordinate];
            let taken = [step, -step].into_iter().find(|by| {
                let mut place = self.place.clone();
                place[coordinate] += by;
                self.take_if_lower(objective, place, least)
            });
            self.steps[coordinate] = taken.map_or(SHORTER * step, |by| LONGER * by);
            moved();
        }
        if self.place != base {
            let ahead = self.place.iter().zip(&base).map(|(now, then)| now + (now - then)).collect();
            self.take_if_lower(objective, ahead, least);
        }
        self.rounds += 1;
    }

    fn take_if_lower(&mut self, objective: &dyn Fn(&[f64]) -> f64, place: Vec<f64>, least: f64) -> bool {
        let value = comparable(objective(&place));
        let lower = value < self.value - least;
        if lower {
            (self.place, self.value) = (place, value);
        }
        lower
    }
}

/// What cannot be compared is worse than anything.
fn comparable(value: f64) -> f64 {
    if value.is_nan() { f64::INFINITY } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn searched(objective: &dyn Fn(&[f64]) -> f64, start: &[f64], rounds: usize) -> PatternSearch {
        let mut search = PatternSearch::start(objective, start.to_vec(), 0.5);
        for _ in 0..rounds {
            search.round(objective, 0.0, &|| ());
        }
        search
    }

    /// Rosenbrock (1960): the valley that bends, from (−1.2, 1) to (1, 1).
    #[test]
    fn rosenbrocks_valley() {
        let of = |x: &[f64]| 100.0 * (x[1] - x[0] * x[0]).powi(2) + (1.0 - x[0]).powi(2);
        let found = searched(&of, &[-1.2, 1.0], 3000);
        assert!((found.place[0] - 1.0).abs() < 1e-3 && (found.place[1] - 1.0).abs() < 2e-3, "{found:?}");
    }

    /// Moré, Garbow and Hillstrom (1981, ACM TOMS 7), problem 13: Powell's singular function, zero at the origin.
    #[test]
    fn powells_singular_function() {
        let of = |x: &[f64]| {
            (x[0] + 10.0 * x[1]).powi(2)
                + 5.0 * (x[2] - x[3]).powi(2)
                + (x[1] - 2.0 * x[2]).powi(4)
                + 10.0 * (x[0] - x[3]).powi(4)
        };
        let found = searched(&of, &[3.0, -1.0, 0.0, 1.0], 3000);
        assert!(found.value < 1e-4, "{found:?}");
    }

    #[test]
    fn a_search_stopped_between_rounds_ends_where_the_whole_one_does() {
        let of = |x: &[f64]| (x[0] - 3.0).powi(2) + (x[0] * x[1] - 2.0).abs();
        let whole = searched(&of, &[0.3, 0.4], 40);
        let mut stopped = searched(&of, &[0.3, 0.4], 17);
        (0..23).for_each(|_| stopped.round(&of, 0.0, &|| ()));
        assert_eq!(whole, stopped);
    }

    #[test]
    fn what_cannot_be_computed_is_not_entered() {
        let of = |x: &[f64]| if x[0] < 1.0 { f64::NAN } else { x[0] };
        let found = searched(&of, &[4.0], 200);
        assert!((found.value - 1.0).abs() < 1e-6, "{found:?}");
    }
}
