//! What is exported: a scenario, its days, and its path without luck.

use crate::model::{DayPlan, DrawnEvents, Parameters, Plan};
use crate::scenario::Scenario;
use crate::simulation::Skeleton;

/// A scenario with all that its deterministic skeleton is made of.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    pub scenario: &'a Scenario,
    pub plan: &'a Plan,
    pub skeleton: &'a Skeleton,
}

impl<'a> Case<'a> {
    /// The parameters.
    pub fn parameters(&self) -> &'a Parameters<f64> {
        &self.skeleton.parameters
    }

    /// The events.
    pub fn events(&self) -> &'a DrawnEvents<f64, 1> {
        &self.skeleton.events
    }

    /// A number of every day.
    pub fn of_days(&self, value: impl Fn(&DayPlan) -> f64) -> Vec<f64> {
        self.plan.days.iter().map(value).collect()
    }

    /// The names that the scenario gives to its events of a kind, in its order.
    pub fn named(&self, kind: &str) -> Vec<&'a str> {
        let of_kind = self.scenario.events.iter().filter(|event| event.kind.word() == kind);
        of_kind.map(|event| event.name.as_str()).collect()
    }

    /// The names of events of a kind in one sentence; none if there are none.
    pub fn told_by(&self, kind: &str) -> String {
        match self.named(kind) {
            names if names.is_empty() => "None in this scenario.".to_owned(),
            names => format!("In this scenario: {}.", names.join("; ")),
        }
    }
}
