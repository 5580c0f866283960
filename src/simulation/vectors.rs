//! One piece of code for every width of vectors: it is compiled for each, and the machine decides which runs.
//!
//! A plain `cargo build --release` must be fast on a new machine and run on an old one. All of them compute the same bits:
//! a fused multiply-add, which the functions of the model are written with, is rounded once wherever it is done, by an
//! instruction or, on machines without one, slowly by the platform's library.

use std::sync::OnceLock;

/// Work whose loops over lanes are worth compiling for wider vectors. Everything it calls must be inlined into it.
pub trait Work {
    /// What it returns.
    type Output;
    /// Does it; to be marked `#[inline(always)]`.
    fn run(self) -> Self::Output;
}

/// Vectors that a machine may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Vectors {
    /// What every machine of its kind has: 128 bits on x86-64 and on 64-bit ARM.
    Baseline,
    /// AVX2 and FMA: 256 bits.
    Avx2,
    /// AVX-512: 512 bits.
    Avx512,
}

impl Vectors {
    /// The widest that this machine has.
    pub fn widest() -> Vectors {
        static WIDEST: OnceLock<Vectors> = OnceLock::new();
        *WIDEST.get_or_init(|| Vectors::all().next_back().unwrap_or(Vectors::Baseline))
    }

    /// All that this machine has, the narrowest first.
    pub fn all() -> impl DoubleEndedIterator<Item = Vectors> {
        [Vectors::Baseline, Vectors::Avx2, Vectors::Avx512].into_iter().filter(|vectors| vectors.are_here())
    }

    #[cfg(target_arch = "x86_64")]
    fn are_here(self) -> bool {
        let avx2 =
            || is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") && is_x86_feature_detected!("bmi2");
        let avx512 = || {
            is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512vl")
        };
        match self {
            Vectors::Baseline => true,
            Vectors::Avx2 => avx2(),
            Vectors::Avx512 => avx2() && avx512(),
        }
    }

    #[cfg(not(target_arch = "x86_64"))]
    fn are_here(self) -> bool {
        self == Vectors::Baseline
    }

    /// The name, as the manifest records it.
    pub fn name(self) -> &'static str {
        match self {
            Vectors::Baseline => "baseline",
            Vectors::Avx2 => "AVX2",
            Vectors::Avx512 => "AVX-512",
        }
    }

    /// Does the work with these vectors.
    ///
    /// # Panics
    /// If the machine does not have them.
    #[inline(always)]
    pub fn run<W: Work>(self, work: W) -> W::Output {
        #[cfg(target_arch = "x86_64")]
        {
            assert!(self <= Vectors::widest(), "this machine has no {}", self.name());
            match self {
                Vectors::Baseline => work.run(),
                // SAFETY: the machine has them.
                Vectors::Avx2 => unsafe { run_avx2(work) },
                // SAFETY: the machine has them.
                Vectors::Avx512 => unsafe { run_avx512(work) },
            }
        }
        #[cfg(not(target_arch = "x86_64"))]
        work.run()
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma,bmi1,bmi2,lzcnt,popcnt")]
fn run_avx2<W: Work>(work: W) -> W::Output {
    work.run()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512dq,avx512bw,avx512vl,avx2,fma,bmi1,bmi2,lzcnt,popcnt")]
fn run_avx512<W: Work>(work: W) -> W::Output {
    work.run()
}
