//! Tests of the whole: one binary, so that the program is linked once.

mod closed_forms;
mod command_line;
mod golden;
mod honest_numbers;
mod model_sim;
