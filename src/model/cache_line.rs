//! Rows that begin on a cache line.

use std::ops::{Deref, DerefMut};

/// A value that begins on a cache line of 64 bytes. Vectors of 512 bits then lie in one line each; one that straddles two is
/// read and written twice.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
pub struct OnCacheLine<V>(pub V);

impl<V> Deref for OnCacheLine<V> {
    type Target = V;

    #[inline(always)]
    fn deref(&self) -> &V {
        &self.0
    }
}

impl<V> DerefMut for OnCacheLine<V> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut V {
        &mut self.0
    }
}
