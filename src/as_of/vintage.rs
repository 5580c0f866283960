//! The opening balance sheet, rates and behavioural state of any business day since 3 April 2018.

use super::announced_bills::announced_bills;
use super::error::AsOfError;
use super::fed_books::fed;
use super::origin::Origin;
use super::public::public;
use super::rates::rates;
use super::state::state;
use super::vintage_text::vintage_text;
use crate::calendar::names::{long_date, weekday};
use crate::history::AsKnown;
use crate::scenario::{Vintage, vintage_from_text};
use jiff::civil::Date;

/// The vintage of a day from what was known of it; the books balance to the million, and every figure names its source.
///
/// # Errors
/// The day is no business day, too early, or beyond the folder; a series cannot be read.
pub fn vintage(known: &AsKnown<'_>, date: Date) -> Result<Vintage, AsOfError> {
    vintage_of(&Origin::new(known, date)?)
}

/// The same, of an origin already checked.
pub(super) fn vintage_of(origin: &Origin<'_, '_>) -> Result<Vintage, AsOfError> {
    let date = origin.date;
    let fed = fed(origin)?;
    let made = Vintage {
        path: format!("{date}.toml").into(),
        date,
        title: format!("Close of {} {}", weekday(date), long_date(date)),
        rates: rates(origin)?,
        public: public(origin, &fed)?,
        state: state(origin, &announced_bills(origin)?)?,
        fed,
    };
    // Read back, so that whatever a file must fulfil holds here too.
    let name = made.path.display().to_string();
    vintage_from_text(&name, &vintage_text(&made)).map_err(|problems| AsOfError::Books { date, problems })
}

#[cfg(test)]
mod tests {
    use super::super::shipped::shipped;
    use super::super::tests::history;
    use super::*;
    use crate::as_of::known_of;
    use crate::calendar::fedwire;
    use jiff::civil::date;

    /// The shipped vintages were typed from the same releases by hand, so that this checks both.
    #[test]
    fn agrees_with_every_vintage_that_ships_within_half_a_percent() {
        let Some(history) = history() else { return };
        for typed in shipped().iter().filter(|typed| typed.date <= date(2026, 3, 25)) {
            let made = vintage(&known_of(&history, typed.date), typed.date).unwrap_or_else(|error| panic!("{error}"));
            for ((name, _, made), (_, _, typed_figure)) in made.figures().into_iter().zip(typed.figures()) {
                let gap = (made.value - typed_figure.value).abs();
                let allowed = match name.split('.').next() {
                    Some("fed") => (0.005 * typed_figure.value.abs()).max(0.02),
                    Some("rates") => 0.01,
                    _ => continue,
                };
                assert!(gap <= allowed, "{} {name}: {} against {}", typed.date, made.value, typed_figure.value);
            }
            let spread = (made.state.sofr_spread_average.value - typed.state.sofr_spread_average.value).abs();
            assert!(spread < 0.11, "{}", made.state.sofr_spread_average.source);
        }
    }

    /// Every ninth business day, so that all weekdays occur; reading the text back checks the books and the holders.
    #[test]
    fn every_business_day_since_april_2018_balances() {
        let Some(history) = history() else { return };
        let days = fedwire::business_days(date(2018, 4, 3), date(2026, 3, 25));
        let drawn: Vec<Date> = days.iter().copied().step_by(9).chain(days.last().copied()).collect();
        assert!(drawn.len() > 200);
        for day in drawn {
            let made = vintage(&known_of(&history, day), day).unwrap_or_else(|error| panic!("{day}: {error}"));
            let fed = &made.fed;
            let assets = [
                &fed.treasury_bills,
                &fed.treasury_coupons,
                &fed.mbs,
                &fed.standing_repo,
                &fed.loans,
                &fed.other_assets,
            ];
            let owed = [&fed.reserves, &fed.currency, &fed.tga, &fed.on_rrp, &fed.foreign_rrp, &fed.other_liabilities];
            for side in [assets, owed] {
                let gap = side.iter().map(|figure| figure.value).sum::<f64>() - fed.total_assets.value;
                assert!(gap.abs() < 0.0005, "{day}: {gap}");
            }
            assert!(fed.reserves.value > 1200.0 && fed.reserves.value < 4400.0, "{day}: {}", fed.reserves.value);
            assert!(made.figures().iter().all(|(_, _, figure)| figure.source.len() > 10), "{day}");
        }
    }

    #[test]
    fn weekends_and_days_beyond_the_folder_are_told_apart() {
        let Some(history) = history() else { return };
        let told = |day: Date| vintage(&known_of(&history, day), day).expect_err("no vintage").to_string();
        assert!(told(date(2025, 10, 4)).contains("the nearest are 2025-10-03 and 2025-10-06"));
        assert!(told(date(2017, 10, 4)).contains("the first day is 2018-04-03"));
        assert!(told(date(2029, 10, 3)).contains("is known up to"));
    }
}
