//! Pictures for paper: fan charts, attribution waterfalls, hands on the switch and histograms as SVG and PNG.
//!
//! [`render`] turns any [`Chart`] into a [`Picture`]. The charts know dates and numbers but
//! nothing of the simulator; plotters maps and draws them on our own canvas, which writes
//! every letter as an outline of the embedded typeface, so a picture needs no font where it is
//! looked at and the same chart always gives the same bytes.

mod axes;
mod canvas;
mod drawing;
mod elements;
mod end_labels;
mod fan;
mod hands;
mod hindsight;
mod histogram;
mod intervals;
mod labels;
mod palette;
mod panels;
mod picture;
mod poles;
mod raster;
mod reliability;
mod sheet;
mod ticks;
mod transforms;
mod two_fans;
mod typeface;
mod waterfall;

pub use fan::{EventMark, FanChart, Guide};
pub use hands::{HandsChart, HandsRow, Split};
pub use hindsight::{HindsightChart, HindsightPanel};
pub use histogram::Histogram;
pub use intervals::{Interval, IntervalChart, IntervalPanel};
pub use palette::{Theme, dark_for_light};
pub use picture::{Caption, Chart, ChartError, Level, Picture, draw_svg, render};
pub use reliability::{ReliabilityChart, ReliabilityPanel, ReliabilityPoint};
pub use transforms::{TransformChart, TransformPanel};
pub use two_fans::{Band, TwoFans};
pub use waterfall::{Step, Waterfall};
