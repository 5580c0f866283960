//! How to have a study again.

use crate::research::study::Study;
use crate::scenario::shell_quoted;

/// What to type to have a study of a scenario again, but for what only one command takes: `vary` and `outputs` as they were
/// typed.
pub fn again(command: &str, scenario: &str, study: &Study, vary: &[String], outputs: &[String]) -> String {
    let quoted = |text: &str| {
        let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.,=/-+:%".contains(&byte));
        if plain { text.to_owned() } else { shell_quoted(text) }
    };
    let mut typed = format!("tidegate {command} {}", quoted(scenario));
    let mut add = |option: &str, value: &str| typed.push_str(&format!(" {option} {}", quoted(value)));
    for change in &study.changes {
        add("--set", &change.to_string());
    }
    vary.iter().for_each(|text| add("--vary", text));
    outputs.iter().for_each(|text| add("--output", text));
    add("--paths", &study.paths.to_string());
    add("--seed", &study.seed.to_string());
    typed
}
