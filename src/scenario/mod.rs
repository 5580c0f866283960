//! Scenario files: TOML as typed, read into a validated [`Scenario`], with every problem pointed at.
//!
//! A file travels through these rooms: `source` finds and reads it, `reader` walks it against the table of
//! `fields`, `overlay` lays it over what it extends, `validate` checks what must hold between values, `assemble`
//! makes the [`Scenario`]. Whatever is found wrong on the way is collected in [`Problems`].

mod asked_watch;
mod assemble;
mod assemble_event;
mod books;
mod calibration;
mod changed;
pub mod codes;
mod condition;
pub mod diagnostic;
mod distribution;
mod event;
mod event_fields;
pub mod fields;
mod figure;
mod forecast_fit;
mod key;
mod load;
mod missing;
mod node;
mod overlay;
mod parameter_file;
mod plan;
mod problems;
pub mod quantity;
mod random;
mod reader;
mod reference;
#[expect(clippy::module_inception, reason = "the type is what the room is for")]
mod scenario;
mod schema;
pub mod shipped;
mod source;
mod suggestion;
mod syntax;
mod validate;
mod values;
mod vintage;
mod watch;

pub use calibration::{Calibration, Fitted, TARGETS, TargetLine, load_calibration, load_calibration_text};
pub use changed::{Assignment, Base, ChangeError, changed_text, changed_title, shell_quoted, typed};
pub use diagnostic::{Diagnostic, Record, Severity};
pub use event::{Event, EventKind, size_key};
pub use forecast_fit::ForecastFit;
pub use key::{CASH_TARGET, Key, Takes, can_be_retyped, switch_name, typed_keys};
pub use load::{load, load_text, load_text_in};
pub use parameter_file::ParameterFile;
pub use plan::plan;
pub use problems::Problems;
pub use reference::reference;
pub use scenario::{
    Comparison, Condition, DatedLevel, Distribution, Draws, Expression, Origin, Quantity, REPLICATES, RateMeeting,
    RateStep, STRETCH, Scenario, ScenarioFile, Settlement, Typed, Watch, When,
};
pub use schema::{describe, json_schema};
pub use suggestion::nearest;
pub use validate::span_of;
pub use vintage::{Fed, Figure, Public, Rates, State, Vintage, vintage_from_text};
