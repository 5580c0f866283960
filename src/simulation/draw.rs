//! One draw before a path's first day: a quantity or a date.
//!
//! A draw belongs to the name of what is drawn, so that a scenario in which another event or another
//! random parameter is added gives every path the luck it had before.

use crate::model::Real;
use crate::random::{AddressedStream, uniform};
use crate::scenario::{Distribution, Quantity, When};
use jiff::ToSpan;
use jiff::civil::Date;
use rand::TryRng;
use rand_distr::Distribution as _;

/// The day under which draws made before the first day are addressed.
const BEFORE_THE_FIRST_DAY: u32 = u32::MAX;

/// What the paths of a run draw once under a name.
#[derive(Clone, Copy)]
pub struct Draws {
    seed: u64,
    /// The hash of the name, in the half of the days that no simulated day reaches.
    day: u32,
}

impl Draws {
    /// The draws of a run under a name.
    pub fn named(seed: u64, name: &str) -> Draws {
        Draws { seed, day: BEFORE_THE_FIRST_DAY ^ fingerprint(name) }
    }

    fn stream(&self, path: u64) -> AddressedStream {
        AddressedStream::new(self.seed, path, self.day, 0)
    }

    /// The value of a distribution on a path.
    pub fn value(&self, distribution: &Distribution, path: u64) -> f64 {
        sample(distribution, &mut self.stream(path))
    }

    /// The date on a path.
    pub fn date(&self, when: &When, path: u64) -> Date {
        let u = || next_uniform(&mut self.stream(path));
        match when {
            When::On(date) => *date,
            When::Between(first, last) => {
                let days = (*last - *first).get_days();
                let after = (u() * f64::from(days + 1)) as i32;
                first.saturating_add(after.days())
            }
            When::OneOf(dates, weights) => dates[choose(weights, u())],
        }
    }
}

/// The FNV-1a hash of a name, 31 bits: the top half of the days belongs to draws by name.
fn fingerprint(name: &str) -> u32 {
    let hash = name.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash >> 1
}

/// The value of a quantity on a path.
pub fn draw_quantity(quantity: &Quantity, seed: u64, path: u64, name: &str) -> f64 {
    match quantity {
        Quantity::Fixed(value) => *value,
        Quantity::Random(distribution) => Draws::named(seed, name).value(distribution, path),
    }
}

/// A draw from a distribution.
fn sample(distribution: &Distribution, stream: &mut AddressedStream) -> f64 {
    match distribution {
        Distribution::Normal { mean, sd } => mean + sd * standard_normal(stream),
        Distribution::Lognormal { median, sigma } => median * Real::exp(sigma * standard_normal(stream)),
        Distribution::Uniform { low, high } => low + (high - low) * next_uniform(stream),
        Distribution::Triangular { low, mode, high } => {
            let u = next_uniform(stream);
            let (rising, falling, width) = (mode - low, high - mode, high - low);
            if u * width < rising {
                low + (u * width * rising).sqrt()
            } else {
                high - ((1.0 - u) * width * falling).sqrt()
            }
        }
        Distribution::StudentT { centre, scale, degrees } => {
            let student = rand_distr::StudentT::new(*degrees).expect("degrees of freedom are checked when read");
            centre + scale * student.sample(stream)
        }
        Distribution::Choice { values, weights } => values[choose(weights, next_uniform(stream))],
    }
}

fn standard_normal(stream: &mut AddressedStream) -> f64 {
    let (first, second) = (next_word(stream), next_word(stream));
    f64::from(crate::random::box_muller(first, second)[0])
}

fn next_uniform(stream: &mut AddressedStream) -> f64 {
    uniform(next_word(stream))
}

fn next_word(stream: &mut AddressedStream) -> u32 {
    let Ok(word) = stream.try_next_u32();
    word
}

/// The position that `u` falls on when the unit interval is divided by weights that sum to one.
fn choose(weights: &[f64], u: f64) -> usize {
    let mut reached = 0.0;
    for (position, weight) in weights.iter().enumerate() {
        reached += weight;
        if u < reached {
            return position;
        }
    }
    weights.len() - 1
}
