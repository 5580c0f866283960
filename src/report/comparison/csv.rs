//! The tables of a comparison for machines, one header line, dates as ISO 8601, what is not known empty.

use crate::research::{COMPARED, Comparison, Difference, PathFigure};
use crate::results::{number, to_csv};

const QUANTILES: [&str; 9] = ["q01", "q05", "q10", "q25", "q50", "q75", "q90", "q95", "q99"];

/// Mean, errors and quantiles of a difference.
fn numbers(difference: &Difference) -> Vec<String> {
    let mean = &difference.mean;
    let mut numbers: Vec<String> =
        [difference.one, difference.other, mean.mean, mean.standard_error, mean.independent_standard_error]
            .map(number)
            .to_vec();
    match difference.paths {
        Some(paths) => numbers.extend(paths.quantiles.map(number)),
        None => numbers.extend(QUANTILES.map(|_| String::new())),
    }
    numbers
}

const NUMBERS: [&str; 5] = ["base_mean", "run_mean", "difference", "se", "independent_se"];

/// Every world but the first, with its name.
fn others(found: &Comparison) -> impl Iterator<Item = (&str, &crate::research::Against)> {
    found.worlds[1..].iter().map(|world| world.name.as_str()).zip(&found.against)
}

/// `differences.csv`: every compared variable on every common date.
pub(super) fn differences(found: &Comparison) -> Vec<u8> {
    let header = [&["date", "variable", "unit", "run"][..], &NUMBERS, &QUANTILES].concat();
    let rows = others(found).flat_map(|(name, against)| {
        COMPARED.iter().zip(&against.days).flat_map(move |(variable, days)| {
            let info = variable.info();
            found.dates.iter().zip(days).map(move |(date, difference)| {
                let mut row = vec![date.to_string(), info.name.to_owned(), info.unit.to_string(), name.to_owned()];
                row.extend(numbers(difference));
                row
            })
        })
    });
    to_csv(&header, rows)
}

/// `figures.csv`: every figure of a path.
pub(super) fn figures(found: &Comparison) -> Vec<u8> {
    let header = [&["run", "figure", "unit"][..], &NUMBERS, &QUANTILES].concat();
    let rows = others(found).flat_map(|(name, against)| {
        PathFigure::ALL.iter().zip(&against.figures).map(move |(figure, difference)| {
            let mut row = vec![name.to_owned(), figure.key().to_owned(), figure.unit().to_string()];
            row.extend(numbers(difference));
            row
        })
    });
    to_csv(&header, rows)
}

/// `watches.csv`: every watch, with the paths on which it fires in one world alone.
pub(super) fn watches(found: &Comparison) -> Vec<u8> {
    let header = [
        "run",
        "name",
        "when",
        "from",
        "to",
        "asked_by",
        "base_probability",
        "run_probability",
        "difference",
        "se",
        "independent_se",
        "only_run",
        "only_base",
        "paths",
    ];
    let rows = others(found).flat_map(|(name, against)| {
        found.watches.iter().zip(&against.watches).map(move |(asked, watch)| {
            let by: Vec<&str> = asked.by.iter().map(|&world| found.worlds[world].name.as_str()).collect();
            let question = &asked.watch;
            let mean = &watch.difference.mean;
            let mut row = vec![name.to_owned(), question.name.clone(), question.when.clone()];
            row.extend([question.from.to_string(), question.to.to_string(), by.join(" ")]);
            row.extend([watch.one.estimate(), watch.other.estimate(), mean.mean].map(number));
            row.extend([mean.standard_error, mean.independent_standard_error].map(number));
            let turned = watch.turned.map_or([const { String::new() }; 2], |(a, b)| [a.to_string(), b.to_string()]);
            row.extend(turned);
            row.push(watch.other.paths.to_string());
            row
        })
    });
    to_csv(&header, rows)
}

/// `reasons.csv`: what each changed assumption does alone to every figure and watch, what they do only together, and all.
pub(super) fn reasons(found: &Comparison) -> Vec<u8> {
    let header = ["run", "part", "change", "number", "unit", "effect", "se"];
    let told: Vec<(String, String)> = PathFigure::ALL
        .iter()
        .map(|figure| (figure.key().to_owned(), figure.unit().to_string()))
        .chain(found.watches.iter().map(|asked| (format!("P({})", asked.watch.name), "share".to_owned())))
        .collect();
    let rows = others(found).flat_map(|(name, against)| {
        let told = &told;
        let reasons = against.reasons.iter();
        let parts = reasons.flat_map(|reasons| {
            let effects = reasons.effects.iter().map(|effect| ("alone", effect.name.as_str(), &effect.on));
            effects.chain([("together", "", &reasons.interaction), ("total", "", &reasons.total)])
        });
        parts.flat_map(move |(part, change, on)| {
            told.iter().zip(on).map(move |((of, unit), effect)| {
                let mut row = [name, part, change, of, unit].map(str::to_owned).to_vec();
                row.extend([effect.mean.mean, effect.mean.standard_error].map(number));
                row
            })
        })
    });
    to_csv(&header, rows)
}

/// `attribution.csv`: by whose hand, and by which flow, reserves differ.
pub(super) fn attribution(found: &Comparison) -> Vec<u8> {
    let header = [&["run", "date", "part", "hand", "unit"][..], &NUMBERS, &QUANTILES].concat();
    let last = found.dates[found.dates.len() - 1];
    let rows = others(found).flat_map(|(name, against)| {
        let line = move |date: jiff::civil::Date, part: &str, hand: &str, difference: &Difference| {
            let mut row = vec![name.to_owned(), date.to_string(), part.to_owned(), hand.to_owned(), "bn".to_owned()];
            row.extend(numbers(difference));
            row
        };
        let hands = against.moves.iter().flat_map(move |moved| {
            let whose = crate::research::Hands::WHOSE.iter().zip(&moved.parts);
            let mut rows: Vec<Vec<String>> = vec![line(moved.date, "before", "", &moved.before)];
            rows.extend(whose.map(|(hand, part)| line(moved.date, "hand", hand.name(), part)));
            rows.push(line(moved.date, "reserves", "all", &moved.reserves));
            rows
        });
        hands.chain(against.causes.iter().map(move |(cause, hand, part)| line(last, cause, hand.name(), part)))
    });
    to_csv(&header, rows)
}
