//! A column read back: how its paths lie along the line, and what that says of quantiles.

use super::bins::{BINS, Bins, is_at};
use super::column::Column;
use super::distribution::Distribution;
use super::exact::Kept;
use super::quantiles::{PUBLISHED, quantile_by_ranks, standard_error};

/// Paths between two values, or all at one.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Piece {
    low: f64,
    high: f64,
    /// By how much of their mean the density of its paths rises from the low end to the high one, in a line: from −2 to 2.
    rise: f64,
    /// Paths before this piece.
    before: u64,
    /// Paths in it.
    paths: u64,
    /// The farthest that a path may really lie from where it is taken to lie.
    bound: f64,
}

impl Piece {
    fn width(&self) -> f64 {
        self.high - self.low
    }

    fn density(&self) -> f64 {
        self.paths as f64 / self.width()
    }

    /// The share of its paths in a lower part of it, itself a share of its width.
    fn share_below(&self, part: f64) -> f64 {
        part - 0.5 * self.rise * part * (1.0 - part)
    }

    /// The part of its width below which a share of its paths lies.
    fn place_of(&self, share: f64) -> f64 {
        let start = 1.0 - 0.5 * self.rise;
        2.0 * share / (start + (start * start + 2.0 * self.rise * share).sqrt())
    }
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
                histogram.add_values(own, atoms);
            } else {
                histogram.add_bin(atoms, (low, high), rest);
            }
        }
        histogram.tilt();
        histogram
    }

    /// Tilts the density of every piece as those beside it suggest: a line through the mean, as steep as the harmonic mean of
    /// the differences to both sides, and level at an extreme (van Leer, 1974, Journal of Computational Physics 14, eq. 66).
    /// A kink or a pile in a neighbour so never makes it negative.
    fn tilt(&mut self) {
        for at in 1..self.pieces.len().saturating_sub(1) {
            let [left, piece, right] = [at - 1, at, at + 1].map(|at| self.pieces[at]);
            let spread = [left, piece, right].iter().all(|piece| piece.high > piece.low);
            if spread && left.high == piece.low && piece.high == right.low {
                let slope =
                    |from: Piece, to: Piece| 2.0 * (to.density() - from.density()) / (to.width() + from.width());
                let (before, after) = (slope(left, piece), slope(piece, right));
                if before * after > 0.0 {
                    let mean = 2.0 * before * after / (before + after);
                    self.pieces[at].rise = (mean * piece.width() / piece.density()).clamp(-2.0, 2.0);
                }
            }
        }
    }

    /// Adds a bin of which every value off its atoms is known.
    fn add_values(&mut self, values: &[f64], atoms: impl Iterator<Item = (f64, u64)>) {
        let mut left = values;
        for (atom, times) in atoms {
            let (below, above) = left.split_at(left.partition_point(|value| *value < atom));
            left = above;
            below.iter().for_each(|&value| self.add(value, value, 1, 0.0));
            self.add(atom, atom, times, 0.0);
        }
        left.iter().for_each(|&value| self.add(value, value, 1, 0.0));
    }

    /// Adds a bin of `rest` paths besides its atoms.
    fn add_bin(&mut self, atoms: impl Iterator<Item = (f64, u64)>, (low, high): (f64, f64), mut rest: u64) {
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
        self.add(from, high, rest, high - low);
    }

    fn add(&mut self, low: f64, high: f64, paths: u64, bound: f64) {
        if paths > 0 {
            self.pieces.push(Piece { low, high, rise: 0.0, before: self.paths, paths, bound });
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

    /// How many paths lie below `value`.
    pub fn below(&self, value: f64) -> f64 {
        let after = self.pieces.partition_point(|piece| piece.high < value);
        self.pieces.get(after).map_or(self.paths as f64, |piece| {
            let share = if piece.high > piece.low { (value - piece.low) / piece.width() } else { 0.0 };
            piece.before as f64 + piece.paths as f64 * piece.share_below(share.clamp(0.0, 1.0))
        })
    }

    fn piece_of(&self, rank: u64) -> &Piece {
        &self.pieces[self.pieces.partition_point(|piece| piece.before <= rank) - 1]
    }

    /// The value of a rank, of which the lowest is 0.
    fn order_statistic(&self, rank: u64) -> f64 {
        let piece = self.piece_of(rank);
        let share = ((rank - piece.before) as f64 + 0.5) / piece.paths as f64;
        piece.low + piece.width() * piece.place_of(share)
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Pieces of a width of one, side by side, with so many paths each.
    fn side_by_side(paths: &[u64]) -> Histogram {
        let mut histogram = Histogram { pieces: Vec::new(), paths: 0, lowest: 0.0, highest: paths.len() as f64 };
        paths.iter().enumerate().for_each(|(at, &paths)| histogram.add(at as f64, at as f64 + 1.0, paths, 1.0));
        histogram.tilt();
        histogram
    }

    /// Of a density that rises in a line, F(x) = (x / 8)² on 0 to 8, a quantile is 8√p: exactly, but in the first and the
    /// last piece, which have a neighbour on one side only.
    #[test]
    fn quantiles_of_a_density_in_a_line_are_exact() {
        let histogram = side_by_side(&[1, 3, 5, 7, 9, 11, 13, 15].map(|odd| odd * 1_000_000));
        for probability in [0.05, 0.1, 0.25, 0.5, 0.75] {
            let (read, exact) = (histogram.quantile(probability), 8.0 * f64::sqrt(probability));
            assert!((read - exact).abs() < 1e-6, "{read} for {exact}");
        }
    }

    proptest! {
        #[test]
        fn ranks_and_values_are_each_others_inverse(paths in prop::collection::vec(1_u64..200, 1..40)) {
            let histogram = side_by_side(&paths);
            let values: Vec<f64> = (0..histogram.paths()).map(|rank| histogram.order_statistic(rank)).collect();
            prop_assert!(values.is_sorted());
            for (rank, value) in values.into_iter().enumerate() {
                prop_assert!((histogram.below(value) - (rank as f64 + 0.5)).abs() < 1e-6);
            }
        }
    }
}
