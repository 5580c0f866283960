//! Which hand was on the switch, episode by episode, from runs and what really happened.

use super::charts::{HandsChart, HandsRow, Split};
use crate::calendar::names::short_date;
use crate::research::{Hands, Run};
use crate::statistics::Distribution;

/// A stretch of a run, and what happened in it.
#[derive(Clone, Debug)]
pub struct Episode<'r> {
    /// Its name, of a few words.
    pub name: String,
    /// The run.
    pub run: &'r Run,
    /// Published days from which and to which reserves change; the opening is day 0.
    pub days: (usize, usize),
    /// What the hands of [`Hands::WHOSE`] really contributed, $bn; none if it is not known.
    pub happened: Option<[f64; 4]>,
}

/// The chart of the hands that moved reserves in some episodes, of runs of as many paths; `source` says where the real figures come from.
///
/// # Panics
/// If a run does not publish the days of its episode.
pub fn hands(episodes: &[Episode<'_>], source: &str) -> HandsChart {
    HandsChart {
        title: "Whose hand moved bank reserves".to_owned(),
        subtitle: "Each episode on its own scale. Right of zero added to reserves, left of it drained them".to_owned(),
        unit: "$bn".to_owned(),
        source: format!(
            "Source: tidegate {}, medians of each part and of the net over {} paths, seed {}; {source}",
            env!("CARGO_PKG_VERSION"),
            episodes.first().map_or(0, |episode| episode.run.scenario.paths),
            episodes.first().map_or(0, |episode| episode.run.scenario.seed),
        ),
        hands: Hands::NAMES.map(str::to_owned),
        one_scale: false,
        rows: episodes.iter().map(row).collect(),
    }
}

fn row(episode: &Episode<'_>) -> HandsRow {
    let (from, to) = episode.days;
    let dates = episode.run.plan.published_dates();
    let mut hands = Hands::between(episode.run, from, to);
    let total = Distribution::of(&mut hands.total);
    HandsRow {
        name: episode.name.clone(),
        span: format!("{} – {}", short_date(dates[from]), short_date(dates[to])),
        model: Split {
            parts: hands.parts.map(|mut part| Distribution::of(&mut part).median()),
            total: total.median(),
            range: Some((total.low(), total.high())),
        },
        happened: episode.happened.map(|parts| Split { parts, total: parts.iter().sum(), range: None }),
    }
}
