//! From numbers to a verdict, by one rule for all claims.

use std::fmt;
use tidegate::research::{Factor, PairedMean};
use tidegate::statistics::Probability;

/// The 97.5 % quantile of the standard normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// The share of paths that must agree before an effect whose sign differs between paths has one.
const AGREEMENT: f64 = 0.9;

/// The rule, as the page states it.
pub const RULE: &str = "Every claim is put as tests, each a number and a threshold. A test on the model is met if the \
    whole 95% interval of the number lies on the claimed side of its threshold, not met if all of it lies on the other, \
    and open if the threshold is inside. A test on an effect whose sign differs from path to path is met if 90% of \
    paths agree with the claim, not met if 10% or fewer do, open in between. A test on recorded figures has no \
    interval. **Holds**: all tests met. **Does not hold**: none met. **Holds in part**: some met, some not. **Cannot be \
    decided**: at least one open. Thresholds are round numbers that stand for the words of a claim; they are written out in each test.";

/// A number with the interval that simulation leaves, 95 %.
#[derive(Clone, Copy, Debug)]
pub struct Estimate {
    pub value: f64,
    pub low: f64,
    pub high: f64,
}

impl Estimate {
    pub fn difference(mean: PairedMean) -> Estimate {
        let half = Z * mean.standard_error;
        Estimate { value: mean.mean, low: mean.mean - half, high: mean.mean + half }
    }

    /// In percent.
    pub fn percent(probability: Probability) -> Estimate {
        let (low, high) = probability.wilson_interval();
        Estimate { value: 100.0 * probability.estimate(), low: 100.0 * low, high: 100.0 * high }
    }

    pub fn factor(factor: Factor) -> Estimate {
        Estimate { value: factor.estimate, low: factor.interval.0, high: factor.interval.1 }
    }

    /// The same number with the other sign.
    pub fn negated(self) -> Estimate {
        Estimate { value: -self.value, low: -self.high, high: -self.low }
    }

    /// The number and its interval, with `places` decimals and a unit.
    pub fn show(self, places: usize, unit: &str) -> String {
        // As many decimals more as an interval needs to be seen.
        let seen = |places: &usize| plain(self.low, *places) != plain(self.high, *places);
        let places = (places..places + 3).find(seen).unwrap_or(places);
        let [value, low, high] = [self.value, self.low, self.high].map(|number| plain(number, places));
        format!("{value}{unit} [{low}, {high}]")
    }
}

/// A number with a true minus sign, thousands apart and no negative zero.
pub fn plain(number: f64, places: usize) -> String {
    let mut text = format!("{:.places$}", number.abs());
    let mut comma = text.find('.').unwrap_or(text.len());
    while comma > 3 {
        comma -= 3;
        text.insert(comma, ',');
    }
    let is_nil = text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    if number < 0.0 && !is_nil { format!("−{text}") } else { text }
}

/// The same with a plus sign if it is above nil.
pub fn signed(number: f64, places: usize) -> String {
    let text = plain(number, places);
    let is_nil = text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    if number > 0.0 && !is_nil { format!("+{text}") } else { text }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Met,
    NotMet,
    Open,
}

/// One test of a claim.
#[derive(Clone, Debug)]
pub struct Test {
    /// What is tested, with the threshold.
    pub says: String,
    /// The number found.
    pub found: String,
    pub outcome: Outcome,
}

impl Test {
    /// That a number of the model is above a threshold.
    pub fn above(says: &str, estimate: Estimate, threshold: f64, places: usize, unit: &str) -> Test {
        let outcome = if estimate.low > threshold {
            Outcome::Met
        } else if estimate.high < threshold {
            Outcome::NotMet
        } else {
            Outcome::Open
        };
        Test { says: says.to_owned(), found: estimate.show(places, unit), outcome }
    }

    /// That an effect has the claimed sign, on so many paths.
    pub fn agreed(says: &str, agreeing: Probability) -> Test {
        let (low, high) = agreeing.wilson_interval();
        let outcome = if low >= AGREEMENT {
            Outcome::Met
        } else if high <= 1.0 - AGREEMENT {
            Outcome::NotMet
        } else {
            Outcome::Open
        };
        let found = format!("{} of paths", Estimate::percent(agreeing).show(1, "%"));
        Test { says: says.to_owned(), found, outcome }
    }

    /// That recorded figures are as claimed.
    pub fn record(says: &str, found: String, is_met: bool) -> Test {
        Test { says: says.to_owned(), found, outcome: if is_met { Outcome::Met } else { Outcome::NotMet } }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Holds,
    InPart,
    DoesNotHold,
    Undecided,
}

impl Verdict {
    pub fn of(tests: &[Test]) -> Verdict {
        let count = |outcome| tests.iter().filter(|test| test.outcome == outcome).count();
        if count(Outcome::Open) > 0 {
            Verdict::Undecided
        } else if count(Outcome::NotMet) == 0 {
            Verdict::Holds
        } else if count(Outcome::Met) == 0 {
            Verdict::DoesNotHold
        } else {
            Verdict::InPart
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Outcome::Met => "met",
            Outcome::NotMet => "not met",
            Outcome::Open => "open",
        })
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Verdict::Holds => "holds",
            Verdict::InPart => "holds in part",
            Verdict::DoesNotHold => "does not hold",
            Verdict::Undecided => "cannot be decided",
        })
    }
}

#[test]
fn numbers_read_as_printed() {
    assert_eq!([plain(1_000.6, 1), plain(-0.04, 1), plain(-12_345.0, 0)], ["1,000.6", "0.0", "−12,345"]);
    assert_eq!([signed(0.04, 1), signed(7.0, 0), signed(-7.0, 0)], ["0.0", "+7", "−7"]);
    let narrow = Estimate { value: -0.284, low: -0.2849, high: -0.2831 };
    assert_eq!(narrow.show(1, "bp"), "−0.284bp [−0.285, −0.283]");
}

#[test]
fn the_rule_is_the_rule() {
    let estimate = |low, high| Estimate { value: 0.5 * (low + high), low, high };
    let test = |low, high| Test::above("", estimate(low, high), 0.0, 0, "");
    let (met, not, open) = (test(1.0, 2.0), test(-2.0, -1.0), test(-1.0, 1.0));
    assert_eq!([met.outcome, not.outcome, open.outcome], [Outcome::Met, Outcome::NotMet, Outcome::Open]);
    let verdict = |tests: &[&Test]| Verdict::of(&tests.iter().map(|&test| test.clone()).collect::<Vec<_>>());
    assert_eq!(verdict(&[&met, &met]), Verdict::Holds);
    assert_eq!(verdict(&[&met, &not]), Verdict::InPart);
    assert_eq!(verdict(&[&not]), Verdict::DoesNotHold);
    assert_eq!(verdict(&[&met, &not, &open]), Verdict::Undecided);
    let agreed = |hits| Test::agreed("", Probability { hits, paths: 1_000 }).outcome;
    assert_eq!([agreed(950), agreed(600), agreed(50)], [Outcome::Met, Outcome::Open, Outcome::NotMet]);
}
