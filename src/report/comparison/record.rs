//! A comparison for machines: what `--json` prints, and the file by which its folder is known.

use super::ComparisonFacts;
use crate::research::{Against, Change, Comparison, Difference, PathFigure, Told};
use crate::results::Layout;
use jiff::civil::Date;
use serde::Serialize;

/// What stands at the top of the folder of a comparison.
pub const COMPARISON_FOLDER: Layout = Layout {
    mark: "comparison.json",
    names: &[
        "comparison.json",
        "comparison.html",
        "comparison.md",
        "differences.csv",
        "figures.csv",
        "watches.csv",
        "reasons.csv",
        "attribution.csv",
        "scenario.diff",
        "charts",
    ],
};

/// Version of the layout of the folder; it changes when a reader of an older one would misread it.
const FORMAT_VERSION: u32 = 1;

/// A comparison in a few numbers.
#[derive(Clone, Debug, Serialize)]
pub struct ComparisonRecord {
    format: u32,
    tidegate: &'static str,
    command: String,
    from: Date,
    to: Date,
    notes: Vec<String>,
    worlds: Vec<WorldRecord>,
    against: Vec<AgainstRecord>,
}

#[derive(Clone, Debug, Serialize)]
struct WorldRecord {
    name: String,
    scenario: String,
    title: String,
    start: Date,
    end: Date,
    paths: u64,
    seed: u64,
    draws: &'static str,
    vintage: Date,
}

#[derive(Clone, Debug, Serialize)]
struct AgainstRecord {
    run: String,
    unshared: Vec<String>,
    changes: Vec<ChangeRecord>,
    figures: Vec<NumberRecord>,
    watches: Vec<WatchRecord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reasons: Option<ReasonsRecord>,
    moves: Vec<MoveRecord>,
}

#[derive(Clone, Debug, Serialize)]
struct ChangeRecord {
    name: String,
    base: Option<ToldRecord>,
    run: Option<ToldRecord>,
}

#[derive(Clone, Debug, Serialize)]
struct ToldRecord {
    value: String,
    from: String,
}

#[derive(Clone, Debug, Serialize)]
struct NumberRecord {
    name: String,
    unit: String,
    base: f64,
    run: f64,
    difference: f64,
    standard_error: f64,
    independent_standard_error: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    band: Option<(f64, f64)>,
}

#[derive(Clone, Debug, Serialize)]
struct WatchRecord {
    #[serde(flatten)]
    number: NumberRecord,
    when: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    only_run: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    only_base: Option<u64>,
}

#[derive(Clone, Debug, Serialize)]
struct ReasonsRecord {
    alone: Vec<EffectRecord>,
    only_together: Vec<NumberRecord>,
}

#[derive(Clone, Debug, Serialize)]
struct EffectRecord {
    change: String,
    effects: Vec<NumberRecord>,
}

#[derive(Clone, Debug, Serialize)]
struct MoveRecord {
    date: Date,
    reserves: f64,
    before: f64,
    treasury: f64,
    fed: f64,
    money_funds: f64,
    other_depositors: f64,
}

impl ComparisonFacts<'_> {
    /// The record.
    pub fn record(&self) -> ComparisonRecord {
        let found = self.found;
        ComparisonRecord {
            format: FORMAT_VERSION,
            tidegate: env!("CARGO_PKG_VERSION"),
            command: self.command.to_owned(),
            from: found.dates[0],
            to: found.dates[found.dates.len() - 1],
            notes: self.notes.to_vec(),
            worlds: found
                .worlds
                .iter()
                .map(|world| WorldRecord {
                    name: world.name.clone(),
                    scenario: world.scenario.name.clone(),
                    title: world.scenario.title.clone(),
                    start: world.scenario.start,
                    end: world.scenario.end,
                    paths: world.scenario.paths,
                    seed: world.scenario.seed,
                    draws: world.scenario.draws.word(),
                    vintage: world.scenario.vintage.date,
                })
                .collect(),
            against: (1..found.worlds.len()).map(|other| against(found, other)).collect(),
        }
    }
}

fn against(found: &Comparison, other: usize) -> AgainstRecord {
    let against: &Against = &found.against[other - 1];
    AgainstRecord {
        run: found.worlds[other].name.clone(),
        unshared: against.unshared.iter().map(ToString::to_string).collect(),
        changes: against.changes.iter().map(changed).collect(),
        figures: numbers(found, &against.figures).take(PathFigure::ALL.len()).collect(),
        watches: found
            .watches
            .iter()
            .zip(&against.watches)
            .map(|(asked, watch)| WatchRecord {
                number: number(asked.watch.name.clone(), "share".to_owned(), &watch.difference),
                when: asked.watch.when.clone(),
                only_run: watch.turned.map(|(gained, _)| gained),
                only_base: watch.turned.map(|(_, lost)| lost),
            })
            .collect(),
        reasons: against.reasons.as_ref().map(|reasons| ReasonsRecord {
            alone: reasons
                .effects
                .iter()
                .map(|effect| EffectRecord {
                    change: effect.name.clone(),
                    effects: numbers(found, &effect.on).collect(),
                })
                .collect(),
            only_together: numbers(found, &reasons.interaction).collect(),
        }),
        moves: against
            .moves
            .iter()
            .map(|moved| {
                let [treasury, fed, money_funds, other_depositors] = moved.parts.map(|part| part.mean.mean);
                MoveRecord {
                    date: moved.date,
                    reserves: moved.reserves.mean.mean,
                    before: moved.before.mean.mean,
                    treasury,
                    fed,
                    money_funds,
                    other_depositors,
                }
            })
            .collect(),
    }
}

/// The figures, and after them the watches, with names and units.
fn numbers<'a>(found: &'a Comparison, of: &'a [Difference]) -> impl Iterator<Item = NumberRecord> + 'a {
    let figures = PathFigure::ALL.iter().map(|figure| (figure.key().to_owned(), figure.unit().to_string()));
    let watches = found.watches.iter().map(|asked| (asked.watch.name.clone(), "share".to_owned()));
    figures.chain(watches).zip(of).map(|((name, unit), difference)| number(name, unit, difference))
}

fn number(name: String, unit: String, difference: &Difference) -> NumberRecord {
    NumberRecord {
        name,
        unit,
        base: difference.one,
        run: difference.other,
        difference: difference.mean.mean,
        standard_error: difference.mean.standard_error,
        independent_standard_error: difference.mean.independent_standard_error,
        band: difference.paths.map(|paths| (paths.low(), paths.high())),
    }
}

fn changed(change: &Change) -> ChangeRecord {
    let told = |told: &Option<Told>| {
        told.as_ref().map(|told| ToldRecord { value: told.words.clone(), from: told.from.clone() })
    };
    ChangeRecord { name: change.what.name(), base: told(&change.one), run: told(&change.other) }
}
