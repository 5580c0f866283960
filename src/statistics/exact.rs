//! Exact quantiles by a second pass over the same draws.
//!
//! The first pass tells in which bins the wanted ranks lie. The second, whose paths are the same to the last bit, keeps
//! the values of those bins alone, some percent of all, and sorting them gives what sorting everything would. Atoms are
//! known already; values within rounding of one are taken for it.

use super::bins::{BINS, Bins};
use super::follow::Follower;
use super::layout::Layout;
use super::quantiles::PUBLISHED;
use super::tally::{Account, Mergeable, Tally};
use crate::model::{FLOWS, Published, Real};
use rayon::prelude::*;
use std::sync::Arc;

/// One bit a bin.
type Wanted = [u64; BINS / 64];

/// The values of the bins that hold the published quantiles.
#[derive(Clone, Debug)]
pub struct Kept {
    layout: Arc<Layout>,
    wanted: Arc<Vec<Wanted>>,
    columns: Vec<KeptColumn>,
}

/// What is kept of a column.
#[derive(Clone, Debug, Default)]
pub(super) struct KeptColumn {
    /// Values off the atoms, ascending once all are there.
    values: Vec<f64>,
}

impl Kept {
    /// Nothing yet of the bins that `tally` asks for.
    pub fn begin(tally: &Tally) -> Kept {
        let columns = tally.layout().columns();
        let wanted = (0..columns).into_par_iter().map(|column| wanted(tally, column)).collect();
        Kept { layout: tally.layout().clone(), wanted: Arc::new(wanted), columns: vec![KeptColumn::default(); columns] }
    }

    /// How many values `tally` asks for.
    pub fn expected(&self, tally: &Tally) -> u64 {
        let of_column = |(column, wanted): (usize, &Wanted)| -> u64 {
            let counts = tally.counts_of(column).iter().enumerate();
            let bins = &self.layout.bins[column];
            let all: u64 = counts.filter(|(bin, _)| is_wanted(wanted, *bin)).map(|(_, &count)| u64::from(count)).sum();
            let atoms = bins.atoms.iter().zip(&tally.columns[column].atoms);
            let apart = atoms.filter(|(value, _)| is_wanted(wanted, bins.bin_of(**value)));
            all - apart.map(|(_, &times)| u64::from(times)).sum::<u64>()
        };
        self.wanted.iter().enumerate().map(of_column).sum()
    }

    /// Sorts what was kept.
    pub fn sort(&mut self) {
        self.columns.par_iter_mut().for_each(|column| column.values.sort_unstable_by(f64::total_cmp));
    }

    /// The values of a column, ascending.
    pub(super) fn values(&self, column: usize) -> &[f64] {
        &self.columns[column].values
    }

    /// Whether the values of a bin were kept.
    pub(super) fn holds(&self, column: usize, bin: usize) -> bool {
        is_wanted(&self.wanted[column], bin)
    }
}

impl KeptColumn {
    #[inline(always)]
    fn keep<T: Real, const N: usize>(&mut self, bins: &Bins, wanted: &Wanted, row: &[T; N], live: usize) {
        let mut x = [0.0; N];
        for i in 0..N {
            x[i] = row[i].to_f64();
        }
        // Atoms are known already.
        if bins.atoms.contains(&x[0]) && x.iter().all(|value| *value == x[0]) {
            return;
        }
        let steps = bins.steps(&x);
        for i in 0..live {
            let bin = bins.bin(steps[i]);
            if is_wanted(wanted, bin) && !bins.is_atom(x[i]) {
                self.values.push(x[i]);
            }
        }
    }
}

impl Account for Kept {
    #[inline(always)]
    fn count_day<T: Real, const N: usize>(&mut self, day: usize, published: &Published<T, N>, live: usize) {
        let first = self.layout.day_column(day, 0);
        self.layout.rows.each(published, |row, values| {
            let column = first + row;
            self.columns[column].keep(&self.layout.bins[column], &self.wanted[column], values, live);
        });
    }

    fn close<const N: usize>(&mut self, follower: &Follower<N>, flows: &[[f64; N]; FLOWS.len()], live: usize) {
        let first = self.layout.path_column(0);
        for (row, values) in follower.path_rows(flows).iter().enumerate() {
            let column = first + row;
            self.columns[column].keep(&self.layout.bins[column], &self.wanted[column], values, live);
        }
    }
}

impl Mergeable for Kept {
    fn merge(&mut self, mut other: Kept) {
        for (own, other) in self.columns.iter_mut().zip(&mut other.columns) {
            own.values.append(&mut other.values);
        }
    }
}

#[inline(always)]
fn is_wanted(wanted: &Wanted, bin: usize) -> bool {
    wanted[bin / 64 % (BINS / 64)] >> (bin % 64) & 1 == 1
}

/// The bins of a column that hold the two ranks of every published quantile.
fn wanted(tally: &Tally, column: usize) -> Wanted {
    let mut ranks: Vec<u64> = PUBLISHED
        .iter()
        .flat_map(|probability| {
            let last = tally.paths() - 1;
            let rank = (probability * last as f64).floor() as u64;
            [rank.min(last), (rank + 1).min(last)]
        })
        .collect();
    ranks.sort_unstable();
    let mut wanted = [0; BINS / 64];
    let mut through = 0;
    let mut next = ranks.into_iter().peekable();
    for (bin, &count) in tally.counts_of(column).iter().enumerate() {
        through += u64::from(count);
        while next.next_if(|rank| *rank < through).is_some() {
            wanted[bin / 64] |= 1 << (bin % 64);
        }
    }
    wanted
}
