//! What must hold between the values of a scenario.

use crate::calendar::fedwire;
use crate::model::AUCTION_LEAD;
use crate::scenario::books::check_corridor;
use crate::scenario::codes;
use crate::scenario::diagnostic::{Diagnostic, quoted};
use crate::scenario::fields::{RUN, default_count, event_shape};
use crate::scenario::node::Table;
use crate::scenario::overlay::name_of;
use crate::scenario::problems::Problems;
use crate::scenario::scenario::{Draws, When};
use crate::scenario::source::{Place, Source};
use crate::scenario::suggestion::nearest;
use jiff::civil::{Date, date};
use std::collections::HashMap;

/// The first and last day of the program's calendar of Fedwire days.
const CALENDAR: (Date, Date) = (date(2018, 1, 1), date(2030, 12, 31));

/// The longest horizon, in years.
const LONGEST_HORIZON: i16 = 10;

/// The first and last day of a scenario, where both were understood.
type Horizon = Option<(Date, Date)>;

/// Reports everything that does not hold together.
pub fn validate(scenario: &Table, problems: &mut Problems) {
    let horizon = check_horizon(scenario, problems);
    let leaf = &scenario.place.source;
    let lists = [
        ("treasury", "cash_target"),
        ("treasury", "settlements"),
        ("rates", "steps"),
        ("rates", "meetings"),
        ("fed", "runoff_caps"),
        ("fed", "mbs_caps"),
        ("fed", "on_rrp_limits"),
    ];
    for (table, list) in lists {
        if let Some(table) = scenario.table(table) {
            check_dated(table, list, problems);
        }
    }
    for step in scenario.table("rates").into_iter().flat_map(|rates| rates.rows("steps")) {
        if let (Some(floor), Some(ceiling)) = (step.level("on_rrp"), step.level("srf")) {
            check_corridor(floor, ceiling, step.place_of("on_rrp"), problems);
        }
    }
    if let Some((start, _)) = horizon {
        for settlement in scenario.table("treasury").into_iter().flat_map(|treasury| treasury.rows("settlements")) {
            check_settlement(settlement, start, problems);
        }
        for meeting in scenario.table("rates").into_iter().flat_map(|rates| rates.rows("meetings")) {
            check_meeting(meeting, start, problems);
        }
    }
    if let Some(run) = scenario.table("run") {
        check_draws(run, problems);
    }
    check_names(scenario, "event", problems);
    check_names(scenario, "watch", problems);
    for event in scenario.rows("event") {
        check_event(event, horizon, leaf, problems);
    }
    for watch in scenario.rows("watch") {
        check_window(watch, horizon, leaf, problems);
    }
}

fn check_horizon(scenario: &Table, problems: &mut Problems) -> Horizon {
    let horizon = scenario.table("horizon")?;
    let mut inside = true;
    for name in ["start", "end"] {
        if let Some(day) = horizon.date(name) {
            inside &= check_calendar(day, horizon.place_of(name), problems);
        }
    }
    if !inside {
        return None;
    }
    let (start, end) = (horizon.date("start")?, horizon.date("end")?);
    if end <= start {
        let message = format!("the horizon ends on {end}, which is not after its start on {start}");
        let place = horizon.place_of("end");
        problems.push(Diagnostic::error(codes::ORDER, place, message).label("must be after the start"));
        return None;
    }
    if fedwire::next_business_day(start) > end {
        let message = format!("there is no business day after {start} and up to {end}, so nothing would be simulated");
        let diagnostic = Diagnostic::error(codes::DATE, horizon.place_of("end"), message).label("too early");
        problems.push(diagnostic.help(format!("the first business day is {}", fedwire::next_business_day(start))));
        return None;
    }
    let years =
        i32::from(end.year()) * 12 + i32::from(end.month()) - i32::from(start.year()) * 12 - i32::from(start.month());
    if years > i32::from(LONGEST_HORIZON) * 12 {
        let message = format!("the horizon is longer than {LONGEST_HORIZON} years");
        let diagnostic = Diagnostic::error(codes::OUT_OF_BOUNDS, horizon.place_of("end"), message).label("too far");
        problems.push(diagnostic.help("the behaviour of banks and dealers is not known to hold that long".to_owned()));
        return None;
    }
    Some((start, end))
}

/// Whether a day is inside the calendar; reports it otherwise.
fn check_calendar(day: Date, place: &Place, problems: &mut Problems) -> bool {
    let (first, last) = CALENDAR;
    let inside = (first..=last).contains(&day);
    if !inside {
        let message = format!("{day} is outside the calendar, which goes from {first} to {last}");
        problems.push(Diagnostic::error(codes::DATE, place, message).label("no business days are known here"));
    }
    inside
}

