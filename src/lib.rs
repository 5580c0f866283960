//! Scenario simulation of US dollar funding liquidity.
//!
//! A scenario file tells a story about the Treasury and the Federal Reserve: a shutdown makes the Treasury hoard cash,
//! runoff ends, the account is spent down. A run takes it through thousands of daily paths of one stock-flow consistent
//! model and answers: what happens to bank reserves and overnight rates, with what probability, and which flow did it?
//!
//! ```text
//! scenario file ──▶ Scenario ──▶ Plan (a row per business day) ──▶ paths in tiles ──▶ tally ──▶ summary ──▶ run folder, charts
//! ```
//!
//! The same from Rust:
//!
//! ```
//! use tidegate::model::Variable;
//! use tidegate::simulation::{Settings, tally};
//! use tidegate::statistics::Summary;
//!
//! let mut scenario = tidegate::scenario::load("shutdown_cash_hoarding").expect("it ships with the program");
//! scenario.set_paths(500);
//! let plan = tidegate::scenario::plan(&scenario);
//! let tally = tally(&scenario, &plan, Settings::default(), &|_| ()).expect("the books balance");
//! let summary = Summary::of(&tally, &plan);
//!
//! let end = summary.fan(Variable::Reserves).days.last().expect("a run has days");
//! println!("reserves end at {:.0} [{:.0}, {:.0}] $bn", end.median(), end.low(), end.high());
//! ```
//!
//! [`documentation::model`] holds the equations, and `ARCHITECTURE.md` the map of the rooms.

pub mod as_of;
pub mod backtest;
pub mod calendar;
pub mod calibration;
pub mod cli;
pub mod documentation;
pub mod download;
pub mod exchange;
pub mod explanation;
pub mod forecast;
pub mod history;
pub mod model;
pub mod random;
pub mod report;
pub mod research;
pub mod results;
pub mod scenario;
pub mod serve;
pub mod shards;
pub mod simulation;
pub mod statistics;
pub mod units;
