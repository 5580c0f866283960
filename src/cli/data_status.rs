//! `tidegate data status`: which series are there, up to when, how late, and what each feeds.

use super::data::{LEGAL, today};
use super::data_folder::DataFolder;
use super::failure::Failure;
use super::{print, terminal};
use crate::calendar::fedwire;
use crate::download::{Extent, Source, Store, Table, extent_of_series, extent_of_source};
use crate::history::{Frequency, REGISTRY, Series};
use crate::report::numbers::number;
use clap::Args;
use jiff::civil::{Date, Weekday};
use std::collections::BTreeMap;
use std::fmt::Write;

#[derive(Args)]
pub struct StatusArguments {
    #[command(flatten)]
    data: DataFolder,
    /// The day from which to count how late a series is [default: today]
    #[arg(long, value_name = "DATE")]
    today: Option<Date>,
}

/// Prints the table.
pub fn status(arguments: &StatusArguments) -> Result<(), Failure> {
    let store = Store::new(&arguments.data.folder);
    let today = arguments.today.unwrap_or_else(today);
    let mut files = Files { store: &store, read: BTreeMap::new() };
    let mut feeds = Feeds(Vec::new());
    let mut text =
        format!("{:<23} {:<4} {:<10} {:<10} {:>6}  {:<12} feeds\n", "series", "unit", "from", "to", "days", "age");
    let mut missing = Vec::new();
    let mut line = |name: &'static str, unit: &str, extent: Option<Extent>, late: Late, letters: &str| {
        if let Some(Extent { from, to, days }) = extent {
            let days = number(days as f64, 0);
            let late = late.words();
            let _ = writeln!(text, "{name:<23} {unit:<4} {from} {to} {days:>6}  {late:<12} {letters}");
        } else {
            let _ = writeln!(text, "{name:<23} {unit:<4} {:<36} {letters}", "missing");
            missing.push(name);
        }
    };
    for series in REGISTRY {
        let extent = files.table(&series.place.file())?.and_then(|table| extent_of_series(series, table));
        let late = extent.map_or(Late::NONE, |extent| Late::of(series, extent.to, today));
        line(series.name, series.unit.name(), extent, late, &feeds.letters(series.feeds));
    }
    // What is fetched only if named is told only if it is there.
    for (name, source, what) in Source::tables() {
        if source.only_if_named() && files.table(&source.file())?.is_none() {
            continue;
        }
        let extent = files.table(&source.file())?.and_then(|table| extent_of_source(source, table));
        let late = extent.map_or(Late::NONE, |extent| Late { days: business_days(extent.to, today), weeks: false });
        line(name, "", extent, late, &feeds.letters(what));
    }
    text.push('\n');
    text.push_str(&feeds.legend());
    text.push_str(&terminal::wrapped("folder", &store.folder().display().to_string()));
    if let Some(last) = store.receipts().values().map(|receipt| &receipt.retrieved).max() {
        text.push_str(&terminal::wrapped("pulled", last));
    }
    if !missing.is_empty() {
        let all =
            missing.len() == REGISTRY.len() + Source::tables().filter(|(_, table, _)| !table.only_if_named()).count();
        let command = if all { String::new() } else { format!(" {}", missing.join(" ")) };
        let _ = writeln!(text, "\n{} missing; to fetch:", number(missing.len() as f64, 0));
        text.push_str(&terminal::wrapped(" ", &format!("tidegate data pull{command}")));
    }
    let _ = writeln!(text, "\n{LEGAL}");
    print(&text)
}

/// Files of the folder, each read once.
struct Files<'s> {
    store: &'s Store,
    read: BTreeMap<String, Option<Table>>,
}

impl Files<'_> {
    fn table(&mut self, file: &str) -> Result<Option<&Table>, Failure> {
        if !self.read.contains_key(file) {
            let table = self.store.read(file).map_err(|error| Failure::Download(vec![error.to_string()]))?;
            self.read.insert(file.to_owned(), table);
        }
        Ok(self.read[file].as_ref())
    }
}

/// What series feed, each with a letter, so that the table fits into 80 columns.
struct Feeds(Vec<&'static str>);

impl Feeds {
    fn letters(&mut self, feeds: &'static str) -> String {
        let letter = |what: &'static str| {
            let place = self.0.iter().position(|known| *known == what).unwrap_or_else(|| {
                self.0.push(what);
                self.0.len() - 1
            });
            ('a'..='z').nth(place).unwrap_or('?')
        };
        let mut letters: Vec<char> = feeds.split(", ").map(letter).collect();
        letters.sort_unstable();
        letters.into_iter().collect()
    }

    /// What the letters mean, three to a line.
    fn legend(&self) -> String {
        let meanings: Vec<String> =
            self.0.iter().zip('a'..).map(|(what, letter)| format!("{:<24}", format!("{letter} {what}"))).collect();
        let lines = meanings.chunks(3).enumerate().map(|(number, line)| {
            let label = if number == 0 { "feeds " } else { "      " };
            format!("{label} {}\n", line.concat().trim_end())
        });
        lines.collect()
    }
}

/// How many values a series lacks that its publisher has by now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Late {
    days: usize,
    weeks: bool,
}

impl Late {
    const NONE: Late = Late { days: 0, weeks: false };

    /// Counted from the last day that is there to the last day whose value was out before today.
    fn of(series: &Series, to: Date, today: Date) -> Late {
        let weeks = matches!(series.frequency, Frequency::Wednesday | Frequency::WeekAverage);
        let mut days = 0;
        let mut day = to;
        while let Ok(next) = day.tomorrow() {
            day = next;
            let has_value = if weeks { day.weekday() == Weekday::Wednesday } else { fedwire::is_business_day(day) };
            if series.published(day) >= today {
                break;
            }
            days += usize::from(has_value);
        }
        Late { days, weeks }
    }

    fn words(self) -> String {
        match (self.days, self.weeks) {
            (0, _) => "current".to_owned(),
            (days, false) => format!("{} bd late", number(days as f64, 0)),
            (weeks, true) => format!("{} wk late", number(weeks as f64, 0)),
        }
    }
}

/// Business days after one day and before another.
fn business_days(after: Date, before: Date) -> usize {
    after
        .series(jiff::Span::new().days(1))
        .skip(1)
        .take_while(|day| *day < before)
        .filter(|day| fedwire::is_business_day(*day))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::SeriesId;
    use jiff::civil::date;

    #[test]
    fn a_series_is_late_only_for_what_is_published() {
        // Wednesday 25 March 2026 is in the release of the 26th; that of 1 April comes on the 2nd, at its close.
        let assets = SeriesId::TotalAssets.series();
        let late = |today| Late::of(assets, date(2026, 3, 25), today);
        assert_eq!(late(date(2026, 4, 2)).words(), "current");
        assert_eq!(late(date(2026, 4, 3)).words(), "1 wk late");
        // SOFR of Tuesday 31 March is out on 1 April.
        let sofr = SeriesId::Sofr.series();
        assert_eq!(Late::of(sofr, date(2026, 3, 30), date(2026, 4, 1)).words(), "current");
        assert_eq!(Late::of(sofr, date(2026, 3, 30), date(2026, 4, 2)).words(), "1 bd late");
    }

    #[test]
    fn business_days_between_are_counted_without_the_ends() {
        // Friday 27 March 2026 to Wednesday 1 April: Monday and Tuesday.
        assert_eq!(business_days(date(2026, 3, 27), date(2026, 4, 1)), 2);
        assert_eq!(business_days(date(2026, 4, 10), date(2026, 4, 1)), 0);
    }
}
