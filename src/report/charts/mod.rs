//! Pictures for paper, as SVG and PNG: fans, lines and calendars by date, waterfalls, bars, flows and histograms,
//! and numbers by the values of inputs.
//!
//! [`render`] turns any [`Chart`] into a [`Picture`]. The charts know dates and numbers but
//! nothing of the simulator; plotters maps and draws them on our own canvas, which writes
//! every letter as an outline of the embedded typeface, so a picture needs no font where it is
//! looked at and the same chart always gives the same bytes.

mod axes;
mod bars;
mod canvas;
mod curve;
mod drawing;
mod elements;
mod end_labels;
mod fan;
mod fan_panels;
mod flows;
mod grid;
mod hands;
mod heat;
mod histogram;
mod inputs;
mod intervals;
mod labels;
mod lines;
mod palette;
mod panels;
mod picture;
mod poles;
mod raster;
mod reliability;
mod ribbons;
mod rows;
mod sheet;
mod stack;
mod ticks;
mod timeline;
mod tornado;
mod transforms;
mod two_fans;
mod typeface;
mod waterfall;

pub use bars::BarsChart;
pub use curve::{CurveChart, CurveLine};
pub use fan::{EventMark, FanChart, Guide};
pub use fan_panels::{FanPanel, FanPanels};
pub use flows::{FlowsChart, HandFlows};
pub use grid::{GridChart, InputAxis};
pub use hands::{HandsChart, HandsRow, Split};
pub use heat::HeatChart;
pub use histogram::Histogram;
pub use intervals::{Interval, IntervalChart, IntervalPanel};
pub use lines::{Line, LinesChart};
pub use palette::{Theme, dark_for_light};
pub use picture::{Caption, Chart, ChartError, Level, Picture, draw_svg, render};
pub use reliability::{ReliabilityChart, ReliabilityPanel, ReliabilityPoint};
pub use stack::StackChart;
pub use tornado::{TornadoChart, TornadoItem};
pub use transforms::{TransformChart, TransformPanel};
pub use two_fans::{Band, TwoFans};
pub use waterfall::{Step, Waterfall};
