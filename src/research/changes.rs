//! What two scenarios do not have alike, change by change, each of which can be laid onto the first alone.

use crate::model::PARAMETERS;
use crate::scenario::quantity::show;
use crate::scenario::{Event, Origin, Quantity, Scenario, Watch};

/// Something that two scenarios do not have alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What it is.
    pub what: What,
    /// That of the first; none if it has none.
    pub one: Option<Told>,
    /// That of the second; none if it has none.
    pub other: Option<Told>,
}

/// A value as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The value, without quotes.
    pub words: String,
    /// Where it was typed.
    pub from: String,
}

/// What two scenarios may have different.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A parameter of the model.
    Parameter(&'static str),
    /// An event, by its name.
    Event(String),
    /// A list that is dated.
    Dated(Dated),
    /// A question, by its name; it moves no path.
    Watch(String),
}

/// The dated lists of a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dated {
    /// The Treasury's cash target.
    CashTarget,
    /// Settlements known in advance.
    Settlements,
    /// Administered rates.
    Rates,
    /// Meetings whose outcome is drawn.
    Meetings,
    /// Caps on the runoff of Treasuries.
    RunoffCaps,
    /// Caps on the runoff of MBS.
    MbsCaps,
    /// Limits of ON RRP counterparties.
    OnRrpLimits,
}

impl Dated {
    const ALL: [Dated; 7] = [
        Dated::CashTarget,
        Dated::Settlements,
        Dated::Rates,
        Dated::Meetings,
        Dated::RunoffCaps,
        Dated::MbsCaps,
        Dated::OnRrpLimits,
    ];

    /// The key under which a scenario file has it.
    pub const fn key(self) -> &'static str {
        match self {
            Dated::CashTarget => "treasury.cash_target",
            Dated::Settlements => "treasury.settlements",
            Dated::Rates => "rates.steps",
            Dated::Meetings => "rates.meetings",
            Dated::RunoffCaps => "fed.runoff_caps",
            Dated::MbsCaps => "fed.mbs_caps",
            Dated::OnRrpLimits => "fed.on_rrp_limits",
        }
    }

    /// Whether both have it alike.
    fn is_alike(self, one: &Scenario, other: &Scenario) -> bool {
        match self {
            Dated::CashTarget => one.cash_target == other.cash_target,
            Dated::Settlements => one.settlements == other.settlements,
            Dated::Rates => one.rates == other.rates,
            Dated::Meetings => one.meetings == other.meetings,
            Dated::RunoffCaps => one.runoff_caps == other.runoff_caps,
            Dated::MbsCaps => one.mbs_caps == other.mbs_caps,
            Dated::OnRrpLimits => one.on_rrp_limits == other.on_rrp_limits,
        }
    }

    fn lay(self, onto: &mut Scenario, from: &Scenario) {
        match self {
            Dated::CashTarget => onto.cash_target.clone_from(&from.cash_target),
            Dated::Settlements => onto.settlements.clone_from(&from.settlements),
            Dated::Rates => onto.rates.clone_from(&from.rates),
            Dated::Meetings => onto.meetings.clone_from(&from.meetings),
            Dated::RunoffCaps => onto.runoff_caps.clone_from(&from.runoff_caps),
            Dated::MbsCaps => onto.mbs_caps.clone_from(&from.mbs_caps),
            Dated::OnRrpLimits => onto.on_rrp_limits.clone_from(&from.on_rrp_limits),
        }
    }
}

impl What {
    /// Its name in tables.
    pub fn name(&self) -> String {
        match self {
            What::Parameter(name) => (*name).to_owned(),
            What::Event(name) => format!("event “{name}”"),
            What::Dated(list) => list.key().to_owned(),
            What::Watch(name) => format!("watch “{name}”"),
        }
    }

    /// Whether paths depend on it.
    pub fn moves_paths(&self) -> bool {
        !matches!(self, What::Watch(_))
    }
}

