//! The mechanisms of the model, each explained by the head of its own file.
//!
//! The text of every file is kept in the program. So an equation stands once, above the code it describes, and which file
//! reads a parameter is found in the code itself.

/// A mechanism: a file of the model with an equation at its head.
#[derive(Clone, Copy, Debug)]
pub struct Mechanism {
    /// The name of its file, without the ending.
    pub name: &'static str,
    /// Where it lives in the project.
    pub file: &'static str,
    /// The text of the file.
    pub source_text: &'static str,
}

/// What the head of a file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The first paragraph: what it is, in one sentence.
    pub title: String,
    /// The equations with the names of their symbols, line by line.
    pub equation: String,
    /// The other paragraphs: explanation and sources, each on one line.
    pub notes: Vec<String>,
}

macro_rules! files {
    ($(#[$doc:meta])* $table:ident: $( $name:ident )*) => {
        $(#[$doc])*
        pub const $table: &[Mechanism] = &[ $( Mechanism {
            name: stringify!($name),
            file: concat!("src/model/", stringify!($name), ".rs"),
            source_text: include_str!(concat!(stringify!($name), ".rs")),
        }, )* ];
    };
}

files! {
    /// Every mechanism, in the order of a day.
    MECHANISMS:
    operating_flow
    deficit
    treasury_events
    coupons
    issuance
    debt_limit
    federal_reserve
    purchases
    policy_rules
    repo_operations
    depositors
    levered
    funding_gap
    desired_reserves
    bank_groups
    reserve_demand
    overnight_market
    market
    discount_window
    dealer_retreat
    reference_rates
    rate_distribution
    bill_market
    hoarding
    risk_assets
    shocks
}

files! {
    /// Files that are no mechanisms but read parameters.
    FURTHER_READERS:
    state
}

impl Mechanism {
    /// The mechanism called `name`.
    pub fn named(name: &str) -> Option<&'static Mechanism> {
        MECHANISMS.iter().find(|mechanism| mechanism.name == name)
    }

    /// What the lines at the top of the file say.
    pub fn head(&self) -> Head {
        let mut head = Head { title: String::new(), equation: String::new(), notes: Vec::new() };
        let mut paragraph: Vec<&str> = Vec::new();
        let mut in_equation = false;
        let lines = self.source_text.lines().map_while(|line| line.strip_prefix("//!"));
        // The empty line at the end closes the last paragraph.
        for line in lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).chain([""]) {
            let is_fence = line.starts_with("```");
            if in_equation && !is_fence {
                head.equation.push_str(line);
                head.equation.push('\n');
            } else if is_fence || line.is_empty() {
                in_equation ^= is_fence;
                let text = std::mem::take(&mut paragraph).join(" ");
                if head.title.is_empty() {
                    head.title = text;
                } else if !text.is_empty() {
                    head.notes.push(text);
                }
            } else {
                paragraph.push(line);
            }
        }
        head
    }

    /// Whether the code reads the parameter called `name`: as a field, as the daily survival of a half-life, or as a row of a
    /// table of parameters.
    pub fn reads(&self, name: &str) -> bool {
        let decay = name.strip_suffix("_half_life").map(|kept| format!(".decay.{kept}"));
        let field = format!(".{name}");
        self.code().any(|line| {
            has_word(line, &field)
                || decay.as_ref().is_some_and(|decay| has_word(line, decay))
                || line.trim_start().strip_prefix(name).is_some_and(|rest| rest.starts_with(','))
        })
    }

    /// Whether the code has `word`, not as part of a longer one.
    pub fn mentions(&self, word: &str) -> bool {
        self.code().any(|line| has_word(line, word))
    }

    /// Whether the equation at the head names `parameter`, in full or by its beginning, as in `flow_…`.
    pub fn states(&self, parameter: &str) -> bool {
        let equation = self.head().equation;
        let beginnings = equation.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '…'));
        let by_beginning = |word: &str| word.strip_suffix('…').is_some_and(|start| parameter.starts_with(start));
        has_word(&equation, parameter) || beginnings.filter(|word| word.len() > "…".len()).any(by_beginning)
    }

    /// The lines of the file that are neither comments nor tests.
    fn code(&self) -> impl Iterator<Item = &'static str> {
        let before_tests = self.source_text.split("#[cfg(test)]").next().unwrap_or_default();
        before_tests.lines().filter(|line| !line.trim_start().starts_with("//"))
    }
}

/// The names of all files that read the parameter called `name`, mechanisms first.
pub fn readers(name: &str) -> Vec<&'static str> {
    MECHANISMS.iter().chain(FURTHER_READERS).filter(|file| file.reads(name)).map(|file| file.file).collect()
}

/// Whether `text` has `word` with nothing attached to it.
fn has_word(text: &str, word: &str) -> bool {
    let attached = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back().is_some_and(attached) && !word.starts_with('.');
        let after = text[at + word.len()..].chars().next().is_some_and(attached);
        !before && !after
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PARAMETERS;

    /// Columns an equation may take, so that it stands indented within eighty.
    const EQUATION_WIDTH: usize = 76;

    #[test]
    fn every_mechanism_is_headed_by_a_sentence_an_equation_and_a_source() {
        for mechanism in MECHANISMS {
            let Head { title, equation, notes } = mechanism.head();
            assert!(title.len() > 20 && title.ends_with('.'), "{}: `{title}`", mechanism.file);
            assert!(equation.contains('='), "{} has no equation in its head", mechanism.file);
            let wide = equation.lines().find(|line| line.chars().count() > EQUATION_WIDTH);
            assert!(wide.is_none(), "{}: wider than {EQUATION_WIDTH}: {}", mechanism.file, wide.unwrap_or_default());
            // A source has a year; what needs none says that it is accounting.
            let words: Vec<&str> = notes.iter().flat_map(|note| note.split(|c: char| !c.is_ascii_digit())).collect();
            let dated = words.iter().any(|word| word.len() == 4 && (word.starts_with("19") || word.starts_with("20")));
            let is_accounting = notes.iter().any(|note| note.to_lowercase().contains("accounting"));
            assert!(dated || is_accounting, "{} names no source in its head", mechanism.file);
        }
    }

    #[test]
    fn every_file_with_an_equation_is_registered() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/model");
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            let in_head = text.lines().take_while(|line| line.starts_with("//!")).any(|line| line.contains("```text"));
            let name = path.file_stem().unwrap().to_str().unwrap();
            assert!(!in_head || Mechanism::named(name).is_some(), "{name} has an equation and is not in MECHANISMS");
        }
    }

    #[test]
    fn every_parameter_is_read_and_stated_where_it_belongs() {
        let mut wrong = Vec::new();
        for info in PARAMETERS {
            let mechanism = Mechanism::named(info.mechanism)
                .unwrap_or_else(|| panic!("{}: there is no mechanism {}", info.name, info.mechanism));
            if !mechanism.reads(info.name) {
                wrong.push(format!("{} does not read {}", mechanism.file, info.name));
            }
            if !MECHANISMS.iter().any(|mechanism| mechanism.states(info.name)) {
                wrong.push(format!("no equation names {}", info.name));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn words_are_not_found_inside_longer_ones() {
        assert!(has_word("p.repo_noise[i]", ".repo_noise"));
        assert!(!has_word("p.repo_noise_growth[i]", ".repo_noise"));
        assert!(!has_word("coupons_month_end", "month_end"));
        let hoarding = Mechanism::named("hoarding").unwrap();
        assert!(
            hoarding.reads("stress_half_life") && !hoarding.reads("flow_monday") && !hoarding.reads("stress_dough")
        );
    }
}
