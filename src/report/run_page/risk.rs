//! Dates of risk: what the calendar brings, and what reserves are expected to lose on it, by whose hand.

use super::RunFacts;
use crate::calendar::names::{long_date, short_date};
use crate::model::{DayPlan, Plan, Variable};
use crate::report::numbers::{number, percent, signed};
use crate::report::page::chart::{Chart, Drawing, Part, RiskItem, round};
use crate::report::page::{Block, Mark, MarkKind};
use crate::report::table::{Table, columns};
use crate::research::DayMove;
use crate::statistics::Summary;

/// Dates shown; a year has more than forty of which most move little.
const MOST_DATES: usize = 12;

/// Whose parts are shown, in the order of `research::Hands`.
const HANDS: [&str; 4] = ["Treasury", "Fed", "Money funds", "Currency and others"];

/// The published days of risk on which reserves are expected to move most, in order.
pub fn risk_days(plan: &Plan, summary: &Summary) -> Vec<usize> {
    let reserves = &summary.fan(Variable::Reserves).days;
    let moved = |day: usize| (reserves[day].mean - reserves[day - 1].mean).abs();
    let mut days: Vec<usize> = (1..=plan.days.len()).filter(|&day| reason(&plan.days[day - 1]).is_some()).collect();
    days.sort_by(|&a, &b| moved(b).total_cmp(&moved(a)).then(a.cmp(&b)));
    days.truncate(MOST_DATES);
    days.sort_unstable();
    days
}

/// The ends of quarters as marks on charts.
pub(super) fn quarter_ends(plan: &Plan) -> impl Iterator<Item = Mark> {
    plan.days.iter().filter_map(|day| {
        let label = match (day.needs.year_end > 0.0, day.needs.quarter_end > 0.0) {
            (true, _) => "Year-end",
            (_, true) => "Quarter-end",
            _ => return None,
        };
        Some(Mark { date: day.date, label: label.to_owned(), kind: MarkKind::Risk })
    })
}

/// The dates, what is expected on each, and how far SOFR may stand above IORB.
pub(super) fn section(facts: &RunFacts<'_>) -> Vec<Block> {
    let days = &facts.moves.days;
    if days.is_empty() {
        return Vec::new();
    }
    let dates = &facts.summary.dates;
    let label = |moved: &DayMove| reason(&facts.plan.days[moved.day - 1]).unwrap_or_default();
    let chart = Chart {
        id: "risk-dates".to_owned(),
        title: "Expected change of reserves on dates of risk".to_owned(),
        subtitle: "means by whose hand; whiskers hold 90% of paths".to_owned(),
        unit: "$bn".to_owned(),
        digits: 0,
        alt: days
            .iter()
            .min_by(|a, b| a.total.mean.total_cmp(&b.total.mean))
            .map(|worst| {
                format!(
                    "Stacked bars of what each date does to reserves; the largest drain is expected on {}: {}bn.",
                    long_date(dates[worst.day]),
                    signed(worst.total.mean, 0)
                )
            })
            .unwrap_or_default(),
        drawing: Drawing::Risk {
            items: days
                .iter()
                .map(|moved| RiskItem {
                    date: dates[moved.day],
                    label: label(moved),
                    total: round(moved.total.mean, 0),
                    low: round(moved.total.low(), 0),
                    high: round(moved.total.high(), 0),
                    parts: HANDS
                        .iter()
                        .zip(&moved.parts)
                        .map(|(name, part)| Part { name: (*name).to_owned(), value: round(part.mean, 0) })
                        .collect(),
                })
                .collect(),
        },
    };
    let spread = &facts.summary.fan(Variable::SofrIorb).days;
    let above = |day: usize| {
        let above_10 = facts.summary.spread_exceedance.first();
        above_10.map_or(String::new(), |exceedance| percent(exceedance.by_day[day]))
    };
    let row = |moved: &DayMove| {
        let mut row = vec![short_date(dates[moved.day]), label(moved), signed(moved.total.mean, 0)];
        row.extend(moved.parts.iter().map(|part| signed(part.mean, 0)));
        row.extend([number(spread[moved.day].median(), 0), number(spread[moved.day].high(), 0), above(moved.day)]);
        row
    };
    let table = Table {
        title: String::new(),
        note: format!(
            "The {} dates on which reserves are expected to move most. Change from the close before, $bn, on the first {} \
             paths; SOFR less IORB, bp, on all.",
            days.len(),
            number(facts.moves.paths as f64, 0)
        ),
        columns: columns([
            "date",
            "what",
            "reserves",
            "Treasury",
            "Fed",
            "money funds",
            "others",
            "SOFR median",
            "SOFR 95%",
            "P(> 10bp)",
        ]),
        rows: days.iter().map(row).collect(),
    };
    vec![Block::Chart(Box::new(chart)), Block::Table(table)]
}

/// Why a day is one of risk, if it is.
fn reason(day: &DayPlan) -> Option<String> {
    let needs = &day.needs;
    let settles = day.known_coupons != 0.0 || day.coupons.iter().any(|&weight| weight != 0.0);
    let period = match (needs.year_end > 0.0, needs.quarter_end > 0.0, needs.month_end > 0.0) {
        (true, _, _) => Some("year-end"),
        (_, true, _) => Some("quarter-end"),
        (_, _, true) => Some("month-end"),
        _ => None,
    };
    let parts = [period, (needs.tax_date > 0.0).then_some("taxes due"), settles.then_some("coupons settle")];
    let parts: Vec<&str> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
