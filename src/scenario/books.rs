//! What must hold in a vintage: the books of the Federal Reserve balance, and the policy corridor has its floor below.

use crate::scenario::codes;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::node::{Table, Value};
use crate::scenario::problems::Problems;
use crate::scenario::source::Place;

/// How far the books of a vintage may be from balancing, $bn: ten million dollars, for figures published in millions.
const TOLERANCE: f64 = 0.01;

const ASSETS: &[&str] = &["treasury_bills", "treasury_coupons", "mbs", "standing_repo", "loans", "other_assets"];

const OTHER_LIABILITIES: &[&str] = &["currency", "tga", "on_rrp", "foreign_rrp", "other_liabilities"];

/// The value of a figure and where its number stands.
fn figure<'t>(table: &'t Table, name: &str) -> Option<(f64, &'t Place)> {
    match &table.entry(name)?.node.value {
        Value::Figure { value, at, .. } => Some((*value, at)),
        _ => None,
    }
}

fn sum(fed: &Table, names: &[&str]) -> Option<f64> {
    names.iter().map(|name| figure(fed, name).map(|(value, _)| value)).sum()
}

/// Reports total assets that are not the sum of the assets, and reserves that are not what the rest leaves over.
///
/// Of a line that is missing or wrong, which was reported before, nothing more is said.
pub fn check_books(fed: &Table, problems: &mut Problems) {
    let formula = format!("total_assets = {}", ASSETS.join(" + "));
    check_identity(fed, "total_assets", "the asset lines", &formula, sum(fed, ASSETS), problems);
    let formula = format!("reserves = total_assets - {}", OTHER_LIABILITIES.join(" - "));
    let rest = figure(fed, "total_assets").zip(sum(fed, OTHER_LIABILITIES)).map(|((total, _), others)| total - others);
    check_identity(fed, "reserves", "total assets less the other liabilities", &formula, rest, problems);
}

fn check_identity(fed: &Table, name: &str, words: &str, formula: &str, implied: Option<f64>, problems: &mut Problems) {
    let Some(((stated, place), implied)) = figure(fed, name).zip(implied) else { return };
    let gap = stated - implied;
    if gap.abs() <= TOLERANCE {
        return;
    }
    let message = format!("the books do not balance: `{name}` is {stated}, but {words} make {implied:.3}");
    let label = format!("${:.3}bn too {}", gap.abs(), if gap > 0.0 { "much" } else { "little" });
    let help = format!("{formula}; correct the line that is wrong");
    problems.push(Diagnostic::error(codes::BOOKS, place, message).label(label).help(help));
}

/// Reports a sector that would hold less than nothing: what is listed by holder is more than there is.
pub fn check_holders(fed: &Table, public: &Table, problems: &mut Problems) {
    let of = |table: &Table, name: &str| figure(table, name).map(|(value, _)| value);
    let all = |amounts: &[Option<f64>]| amounts.iter().copied().sum::<Option<f64>>();
    let levered = all(&[of(public, "levered_repo"), of(fed, "standing_repo")]);
    let cases = [
        (
            "treasury_bills_outstanding",
            "bills held by the Fed, money funds and abroad",
            all(&[of(fed, "treasury_bills"), of(public, "money_fund_bills"), of(public, "foreign_treasury_bills")]),
        ),
        (
            "treasury_coupons_outstanding",
            "notes and bonds held by the Fed, banks, abroad and with repo",
            all(&[
                of(fed, "treasury_coupons"),
                of(public, "bank_treasuries"),
                of(public, "foreign_treasury_coupons"),
                levered,
            ]),
        ),
        ("levered_repo", "repo lent by money funds", of(public, "money_fund_repo")),
    ];
    for (name, words, held) in cases {
        let Some(((outstanding, place), held)) = figure(public, name).zip(held) else { continue };
        if held > outstanding {
            let message = format!("the books do not balance: {words} are {held:.3}, more than `{name}` {outstanding}");
            let label = format!("${:.3}bn too little", held - outstanding);
            problems.push(Diagnostic::error(codes::BOOKS, place, message).label(label));
        }
    }
}

/// Reports a vintage whose ON RRP rate is above its standing repo rate.
pub fn check_rates(rates: &Table, problems: &mut Problems) {
    if let (Some((floor, place)), Some((ceiling, _))) = (figure(rates, "on_rrp"), figure(rates, "srf")) {
        check_corridor(floor, ceiling, place, problems);
    }
}

/// Reports a floor of the policy corridor, typed at `place`, that is above its ceiling.
pub fn check_corridor(floor: f64, ceiling: f64, place: &Place, problems: &mut Problems) {
    if floor > ceiling {
        let message = format!("the ON RRP rate ({floor}%) is above the standing repo rate ({ceiling}%)");
        let diagnostic = Diagnostic::error(codes::RATES, place, message).label("a floor above the ceiling");
        problems.push(diagnostic.help("the two are the ends of the policy corridor; are they swapped?".to_owned()));
    }
}
