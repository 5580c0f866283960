//! What the model said before it could know, against what happened and against those who know no economics.

pub mod benchmarks;
mod draws;

pub use draws::uniforms;
