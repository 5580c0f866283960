//! The episodes, each simulated once for all bars.

use jiff::civil::Date;
use std::path::Path;
use std::sync::OnceLock;
use tidegate::model::Variable;
use tidegate::research::{Paired, Run};
use tidegate::scenario::{self, Scenario};

/// Paths of each run: enough for a 5 % quantile, few enough for all episodes in a few seconds.
const PATHS: u64 = 2_000;

/// Paths for September 2019, where a probability of a tenth and a 99th percentile are asked for.
const PATHS_OF_TAILS: u64 = 40_000;

/// A run that is simulated when it is first asked for.
pub struct Episode {
    name: &'static str,
    run: OnceLock<Run>,
}

impl Episode {
    const fn of(name: &'static str) -> Episode {
        Episode { name, run: OnceLock::new() }
    }

    /// Its run.
    pub fn run(&self) -> &Run {
        self.run.get_or_init(|| {
            Run::simulate(with_paths(self.name, PATHS), &|_| ()).expect("the books add up on every path")
        })
    }
}

/// March to July 2019.
pub static SPRING_2019: Episode = Episode::of("spring_2019");
/// February to October 2021.
pub static DRAWDOWN: Episode = Episode::of("tga_drawdown_2021");
/// March to July 2022.
pub static SPRING_2022: Episode = Episode::of("spring_2022");
/// June to September 2023.
pub static REBUILD: Episode = Episode::of("rebuild_2023");
/// 9 July to 31 December 2025.
pub static FROM_JULY: Episode = Episode::of("july_2025");
/// 1 October 2025 to March 2026.
pub static FROM_OCTOBER: Episode = Episode::of("shutdown_cash_hoarding");

/// September 2019 without a standing facility, and with that of 2021.
pub fn facility_of_2019() -> &'static Paired {
    static PAIR: OnceLock<Paired> = OnceLock::new();
    PAIR.get_or_init(|| {
        let [without, with] =
            ["sept_2019_spike", "sept_2019_with_facility"].map(|name| with_paths(name, PATHS_OF_TAILS));
        Paired::simulate(&without, &with).expect("they share everything but the facility")
    })
}

/// The winter of 2026 with reserve management purchases and without.
pub fn purchases_of_2026() -> &'static Paired {
    static PAIR: OnceLock<Paired> = OnceLock::new();
    PAIR.get_or_init(|| {
        let with = with_paths("january_2026_purchases", PATHS);
        let mut without = with.clone();
        without.events.retain(|event| event.name != "reserve management purchases");
        assert_eq!(without.events.len() + 1, with.events.len(), "the purchases are one event");
        Paired::simulate(&with, &without).expect("they share everything but the purchases")
    })
}

/// By how much SOFR − IORB is higher on a day, bp, if `coupons` $bn more of notes and bonds settle on it: the mean over
/// common draws.
pub fn effect_of_settlement(episode: &str, day: Date, coupons: f64) -> f64 {
    let mut without = with_paths(episode, PATHS);
    without.end = day;
    let [start, end] = [day.yesterday(), day.tomorrow()].map(|day| day.expect("a day of history"));
    // A shift counts half a month at each settlement.
    let more = format!(
        "[[event]]\nname = \"one settlement\"\nkind = \"refinancing_shift\"\nstart = {start}\nend = {end}\n\
         coupons = \"{}bn/month\"\n",
        2.0 * coupons
    );
    let mut with = without.clone();
    with.events.extend(load(episode, &more).events.into_iter().filter(|event| event.name == "one settlement"));
    assert_eq!(without.events.len() + 1, with.events.len(), "the settlement is one event");
    let pair = Paired::simulate(&with, &without).expect("they share everything but the settlement");
    pair.mean_difference(Variable::SofrIorb, pair.one().outcomes.days - 1).mean
}

fn with_paths(name: &str, paths: u64) -> Scenario {
    let mut scenario = load(name, "");
    scenario.set_paths(paths);
    scenario
}

/// A scenario of `tests/history`, or a shipped one, with more laid over it.
fn load(name: &str, more: &str) -> Scenario {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/history").join(format!("{name}.toml"));
    let text = match std::fs::read_to_string(&file) {
        Ok(text) => format!("{text}\n{more}"),
        Err(_) => format!("title = \"{name}\"\nextends = \"{name}\"\n{more}"),
    };
    scenario::load_text(&format!("{name}.toml"), &text).unwrap_or_else(|problems| panic!("{problems}"))
}
