//! The folder of a backtest and the file by which it is known.

use super::scorecard::Making;
use crate::results::Layout;
use serde::Serialize;

/// What stands at the top of the folder of a backtest.
pub const BACKTEST_FOLDER: Layout = Layout {
    mark: "backtest.json",
    names: &[
        "backtest.json",
        "scorecard.html",
        "scorecard.md",
        "forecasts.csv",
        "special_days.csv",
        "events.csv",
        "pictures",
    ],
};

/// Version of the layout of the folder; it changes when a reader of an older one would misread it.
const FORMAT_VERSION: u32 = 1;

#[derive(Serialize)]
struct Mark<'m> {
    format: u32,
    tidegate: &'m str,
    origins: usize,
    first_origin: Option<String>,
    last_origin: Option<String>,
    business_days_between_origins: usize,
    horizons: &'m [usize],
    paths: u64,
    seed: u64,
    fingerprint: &'m str,
    fits: &'m [String],
    command: String,
}

/// `backtest.json`: everything the scorecard followed from, so that it can be made again. No clock times.
pub fn mark(making: &Making) -> Vec<u8> {
    let command = making.origins.map_or_else(
        || "tidegate backtest".to_owned(),
        |(first, last)| {
            let Making { paths, seed, .. } = making;
            format!("tidegate backtest --from {first} --to {last} --paths {paths} --seed {seed}{}", making.files())
        },
    );
    let mark = Mark {
        format: FORMAT_VERSION,
        tidegate: &making.version,
        origins: making.number_of_origins,
        first_origin: making.origins.map(|(first, _)| first.to_string()),
        last_origin: making.origins.map(|(_, last)| last.to_string()),
        business_days_between_origins: making.every,
        horizons: &making.horizons,
        paths: making.paths,
        seed: making.seed,
        fingerprint: &making.fingerprint,
        fits: &making.parameters,
        command,
    };
    let mut bytes = serde_json::to_vec_pretty(&mark).expect("a mark is plain data");
    bytes.push(b'\n');
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_mark_says_how_to_make_it_again() {
        let making = Making {
            version: "1.2.3".to_owned(),
            origins: Some((date(2021, 7, 7), date(2022, 7, 6))),
            number_of_origins: 27,
            paths: 500,
            seed: 9,
            parameter_files: vec!["fit.toml".to_owned()],
            ..Making::default()
        };
        let read: serde_json::Value = serde_json::from_slice(&mark(&making)).expect("JSON");
        assert_eq!((read["tidegate"].as_str(), read["format"].as_u64()), (Some("1.2.3"), Some(1)));
        let command = "tidegate backtest --from 2021-07-07 --to 2022-07-06 --paths 500 --seed 9 --parameters fit.toml";
        assert_eq!(read["command"].as_str(), Some(command));
    }
}
