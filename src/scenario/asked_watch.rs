//! A watch that is asked for outside a scenario file: one of the scenario's by name, or a condition as typed.

use super::diagnostic::quoted;
use super::quantity::Complaint;
use super::scenario::{Scenario, Watch};
use super::suggestion::nearest;
use crate::calendar::fedwire;
use jiff::civil::Date;

impl Watch {
    /// The watch of a scenario that has this name, or one of this condition over the whole horizon; `window` may put
    /// other days in the place of its first and last.
    ///
    /// # Errors
    /// It is neither, or the window is none.
    pub fn asked(name_or_condition: &str, window: [Option<Date>; 2], scenario: &Scenario) -> Result<Watch, Complaint> {
        let named = scenario.watches.iter().find(|watch| watch.name == name_or_condition).cloned();
        let mut watch = match named {
            Some(watch) => watch,
            None => typed(name_or_condition, scenario)?,
        };
        let [from, to] = window;
        (watch.from, watch.to) = (from.unwrap_or(watch.from), to.unwrap_or(watch.to));
        let (start, end) = (scenario.start, scenario.end);
        if let Some(day) = window.into_iter().flatten().find(|day| !(start..=end).contains(day)) {
            return Err(Complaint {
                message: format!("{day} is not in the horizon of `{}`, {start} to {end}", scenario.name),
                help: None,
            });
        }
        if watch.from > watch.to {
            return Err(Complaint {
                message: format!("the window would end on {} and begin later, on {}", watch.to, watch.from),
                help: None,
            });
        }
        if fedwire::business_days(watch.from, watch.to).iter().all(|day| *day <= start) {
            return Err(Complaint {
                message: format!("no day is simulated from {} to {}", watch.from, watch.to),
                help: Some(format!("days are simulated from the business day after {start} on")),
            });
        }
        Ok(watch)
    }
}

fn typed(condition: &str, scenario: &Scenario) -> Result<Watch, Complaint> {
    let names = scenario.watches.iter().map(|watch| watch.name.as_str());
    let compares = condition.contains(['<', '>']);
    if !compares {
        let near = nearest(condition, names).map(|near| format!("did you mean {}?", quoted(near)));
        return Err(Complaint {
            message: format!("`{}` has no watch called {}", scenario.name, quoted(condition)),
            help: Some(near.unwrap_or_else(|| {
                "type the name of a watch, or a condition such as `max(sofr_iorb) > 60bp`".to_owned()
            })),
        });
    }
    Watch::of_text(condition, scenario)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::load;
    use jiff::civil::date;

    #[test]
    fn a_watch_is_found_by_name_or_read_as_a_condition() {
        let scenario = load("shutdown_cash_hoarding").expect("a shipped scenario");
        let own = Watch::asked("TGA above 1T by mid-November", [None; 2], &scenario).expect("a watch of its own");
        assert_eq!((own.when.as_str(), own.to), ("tga > 1tn", date(2025, 11, 14)));
        let window = [None, Some(date(2025, 12, 31))];
        let typed = Watch::asked("max(sofr_iorb) > 60bp", window, &scenario).expect("a condition");
        assert_eq!((typed.from, typed.to), (scenario.start, date(2025, 12, 31)));
    }

    #[test]
    fn what_is_neither_is_told_with_what_to_type() {
        let scenario = load("shutdown_cash_hoarding").expect("a shipped scenario");
        let told = |text: &str, window| {
            let Complaint { message, help } = Watch::asked(text, window, &scenario).expect_err(text);
            format!("{message}; {}", help.unwrap_or_default())
        };
        let whole = [None; 2];
        for (text, window, expected) in [
            ("TGA above 1TN", whole, "has no watch called `TGA above 1TN`; did you mean `TGA above 1T`?"),
            ("weather", whole, "has no watch called `weather`; type the name of a watch, or a condition"),
            ("sofr_irob > 60bp", whole, "sofr_iorb"),
            ("tga > 1tn", [None, Some(date(2027, 1, 4))], "2027-01-04 is not in the horizon"),
            ("tga > 1tn", [Some(date(2025, 12, 1)), Some(date(2025, 11, 3))], "end on 2025-11-03 and begin later"),
            ("tga > 1tn", [Some(date(2025, 11, 1)), Some(date(2025, 11, 2))], "no day is simulated"),
        ] {
            let found = told(text, window);
            assert!(found.contains(expected), "{text}: {found}");
        }
    }
}
