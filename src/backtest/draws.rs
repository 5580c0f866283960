//! Uniforms for resampling, by address.

use crate::random::{uniform, words_at};

/// Seed of everything that is resampled in a backtest; any would do, but always the same.
const SEED: u64 = 2007;

/// The uniforms of one `purpose`: a function of the index alone, so that intervals are the same on any machine and do not
/// depend on what else is resampled.
pub fn uniforms(purpose: u32) -> impl Fn(u64) -> f64 + Copy {
    move |index| uniform(words_at(SEED, index, purpose, 0)[0])
}
