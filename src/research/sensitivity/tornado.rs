//! A tornado: what each factor does alone from low to high, the widest on top.
//!
//! One factor at a time says nothing of interactions (Saltelli and Annoni 2010, *Environmental Modelling & Software*
//! 25, 1508–1517), but can be read at a glance (Eschenbach 1992, *Interfaces* 22(6), 40–46).

use super::error::SensitivityError;
use crate::statistics::NORMAL_95;

/// The bars of a tornado.
#[derive(Clone, Debug, PartialEq)]
pub struct Tornado {
    /// The output with every factor in the middle.
    pub middle: f64,
    /// The widest first; of equal ones, in the order of the factors.
    pub bars: Vec<Bar>,
}

/// What a factor does to an output.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// Its place among the factors.
    pub factor: usize,
    /// The output where it is low, all others in the middle.
    pub low: f64,
    /// The output where it is high.
    pub high: f64,
    /// Monte Carlo errors, if the outputs have any.
    pub errors: Option<BarErrors>,
}

/// Standard errors of differences, as paths on common draws give them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BarErrors {
    /// Of the output where the factor is low less that in the middle.
    pub low: f64,
    /// Of the output where it is high less that in the middle.
    pub high: f64,
    /// Of the output where it is high less that where it is low.
    pub swing: f64,
}

impl Tornado {
    /// From the outputs at the points of [`one_at_a_time`](crate::research::designs::one_at_a_time), in its order, and
    /// the errors of every factor's differences, if they have any.
    ///
    /// # Errors
    /// If outputs are not one for each point, or errors not one for each factor, or an output is not finite, or no
    /// factor does anything.
    pub fn of(outputs: &[f64], errors: Option<&[BarErrors]>) -> Result<Tornado, SensitivityError> {
        let Some((&middle, moved)) = outputs.split_first().filter(|(_, moved)| moved.len().is_multiple_of(2)) else {
            return Err(SensitivityError::Ends(outputs.len()));
        };
        if let Some(errors) = errors.filter(|errors| 2 * errors.len() != moved.len()) {
            return Err(SensitivityError::Points { outputs: 2 * errors.len() + 1, points: outputs.len() });
        }
        if let Some(row) = outputs.iter().position(|output| !output.is_finite()) {
            return Err(SensitivityError::NotFinite(row));
        }
        let bar = |(factor, ends): (usize, &[f64])| Bar {
            factor,
            low: ends[0],
            high: ends[1],
            errors: errors.map(|errors| errors[factor]),
        };
        let mut bars: Vec<Bar> = moved.chunks(2).enumerate().map(bar).collect();
        bars.sort_by(|a, b| b.width(middle).total_cmp(&a.width(middle)));
        match bars.first().is_some_and(|widest| widest.width(middle) > 0.0) {
            true => Ok(Tornado { middle, bars }),
            false => Err(SensitivityError::Constant(middle)),
        }
    }
}

impl Bar {
    /// How far the output moves as the factor goes from low to high.
    pub fn swing(&self) -> f64 {
        self.high - self.low
    }

    /// The lowest and the highest of the three outputs, which is more than the swing if both ends lie on one side of
    /// `middle`.
    pub fn ends(&self, middle: f64) -> (f64, f64) {
        (self.low.min(self.high).min(middle), self.low.max(self.high).max(middle))
    }

    fn width(&self, middle: f64) -> f64 {
        let (lowest, highest) = self.ends(middle);
        highest - lowest
    }

    /// Whether the factor does anything that luck does not explain: one of the three differences is beyond its 95 %
    /// interval around nothing. Without errors, whether there is any difference.
    pub fn stands_out(&self, middle: f64) -> bool {
        let BarErrors { low, high, swing } = self.errors.unwrap_or(BarErrors { low: 0.0, high: 0.0, swing: 0.0 });
        let differences = [(self.low - middle, low), (self.high - middle, high), (self.swing(), swing)];
        differences.iter().any(|(difference, error)| difference.abs() > NORMAL_95 * error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::research::designs::one_at_a_time;

    #[test]
    fn bars_are_sorted_by_what_the_output_covers() {
        // 4 x₀ + 10 (x₁ − ½)² − x₂, from 0 to 1: 2 to either side, 2.5 upward at both ends, ½ to either side.
        let f = |x: &[f64]| 4.0 * x[0] + 10.0 * (x[1] - 0.5).powi(2) - x[2];
        let outputs: Vec<f64> = one_at_a_time(3, 0.0, 1.0).unwrap().iter().map(|x| f(x)).collect();
        let found = Tornado::of(&outputs, None).unwrap();
        assert_eq!(found.middle, 1.5);
        let bars: Vec<_> = found.bars.iter().map(|bar| (bar.factor, bar.swing(), bar.ends(1.5))).collect();
        assert_eq!(bars, [(0, 4.0, (-0.5, 3.5)), (1, 0.0, (1.5, 4.0)), (2, -1.0, (1.0, 2.0))]);
        assert!(found.bars.iter().all(|bar| bar.stands_out(1.5)));
    }

    #[test]
    fn a_bar_within_its_errors_does_not_stand_out() {
        let errors = [BarErrors { low: 0.5, high: 0.5, swing: 0.7 }, BarErrors { low: 0.5, high: 0.5, swing: 0.3 }];
        let found = Tornado::of(&[10.0, 9.4, 10.7, 9.6, 10.3], Some(&errors)).unwrap();
        let stand_out: Vec<_> = found.bars.iter().map(|bar| (bar.factor, bar.stands_out(10.0))).collect();
        // 1.3 against 1.96 · 0.7 = 1.37, and 0.7 against 1.96 · 0.3 = 0.59.
        assert_eq!(stand_out, [(0, false), (1, true)]);
        assert_eq!(found.bars[1].errors, Some(errors[1]));
    }

    #[test]
    fn what_is_no_tornado_is_refused() {
        assert_eq!(Tornado::of(&[], None), Err(SensitivityError::Ends(0)));
        assert_eq!(Tornado::of(&[1.0, 2.0], None), Err(SensitivityError::Ends(2)));
        assert_eq!(Tornado::of(&[3.0; 5], None), Err(SensitivityError::Constant(3.0)));
        assert_eq!(Tornado::of(&[3.0], None), Err(SensitivityError::Constant(3.0)));
        assert_eq!(Tornado::of(&[1.0, f64::NAN, 2.0], None), Err(SensitivityError::NotFinite(1)));
        assert!(matches!(Tornado::of(&[1.0, 2.0, 3.0], Some(&[])), Err(SensitivityError::Points { .. })));
    }
}
