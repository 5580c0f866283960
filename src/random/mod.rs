//! Draws by address: (seed, path, day, shock) gives the same number always, on any thread, in any order.

mod bridge;
mod bridged;
mod chain;
mod normal;
mod owen;
mod philox;
mod points;
mod quantile;
mod shocks;
mod sobol;

pub use bridge::Bridge;
pub use bridged::BridgedShocks;
pub use chain::{ChainOfPaths, PathNormals, Step};
pub use normal::{box_muller, uniform};
pub use philox::{AddressedStream, philox4x32, words_at};
pub use points::{ScrambledPoints, TileOfPoints, replicate_of};
pub use quantile::{normal_quantile, word_of_normal};
pub use shocks::ShockSource;