/// Checks that a list of dated values is in ascending order and inside the calendar.
fn check_dated(table: &Table, list: &str, problems: &mut Problems) {
    let mut last: Option<Date> = None;
    for row in table.rows(list) {
        let Some(day) = row.date("date") else {
            continue;
        };
        let place = row.place_of("date");
        check_calendar(day, place, problems);
        if let Some(last) = last.filter(|last| day <= *last) {
            let twice = day == last;
            let message = if twice {
                format!("`{list}` has {day} twice")
            } else {
                format!("`{list}` goes back from {last} to {day}")
            };
            let help = if twice { "keep one of the two" } else { "put the entries in order of date" };
            let diagnostic = Diagnostic::error(codes::ORDER, place, message).label(format!("must be after {last}"));
            problems.push(diagnostic.help(help.to_owned()));
        }
        last = Some(day);
    }
    if list == "cash_target" && table.is_empty_list(list) {
        let diagnostic = Diagnostic::error(codes::MISSING_KEY, table.place_of(list), "`cash_target` is empty");
        problems.push(
            diagnostic
                .label("at least one entry")
                .help("cash_target = [ { date = 2025-12-31, level = \"850bn\" } ]".to_owned()),
        );
    }
}

/// What was decided by the start is in the vintage's rates or in `steps`, and nothing about it is left to draw.
fn check_meeting(meeting: &Table, start: Date, problems: &mut Problems) {
    if let Some(day) = meeting.date("date").filter(|day| *day <= start) {
        let message = format!("the meeting of {day} is not after the start of the horizon on {start}");
        let diagnostic = Diagnostic::error(codes::DATE, meeting.place_of("date"), message).label("already decided");
        problems.push(diagnostic.help("leave it out; `steps` hold rates that are known".to_owned()));
    }
}

/// A settlement is on a business day after the start; its bills were announced by the start.
fn check_settlement(settlement: &Table, start: Date, problems: &mut Problems) {
    let Some(day) = settlement.date("date") else { return };
    let place = settlement.place_of("date");
    if day <= start {
        let message = format!("the settlement of {day} is not after the start of the horizon on {start}");
        let diagnostic = Diagnostic::error(codes::DATE, place, message).label("settled before the run begins");
        problems.push(diagnostic.help("leave it out; the vintage holds what has settled".to_owned()));
    } else if !fedwire::is_business_day(day) {
        let message = format!("nothing settles on {day}, which is no business day");
        let diagnostic = Diagnostic::error(codes::DATE, place, message).label("a closed day");
        problems.push(diagnostic.help(format!("the next business day is {}", fedwire::on_or_after(day))));
    } else if settlement.entry("bills").is_some() {
        let last = (0..AUCTION_LEAD).fold(start, |day, _| fedwire::next_business_day(day));
        if day > last {
            let message = format!("bills that settle on {day} are not announced by {start}");
            let place = settlement.place_of("bills");
            let diagnostic = Diagnostic::error(codes::DATE, place, message).label("announced later, by the model");
            problems.push(diagnostic.help(format!("bills can be given for days up to {last}")));
        }
    }
}

/// How draws are spread, and whether the paths can be.
fn check_draws(run: &Table, problems: &mut Problems) {
    let Some(word) = run.text("draws") else { return };
    let place = run.place_of("draws");
    let Some(draws) = Draws::called(word) else {
        let words = Draws::ALL.map(Draws::word);
        let message = format!("`draws` is {}, not {}", words.join(" or "), quoted(word));
        let near = nearest(word, words).unwrap_or(words[0]);
        let diagnostic = Diagnostic::error(codes::UNKNOWN_WORD, place, message).label("another word than these");
        problems.push(diagnostic.help(format!("draws = \"{near}\"")));
        return;
    };
    let typed = run.count("paths").map(|paths| (paths, run.place_of("paths")));
    let Some((paths, place)) = typed.or_else(|| Some((default_count(RUN, "paths")?, place))) else { return };
    if let Some((message, help)) = draws.misfit(paths) {
        problems.push(Diagnostic::error(codes::OUT_OF_BOUNDS, place, message).label("uneven replicates").help(help));
    }
}

fn check_names(scenario: &Table, list: &str, problems: &mut Problems) {
    let mut seen: HashMap<&str, &Place> = HashMap::new();
    for row in scenario.rows(list) {
        let Some(name) = name_of(row) else { continue };
        let place = if row.entry("name").is_some() { row.place_of("name") } else { row.place_of("kind") };
        if name.trim().is_empty() {
            let diagnostic = Diagnostic::error(codes::MISSING_KEY, place, format!("the name of this {list} is empty"));
            problems.push(diagnostic.label("a name of its own"));
        }
        if let Some(first) = seen.insert(name, place) {
            let (line, _) = first.line_and_column();
            let message = format!("two {list}{} are called {}", if list == "watch" { "es" } else { "s" }, quoted(name));
            let help = format!(
                "the first is in {}, line {line}; give this one a `name` of its own",
                first.source.path.display()
            );
            let inherited = first.source != place.source;
            let help = if inherited {
                format!("{help}, or drop the inherited one with `remove = [\"{name}\"]`")
            } else {
                help
            };
            problems.push(Diagnostic::error(codes::DUPLICATE, place, message).label("used before").help(help));
        }
    }
}

