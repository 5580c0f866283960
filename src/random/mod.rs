//! Draws by address: (seed, path, day, shock) gives the same number always, on any thread, in any order.

mod bridge;
mod bridged;
mod normal;
mod owen;
mod philox;
mod points;
mod quantile;
mod shocks;
mod sobol;

pub use bridge::Bridge;
pub use bridged::BridgedShocks;
pub use normal::{box_muller, uniform};
pub use philox::{AddressedStream, philox4x32, words_at};
pub use points::{ScrambledPoints, TileOfPoints, replicate_of};
pub use quantile::normal_quantile;
pub use shocks::ShockSource;
