//! Whether indices are told well enough to be read.
//!
//! Sarrazin, Pianosi and Wagener (2016, *Environmental Modelling & Software* 79, 135–152) judge the indices of a design
//! by the widest of their bootstrap intervals, and ask for 0.05 of the variance from end to end before values are
//! quoted. They find that which factors matter, and in what order, settles with far fewer points. That is what indices
//! are read for here: they are called converged once no 95 % interval, of first order or total, is wider than [`WIDE`]
//! to either side on average. To come down to 0.05 from end to end takes sixteen times as many points.

use crate::statistics::scores::Estimate;

/// Half the width of an interval beyond which indices are not converged, as a share of variance.
pub const WIDE: f64 = 0.1;

/// An index of a factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Index {
    /// What it does alone.
    First,
    /// What it does alone and with others.
    Total,
}

/// The index that is told worst.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Widest {
    /// Place of its factor.
    pub factor: usize,
    /// Which of its indices.
    pub index: Index,
    /// Half the width of its interval.
    pub half_width: f64,
}

impl Widest {
    /// The worst told of all factors' indices; none if there are no factors.
    pub(super) fn of(first: &[Estimate], total: &[Estimate]) -> Option<Widest> {
        let widths = |index, estimates: &[Estimate]| {
            let width = |(factor, estimate): (usize, &Estimate)| Widest {
                factor,
                index,
                half_width: (estimate.high - estimate.low) / 2.0,
            };
            estimates.iter().enumerate().map(width).collect::<Vec<_>>()
        };
        let all = [widths(Index::First, first), widths(Index::Total, total)].concat();
        all.into_iter().max_by(|a, b| a.half_width.total_cmp(&b.half_width))
    }

    /// Whether even this one is narrow enough.
    pub fn is_converged(&self) -> bool {
        self.half_width <= WIDE
    }

    /// How many times as many points would make it narrow enough, as the width falls with the square root of their
    /// number; at least one.
    pub fn points_wanted(&self) -> f64 {
        (self.half_width / WIDE).powi(2).max(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widest_interval_of_all_decides() {
        let to = |low, high| Estimate { value: 0.3, low, high };
        let first = [to(0.2, 0.3), to(0.1, 0.2)];
        let narrow = Widest::of(&first, &[to(0.25, 0.4), to(0.2, 0.25)]).unwrap();
        assert_eq!((narrow.factor, narrow.index), (0, Index::Total));
        assert!(narrow.is_converged() && narrow.points_wanted() == 1.0);
        let wide = Widest::of(&first, &[to(0.25, 0.4), to(0.2, 0.6)]).unwrap();
        assert_eq!((wide.factor, wide.index), (1, Index::Total));
        assert!(!wide.is_converged() && (wide.points_wanted() - 4.0).abs() < 1e-12, "{wide:?}");
        let unknown = Widest::of(&[to(f64::NEG_INFINITY, f64::INFINITY)], &[to(0.1, 0.2)]).unwrap();
        assert!(!unknown.is_converged());
    }
}
