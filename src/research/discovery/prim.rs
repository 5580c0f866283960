//! PRIM, the patient rule induction method: a box that shrinks slice by slice.
//!
//! Friedman and Fisher (1999, *Statistics and Computing* 9, 123–143). From the box around all points, the slice is cut
//! off, of a share α at the lower or upper end of a factor, that raises the share of hits most for each point lost,
//!
//! ```text
//! (h_new / n_new − h / n) / (n − n_new)
//! ```
//!
//! until none raises it or the box would hold too few points. Then slices are pasted on again, chosen in the same way
//! per point gained, as long as the share of hits rises. This objective, under which factors of a few levels are not
//! cut for their coarseness, is the default of ema_workbench (Kwakkel and Jaxa-Rozen 2016, *Environmental Modelling &
//! Software* 79, 311–321, "lenient1"); boxes here are those of its version 2.5.3. Of two slices that are equally good
//! the one is taken that leaves more factors free, then the one of the earlier factor, then the one at its upper end,
//! or when pasting, its lower.

use super::error::DiscoveryError;
use super::limits::{Limits, Restriction};
use super::search::Search;

/// How patient the search is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PrimSettings {
    /// Share of a box's points in the slice that is cut off, below a half.
    pub peel_alpha: f64,
    /// Share of the points beyond a limit in the slice that is pasted on, below a half.
    pub paste_alpha: f64,
    /// Share of all points that a box holds at least, below one.
    pub mass_min: f64,
}

impl Default for PrimSettings {
    /// 0.05 each, as in ema_workbench.
    fn default() -> PrimSettings {
        PrimSettings { peel_alpha: 0.05, paste_alpha: 0.05, mass_min: 0.05 }
    }
}

/// The boxes that were passed through, from the one around all points on.
#[derive(Clone, Debug, PartialEq)]
pub struct Prim {
    /// In the order in which they were found: each smaller than the last, and at the end perhaps some larger ones.
    pub trajectory: Vec<PrimBox>,
}

/// A box and what it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct PrimBox {
    /// Between which values each factor lies.
    pub limits: Limits,
    /// The factors that are limited more than all points are; as many as the box has restricted dimensions.
    pub restrictions: Vec<Restriction>,
    /// Points within.
    pub points: usize,
    /// Hits among them.
    pub hits: usize,
    /// Share of all hits that lie within.
    pub coverage: f64,
    /// Share of the points within that are hits.
    pub density: f64,
    /// The harmonic mean of coverage and density.
    pub harmonic_mean: f64,
    /// Share of all points that lie within.
    pub mass: f64,
}

impl Prim {
    /// Seeks the box of the points in `table`, one row a point and one column a factor, of which `hits` tells whether
    /// the outcome of interest occurred.
    ///
    /// # Errors
    /// If there is not one mark for each point, a coordinate is missing or not finite, all marks are the same, or a
    /// setting is out of bounds.
    pub fn peel(table: &[Vec<f64>], hits: &[bool], settings: &PrimSettings) -> Result<Prim, DiscoveryError> {
        settings.check()?;
        check(table, hits)?;
        let search = Search { table, hits, settings, around: Limits::around(table) };
        let mut trajectory = vec![search.around.clone()];
        search.follow(&mut trajectory, Search::peels, |old, new| new.points < old.points);
        search.follow(&mut trajectory, Search::pastes, |old, new| new.points > old.points);
        Ok(Prim { trajectory: trajectory.into_iter().map(|limits| search.describe(limits)).collect() })
    }

    /// The place of the box that is recommended: the one with the largest harmonic mean of coverage and density, and of
    /// equals the one with the fewest restrictions.
    pub fn recommended(&self) -> usize {
        let mut best = 0;
        for (place, found) in self.trajectory.iter().enumerate() {
            let against = &self.trajectory[best];
            let order = found.harmonic_mean.total_cmp(&against.harmonic_mean);
            if order.then(against.restrictions.len().cmp(&found.restrictions.len())).is_gt() {
                best = place;
            }
        }
        best
    }
}

impl PrimSettings {
    fn check(&self) -> Result<(), DiscoveryError> {
        let bounds = [
            ("the share peeled off", self.peel_alpha, 0.5),
            ("the share pasted on", self.paste_alpha, 0.5),
            ("the least mass", self.mass_min, 1.0),
        ];
        match bounds.into_iter().find(|&(_, value, below)| !(value > 0.0 && value < below)) {
            Some((name, value, below)) => Err(DiscoveryError::Setting { name, value, below }),
            None => Ok(()),
        }
    }
}

/// Whether there are points of the same finite factors, some of them hits and some not.
fn check(table: &[Vec<f64>], hits: &[bool]) -> Result<(), DiscoveryError> {
    if table.len() != hits.len() {
        return Err(DiscoveryError::Marks { points: table.len(), marks: hits.len() });
    }
    let factors = table.first().map_or(0, Vec::len);
    for (row, point) in table.iter().enumerate() {
        if point.is_empty() || point.len() != factors {
            return Err(DiscoveryError::Factors(row));
        }
        if point.iter().any(|x| !x.is_finite()) {
            return Err(DiscoveryError::NotFinite(row));
        }
    }
    match hits.iter().filter(|&&hit| hit).count() {
        0 => Err(DiscoveryError::Never(hits.len())),
        all if all == hits.len() => Err(DiscoveryError::Always(all)),
        _ => Ok(()),
    }
}
