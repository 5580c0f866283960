//! Why worlds differ: waterfalls by changed assumption, by whose hand and by flow.

use super::tables;
use super::words::{change, digits, letter, unit};
use crate::calendar::names::{long_date, short_date};
use crate::model::Variable;
use crate::report::page::chart::{Drawing, Level, Step, round};
use crate::report::page::{Block, Chart};
use crate::report::table::Table;
use crate::research::{Comparison, Difference, Hands, Moved, PathFigure, Reasons};

/// What each changed assumption does alone, and what they do only together.
pub(super) fn reasons(found: &Comparison, other: usize) -> Vec<Block> {
    let against = &found.against[other - 1];
    let Some((table, reasons)) = tables::reasons(found, other).zip(against.reasons.as_ref()) else { return Vec::new() };
    let figures = [PathFigure::LowestReserves, PathFigure::ClosingReserves, PathFigure::HighestSofrIorb];
    let mut blocks: Vec<Block> = match reasons.effects.as_slice() {
        [only] => {
            vec![Block::Text(format!("Of what paths depend on, {} alone was changed: all is its doing.", only.name))]
        }
        _ => figures
            .into_iter()
            .filter(|figure| !against.figure(*figure).is_nothing())
            .map(|figure| Block::Chart(Box::new(reasons_chart(found, other, reasons, figure))))
            .collect(),
    };
    blocks.push(Block::Table(Table { title: String::new(), ..table }));
    blocks
}

fn reasons_chart(found: &Comparison, other: usize, reasons: &Reasons, figure: PathFigure) -> Chart {
    let effects = reasons.effects.iter().map(|effect| (effect.name.as_str(), &effect.on));
    let all: Vec<(&str, &Difference)> = effects
        .chain([("only together", &reasons.interaction)])
        .map(|(name, on)| (name, &on[figure.place()]))
        .collect();
    let largest = all.iter().map(|(_, part)| part.mean.mean.abs()).fold(0.0, f64::max);
    let digits = if largest < 10.0 { 1 } else { digits(figure) };
    let total = found.against[other - 1].figure(figure);
    waterfall(
        found,
        other,
        (&format!("reasons-{}", figure.key().replace('_', "-")), figure.name()),
        all.iter().map(|(name, part)| step(name, part, digits)).collect(),
        [total.one, total.other],
        (unit(figure), digits),
    )
}

/// By whose hand reserves differ where they differ most, and by flow at the end.
pub(super) fn hands(found: &Comparison, other: usize) -> Vec<Block> {
    let against = &found.against[other - 1];
    if against.moves.iter().all(|moved| moved.reserves.is_nothing()) {
        return vec![Block::Text("Reserves are the same on every path.".to_owned())];
    }
    // By flow says more of the end than by whose hand, where it is known.
    let by_flow = against.causes.iter().any(|(_, _, part)| !part.is_nothing());
    let shown = against.moves.len() - usize::from(by_flow);
    let mut blocks: Vec<Block> =
        against.moves[..shown].iter().map(|moved| Block::Chart(Box::new(moved_chart(found, other, moved)))).collect();
    let end = against.figure(PathFigure::ClosingReserves);
    if by_flow {
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
    blocks.push(Block::Table(Table { title: String::new(), ..tables::hands(found, other) }));
    blocks.extend(tables::causes(found, other).map(Block::Appendix));
    blocks
}

fn moved_chart(found: &Comparison, other: usize, moved: &Moved) -> Chart {
    let mut steps: Vec<Step> = Vec::new();
    if moved.before.mean.mean != 0.0 {
        steps.push(step(&format!("on {} already", short_date(found.dates[0])), &moved.before, 0));
    }
    steps.extend(Hands::NAMES.iter().zip(&moved.parts).map(|(name, part)| step(name, part, 0)));
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
