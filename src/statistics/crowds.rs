//! Values on which several paths of the pilot stand: purchases that begin on one day or another, a policy rate.
//!
//! Paths are scattered into buckets by their steps, and in each they vote for the value that leads there or against it, so
//! that one on which more than half of them stand remains: Boyer and Moore (1981), *MJRTY, a fast majority vote algorithm*.

use super::bins::is_at;
use std::cmp::Reverse;

/// Paths that are several: of draws in single precision two may be alike by chance.
const SEVERAL: u16 = 3;

/// So many that a path of the pilot shares its bucket with one other, by and large.
const BUCKETS: usize = 1 << BUCKET_BITS;

const BUCKET_BITS: u32 = 10;

/// The values of a sample on which several paths stand, the fullest first, given the step of each path.
///
/// One that shares its bucket with as many others is missed.
pub(super) fn crowded(sample: &[f64], steps: &[u16]) -> Vec<f64> {
    let (mut leading, mut lead) = ([f64::NAN; BUCKETS], [0_u16; BUCKETS]);
    for (&step, &own) in steps.iter().zip(sample) {
        let bucket = bucket_of(step);
        let open = lead[bucket] == 0;
        let votes_for = open | is_at(leading[bucket], own);
        leading[bucket] = if open { own } else { leading[bucket] };
        lead[bucket] = lead[bucket].wrapping_add(if votes_for { 1 } else { u16::MAX });
    }
    // Where nothing won a second vote, which is most columns, there is no need to ask who stands there.
    if lead.iter().all(|&lead| lead < 2) {
        return Vec::new();
    }
    let mut paths = [0; BUCKETS];
    for (&step, &own) in steps.iter().zip(sample) {
        let bucket = bucket_of(step);
        paths[bucket] += u16::from(is_at(leading[bucket], own));
    }
    let mut several: Vec<usize> = (0..BUCKETS).filter(|&bucket| paths[bucket] >= SEVERAL).collect();
    several.sort_by_key(|&bucket| Reverse(paths[bucket]));
    several.into_iter().map(|bucket| leading[bucket]).collect()
}

/// Values that are evenly apart do not meet in one: 40,503 is 2¹⁶ over the golden ratio (Knuth, *Sorting and Searching*,
/// section 6.4).
fn bucket_of(step: u16) -> usize {
    usize::from(step.wrapping_mul(40_503) >> (u16::BITS - BUCKET_BITS))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of a thousand paths a third stand on one value, 30 on another, the rest on values of their own; the first has the step
    /// of the fullest.
    #[test]
    fn the_fullest_comes_first_and_what_stands_alone_is_none() {
        let step = |path: u16| match path {
            0 | 667.. => 40_000,
            637..667 => 20_000,
            _ => path * 17,
        };
        let steps: Vec<u16> = (0..1_000).map(step).collect();
        let mut sample: Vec<f64> = steps.iter().map(|&step| f64::from(step)).collect();
        sample[0] += 0.5;
        assert_eq!(crowded(&sample, &steps), [40_000.0, 20_000.0]);
        assert!(crowded(&sample[..637], &steps[..637]).is_empty());
    }

    /// A distance of a multiple of the buckets, as that of a lattice may be.
    #[test]
    fn values_evenly_apart_do_not_hide_each_other() {
        let steps: Vec<u16> = (0..64).map(|path| path % 8 * 8_192).collect();
        let sample: Vec<f64> = steps.iter().map(|&step| f64::from(step)).collect();
        assert_eq!(crowded(&sample, &steps).len(), 8);
    }
}
