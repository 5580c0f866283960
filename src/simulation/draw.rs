//! One draw before a path's first day: a quantity or a date.
//!
//! A draw belongs to the name of what is drawn, so that a scenario in which another event or another
//! random parameter is added gives every path the luck it had before.

use super::luck::TileLuck;
use crate::model::Real;
use crate::random::{AddressedStream, box_muller, normal_quantile, uniform};
use crate::scenario::{Distribution, Quantity, When};
use jiff::ToSpan;
use jiff::civil::Date;
use rand::TryRng;
use rand_distr::Distribution as _;

/// The day under which draws made before the first day are addressed.
const BEFORE_THE_FIRST_DAY: u32 = u32::MAX;

/// The luck of one path with what has a name.
pub enum LaneLuck {
    /// The words at its address, the first of which an evenly spread one may replace.
    Drawn { even: Option<u32>, stream: AddressedStream },
    /// The middle of whatever is drawn: its median.
    Middle,
}

impl LaneLuck {
    /// The luck of a path with what has a name, by the fingerprint of the name.
    pub fn new(seed: u64, path: u64, name: u32, even: Option<u32>) -> LaneLuck {
        LaneLuck::Drawn { even, stream: AddressedStream::new(seed, path, BEFORE_THE_FIRST_DAY ^ name, 0) }
    }

    fn uniform(&mut self) -> f64 {
        match self {
            LaneLuck::Drawn { even, stream } => uniform(even.unwrap_or_else(|| next_word(stream))),
            LaneLuck::Middle => 0.5,
        }
    }

    fn standard_normal(&mut self) -> f64 {
        match self {
            LaneLuck::Drawn { even: Some(word), .. } => normal_quantile(*word),
            LaneLuck::Drawn { even: None, stream } => f64::from(box_muller(next_word(stream), next_word(stream))[0]),
            LaneLuck::Middle => 0.0,
        }
    }

    /// Student's t, drawn by rejection, which takes any number of words: never evenly spread.
    fn student_t(&mut self, degrees: f64) -> f64 {
        let student = rand_distr::StudentT::new(degrees).expect("degrees of freedom are checked when read");
        match self {
            LaneLuck::Drawn { stream, .. } => student.sample(stream),
            LaneLuck::Middle => 0.0,
        }
    }
}

/// The FNV-1a hash of a name, 31 bits: the top half of the days belongs to draws by name.
pub fn fingerprint(name: &str) -> u32 {
    let hash = name.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash >> 1
}

/// The value of a quantity on every path of a tile.
pub fn draw_quantity<const N: usize>(quantity: &Quantity, luck: &TileLuck<'_, N>, name: &str) -> [f64; N] {
    match quantity {
        Quantity::Fixed(value) => [*value; N],
        Quantity::Random(distribution) => luck.draw(name, |lane| sample(distribution, lane)),
    }
}

/// A draw from a distribution.
fn sample(distribution: &Distribution, luck: &mut LaneLuck) -> f64 {
    match distribution {
        Distribution::Normal { mean, sd } => mean + sd * luck.standard_normal(),
        Distribution::Lognormal { median, sigma } => median * Real::exp(sigma * luck.standard_normal()),
        Distribution::Uniform { low, high } => low + (high - low) * luck.uniform(),
        Distribution::Triangular { low, mode, high } => {
            let u = luck.uniform();
            let (rising, falling, width) = (mode - low, high - mode, high - low);
            if u * width < rising {
                low + (u * width * rising).sqrt()
            } else {
                high - ((1.0 - u) * width * falling).sqrt()
            }
        }
        Distribution::StudentT { centre, scale, degrees } => centre + scale * luck.student_t(*degrees),
        Distribution::Choice { values, weights } => values[choose(weights, luck.uniform())],
    }
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

/// The date on every path of a tile.
pub fn draw_date<const N: usize>(when: &When, luck: &TileLuck<'_, N>, name: &str) -> [Date; N] {
    match when {
        When::On(date) => [*date; N],
        When::Between(first, last) => {
            let days = (*last - *first).get_days();
            luck.draw(name, |lane| first.saturating_add(((lane.uniform() * f64::from(days + 1)) as i32).days()))
        }
        When::OneOf(dates, weights) => luck.draw(name, |lane| dates[choose(weights, lane.uniform())]),
    }
}
