//! History is read as it was known: a number that had not been published is an error.

use crate::real_history::{fred, history};
use jiff::civil::date;
use tidegate::history::{Frequency, History, HistoryError, REGISTRY, SeriesId, rate_steps};

#[test]
fn a_read_of_the_future_is_an_error() {
    let Some(folder) = history("reading history as it was known") else { return };
    let history = History::open(&folder).unwrap();
    // The balance sheet of Wednesday 29 October 2025 came out on Thursday the 30th at 16:30.
    let wednesday = date(2025, 10, 29);
    let on_the_day = history.as_known(wednesday);
    assert_eq!(
        on_the_day.value(SeriesId::TreasuryAccountWednesday, wednesday),
        Err(HistoryError::Future {
            series: SeriesId::TreasuryAccountWednesday,
            date: wednesday,
            published: date(2025, 10, 30),
            known_on: wednesday,
        })
    );
    // FRED WDTGAL 2025-10-29, and the closing balance of the Daily Treasury Statement of that day.
    let next_day = history.as_known(date(2025, 10, 30));
    assert_eq!(next_day.value(SeriesId::TreasuryAccountWednesday, wednesday), Ok(983.859));
    assert_eq!(next_day.value(SeriesId::CashBalance, wednesday), Ok(983.859));
    // ON RRP is known the same afternoon: FRED RRPONTSYD 2025-10-30 is the operation of that day.
    assert!(next_day.value(SeriesId::OnRrp, date(2025, 10, 30)).is_ok());
    assert!(matches!(next_day.value(SeriesId::Sofr, date(2025, 10, 30)), Err(HistoryError::Future { .. })));
}

#[test]
fn nothing_handed_out_was_published_later() {
    let Some(folder) = history("that no series reaches beyond what was known") else { return };
    let history = History::open(&folder).unwrap();
    for on in [date(2019, 9, 17), date(2022, 4, 18), date(2025, 11, 28), date(2026, 3, 10)] {
        let known = history.as_known(on);
        for id in SeriesId::ALL {
            let values = known.series(*id).unwrap_or_else(|error| panic!("{error}"));
            let Some(last) = values.last() else { continue };
            assert!(id.series().published(last.date) <= on, "{id} on {on}");
        }
        assert!(known.auctions().unwrap().iter().all(|auction| auction.announced <= on));
        assert!(known.announced(rate_steps()).iter().all(|step| step.announced <= on));
    }
}

#[test]
fn cash_balance_is_read_across_its_three_spellings() {
    let Some(folder) = history("the closing balance of the Daily Treasury Statement") else { return };
    let history = History::open(&folder).unwrap();
    let known = history.as_known(date(2026, 4, 1));
    // Daily Treasury Statement close and H.4.1 Wednesday level, whoever publishes: one account.
    let wednesdays = fred(&folder, "WDTGAL");
    let mut compared = 0;
    for (wednesday, millions) in wednesdays.range(date(2018, 1, 3)..=date(2026, 3, 25)) {
        if let Ok(close) = known.value(SeriesId::CashBalance, *wednesday) {
            assert!((close - millions / 1000.0).abs() < 0.0011, "{wednesday}: {close} and {millions}");
            compared += 1;
        }
    }
    assert!(compared > 400, "{compared} Wednesdays");
}

#[test]
fn announced_rates_are_those_published_later() {
    let Some(folder) = history("announced rates against FRED") else { return };
    let (iorb, top) = (fred(&folder, "IORB"), fred(&folder, "DFEDTARU"));
    for (day, published) in &iorb {
        let step = rate_steps().iter().rev().find(|step| step.from <= *day).unwrap();
        assert_eq!(step.iorb, *published, "{day}");
        assert_eq!(step.srf, top[day], "{day}");
    }
}

#[test]
fn every_series_of_the_registry_is_in_the_folder() {
    let Some(folder) = history("the series of the registry") else { return };
    let history = History::open(&folder).unwrap();
    let known = history.as_known(date(2026, 4, 1));
    for series in REGISTRY.iter().zip(SeriesId::ALL) {
        let values = known.series(*series.1).unwrap_or_else(|error| panic!("{error}"));
        let least = if series.0.frequency == Frequency::Daily { 1_100 } else { 350 };
        assert!(values.len() > least, "{}: {} values", series.0.name, values.len());
    }
}
