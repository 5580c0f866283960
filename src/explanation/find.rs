//! Finding what somebody means by a name.

use super::topic::{Topic, topics};
use crate::scenario::nearest;

/// A name that nothing has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotFound {
    /// As typed.
    pub name: String,
    /// The nearest name that there is.
    pub nearest: Option<String>,
}

/// A name without its case, and with every hyphen, minus, dot and space as an underscore: `ON-RRP` as `on_rrp`.
pub fn normalised(name: &str) -> String {
    let joined = |c: char| c.is_whitespace() || "-−–._,".contains(c);
    name.split(joined).filter(|word| !word.is_empty()).map(str::to_lowercase).collect::<Vec<_>>().join("_")
}

/// Everything called `name`: in full, or a key without the tables it stands in.
///
/// # Errors
/// If nothing is, with the nearest name.
pub fn find(name: &str) -> Result<Vec<&'static Topic>, NotFound> {
    let wanted = normalised(name);
    let topics = topics();
    let exact: Vec<&Topic> = topics.iter().filter(|topic| normalised(&topic.name) == wanted).collect();
    // Somebody who asks for `hoarding` means the mechanism and the variable rather than a key of a shutdown.
    let found =
        if exact.is_empty() { topics.iter().filter(|topic| last_part(&topic.name) == wanted).collect() } else { exact };
    if !found.is_empty() && !wanted.is_empty() {
        return Ok(found);
    }
    let names: Vec<(String, &str)> = topics
        .iter()
        .flat_map(|topic| {
            let last = topic.name.rsplit('.').next().unwrap_or(&topic.name);
            [(normalised(&topic.name), topic.name.as_str()), (normalised(last), last)]
        })
        .collect();
    let near = nearest(&wanted, names.iter().map(|(name, _)| name.as_str()));
    let spelled = near.and_then(|near| names.iter().find(|(name, _)| name == near)).map(|(_, name)| (*name).to_owned());
    Err(NotFound { name: name.to_owned(), nearest: spelled })
}

fn last_part(name: &str) -> String {
    normalised(name.rsplit('.').next().unwrap_or(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explanation::Kind;

    #[test]
    fn names_are_found_in_any_case_and_with_any_hyphen() {
        for spelling in ["on_rrp", "on-rrp", "ON RRP", "On−RRP"] {
            let found = find(spelling).unwrap();
            let kinds: Vec<Kind> = found.iter().map(|topic| topic.kind).collect();
            assert_eq!(kinds, [Kind::Variable, Kind::Instrument], "{spelling}");
        }
        assert_eq!(find("SOFR").unwrap()[0].name, "sofr");
        assert_eq!(find("s013").unwrap()[0].kind, Kind::Code);
        assert_eq!(find("delayed_outlays").unwrap()[0].name, "shutdown.delayed_outlays");
    }

    #[test]
    fn a_misspelt_name_is_answered_with_the_nearest() {
        let near = |name: &str| find(name).unwrap_err().nearest;
        assert_eq!(near("hoarding_gian").as_deref(), Some("hoarding_gain"));
        assert_eq!(near("shutdwon").as_deref(), Some("shutdown"));
        assert_eq!(near("ethereum"), None);
        assert_eq!(near(""), None);
    }

    #[test]
    fn everything_that_has_a_name_is_explained_under_it() {
        let all = topics();
        for kind in Kind::ALL {
            assert!(all.iter().any(|topic| topic.kind == kind), "no {}", kind.singular());
        }
        for topic in all {
            let found = find(&topic.name).unwrap_or_else(|_| panic!("{} is not found", topic.name));
            assert!(found.iter().any(|other| other.kind == topic.kind && other.name == topic.name), "{}", topic.name);
            assert!(topic.meaning.ends_with('.'), "{} means nothing", topic.name);
            let knows = |label: &str| topic.facts.iter().any(|fact| fact.label == label);
            let needed: &[&str] = match topic.kind {
                Kind::Parameter => &["Mechanism", "Unit", "Default", "Prior", "Bounds", "Source", "Read in"],
                Kind::Variable => &["Unit", "From"],
                Kind::Mechanism => &["File", "Note"],
                Kind::Flow => &["Decided by", "Nature", "Entries", "Posted in"],
                Kind::Shock => &["Draws", "Used in"],
                Kind::Event => &["To write", "Keys"],
                Kind::EventKey | Kind::ScenarioKey => &["Takes", "Required"],
                Kind::Code => &["Wrong", "Right"],
                Kind::Instrument | Kind::Sector => &["Moved by"],
            };
            for label in needed {
                assert!(knows(label), "{}: {label} is missing", topic.name);
            }
            let has_equation = matches!(topic.kind, Kind::Parameter | Kind::Mechanism);
            assert!(!has_equation || !topic.equations.is_empty(), "{} stands in no equation", topic.name);
        }
    }
}
