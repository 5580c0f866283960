//! The page: one row and one section a claim.

use super::verdict::{RULE, Test, Verdict, plain};
use super::worlds::PATHS;

/// A claim with what was found.
pub struct Claim {
    /// As a short statement.
    pub says: &'static str,
    /// The number of the row.
    pub number: String,
    pub tests: Vec<Test>,
    /// Shipped scenarios that state it or stand against it.
    pub scenarios: &'static [&'static str],
    /// What is compared with what, beyond the names of the scenarios.
    pub compared: String,
    pub data: String,
    pub model: String,
    /// Whose hand, $bn.
    pub hands: String,
    /// What of it the model was fitted to.
    pub fitted: &'static str,
}

/// The whole page in Markdown.
pub fn page(claims: &[Claim]) -> String {
    let mut text = String::from(
        "<!-- Written by tests/suite/claims.rs from runs; edit there. -->\n\n\
         # Nine claims of November 2025, put to the test\n\n\
         A widely read market note in Chinese of November 2025 explained a SOFR of 4.22% on 31 October by the Treasury: its \
         account near $1tn, filled during the shutdown, had drained the banks, and its reopening would flood them. Each claim \
         stands here as scenarios anybody can run, beside the record and what the model says.\n\n\
         | | claim | verdict | one number |\n|---|---|---|---|\n",
    );
    for (index, claim) in claims.iter().enumerate() {
        let (place, verdict) = (index + 1, Verdict::of(&claim.tests));
        text.push_str(&format!("| [{place}](#claim-{place}) | {} | **{verdict}** | {} |\n", claim.says, claim.number));
    }
    text.push_str(&format!(
        "\n![For seven episodes, what the Treasury, the Fed, money funds and other depositors added to bank reserves or \
         drained, the model beside what happened](pictures/hands.svg)\n\n\
         **Rule.** {RULE}\n\n\
         **Numbers.** Every run has {} paths, seed 1. Two scenarios meet the same luck on every path, so differences \
         are taken path by path; brackets are the 95% interval that simulation leaves. They say nothing about whether the \
         model is right: its price curve and the size of its noise were fitted to July 2024 to March 2026, the funding gap to \
         2021, 2023 and 2025, the level of ample reserves of each era to that era. So agreement with these episodes is no \
         out-of-sample test. The effect of a story against its counterfactual was fitted to nothing.\n\n\
         **Hands** are parts of the change of reserves: Treasury, less the change of its account; Fed, the change of its \
         assets; money funds, less the change of ON RRP; other depositors, less that of currency, foreign accounts, other \
         deposits and capital. Amounts in $bn, rates in basis points.\n",
        plain(PATHS as f64, 0)
    ));
    for (index, claim) in claims.iter().enumerate() {
        section(&mut text, index + 1, claim);
    }
    text
}

fn section(text: &mut String, place: usize, claim: &Claim) {
    let links: Vec<String> =
        claim.scenarios.iter().map(|name| format!("[`{name}`](../scenarios/{name}.toml)")).collect();
    text.push_str(&format!(
        "\n<a id=\"claim-{place}\"></a>\n\n## {place}. {}: {}\n\n| test | found | |\n|---|---|---|\n",
        claim.says,
        Verdict::of(&claim.tests)
    ));
    for test in &claim.tests {
        text.push_str(&format!("| {} | {} | {} |\n", test.says, test.found, test.outcome));
    }
    text.push_str(&format!("\n**Scenarios.** {}. {}\n", links.join(", "), claim.compared));
    for (heading, body) in
        [("Record", &*claim.data), ("Model", &claim.model), ("Hands", &claim.hands), ("Fitted", claim.fitted)]
    {
        text.push_str(&format!("\n**{heading}.** {body}\n"));
    }
}
