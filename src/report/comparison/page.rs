//! The page of a comparison: what differs, by how much, how surely, and why.

use super::charts::marks;
use super::files::scenario_diff;
use super::words::{LOST, answer, change, digits, error, errors_are, letter, made, strangers, stretch, title, unit};
use super::{ComparisonFacts, days, tables, why};
use crate::report::numbers::number;
use crate::report::page::chart::{Drawing, Step, round};
use crate::report::page::{Block, Chart, Figure, Mark, MarkKind, PAGE_FORMAT, Page, Section};
use crate::report::uncapitalised;
use crate::research::{Comparison, PathFigure};

/// The figures at the head.
const QUOTED: [PathFigure; 4] =
    [PathFigure::LowestReserves, PathFigure::ClosingReserves, PathFigure::HighestSofrIorb, PathFigure::MeanSofrIorb];

impl ComparisonFacts<'_> {
    /// The page.
    pub fn page(&self) -> Page {
        let found = self.found;
        let stories: Vec<&crate::scenario::Scenario> = found.worlds.iter().map(|world| &world.scenario).collect();
        let marks = marks(&stories).into_iter();
        Page {
            format: PAGE_FORMAT,
            tidegate: env!("CARGO_PKG_VERSION").to_owned(),
            title: title(found),
            claim: String::new(),
            verdict: self.verdict(),
            made: format!("{} · {}", stretch(found), errors_are(found)),
            remark: String::new(),
            figures: if found.against.len() == 1 { figures(found) } else { Vec::new() },
            dates: found.dates.clone(),
            marks: marks.map(|mark| Mark { date: mark.date, label: mark.label, kind: MarkKind::Event }).collect(),
            sections: self.sections(),
        }
    }

    fn verdict(&self) -> Vec<String> {
        let others = 1..self.found.worlds.len();
        // Of several, the difference of reserves has to do.
        let of_several = |other: usize| {
            let told = answer(self.found, other).swap_remove(0);
            format!("{}: {}", self.found.worlds[other].name, uncapitalised(&told))
        };
        if self.found.against.len() > 1 { others.map(of_several).collect() } else { answer(self.found, 1) }
    }

    fn sections(&self) -> Vec<Section> {
        let found = self.found;
        let mut sections = vec![Section::new("worlds", "What is compared", self.worlds())];
        sections.push(Section::new("days", "Day by day", days::section(found)));
        for other in 1..found.worlds.len() {
            let of = letter(other).to_lowercase();
            let lead = if found.against.len() > 1 { format!("{}: ", letter(other)) } else { String::new() };
            let titled =
                |text: &str| if lead.is_empty() { text.to_owned() } else { format!("{lead}{}", uncapitalised(text)) };
            sections.extend([
                Section::new(&format!("figures-{of}"), &titled("What differs"), differences(found, other)),
                Section::new(&format!("watches-{of}"), &titled("Which watches changed"), watches(found, other)),
                Section::new(
                    &format!("reasons-{of}"),
                    &titled("Why, by changed assumption"),
                    why::reasons(found, other),
                ),
                Section::new(&format!("hands-{of}"), &titled("Why, by flow"), why::hands(found, other)),
                Section::new(
                    &format!("assumptions-{of}"),
                    &titled("What was assumed differently"),
                    assumptions(found, other),
                ),
            ]);
        }
        sections.push(Section::new("made", "How to have it again", vec![Block::Code(self.command.to_owned())]));
        sections.retain(|section| !section.blocks.is_empty());
        sections
    }

    /// Which letter is whose, and what needs saying of them.
    fn worlds(&self) -> Vec<Block> {
        let worlds = self.found.worlds.iter().enumerate();
        let facts = worlds.map(|(number, world)| {
            (format!("{}  {}", letter(number), world.name), format!("{} · {}", world.scenario.title, made(world)))
        });
        let mut blocks = vec![Block::Facts(facts.collect())];
        blocks.extend(self.notes.iter().cloned().map(Block::Text));
        let strangers: Vec<String> =
            (1..self.found.worlds.len()).filter_map(|other| strangers(self.found, other)).collect();
        if !strangers.is_empty() {
            blocks.extend(strangers.into_iter().chain([LOST.to_owned()]).map(Block::Text));
        }
        blocks
    }
}

