//! A column read back: how its paths lie along the line, and what that says of quantiles.

use super::bins::{BINS, Bins, is_at};
use super::column::Column;
use super::distribution::Distribution;
use super::exact::Kept;
use super::quantiles::{PUBLISHED, quantile_by_ranks, standard_error};

/// Paths that lie evenly between two values, or all at one.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Piece {
    low: f64,
    high: f64,
    /// Paths before this piece.
    before: u64,
    /// Paths in it.
    paths: u64,
    /// The farthest that a path may really lie from where it is taken to lie.
    bound: f64,
}

/// How the paths of a column lie along the line.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    pieces: Vec<Piece>,
    paths: u64,
    lowest: f64,
    highest: f64,
}

impl Histogram {
    /// The histogram of a column, of which a second pass may have kept the values of some bins.
    pub(super) fn of(bins: &Bins, counts: &[u32; BINS], column: &Column, kept: Option<(&Kept, usize)>) -> Histogram {
        let (lowest, highest) = (column.lowest, column.highest);
        let mut atoms: Vec<(usize, (f64, u64))> = bins
            .atoms
            .iter()
            .zip(&column.atoms)
            .filter(|(_, times)| **times > 0)
            .map(|(value, times)| (bins.bin_of(*value), (*value, u64::from(*times))))
            .collect();
        atoms.sort_unstable_by(|(_, a), (_, b)| a.0.total_cmp(&b.0));
        // An atom may part its bin.
        let most = counts.iter().filter(|paths| **paths > 0).count() + 2 * atoms.len();
        let mut histogram = Histogram { pieces: Vec::with_capacity(most), paths: 0, lowest, highest };
        let edges = bins.inner_edges();
        let edge = |number: usize| edges.get(number).map_or(highest, |edge| edge.clamp(lowest, highest));
        let last = bins.bin_of(f64::INFINITY);
        let mut values = kept.map_or(&[][..], |(kept, column)| kept.values(column));
        for (bin, &paths) in counts.iter().enumerate().filter(|(_, paths)| **paths > 0) {
            let low = if bin == 0 { lowest } else { edge(bin - 1) };
            let high = if bin == last { highest } else { edge(bin) };
            let atoms = atoms.iter().filter(|(of, _)| *of == bin).map(|(_, atom)| *atom);
            let rest = u64::from(paths) - atoms.clone().map(|(_, times)| times).sum::<u64>();
            if kept.is_some_and(|(kept, column)| kept.holds(column, bin)) {
                let (own, others) = values.split_at(values.partition_point(|v| bins.bin_of(*v) <= bin));
                values = others;
                // What is not kept stands at a single point.
                let at_point = rest - own.len() as u64;
                let mut apart: Vec<(f64, u64)> = atoms.collect();
                apart.extend(bins.point(bin).map(|point| (point, at_point)));
                apart.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
                histogram.add_values(own, &apart);
            } else {
                histogram.add_bin(atoms, bins.point(bin), (low, high), rest);
            }
        }
        histogram
    }

    /// Adds a bin of which every value is known, besides those that stand often at one place.
    fn add_values(&mut self, values: &[f64], often: &[(f64, u64)]) {
        let mut left = values;
        for &(atom, times) in often {
            let (below, above) = left.split_at(left.partition_point(|value| *value < atom));
            left = above;
            below.iter().for_each(|&value| self.add(value, value, 1, 0.0));
            self.add(atom, atom, times, 0.0);
        }
        left.iter().for_each(|&value| self.add(value, value, 1, 0.0));
    }

    /// Adds a bin of `rest` paths besides its atoms.
    fn add_bin(
        &mut self,
        atoms: impl Iterator<Item = (f64, u64)>,
        point: Option<f64>,
        (low, high): (f64, f64),
        mut rest: u64,
    ) {
        let mut from = low;
        for (value, times) in atoms {
            // Paths off the atom lie evenly on both its sides; at an end of the bin, on the one there is.
            let share = if high > from { ((value - from) / (high - from)).clamp(0.0, 1.0) } else { 0.0 };
            let below = (rest as f64 * share).round() as u64;
            let certain = rest == 0 || is_at(value, low) || is_at(value, high);
            rest -= below;
            self.add(from, value, below, high - low);
            self.add(value, value, times, if certain { 0.0 } else { high - low });
            from = value;
        }
        match point {
            Some(point) if (from..=high).contains(&point) => self.add(point, point, rest, high - low),
            _ => self.add(from, high, rest, high - low),
        }
    }

    fn add(&mut self, low: f64, high: f64, paths: u64, bound: f64) {
        if paths > 0 {
            self.pieces.push(Piece { low, high, before: self.paths, paths, bound });
            self.paths += paths;
        }
    }

    /// Number of paths.
    pub fn paths(&self) -> u64 {
        self.paths
    }

    /// Lowest value.
    pub fn lowest(&self) -> f64 {
        self.lowest
    }

    /// Highest value.
    pub fn highest(&self) -> f64 {
        self.highest
    }

    /// How many paths lie below `value`, those within its bin taken to lie evenly.
    pub fn below(&self, value: f64) -> f64 {
        let after = self.pieces.partition_point(|piece| piece.high < value);
        self.pieces.get(after).map_or(self.paths as f64, |piece| {
            let share = if piece.high > piece.low { (value - piece.low) / (piece.high - piece.low) } else { 0.0 };
            piece.before as f64 + piece.paths as f64 * share.clamp(0.0, 1.0)
        })
    }

    fn piece_of(&self, rank: u64) -> &Piece {
        &self.pieces[self.pieces.partition_point(|piece| piece.before <= rank) - 1]
    }

    /// The value of a rank, of which the lowest is 0.
    fn order_statistic(&self, rank: u64) -> f64 {
        let piece = self.piece_of(rank);
        let share = ((rank - piece.before) as f64 + 0.5) / piece.paths as f64;
        piece.low + (piece.high - piece.low) * share
    }

    /// A quantile, as of [`super::quantiles`].
    pub fn quantile(&self, probability: f64) -> f64 {
        quantile_by_ranks(self.paths, probability, |rank| self.order_statistic(rank))
    }

    /// How far a quantile may be off.
    fn bound(&self, probability: f64) -> f64 {
        let rank = (probability * (self.paths - 1) as f64).floor() as u64;
        f64::max(self.piece_of(rank).bound, self.piece_of((rank + 1).min(self.paths - 1)).bound)
    }

    /// The distribution, of which mean and standard deviation are known otherwise.
    pub fn distribution(&self, (mean, sd): (f64, f64)) -> Distribution {
        let at = |probability| self.quantile(probability);
        Distribution {
            mean,
            sd,
            quantiles: PUBLISHED.map(at),
            paths: self.paths,
            bounds: PUBLISHED.map(|probability| self.bound(probability)),
            standard_errors: PUBLISHED.map(|probability| standard_error(self.paths, probability, at)),
        }
    }
}
