//! The tables of a comparison, for the terminal, Markdown and HTML alike: worlds go by their letters.

use super::words::{change, change_and_error, digits, error, errors_are, letter, luck, most_changed, narrower, unit};
use crate::calendar::names::short_date;
use crate::report::numbers::{number, percent};
use crate::report::table::Table;
use crate::research::{Against, Change, Comparison, Difference, Hands, PathFigure, Told};

fn less(other: usize) -> String {
    format!("{} − A", letter(other))
}

fn owned<const N: usize>(names: [&str; N]) -> Vec<String> {
    names.map(str::to_owned).to_vec()
}

/// The figures of a world and the first.
pub fn figures(found: &Comparison, other: usize) -> Table {
    let against = &found.against[other - 1];
    let row = |(figure, difference): (&PathFigure, &Difference)| {
        let band =
            difference.paths.map_or("–".to_owned(), |paths| match (change(paths.low()), change(paths.high())) {
                (low, high) if low == high => low,
                (low, high) => format!("{low} to {high}"),
            });
        vec![
            format!("{}, {}", figure.name(), unit(*figure)),
            number(difference.one, digits(*figure)),
            number(difference.other, digits(*figure)),
            change(difference.mean.mean),
            error(difference.mean.standard_error),
            narrower(difference),
            band,
        ]
    };
    Table {
        title: "What differs".to_owned(),
        note: match luck(against) {
            Some(luck) => format!("Means over paths; {}. {luck}", errors_are(found)),
            None if against.unshared.is_empty() => format!("Means over paths; {}.", errors_are(found)),
            None => "Means over paths; ± is one standard error of independent runs.".to_owned(),
        },
        columns: owned(["", "A", &letter(other), &less(other), "± s.e.", "narrower", "90% of paths"]),
        rows: PathFigure::ALL.iter().zip(&against.figures).map(row).collect(),
    }
}

/// The places of watches that differ on some path, the most changed first.
pub(super) fn changed_watches(against: &Against) -> Vec<usize> {
    let mut changed: Vec<usize> =
        (0..against.watches.len()).filter(|&place| !against.watches[place].difference.is_nothing()).collect();
    let size = |place: usize| against.watches[place].difference.mean.mean.abs();
    changed.sort_by(|&a, &b| size(b).total_cmp(&size(a)).then(a.cmp(&b)));
    changed
}

/// The watches whose probability differs, the most changed first.
pub fn watches(found: &Comparison, other: usize) -> Table {
    let against = &found.against[other - 1];
    let changed = changed_watches(against);
    let row = |&place: &usize| {
        let watch = &against.watches[place];
        let share = |paths: u64| percent(paths as f64 / watch.one.paths as f64);
        let (gained, lost) = watch.turned.map_or(("–".to_owned(), "–".to_owned()), |(a, b)| (share(a), share(b)));
        vec![
            found.watches[place].watch.name.clone(),
            percent(watch.one.estimate()),
            percent(watch.other.estimate()),
            format!("{}%", change(100.0 * watch.difference.mean.mean)),
            format!("{}%", error(100.0 * watch.difference.mean.standard_error)),
            gained,
            lost,
        ]
    };
    let alike = against.watches.len() - changed.len();
    let mut note = match (changed.is_empty(), against.unshared.is_empty()) {
        (true, _) => String::new(),
        (false, true) => {
            format!("Only {0}, only A: share of paths on which it fires in that world alone.", letter(other))
        }
        (false, false) => "Errors of independent runs.".to_owned(),
    };
    if alike > 0 && against.unshared.is_empty() {
        let told = if alike == 1 { "1 watch fires".to_owned() } else { format!("{alike} watches fire") };
        let and = if changed.is_empty() { "" } else { " " };
        note = format!("{note}{and}{told} on the same paths in both.");
    }
    Table {
        title: "Watches that changed".to_owned(),
        note,
        columns: owned(["", "A", &letter(other), &less(other), "± s.e.", &format!("only {}", letter(other)), "only A"]),
        rows: changed.iter().map(row).collect(),
    }
}