fn figures(found: &Comparison) -> Vec<Figure> {
    let against = &found.against[0];
    QUOTED
        .iter()
        .map(|&figure| {
            let difference = against.figure(figure);
            let shown = |value: f64| number(value, digits(figure));
            let band = difference.paths.map_or(String::new(), |paths| {
                format!("90% of paths {} to {}", change(paths.low()), change(paths.high()))
            });
            Figure {
                name: format!("{}, B − A", figure.name()),
                value: change(difference.mean.mean),
                unit: format!("{} {}", error(difference.mean.standard_error), unit(figure)),
                band,
                note: format!("{} to {}", shown(difference.one), shown(difference.other)),
            }
        })
        .collect()
}

fn differences(found: &Comparison, other: usize) -> Vec<Block> {
    let mut table = tables::figures(found, other);
    table.title = String::new();
    let told = if found.against.len() > 1 { answer(found, other) } else { Vec::new() };
    told.into_iter().map(Block::Text).chain([Block::Table(table)]).collect()
}

fn watches(found: &Comparison, other: usize) -> Vec<Block> {
    let mut table = tables::watches(found, other);
    table.title = String::new();
    if table.rows.is_empty() {
        let none = if found.watches.is_empty() { "No watch was asked." } else { "No watch changed on any path." };
        return vec![Block::Text(none.to_owned())];
    }
    let against = &found.against[other - 1];
    let items: Vec<Step> = tables::changed_watches(against)
        .into_iter()
        .map(|place| {
            let mean = &against.watches[place].difference.mean;
            let (change, half) = (100.0 * mean.mean, 196.0 * mean.standard_error);
            let [value, low, high] = [change, change - half, change + half].map(|value| round(value, 1));
            Step { label: found.watches[place].watch.name.clone(), value, low, high, hand: None }
        })
        .collect();
    let chart = Chart {
        id: format!("watches-{}-change", letter(other).to_lowercase()),
        title: "How much likelier".to_owned(),
        subtitle: "percentage points; whiskers are the 95% interval of simulation".to_owned(),
        unit: "%".to_owned(),
        digits: 1,
        alt: "Bars of the change of the probability of every watch that changed.".to_owned(),
        drawing: Drawing::Bars { items },
    };
    vec![Block::Chart(Box::new(chart)), Block::Table(table)]
}

fn assumptions(found: &Comparison, other: usize) -> Vec<Block> {
    let against = &found.against[other - 1];
    let mut blocks = Vec::new();
    if against.changes.is_empty() {
        blocks.push(Block::Text("Nothing that paths depend on, and no watch.".to_owned()));
    } else {
        let table = tables::changes(against, other);
        blocks.push(Block::Table(crate::report::table::Table { title: String::new(), ..table }));
    }
    let diff = scenario_diff(&found.worlds[0].scenario, &found.worlds[other].scenario);
    if !diff.is_empty() {
        blocks.push(Block::Code(diff));
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::super::tests::compared;
    use super::super::words::change_and_error;
    use super::*;

    #[test]
    fn chart_names_are_unique_and_arrays_as_long_as_the_dates() {
        let found = compared(&["baseline_2025q4", "shutdown_cash_hoarding", "qt_goes_on"], &|_, _| ());
        let facts = ComparisonFacts { found: &found, notes: &[], command: "tidegate compare" };
        let page = facts.page();
        let mut ids: Vec<&str> = page.sections.iter().map(|section| section.id.as_str()).collect();
        for block in page.sections.iter().flat_map(|section| &section.blocks) {
            let Block::Chart(chart) = block else { continue };
            ids.push(&chart.id);
            if let Drawing::Fan(fan) = &chart.drawing {
                assert!(fan.series.iter().all(|band| band.quantiles.q50.len() == found.dates.len()), "{}", chart.id);
            }
        }
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "{ids:?}");
        assert!(page.verdict.iter().any(|sentence| sentence.contains("shutdown_cash_hoarding")));
        assert!(page.markdown().contains(&change_and_error(found.against[0].figure(PathFigure::ClosingReserves))));
    }
}
