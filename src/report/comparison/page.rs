//! The page of a comparison: what differs, by how much, how surely, and why.

use super::ComparisonFacts;
use super::charts::marks;
use super::files::scenario_diff;
use super::tables;
use super::words::{
    HANDS, answer, change, digits, error, errors_are, letter, lost, made, stretch, title, unit, widest,
};
use crate::calendar::names::{long_date, short_date};
use crate::model::Variable;
use crate::report::numbers::number;
use crate::report::page::chart::{Band, Drawing, Fan, Level, Panel, Step, round};
use crate::report::page::{Block, Chart, Figure, Mark, MarkKind, PAGE_FORMAT, Page, Section};
use crate::report::run_page::{chart_digits, chart_unit, quantiles};
use crate::research::{Comparison, Difference, Moved, PathFigure};
use crate::statistics::Distribution;

/// Worlds that are drawn on one chart; the tables have all.
const MOST_DRAWN: usize = 4;

/// The variables whose fans are laid over one another, and whose difference is drawn.
pub(super) const DRAWN: [Variable; 4] = [Variable::Reserves, Variable::SofrIorb, Variable::Tga, Variable::OnRrp];

/// The variables of the small multiples.
const SMALL: [Variable; 6] = [
    Variable::Srf,
    Variable::FedAssets,
    Variable::NetLiquidity,
    Variable::TgcrIorb,
    Variable::EffrIorb,
    Variable::BillIorb,
];

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
        let sentences = others.flat_map(|other| {
            let told = answer(self.found, other);
            // Of several, the difference itself has to do.
            let most = if self.found.against.len() > 1 { 2 } else { told.len() };
            told.into_iter().take(most)
        });
        sentences.collect()
    }

    fn sections(&self) -> Vec<Section> {
        let found = self.found;
        let mut sections = vec![section("worlds", "What is compared", self.worlds())];
        sections.push(section("days", "Day by day", days(found)));
        for other in 1..found.worlds.len() {
            let of = letter(other).to_lowercase();
            let name = &found.worlds[other].name;
            let lead = if found.against.len() > 1 { format!("{}, {name}: ", letter(other)) } else { String::new() };
            let titled = |text: &str| if lead.is_empty() { text.to_owned() } else { format!("{lead}{}", lower(text)) };
            sections.extend([
                section(&format!("figures-{of}"), &titled("What differs"), differences(found, other)),
                section(&format!("watches-{of}"), &titled("Which watches changed"), watches(found, other)),
                section(&format!("reasons-{of}"), &titled("Why, by changed assumption"), reasons(found, other)),
                section(&format!("hands-{of}"), &titled("Why, by flow"), hands(found, other)),
                section(
                    &format!("assumptions-{of}"),
                    &titled("What was assumed differently"),
                    assumptions(found, other),
                ),
            ]);
        }
        sections.push(section("made", "How to have it again", vec![Block::Code(self.command.to_owned())]));
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
        blocks.extend(
            self.found
                .against
                .iter()
                .find(|against| !against.unshared.is_empty())
                .into_iter()
                .flat_map(|against| lost(&against.unshared).into_iter().map(Block::Text)),
        );
        blocks
    }
}

fn section(id: &str, title: &str, blocks: Vec<Block>) -> Section {
    Section { id: id.to_owned(), title: title.to_owned(), blocks }
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_lowercase().chain(letters).collect())
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

/// Fans laid over one another, fans of differences, small multiples.
fn days(found: &Comparison) -> Vec<Block> {
    let mut charts: Vec<Chart> = Vec::new();
    for variable in DRAWN {
        charts.push(overlaid(found, variable));
        charts.extend(difference(found, variable));
    }
    charts.push(Chart {
        id: "multiples".to_owned(),
        title: "Everything else".to_owned(),
        subtitle: "medians, and what holds 90% of paths".to_owned(),
        unit: "$bn".to_owned(),
        digits: 0,
        alt: "Fans of further stocks and rates in all worlds, side by side on the same dates.".to_owned(),
        drawing: Drawing::Multiples { panels: SMALL.map(|variable| panel(found, variable)).to_vec() },
    });
    charts.into_iter().map(|chart| Block::Chart(Box::new(chart))).collect()
}

fn bands(found: &Comparison, variable: Variable) -> Vec<Band> {
    let digits = chart_digits(variable);
    let drawn = found.worlds.iter().take(MOST_DRAWN);
    drawn.map(|world| Band { name: world.name.clone(), quantiles: quantiles(world.fan(variable), digits) }).collect()
}

