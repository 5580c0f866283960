//! Which parameters forecast which origins: only such as were found on history that the origin had seen.

use crate::calendar::names::short_date;
use crate::scenario::{ParameterFile, Problems};
use jiff::civil::Date;

/// Names and texts of the parameter files that ship with the program, each found on history up to the day it names, but for the
/// first, which is assumed.
const SHIPPED: &[(&str, &str)] = &[
    ("before_any_fit.parameters.toml", include_str!("../../calibrations/fitted/before_any_fit.parameters.toml")),
    ("2021-2022.parameters.toml", include_str!("../../calibrations/fitted/2021-2022.parameters.toml")),
    ("2021-2023.parameters.toml", include_str!("../../calibrations/fitted/2021-2023.parameters.toml")),
    ("2021-2024.parameters.toml", include_str!("../../calibrations/fitted/2021-2024.parameters.toml")),
    ("2021-2025.parameters.toml", include_str!("../../calibrations/fitted/2021-2025.parameters.toml")),
    ("2021-2026.parameters.toml", include_str!("../../calibrations/fitted/2021-2026.parameters.toml")),
];

/// Parameters found on a window of history.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// The file, as it was named.
    pub name: String,
    /// What it says.
    pub file: ParameterFile,
}

impl Fit {
    /// First day of an origin that may use it: the last of its window. None if the file names no window, which leaves its
    /// use to whoever names the file.
    pub fn first_origin(&self) -> Option<Date> {
        self.file.fitted.map(|(_, last)| last)
    }
}

/// Fits, in the order of their windows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fits(Vec<Fit>);

impl Fits {
    /// Those that ship with the program.
    ///
    /// # Errors
    /// A shipped file is wrong, which a test rules out.
    pub fn shipped() -> Result<Fits, Problems> {
        Fits::of(SHIPPED.iter().map(|(name, text)| ((*name).to_owned(), *text)))
    }

    /// Names and texts of parameter files.
    ///
    /// # Errors
    /// Everything that is wrong with the first wrong one.
    pub fn of<'t>(files: impl Iterator<Item = (String, &'t str)>) -> Result<Fits, Problems> {
        let read = |(name, text): (String, &str)| Ok(Fit { file: ParameterFile::from_text(&name, text)?, name });
        let mut fits = files.map(read).collect::<Result<Vec<Fit>, Problems>>()?;
        fits.sort_by_key(Fit::first_origin);
        Ok(Fits(fits))
    }

    /// All of them.
    pub fn all(&self) -> &[Fit] {
        &self.0
    }

    /// The latest fit whose window an origin had seen; none before the first, where parameters are the defaults.
    pub fn in_force(&self, origin: Date) -> Option<&Fit> {
        self.0.iter().rfind(|fit| fit.first_origin().is_none_or(|first| first <= origin))
    }

    /// Which parameters forecast which of `origins`, as a sentence for each.
    pub fn told(&self, origins: &[Date]) -> Vec<String> {
        let runs = origins.chunk_by(|one, next| self.in_force(*one) == self.in_force(*next));
        runs.filter_map(|run| Some((run[0], run.last()?, self.in_force(run[0]))))
            .map(|(first, last, fit)| {
                let span = format!("Origins {} to {}", short_date(first), short_date(*last));
                match fit {
                    None => format!("{span}: default parameters, which were chosen with all of this history in view."),
                    Some(Fit { name, file }) => match file.fitted {
                        Some((from, to)) => {
                            let window = format!("{} to {}", short_date(from), short_date(to));
                            format!("{span}: {} ({name}), found on {window} alone.", file.title)
                        }
                        None => format!("{span}: {} ({name}), which names no window of history.", file.title),
                    },
                }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn text(to: &str) -> String {
        format!(
            "title = 'up to {to}'\n[parameters]\nsrf_limit = '400bn'\n[fitted]\ncalibration = 'c.toml'\nfrom = 2021-06-30\n\
             to = {to}\nrun_to = {to}\ndata = '0'\nseed = 1\nversion = '0.1.0'\n"
        )
    }

    #[test]
    fn a_fit_is_in_force_once_its_window_is_over() {
        let (early, late) = (text("2022-06-30"), text("2023-06-30"));
        let files = [("late".to_owned(), late.as_str()), ("early".to_owned(), early.as_str())];
        let fits = Fits::of(files.into_iter()).unwrap_or_else(|problems| panic!("{problems}"));
        let name = |day| fits.in_force(day).map(|fit| fit.name.as_str());
        assert_eq!(name(date(2022, 6, 29)), None);
        assert_eq!(name(date(2022, 6, 30)), Some("early"));
        assert_eq!(name(date(2023, 6, 29)), Some("early"));
        assert_eq!(name(date(2026, 1, 7)), Some("late"));
        let told = fits.told(&[date(2022, 6, 29), date(2022, 7, 13), date(2022, 7, 27)]);
        assert!(told[0].contains("default parameters") && told[1].starts_with("Origins 13 Jul 2022 to 27 Jul 2022"));
        assert_eq!(told.len(), 2);
    }

    #[test]
    fn what_ships_can_be_read_and_names_its_window() {
        let shipped = Fits::shipped().unwrap_or_else(|problems| panic!("{problems}"));
        assert_eq!(shipped.all().len(), SHIPPED.len());
        // What was assumed comes first, for origins before any fit.
        assert!(shipped.all()[0].first_origin().is_none());
        assert!(shipped.all()[1..].iter().all(|fit| fit.first_origin().is_some()));
    }
}
