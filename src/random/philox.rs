//! Draws by address: a counter-based generator, so that a number depends on where it is used and on
//! nothing else.
//!
//! Philox4x32-10 of Salmon, Moraes, Dror and Shaw (2011), *Parallel random numbers: as easy as 1, 2, 3*,
//! Proceedings of SC11: ten rounds of two 32×32→64-bit multiplications turn a 128-bit counter and a 64-bit
//! key into 128 random bits.

use rand::TryRng;
use std::convert::Infallible;

const MULTIPLIERS: [u32; 2] = [0xD251_1F53, 0xCD9E_8D57];
const KEY_INCREMENTS: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];
const ROUNDS: usize = 10;

/// Four random words for a counter and a key.
///
/// The words are kept in 64 bits, of which only the lower halves count: so a product needs no unpacking in vector code.
#[inline(always)]
pub fn philox4x32(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    const LOW: u64 = 0xFFFF_FFFF;
    let mut c = counter.map(u64::from);
    let mut k = key;
    for _ in 0..ROUNDS {
        let first = u64::from(MULTIPLIERS[0]) * (c[0] & LOW);
        let second = u64::from(MULTIPLIERS[1]) * (c[2] & LOW);
        c = [(second >> 32) ^ c[1] ^ u64::from(k[0]), second, (first >> 32) ^ c[3] ^ u64::from(k[1]), first];
        k = [k[0].wrapping_add(KEY_INCREMENTS[0]), k[1].wrapping_add(KEY_INCREMENTS[1])];
    }
    c.map(|word| word as u32)
}

/// The words at an address: block `block` of day `day` on path `path` under `seed`.
#[inline(always)]
pub fn words_at(seed: u64, path: u64, day: u32, block: u32) -> [u32; 4] {
    philox4x32([path as u32, (path >> 32) as u32, day, block], [seed as u32, (seed >> 32) as u32])
}

/// The same for the `N` paths from `first_path` on: one row per word.
#[inline(always)]
pub fn words_of_tile<const N: usize>(seed: u64, first_path: u64, day: u32, block: u32) -> [[u32; N]; 4] {
    let mut words = [[0; N]; 4];
    for i in 0..N {
        let [a, b, c, d] = words_at(seed, first_path + i as u64, day, block);
        words[0][i] = a;
        words[1][i] = b;
        words[2][i] = c;
        words[3][i] = d;
    }
    words
}

/// The words of one path, day and purpose one after the other, for samplers that want a stream.
///
/// A stream owns the blocks from `purpose · 2¹⁶` on, of which no sampler here uses more than a few.
#[derive(Clone, Debug)]
pub struct AddressedStream {
    seed: u64,
    path: u64,
    day: u32,
    next_block: u32,
    words: [u32; 4],
    used: usize,
}

impl AddressedStream {
    /// The stream at an address.
    pub fn new(seed: u64, path: u64, day: u32, purpose: u16) -> AddressedStream {
        AddressedStream { seed, path, day, next_block: u32::from(purpose) << 16, words: [0; 4], used: 4 }
    }
}

impl TryRng for AddressedStream {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        if self.used == 4 {
            self.words = words_at(self.seed, self.path, self.day, self.next_block);
            self.next_block = self.next_block.wrapping_add(1);
            self.used = 0;
        }
        let word = self.words[self.used];
        self.used += 1;
        Ok(word)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let low = self.try_next_u32()?;
        let high = self.try_next_u32()?;
        Ok(u64::from(high) << 32 | u64::from(low))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(4) {
            let word = self.try_next_u32()?.to_le_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_vectors_are_reproduced() {
        // Random123 distribution (D. E. Shaw Research), kat_vectors, philox4x32 10.
        let zeros = philox4x32([0; 4], [0; 2]);
        assert_eq!(zeros, [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]);
        let ones = philox4x32([u32::MAX; 4], [u32::MAX; 2]);
        assert_eq!(ones, [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]);
        let pi = philox4x32([0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0]);
        assert_eq!(pi, [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]);
    }

    #[test]
    fn a_stream_reads_the_words_of_its_address_in_order() {
        let mut stream = AddressedStream::new(7, 12, 3, 2);
        let expected = [words_at(7, 12, 3, 2 << 16), words_at(7, 12, 3, (2 << 16) + 1)].concat();
        let found: Vec<u32> = (0..8).map(|_| stream.try_next_u32().unwrap()).collect();
        assert_eq!(found, expected);
    }
}