impl Change {
    /// Lays what the second scenario has onto the first, or onto a scenario that already has other changes laid on.
    pub fn lay(&self, onto: &mut Scenario, from: &Scenario) {
        match &self.what {
            What::Parameter(name) => {
                let mut parameters = from.parameters.clone();
                let value = parameters.get_mut(name).expect("a change names a parameter of the model").clone();
                *onto.parameters.get_mut(name).expect("both have all parameters") = value;
            }
            What::Event(name) => lay_event(name, onto, from),
            What::Dated(list) => list.lay(onto, from),
            What::Watch(_) => {}
        }
    }
}

/// Events stand in the order of `from` as far as it has them, so that all changes together make its very scenario.
fn lay_event(name: &str, onto: &mut Scenario, from: &Scenario) {
    onto.events.retain(|event| event.name != name);
    onto.events.extend(from.events.iter().filter(|event| event.name == name).cloned());
    let place = |event: &Event| from.events.iter().position(|known| known.name == event.name);
    onto.events.sort_by_key(|event| place(event).unwrap_or(usize::MAX));
}

/// Everything that two scenarios do not have alike, but for their words and what [`unshared`](super::unshared) finds.
pub fn changes(one: &Scenario, other: &Scenario) -> Vec<Change> {
    let mut changes = event_changes(one, other);
    for list in Dated::ALL {
        if !list.is_alike(one, other) {
            let told = |scenario| told_list(scenario, list.key());
            changes.push(Change { what: What::Dated(list), one: told(one), other: told(other) });
        }
    }
    let values = one.parameters.values().into_iter().zip(other.parameters.values());
    for (info, (of_one, of_other)) in PARAMETERS.iter().zip(values) {
        if of_one != of_other {
            let told = |scenario, quantity| Some(told_parameter(scenario, info.name, quantity));
            let (one, other) = (told(one, of_one), told(other, of_other));
            changes.push(Change { what: What::Parameter(info.name), one, other });
        }
    }
    changes.extend(watch_changes(one, other));
    changes
}

fn event_changes(one: &Scenario, other: &Scenario) -> Vec<Change> {
    let find = |scenario: &Scenario, name: &str| scenario.events.iter().position(|event| event.name == name);
    let mut changes = Vec::new();
    for name in names_of(one.events.iter().map(|event| &event.name), other.events.iter().map(|event| &event.name)) {
        let (in_one, in_other) = (find(one, name), find(other, name));
        if let (Some(a), Some(b)) = (in_one, in_other)
            && one.events[a] == other.events[b]
        {
            continue;
        }
        let lines =
            |scenario, place: Option<usize>| place.map(|place| told_lines(scenario, &format!("event[{place}].")));
        let (mut one, mut other) = (lines(one, in_one), lines(other, in_other));
        // Of an event that both have, what they have alike goes without saying.
        if let (Some(one), Some(other)) = (&mut one, &mut other) {
            let alike: Vec<(String, String)> =
                one.words().filter(|line| other.words().any(|found| found == *line)).collect();
            one.drop(&alike);
            other.drop(&alike);
        }
        let told = |lines: Option<Lines>| lines.map(Lines::told);
        changes.push(Change { what: What::Event(name.clone()), one: told(one), other: told(other) });
    }
    changes
}

fn watch_changes(one: &Scenario, other: &Scenario) -> Vec<Change> {
    let find = |scenario: &Scenario, name: &str| scenario.watches.iter().position(|watch| watch.name == name);
    let asks = |watch: &Watch| (watch.when.clone(), watch.from, watch.to, watch.limit);
    let names = names_of(one.watches.iter().map(|watch| &watch.name), other.watches.iter().map(|watch| &watch.name));
    let mut changes = Vec::new();
    for name in names {
        let (in_one, in_other) = (find(one, name), find(other, name));
        let alike = in_one.zip(in_other).is_some_and(|(a, b)| asks(&one.watches[a]) == asks(&other.watches[b]));
        if !alike {
            let told = |scenario, place: Option<usize>| {
                place.map(|place| told_lines(scenario, &format!("watch[{place}].")).told())
            };
            let (one, other) = (told(one, in_one), told(other, in_other));
            changes.push(Change { what: What::Watch(name.clone()), one, other });
        }
    }
    changes
}

