//! Parameters as the search sees them: unbounded, in units of the prior's standard deviation.
//!
//! ```text
//! x = low + (high − low) / (1 + e^(−u)),   u = u(c) + z sd u′(c)
//! ```
//!
//! c is the prior mean, moved half a standard deviation inside where it stands at a bound. Near c a step of one in z is one
//! standard deviation in x; no z leaves the bounds.

use crate::model::ParameterInfo;

/// A parameter to be fitted, with its prior.
#[derive(Clone, Copy, Debug)]
pub struct Coordinate {
    /// What is known of it.
    pub info: &'static ParameterInfo,
    /// Its position in the table of parameters.
    pub position: usize,
    /// Mean of the normal prior, in the parameter's unit.
    pub mean: f64,
    /// Standard deviation of the normal prior.
    pub sd: f64,
}

impl Coordinate {
    /// Where the scale of the search is set.
    fn centre(&self) -> f64 {
        let room = 0.5 * self.sd.min(self.info.high - self.info.low);
        self.mean.clamp(self.info.low + room, self.info.high - room)
    }

    fn logit(&self, x: f64) -> f64 {
        ((x - self.info.low) / (self.info.high - x)).ln()
    }

    /// Change of the logit for a standard deviation at the centre.
    fn logit_per_sd(&self) -> f64 {
        let centre = self.centre();
        self.sd * (1.0 / (centre - self.info.low) + 1.0 / (self.info.high - centre))
    }

    /// The parameter's value where the search stands at `z`.
    pub fn value(&self, z: f64) -> f64 {
        let u = self.logit(self.centre()) + z * self.logit_per_sd();
        self.info.low + (self.info.high - self.info.low) / (1.0 + (-u).exp())
    }

    /// Change of the value per unit of `z`.
    pub fn slope(&self, z: f64) -> f64 {
        let x = self.value(z);
        self.logit_per_sd() * (x - self.info.low) * (self.info.high - x) / (self.info.high - self.info.low)
    }

    /// Where the search stands at a value within the bounds.
    pub fn place(&self, x: f64) -> f64 {
        let hair = 1e-9 * (self.info.high - self.info.low);
        let inside = x.clamp(self.info.low + hair, self.info.high - hair);
        (self.logit(inside) - self.logit(self.centre())) / self.logit_per_sd()
    }

    /// Whether a value stands so close to a bound that the data would push it beyond.
    pub fn at_bound(&self, x: f64) -> bool {
        /// Distance, in standard deviations of the prior.
        const CLOSE: f64 = 0.02;
        (x - self.info.low).min(self.info.high - x) < CLOSE * self.sd
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PARAMETERS;

    #[test]
    fn no_place_of_the_search_leaves_the_bounds_and_a_unit_is_a_standard_deviation() {
        for (position, info) in PARAMETERS.iter().enumerate().filter(|(_, info)| info.prior_sd > 0.0) {
            let coordinate = Coordinate { info, position, mean: info.default, sd: info.prior_sd };
            for z in [-40.0, -3.0, 0.0, 3.0, 40.0] {
                assert!((info.low..=info.high).contains(&coordinate.value(z)), "{}", info.name);
            }
            let centre = coordinate.value(0.0);
            let quotient = (coordinate.value(1e-4) - coordinate.value(-1e-4)) / 2e-4;
            assert!((quotient - info.prior_sd).abs() < 1e-5 * info.prior_sd.max(1e-3), "{}", info.name);
            assert!(
                (coordinate.value(coordinate.place(centre)) - centre).abs() < 1e-6 * info.prior_sd,
                "{}",
                info.name
            );
        }
    }
}
