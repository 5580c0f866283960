//! What the loop adds, for machines: `amplification.json` and `--json`.

use serde::Serialize;

/// A scenario's loop, measured on the same paths with it and without it.
#[derive(Clone, Debug, Serialize)]
pub struct AmplificationRecord {
    /// Name of the scenario.
    pub scenario: String,
    /// Number of paths, of which there are as many without the loop.
    pub paths: u64,
    /// Seed.
    pub seed: u64,
    /// Parameters at nil in the run without the loop.
    pub switched_off: &'static [&'static str],
    /// How many times larger each measure is; without those that are nil without the loop.
    pub factors: Vec<FactorRecord>,
    /// The gain of the loop.
    pub gain: GainRecord,
}

/// A measure with the loop and without it, in the unit its name ends with.
#[derive(Clone, Debug, Serialize)]
pub struct FactorRecord {
    /// What is measured.
    pub measure: &'static str,
    /// With the loop.
    pub with: f64,
    /// Without it.
    pub without: f64,
    /// The first over the second.
    pub factor: f64,
    /// 95 % interval.
    pub interval: (f64, f64),
}

/// The gain of the loop, along the curve and on the paths.
#[derive(Clone, Debug, Serialize)]
pub struct GainRecord {
    /// Reserves that banks come to want per lasting basis point of stress.
    pub lasting_demand_bn_per_bp: f64,
    /// Where the gain reaches one.
    pub feeds_itself: Option<SelfFeedingRecord>,
    /// The same without a standing facility.
    pub feeds_itself_without_facility: Option<SelfFeedingRecord>,
    /// The highest gain of any path and day.
    pub highest: f64,
    /// Share of paths on which it exceeds one on some day.
    pub paths_above_one: f64,
    /// 95 % interval of Wilson.
    pub paths_above_one_interval: (f64, f64),
    /// Days on which it does, in the mean of those paths.
    pub days_above_one: f64,
}

/// A place on the curve at which the gain reaches one.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct SelfFeedingRecord {
    /// Scarcity, share of the ample level.
    pub scarcity: f64,
    /// Reserves short of need.
    pub shortfall_bn: f64,
    /// SOFR less IORB there.
    pub sofr_iorb_bp: f64,
}
