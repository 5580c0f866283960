//! The guides of `docs/`, so that they are rendered beside the code they describe.

#[doc = include_str!("../docs/model.md")]
pub mod model {}

#[doc = include_str!("../docs/scenarios.md")]
pub mod scenarios {}

#[doc = include_str!("../docs/reference.md")]
pub mod reference {}

#[doc = include_str!("../docs/calibration.md")]
pub mod calibration {}
