//! Owen's scrambling, by a hash.
//!
//! Owen (1995, in *Monte Carlo and Quasi-Monte Carlo Methods in Scientific Computing*) flips every binary digit of a
//! point by a coin that depends on the digits before it. Each point becomes uniform, and intervals that held one
//! point hold one still. Burley (2020, *Practical Hash-based Owen Scrambling*, Journal of Computer Graphics
//! Techniques 9(4)) takes the coins from a hash in which a digit changes only digits after it: additions and
//! multiplications carry upward, so digits are kept in reverse. The hash is that of Vegdahl (2021, *Building a
//! Better LK Hash*).

/// Scrambles digits, the first of which is in the lowest bit. Keys are random words.
#[inline(always)]
pub fn scramble_reversed(digits: u32, key: u32) -> u32 {
    let mut x = digits;
    x ^= x.wrapping_mul(0x3d20_adea);
    x = x.wrapping_add(key);
    x = x.wrapping_mul(key >> 16 | 1);
    x ^= x.wrapping_mul(0x0552_6c56);
    x ^= x.wrapping_mul(0x53a2_2864);
    x
}

/// Shuffles an index: blocks of 2^m indices from a multiple of 2^m on go to such blocks, and stay together.
#[inline(always)]
pub fn shuffle(index: u32, key: u32) -> u32 {
    scramble_reversed(index.reverse_bits(), key).reverse_bits()
}

#[cfg(test)]
mod tests {
    use super::super::philox::words_at;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn digits_are_those_of_another_implementation() {
        for path in 0..1_000 {
            let [digits, key, ..] = words_at(5, path, 0, 0);
            assert_eq!(scramble_reversed(digits, key), sobol_burley::parts::owen_scramble_rev(digits, key));
        }
    }

    #[test]
    fn each_digit_is_flipped_by_half_of_the_keys() {
        let keys = 10_000;
        for digits in [0, 1, 0x5555_5555, u32::MAX] {
            let mut flips = [0; 32];
            for key in 0..keys {
                let changed = scramble_reversed(digits, words_at(1, key, 0, 0)[0]) ^ digits;
                for (digit, count) in flips.iter_mut().enumerate() {
                    *count += changed >> digit & 1;
                }
            }
            // Five standard errors are 0.025.
            for count in flips {
                assert!((f64::from(count) / keys as f64 - 0.5).abs() < 0.025, "{digits:#x}: {count} of {keys}");
            }
        }
    }

    proptest! {
        #[test]
        fn a_digit_changes_only_digits_after_it(digits: u32, key: u32, digit in 0..32_u32) {
            let changed = scramble_reversed(digits, key) ^ scramble_reversed(digits ^ 1 << digit, key);
            prop_assert_eq!(changed.trailing_zeros(), digit);
        }

        #[test]
        fn blocks_stay_together(block in 0..1_u32 << 20, key: u32) {
            let shuffled: Vec<u32> = (0..64).map(|i| shuffle(block << 6 | i, key)).collect();
            prop_assert!(shuffled.iter().all(|index| index >> 6 == shuffled[0] >> 6));
            let hit = shuffled.iter().fold(0_u64, |hit, index| hit | 1 << (index & 63));
            prop_assert_eq!(hit, u64::MAX);
        }
    }
}
