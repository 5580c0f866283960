//! What the loop adds, in a sentence.

use crate::research::Factor;

/// From the factor of the mean peak.
pub fn sentence(peak: Option<&Factor>) -> String {
    let Some(Factor { with, without, estimate, interval: (low, high) }) = peak else {
        return "SOFR does not rise above calm, so there is nothing that the loop could amplify.".to_owned();
    };
    let percent = |factor: f64| format!("{:.1}", 100.0 * (factor - 1.0)).replace('-', "−");
    let change = format!("{}% (95% interval {} to {}%)", percent(*estimate), percent(*low), percent(*high));
    if *low <= 1.0 && 1.0 <= *high {
        return format!(
            "The loop does not measurably change the mean peak of SOFR over calm, {without:.1}bp without it: {change}."
        );
    }
    let verb = if *estimate > 1.0 { "raises" } else { "lowers" };
    format!("The loop {verb} the mean peak of SOFR over calm from {without:.1} to {with:.1}bp: {change}.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_factor_reads_as_a_sentence() {
        let factor = Factor { with: 21.0, without: 20.0, estimate: 1.05, interval: (1.04, 1.062) };
        let words = sentence(Some(&factor));
        let expected = "The loop raises the mean peak of SOFR over calm from 20.0 to 21.0bp: \
                        5.0% (95% interval 4.0 to 6.2%).";
        assert_eq!(words, expected);
        let none = sentence(Some(&Factor { interval: (0.99, 1.11), ..factor }));
        assert!(none.contains("does not measurably change") && none.contains("−1.0 to 11.0%"), "{none}");
        assert!(sentence(None).contains("nothing"));
    }
}