/// The first and last day a date may fall on.
pub fn span_of(when: &When) -> Option<(Date, Date)> {
    match when {
        When::On(day) => Some((*day, *day)),
        When::Between(first, last) => Some((*first, *last)),
        When::OneOf(days, _) => Some((*days.iter().min()?, *days.iter().max()?)),
    }
}

fn check_event(event: &Table, horizon: Horizon, leaf: &Source, problems: &mut Problems) {
    let (Some(name), Some(shape)) = (name_of(event), event.text("kind").and_then(event_shape)) else { return };
    if shape.fields.iter().any(|field| LINES.contains(&field.name)) {
        check_lines(name, event, problems);
    }
    let key = if event.entry("start").is_some() { "start" } else { "date" };
    let Some((earliest, latest)) = event.when(key).and_then(span_of) else { return };
    let place = event.place_of(key);
    check_calendar(earliest, place, problems);
    if let Some((start, end)) = horizon {
        let fault = if latest > end {
            Some(format!("falls on {latest}, after the horizon ends on {end}"))
        } else if earliest < start && !shape.lasting {
            Some(format!("falls on {earliest}, before the horizon starts on {start}"))
        } else {
            None
        };
        if let Some(fault) = fault {
            let message = format!("the event {} {fault}", quoted(name));
            let help = way_out(name, event, leaf, "move it into the horizon");
            problems.push(Diagnostic::error(codes::DATE, place, message).label("outside the horizon").help(help));
        }
    }
    for (key, ending) in [("end", "end"), ("lift", "be lifted")] {
        let Some((first_end, last_end)) = event.when(key).and_then(span_of) else { continue };
        let place = event.place_of(key);
        check_calendar(last_end, place, problems);
        if first_end <= latest {
            let message = format!(
                "the event {} may {ending} on {first_end}, which is not after its start on {latest}",
                quoted(name)
            );
            problems.push(Diagnostic::error(codes::ORDER, place, message).label("must be after the start"));
        }
    }
}

/// The lines of a policy rule, of which it has at least one.
const LINES: [&str; 2] = ["sofr_above", "reserves_below"];

/// Reports a policy rule that waits for nothing.
fn check_lines(name: &str, event: &Table, problems: &mut Problems) {
    if LINES.iter().any(|line| event.entry(line).is_some() || event.meant.contains(line)) {
        return;
    }
    let message = format!("the policy rule {} has no line to cross, so it would never act", quoted(name));
    let diagnostic = Diagnostic::error(codes::MISSING_KEY, &event.place, message);
    let help = "give it sofr_above = \"10bp\", reserves_below = \"2.8tn\", or both; either is enough";
    problems.push(diagnostic.label("when does the Fed act?").help(help.to_owned()));
}

/// What to do about an event or a watch outside the horizon: it is changed where it is typed, or dropped here.
fn way_out(name: &str, row: &Table, leaf: &Source, change: &str) -> String {
    if row.place.source.is(leaf) {
        change.to_owned()
    } else {
        format!("it is inherited: drop it with `remove = [\"{name}\"]` in {}", leaf.path.display())
    }
}

fn check_window(watch: &Table, horizon: Horizon, leaf: &Source, problems: &mut Problems) {
    let name = name_of(watch).unwrap_or_default();
    if let Some((start, end)) = horizon {
        for key in ["from", "to"] {
            if let Some(day) = watch.date(key).filter(|day| !(start..=end).contains(day)) {
                let message = format!("{day} is outside the horizon, which goes from {start} to {end}");
                let help = way_out(name, watch, leaf, &format!("leave `{key}` out to watch the whole horizon"));
                let diagnostic = Diagnostic::error(codes::DATE, watch.place_of(key), message);
                problems.push(diagnostic.label("outside the horizon").help(help));
            }
        }
    }
    if let (Some(from), Some(to)) = (watch.date("from"), watch.date("to"))
        && to < from
    {
        let message = format!("the window ends on {to}, before it starts on {from}");
        let diagnostic = Diagnostic::error(codes::ORDER, watch.place_of("to"), message);
        problems.push(diagnostic.label("before the start of the window"));
    } else if let Some((start, end)) = horizon {
        // The opening day is known, so that a window is about the business days after it.
        let (from, to) = (watch.date("from").unwrap_or(start), watch.date("to").unwrap_or(end));
        let first = if from > start { fedwire::on_or_after(from) } else { fedwire::next_business_day(start) };
        if first > to {
            let key = if watch.entry("to").is_some() { "to" } else { "from" };
            let message = format!("the window from {from} to {to} has no business day after the start on {start}");
            let diagnostic = Diagnostic::error(codes::DATE, watch.place_of(key), message).label("nothing to watch");
            problems.push(diagnostic.help(format!("the next business day is {first}")));
        }
    }
}