fn panel(found: &Comparison, variable: Variable) -> Panel {
    Panel {
        title: variable.info().title.to_owned(),
        unit: chart_unit(variable).to_owned(),
        digits: chart_digits(variable),
        series: bands(found, variable),
    }
}

fn overlaid(found: &Comparison, variable: Variable) -> Chart {
    let info = variable.info();
    let digits = chart_digits(variable);
    let ends: Vec<String> = found
        .worlds
        .iter()
        .filter_map(|world| Some((world, world.fan(variable).last()?)))
        .map(|(world, last)| format!("{} {}", world.name, number(last.median(), digits)))
        .collect();
    Chart {
        id: info.name.replace('_', "-"),
        title: info.title.to_owned(),
        subtitle: format!("medians, and what holds 90% of paths{}", left_out(found)),
        unit: chart_unit(variable).to_owned(),
        digits,
        alt: format!("Fans of {} laid over one another; medians at the end: {}.", info.title, ends.join(", ")),
        drawing: Drawing::Fan(Fan { series: bands(found, variable), ..Fan::default() }),
    }
}

fn left_out(found: &Comparison) -> String {
    match found.worlds.len().saturating_sub(MOST_DRAWN) {
        0 => String::new(),
        more => format!("; {more} more are in the tables"),
    }
}

