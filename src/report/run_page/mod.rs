//! The page of a run: what happens to reserves and rates, with what probability, which flow did it, and from what it
//! follows.

mod answer;
mod assumptions;
mod causes;
mod fans;
mod flows;
mod odds;
mod risk;

pub(super) use fans::quantiles;
pub use fans::{corridor, digits, unit};
pub use risk::risk_days;

use super::page::{Mark, MarkKind, PAGE_FORMAT, Page, Section};
use super::pictures::event_marks;
use crate::model::Plan;
use crate::research::{Amplification, Moves};
use crate::results::RunRecord;
use crate::scenario::Scenario;
use crate::statistics::{Outcomes, Summary};

/// Everything that is known of a run.
pub struct RunFacts<'a> {
    /// The story.
    pub scenario: &'a Scenario,
    /// Its days.
    pub plan: &'a Plan,
    /// All paths, summed up.
    pub summary: &'a Summary,
    /// The first paths, whole.
    pub first: &'a Outcomes,
    /// What is quoted of it.
    pub record: &'a RunRecord,
    /// What the loop adds, if there is one.
    pub amplification: Option<&'a Amplification>,
    /// What moved reserves on dates of risk, and the spread to its worst day.
    pub moves: &'a Moves,
    /// What to type to have the same again.
    pub command: &'a str,
    /// What tells these results from any others.
    pub fingerprint: &'a str,
}

impl RunFacts<'_> {
    /// The page.
    pub fn page(&self) -> Page {
        let (scenario, summary) = (self.scenario, self.summary);
        Page {
            format: PAGE_FORMAT,
            tidegate: env!("CARGO_PKG_VERSION").to_owned(),
            title: scenario.title.clone(),
            claim: scenario.claim.clone(),
            verdict: answer::verdict(self),
            made: answer::made(self),
            remark: String::new(),
            figures: answer::figures(self),
            dates: summary.dates.clone(),
            marks: marks(scenario, self.plan),
            sections: self.sections(),
        }
    }

    fn sections(&self) -> Vec<Section> {
        let sections = [
            ("reserves", "Reserves", odds::reserves(self)),
            ("rates", "Overnight rates", odds::rates(self)),
            ("watches", "What was watched for", odds::watches(self)),
            ("treasury-and-facilities", "The Treasury and the Fed", fans::treasury_and_facilities(self)),
            ("risk-dates", "Dates of risk", risk::section(self)),
            ("causes", "What moved reserves and the spread", causes::section(self)),
            ("flows", "Who paid whom", flows::section(self)),
            ("loop", "What the loop adds", causes::amplification(self)),
            ("assumptions", "What it assumes", assumptions::section(self)),
            ("made", "How to have it again", assumptions::made(self)),
        ];
        let held = sections.into_iter().filter(|(_, _, blocks)| !blocks.is_empty());
        held.map(|(id, title, blocks)| Section::new(id, title, blocks)).collect()
    }
}

/// Events of the story and the ends of quarters.
pub fn marks(scenario: &Scenario, plan: &Plan) -> Vec<Mark> {
    let events = event_marks(scenario).into_iter();
    let mut marks: Vec<Mark> =
        events.map(|mark| Mark { date: mark.date, label: mark.label, kind: MarkKind::Event }).collect();
    marks.extend(risk::quarter_ends(plan));
    marks
}