/// Names of the first, then those that only the second has.
fn names_of<'a>(one: impl Iterator<Item = &'a String>, other: impl Iterator<Item = &'a String>) -> Vec<&'a String> {
    let mut names: Vec<&String> = one.collect();
    for name in other {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Keys with their values as typed, below a path.
struct Lines {
    lines: Vec<(String, String)>,
    from: String,
}

impl Lines {
    fn words(&self) -> impl Iterator<Item = (String, String)> {
        self.lines.iter().cloned()
    }

    fn drop(&mut self, alike: &[(String, String)]) {
        self.lines.retain(|line| !alike.contains(line));
    }

    fn told(self) -> Told {
        let lines: Vec<String> = self.lines.into_iter().map(|(key, value)| format!("{key} {value}")).collect();
        Told { words: lines.join(", "), from: self.from }
    }
}

fn without_quotes(value: &str) -> String {
    value.chars().filter(|c| !matches!(c, '"' | '\'')).collect()
}

/// What a scenario says below a path, but for the name, which is told already.
fn told_lines(scenario: &Scenario, path: &str) -> Lines {
    let below = scenario.typed.iter().filter_map(|typed| Some((typed.key.strip_prefix(path)?, typed)));
    let typed: Vec<_> = below.filter(|(key, _)| *key != "name").collect();
    Lines {
        lines: typed.iter().map(|(key, typed)| ((*key).to_owned(), without_quotes(&typed.value))).collect(),
        from: typed.first().map_or(String::new(), |(_, typed)| typed.origin.to_string()),
    }
}

/// A dated list, entry by entry; none if the scenario has none.
fn told_list(scenario: &Scenario, path: &str) -> Option<Told> {
    let entries =
        (0..).map(|place| told_lines(scenario, &format!("{path}[{place}]."))).take_while(|it| !it.lines.is_empty());
    let mut from = None;
    let mut words = Vec::new();
    for entry in entries {
        from.get_or_insert(entry.from.clone());
        let date = entry.lines.iter().find(|(key, _)| key == "date").map_or("", |(_, date)| date);
        let values: Vec<String> =
            match entry.lines.iter().filter(|(key, _)| key != "date").collect::<Vec<_>>().as_slice() {
                [(_, value)] => vec![value.clone()],
                several => several.iter().map(|(key, value)| format!("{key} {value}")).collect(),
            };
        words.push(format!("{date} {}", values.join(" ")));
    }
    from.map(|from| Told { words: words.join(", "), from })
}

fn told_parameter(scenario: &Scenario, name: &str, quantity: &Quantity) -> Told {
    let info = PARAMETERS.iter().find(|info| info.name == name).expect("a parameter of the model");
    let typed = scenario.typed.iter().find(|typed| typed.key.strip_prefix("parameters.") == Some(name));
    let words = match (quantity, typed) {
        (_, Some(typed)) if matches!(typed.origin, Origin::File(..)) => without_quotes(&typed.value),
        (Quantity::Fixed(value), _) => show(*value, info.unit),
        (Quantity::Random(distribution), _) => format!("{distribution:?}"),
    };
    Told { words, from: typed.map_or("default".to_owned(), |typed| typed.origin.to_string()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{self, load_text};

    fn child(text: &str) -> Scenario {
        let text = format!("title = 'c'\nextends = 'shutdown_cash_hoarding'\n{text}");
        load_text("child.toml", &text).unwrap_or_else(|problems| panic!("{problems}"))
    }

    /// What a change says, in a line.
    fn line(change: &Change) -> String {
        let words = |told: &Option<Told>| told.as_ref().map_or("–".to_owned(), |told| told.words.clone());
        format!("{}: {} → {}", change.what.name(), words(&change.one), words(&change.other))
    }

    #[test]
    fn a_scenario_has_everything_alike_with_itself_however_it_is_typed() {
        let scenario = scenario::load("shutdown_cash_hoarding").expect("ships");
        assert_eq!(changes(&scenario, &scenario), []);
        let respelled = child("[parameters]\nample_reserves = '2.8tn'\n");
        let vintage = scenario.parameters.ample_reserves.typical();
        assert_eq!(changes(&scenario, &respelled).is_empty(), vintage == 2800.0);
        // A cash target of the same levels in other words.
        let respelled = child(
            "[treasury]\ncash_target = [ { date = 2025-09-30, level = '0.85tn' }, { date = 2025-12-31, level = '850bn' },\
             { date = 2026-03-31, level = '850 bn' } ]\n",
        );
        assert_eq!(changes(&scenario, &respelled), []);
    }

    #[test]
    fn every_kind_of_change_is_found_with_both_values_as_typed_and_their_places() {
        let scenario = scenario::load("shutdown_cash_hoarding").expect("ships");
        let other = child(
            "remove = ['shutdown', 'runoff ends', 'TGA above 1T']\n\
             [parameters]\nhoarding_gain = '3bn/bp'\nhoarding_half_life = { lognormal = ['20bd', 0.5] }\n\
             [fed]\non_rrp_limits = [ { date = 2025-10-01, level = '80bn' }, { date = 2025-12-01, level = '160bn' } ]\n\
             [[event]]\nname = 'shutdown'\nkind = 'shutdown'\nstart = 2025-10-01\nduration = '43d'\n\
             delayed_outlays = { triangular = ['0.8bn/day', '1.2bn/day', '1.9bn/day'] }\ncatch_up = '15bd'\nhoarding = '0bn'\n\
             [[event]]\nname = 'tax'\nkind = 'treasury_flow'\ndate = 2025-11-03\namount = '10bn'\n",
        );
        let found = changes(&scenario, &other);
        let lines: Vec<String> = found.iter().map(line).collect();
        assert_eq!(
            lines,
            [
                "event “runoff ends”: kind runoff_end, date 2025-12-01 → –",
                "event “shutdown”: duration { lognormal = { median = 35d, sigma = 0.4 } }, hoarding 100bn → duration 43d, \
                 hoarding 0bn",
                "event “tax”: – → kind treasury_flow, date 2025-11-03, amount 10bn, over 1bd",
                "fed.on_rrp_limits: – → 2025-10-01 80bn, 2025-12-01 160bn",
                "hoarding_gain: 0.5bn/bp → 3bn/bp",
                "hoarding_half_life: 8bd → { lognormal = [20bd, 0.5] }",
                "watch “TGA above 1T”: when tga > 1tn → –",
            ],
            "{lines:#?}"
        );
        assert_eq!(found[4].other.as_ref().map(|told| told.from.as_str()), Some("child.toml:5"));
    }

    /// Scenarios are compared by all that paths depend on.
    fn meant(scenario: &Scenario) -> String {
        let Scenario { parameters, cash_target, settlements, rates, meetings, .. } = scenario;
        let Scenario { runoff_caps, mbs_caps, on_rrp_limits, events, .. } = scenario;
        format!(
            "{parameters:?}{cash_target:?}{settlements:?}{rates:?}{meetings:?}{runoff_caps:?}{mbs_caps:?}{on_rrp_limits:?}{events:?}"
        )
    }

    #[test]
    fn all_changes_laid_onto_one_scenario_make_the_other_in_any_order() {
        for [one, other] in [
            ["baseline_2025q4", "shutdown_cash_hoarding"],
            ["qt_goes_on", "qt_end"],
            ["tga_drawdown", "baseline_2025q4"],
            ["sept_2019_spike", "sept_2019_with_facility"],
        ] {
            let [one, other] = [one, other].map(|name| scenario::load(name).expect("ships"));
            let mut found = changes(&one, &other);
            for _ in 0..2 {
                let mut laid = one.clone();
                found.iter().for_each(|change| change.lay(&mut laid, &other));
                assert_eq!(meant(&laid), meant(&other));
                found.reverse();
            }
        }
    }
}
