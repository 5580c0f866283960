//! The conditions of watches: read from text with a check of units, and printed back.
//!
//! ```text
//! sofr - iorb > 10bp                      on some day of the window
//! min(reserves) < 2800bn                  min, max, mean, change, end over the window
//! days(sofr_iorb > 10bp) >= 5             on how many days
//! tga > 1tn and not (srf > 50bn)          joined by and, or, not
//! ```

mod joint;
mod measure;
mod operand;
mod parse;
mod print;
mod words;

pub use parse::parse;
