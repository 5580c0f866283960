//! A box: between which limits each factor lies.

/// The lowest and highest value of each factor, both within.
#[derive(Clone, Debug, PartialEq)]
pub struct Limits(pub Vec<(f64, f64)>);

/// What a box asks of a factor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Restriction {
    /// Its place.
    pub factor: usize,
    /// The value it is not to fall below, if there is one.
    pub low: Option<Limit>,
    /// The value it is not to exceed, if there is one.
    pub high: Option<Limit>,
}

/// One limit of a factor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limit {
    /// The value, within the box.
    pub value: f64,
    /// The probability that blind choice would have done as well as this limit: small where it means something.
    pub quasi_p: f64,
}

impl Limits {
    /// The smallest box that holds all points, of which there is at least one.
    pub(super) fn around(table: &[Vec<f64>]) -> Limits {
        let of = |factor: usize| {
            let values = table.iter().map(|point| point[factor]);
            values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)))
        };
        Limits((0..table[0].len()).map(of).collect())
    }

    /// Whether a point lies within or on the limits.
    pub fn holds(&self, point: &[f64]) -> bool {
        self.0.iter().zip(point).all(|(&(low, high), x)| (low..=high).contains(x))
    }

    /// The factors that are limited more than in a wider box.
    pub(super) fn restricted<'a>(&'a self, wider: &'a Limits) -> impl Iterator<Item = usize> + 'a {
        (0..self.0.len()).filter(|&factor| self.0[factor] != wider.0[factor])
    }

    /// The same box with another lower limit of a factor.
    pub(super) fn with_low(&self, factor: usize, low: f64) -> Limits {
        let mut limits = self.clone();
        limits.0[factor].0 = low;
        limits
    }

    /// The same box with another upper limit of a factor.
    pub(super) fn with_high(&self, factor: usize, high: f64) -> Limits {
        let mut limits = self.clone();
        limits.0[factor].1 = high;
        limits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_belong_to_the_box() {
        let table = [vec![0.0, 5.0], vec![1.0, 3.0], vec![0.5, 4.0]];
        let all = Limits::around(&table);
        assert_eq!(all, Limits(vec![(0.0, 1.0), (3.0, 5.0)]));
        assert!(table.iter().all(|point| all.holds(point)));
        let less = all.with_high(1, 4.0);
        assert_eq!(table.iter().map(|point| less.holds(point)).collect::<Vec<_>>(), [false, true, true]);
        assert_eq!(less.restricted(&all).collect::<Vec<_>>(), [1]);
        assert_eq!(less.with_low(0, 0.5).restricted(&all).collect::<Vec<_>>(), [0, 1]);
    }
}
