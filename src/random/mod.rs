//! Draws by address: (seed, path, day, shock) gives the same number always, on any thread, in any order.

mod normal;
mod philox;
mod shocks;

pub use normal::{box_muller, uniform};
pub use philox::{AddressedStream, philox4x32, words_at};
pub use shocks::ShockSource;