/// The fan of a variable's difference on the paths of each world that shares its luck with the first.
fn difference(found: &Comparison, variable: Variable) -> Option<Chart> {
    let info = variable.info();
    let fans: Vec<(usize, Vec<Distribution>)> = (1..found.worlds.len())
        .filter_map(|other| {
            let days = found.against[other - 1].of_variable(variable).iter().map(|day| day.paths);
            Some((other, days.collect::<Option<Vec<Distribution>>>()?))
        })
        .take(MOST_DRAWN)
        .collect();
    let largest = fans.iter().flat_map(|(_, days)| days).map(|day| day.high().abs().max(day.low().abs()));
    let digits = if largest.fold(0.0, f64::max) < 10.0 { 1 } else { chart_digits(variable) };
    let (first, _) = fans.first()?;
    let one = &found.worlds[0].name;
    Some(Chart {
        id: format!("{}-difference", info.name.replace('_', "-")),
        title: format!("{}: the difference", info.title),
        subtitle: match fans.as_slice() {
            [(other, _)] => format!("{} less {one}, path by path on the same luck", found.worlds[*other].name),
            _ => format!("each less {one}, path by path on the same luck"),
        },
        unit: chart_unit(variable).to_owned(),
        digits,
        alt: format!(
            "Fan of the difference of {} between paths of the same luck; {}.",
            info.title,
            widest(found, &found.against[first - 1], variable)
        ),
        drawing: Drawing::Fan(Fan {
            series: fans
                .iter()
                .map(|(other, days)| Band {
                    name: format!("{} − {one}", found.worlds[*other].name),
                    quantiles: quantiles(days, digits),
                })
                .collect(),
            zero: true,
            ..Fan::default()
        }),
    })
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
    let items = found.watches.iter().zip(&against.watches).filter(|(_, watch)| !watch.difference.is_nothing());
    let items: Vec<Step> = items
        .map(|(asked, watch)| {
            let (mean, half) = (100.0 * watch.difference.mean.mean, 196.0 * watch.difference.mean.standard_error);
            let [value, low, high] = [mean, mean - half, mean + half].map(|value| round(value, 1));
            Step { label: asked.watch.name.clone(), value, low, high, hand: None }
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

fn reasons(found: &Comparison, other: usize) -> Vec<Block> {
    let against = &found.against[other - 1];
    let Some(table) = tables::reasons(found, other) else { return Vec::new() };
    let Some(reasons) = &against.reasons else { return Vec::new() };
    let mut blocks: Vec<Block> = [PathFigure::ClosingReserves, PathFigure::LowestReserves, PathFigure::HighestSofrIorb]
        .into_iter()
        .filter(|figure| !against.figure(*figure).is_nothing())
        .map(|figure| {
            let place = PathFigure::ALL.iter().position(|known| *known == figure).expect("all figures are compared");
            let digits = digits_of_steps(figure, reasons.effects.iter().map(|effect| &effect.on[place]));
            let mut steps: Vec<Step> =
                reasons.effects.iter().map(|effect| step(&effect.name, &effect.on[place], digits)).collect();
            if steps.len() > 1 {
                steps.push(step("only together", &reasons.interaction[place], digits));
            }
            let total = against.figure(figure);
            waterfall(
                found,
                other,
                (&format!("reasons-{}", figure.key().replace('_', "-")), figure.name()),
                steps,
                [total.one, total.other],
                (unit(figure), digits),
            )
        })
        .map(|chart| Block::Chart(Box::new(chart)))
        .collect();
    blocks.push(Block::Table(crate::report::table::Table { title: String::new(), ..table }));
    blocks
}

fn digits_of_steps<'a>(figure: PathFigure, steps: impl Iterator<Item = &'a Difference>) -> usize {
    let largest = steps.map(|step| step.mean.mean.abs()).fold(0.0, f64::max);
    if largest < 10.0 { 1 } else { digits(figure) }
}

fn hands(found: &Comparison, other: usize) -> Vec<Block> {
    let against = &found.against[other - 1];
    if against.moves.iter().all(|moved| moved.reserves.is_nothing()) {
        return vec![Block::Text("Reserves are the same on every path.".to_owned())];
    }
    let mut blocks: Vec<Block> =
        against.moves.iter().map(|moved| Block::Chart(Box::new(moved_chart(found, other, moved)))).collect();
    let end = against.figure(PathFigure::ClosingReserves);
    if !against.causes.is_empty() {
        let before = &against.of_variable(Variable::Reserves)[0];
        let mut steps: Vec<Step> = Vec::new();
        if before.mean.mean != 0.0 {
            steps.push(step("at the start already", before, 0));
        }
        steps.extend(
            against
                .causes
                .iter()
                .map(|(name, hand, part)| Step { hand: Some(hand.name().to_owned()), ..step(name, part, 0) }),
        );
        let last = found.dates[found.dates.len() - 1];
        let titled = format!("Reserves on {}, by flow", long_date(last));
        let chart = waterfall(found, other, ("causes", &titled), steps, [end.one, end.other], ("$bn", 0));
        blocks.push(Block::Chart(Box::new(chart)));
    }
    blocks.push(Block::Table(crate::report::table::Table { title: String::new(), ..tables::hands(found, other) }));
    blocks.extend(tables::causes(found, other).map(Block::Appendix));
    blocks
}

fn moved_chart(found: &Comparison, other: usize, moved: &Moved) -> Chart {
    let mut steps: Vec<Step> = Vec::new();
    if moved.before.mean.mean != 0.0 {
        steps.push(step(&format!("on {} already", short_date(found.dates[0])), &moved.before, 0));
    }
    steps.extend(HANDS.iter().zip(&moved.parts).map(|(name, part)| step(name, part, 0)));
    let titled = format!("Reserves on {}, by whose hand", long_date(moved.date));
    let id = format!("hands-{}", moved.date);
    waterfall(found, other, (&id, &titled), steps, [moved.reserves.one, moved.reserves.other], ("$bn", 0))
}

fn step(label: &str, part: &Difference, digits: usize) -> Step {
    let (low, high) = part.band();
    let [value, low, high] = [part.mean.mean, low, high].map(|value| round(value, digits));
    Step { label: label.to_owned(), value, low, high, hand: None }
}

fn waterfall(
    found: &Comparison,
    other: usize,
    (id, titled): (&str, &str),
    steps: Vec<Step>,
    [start, end]: [f64; 2],
    (unit, digits): (&str, usize),
) -> Chart {
    let level = |label: &str, value: f64| Level { label: label.to_owned(), value: round(value, digits) };
    let told: Vec<String> = steps.iter().map(|step| format!("{} {}", step.label, change(step.value))).collect();
    let (one, world) = (&found.worlds[0].name, &found.worlds[other].name);
    let shared = found.against[other - 1].unshared.is_empty();
    let whiskers = if shared { "whiskers hold 90% of them" } else { "whiskers are 95% intervals of independent runs" };
    Chart {
        id: format!("{id}-{}", letter(other).to_lowercase()),
        title: titled.to_owned(),
        subtitle: format!("from {one} to {world}; means over all paths, {whiskers}"),
        unit: unit.to_owned(),
        digits,
        alt: format!("Waterfall in {unit} from {one} to {world}: {}.", told.join(", ")),
        drawing: Drawing::Waterfall { start: Some(level(one, start)), steps, end: level(world, end) },
    }
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
