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

/// Where a once-per-path draw is addressed: run, path and the name of what is drawn.
#[derive(Clone, Copy)]
pub struct Address<'a> {
    seed: u64,
    path: u64,
    name: &'a str,
}

impl Address<'_> {
    fn stream(&self) -> AddressedStream {
        AddressedStream::new(self.seed, self.path, BEFORE_THE_FIRST_DAY ^ fingerprint(self.name), 0)
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
        Quantity::Random(distribution) => sample(distribution, &mut Address { seed, path, name }.stream()),
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
    crate::random::box_muller(first, second)[0]
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

/// The date on a path.
pub fn draw_date(when: &When, seed: u64, path: u64, name: &str) -> Date {
    let u = || next_uniform(&mut Address { seed, path, name }.stream());
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
