//! The calendar of the operating flow, estimated on the window alone.
//!
//! ```text
//! flow_d = Σ β_e [effect e in force on d] + u_d,   β ~ N(table, (10 sd)²)
//! left out one at a time: u_d / (1 − h_d),   h = diag X (XᵀX + P)⁻¹ Xᵀ
//! ```
//!
//! Ordinary least squares with a prior so wide that a year of days outweighs it; it decides only where the window holds no day
//! of a kind. The unforeseen flow is measured on days left out, since what has been fitted is foreseen too well.

use crate::model::{DayPlan, PARAMETERS, Parameters, RecordedFlows, calendar_coefficients};
use nalgebra::{DMatrix, DVector};

/// By how much the prior is wider than the table's.
const WIDER: f64 = 10.0;

/// Standard deviation of an unforeseen flow against which the prior is weighed, $bn: own regression, Daily Treasury
/// Statement, 2021 to 2026.
const USUAL_MISS: f64 = 11.0;

/// Fewest days on which the calendar is estimated: a year and a quarter, so that every effect has been met.
pub const FEWEST_DAYS: usize = 310;

/// The calendar as estimated.
#[derive(Clone, Debug)]
pub struct CalendarFit {
    /// Names and coefficients of the effects, with their standard errors.
    pub coefficients: Vec<(&'static str, f64, f64)>,
    /// The unforeseen flow of each day, that day left out, $bn.
    pub unforeseen: Vec<f64>,
}

/// Estimates the calendar on some days; none if they are too few.
pub fn fit_calendar(days: &[DayPlan], flows: &[RecordedFlows], table: &Parameters<f64>) -> Option<CalendarFit> {
    let count = days.len().min(flows.len());
    if count < FEWEST_DAYS {
        return None;
    }
    // Positions of the effects' parameters: a table of parameters that holds positions, read through the same list.
    let positions = Parameters::from_fn(|position, _| position);
    let effects: Vec<usize> = calendar_coefficients(&positions).iter().map(|(_, position)| **position).collect();
    let prior: Vec<f64> = calendar_coefficients(table).iter().map(|(_, value)| **value).collect();
    let x =
        DMatrix::from_fn(count, effects.len(), |row, effect| f64::from(u8::from(days[row].calendar.contains(&effect))));
    let foreseen = &x * DVector::from_vec(prior.clone());
    let y = DVector::from_fn(count, |row, _| flows[row].operating_flow) - foreseen;
    let precision = DMatrix::from_diagonal(&DVector::from_iterator(
        effects.len(),
        effects.iter().map(|position| (USUAL_MISS / (WIDER * PARAMETERS[*position].prior_sd)).powi(2)),
    ));
    let inverse = (x.tr_mul(&x) + precision).try_inverse()?;
    let moved = &inverse * x.tr_mul(&y);
    let missed = &y - &x * &moved;
    let variance = missed.norm_squared() / count as f64;
    let leverage = |row: usize| (x.row(row) * &inverse * x.row(row).transpose())[(0, 0)];
    Some(CalendarFit {
        coefficients: effects
            .iter()
            .enumerate()
            .map(|(effect, position)| {
                let error = (variance * inverse[(effect, effect)]).sqrt();
                (PARAMETERS[*position].name, prior[effect] + moved[effect], error)
            })
            .collect(),
        unforeseen: (0..count).map(|row| missed[row] / (1.0 - leverage(row)).max(0.1)).collect(),
    })
}