/// What each changed assumption does alone; none between strangers, or where none changed.
pub fn reasons(found: &Comparison, other: usize) -> Option<Table> {
    let against = &found.against[other - 1];
    let reasons = against.reasons.as_ref().filter(|reasons| !reasons.effects.is_empty())?;
    let places =
        [PathFigure::LowestReserves, PathFigure::ClosingReserves, PathFigure::HighestSofrIorb].map(PathFigure::place);
    let watch = most_changed(against);
    let row = |name: &str, on: &[Difference]| {
        let mut row = vec![name.to_owned()];
        row.extend(places.iter().map(|&place| change_and_error(&on[place])));
        row.extend(watch.map(|watch| {
            let difference = &on[PathFigure::ALL.len() + watch];
            match (difference.is_nothing(), change(100.0 * difference.mean.mean)) {
                (true, _) => "0".to_owned(),
                (false, told) => format!("{told} {}", error(100.0 * difference.mean.standard_error)),
            }
        }));
        row
    };
    let mut rows: Vec<Vec<String>> = reasons.effects.iter().map(|effect| row(&effect.name, &effect.on)).collect();
    if reasons.effects.len() > 1 {
        rows.push(row("only together", &reasons.interaction));
    }
    rows.push(row(&format!("{} − A", letter(other)), &reasons.total));
    let mut columns = owned(["", "lowest, $bn", "end, $bn", "peak, bp"]);
    let mut note =
        "Each assumption changed alone, on the same paths: the lowest reserves, reserves at the end and the highest \
                    SOFR − IORB"
            .to_owned();
    if let Some(watch) = watch {
        columns.push("watch, %".to_owned());
        note.push_str(&format!(", and the probability of “{}”", found.watches[watch].watch.name));
    }
    Some(Table { title: "Why: each change alone".to_owned(), note: note + ".", columns, rows })
}

/// By whose hand reserves differ, on the widest day and at the end.
pub fn hands(found: &Comparison, other: usize) -> Table {
    let against = &found.against[other - 1];
    let mut columns = vec![String::new()];
    for moved in &against.moves {
        columns.extend([short_date(moved.date), "± s.e.".to_owned()]);
    }
    let row = |name: &str, of: &dyn Fn(usize) -> Difference| {
        let mut row = vec![name.to_owned()];
        for place in 0..against.moves.len() {
            let difference = of(place);
            row.extend([change(difference.mean.mean), error(difference.mean.standard_error)]);
        }
        row
    };
    let mut rows: Vec<Vec<String>> = Hands::NAMES
        .iter()
        .enumerate()
        .map(|(hand, name)| row(name, &|place| against.moves[place].parts[hand]))
        .collect();
    if against.moves.iter().any(|moved| moved.before.mean.mean != 0.0) {
        rows.push(row(&format!("{} already", short_date(found.dates[0])), &|place| against.moves[place].before));
    }
    rows.push(row(&format!("Reserves, {}", less(other)), &|place| against.moves[place].reserves));
    let note = if against.moves.len() > 1 {
        "The first date is the one before the last on which mean reserves differ most."
    } else {
        ""
    };
    Table { title: "Whose hand, $bn".to_owned(), note: note.to_owned(), columns, rows }
}

/// What each flow adds to reserves at the end, in one world and the other.
pub(super) fn causes(found: &Comparison, other: usize) -> Option<Table> {
    let against = &found.against[other - 1];
    let _ = against.causes.first()?;
    let row = |(name, hand, part): &(&str, crate::model::Hand, Difference)| {
        vec![
            format!("{name} ({})", hand.name()),
            number(part.one, 0),
            number(part.other, 0),
            change(part.mean.mean),
            error(part.mean.standard_error),
        ]
    };
    Some(Table {
        title: "What moved reserves to the end, $bn".to_owned(),
        note: String::new(),
        columns: owned(["", "A", &letter(other), &less(other), "± s.e."]),
        rows: against.causes.iter().map(row).collect(),
    })
}

/// What differs in the assumptions, with both values as typed and where.
pub(super) fn changes(against: &Against, other: usize) -> Table {
    let words = |told: &Option<Told>| told.as_ref().map_or("–".to_owned(), |told| told.words.clone());
    let from = |told: &Option<Told>| told.as_ref().map_or("–".to_owned(), |told| told.from.clone());
    let row = |change: &Change| {
        vec![change.what.name(), words(&change.one), words(&change.other), from(&change.one), from(&change.other)]
    };
    Table {
        title: "What was assumed differently".to_owned(),
        note: String::new(),
        columns: owned(["", "A", &letter(other), "A typed in", &format!("{} typed in", letter(other))]),
        rows: against.changes.iter().map(row).collect(),
    }
}
