//! Tests of the whole: one binary, so that the program is linked once.

mod architecture;
mod as_of;
mod backtest;
mod broken_scenarios;
mod calibration;
mod claims;
mod closed_forms;
mod command_line;
mod comparison_pictures;
mod documentation;
mod download;
mod golden;
mod history;
mod honest_numbers;
mod institutions;
mod mechanisms;
mod model_sim;
mod point_in_time;
mod policy;
mod quantile_errors;
mod readme;
mod real_history;
mod summaries;
mod tile;
mod vintages;
mod watches;
