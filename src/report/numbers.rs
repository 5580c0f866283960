//! Numbers as a reader expects them in print.

/// A number as a reader expects it: thousands separated by commas, a true minus sign, no
/// negative zero. Beyond a quadrillion it is written as a power of ten.
pub fn number(value: f64, decimals: usize) -> String {
    if value.abs() >= 1e15 {
        return format!("{value:.2e}").replace('-', "−");
    }
    let text = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut grouped = String::new();
    if value < 0.0 && text.bytes().any(|byte| matches!(byte, b'1'..=b'9')) {
        grouped.push('−');
    }
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if !fraction.is_empty() {
        grouped.push('.');
        grouped.push_str(fraction);
    }
    grouped
}

/// A change: as [`number`], with a plus sign when it is above zero.
pub fn signed(value: f64, decimals: usize) -> String {
    let text = number(value, decimals);
    let plus = value > 0.0 && text.bytes().any(|byte| matches!(byte, b'1'..=b'9'));
    if plus { format!("+{text}") } else { text }
}

/// A probability, never rounded to certainty.
pub fn percent(probability: f64) -> String {
    match probability {
        p if p > 0.0 && p < 0.001 => "<0.1%".to_owned(),
        p if p < 1.0 && p > 0.999 => ">99.9%".to_owned(),
        p => format!("{:.1}%", 100.0 * p),
    }
}

/// A standard error with its sign, to one significant digit below one.
pub fn error(value: f64) -> String {
    let digits = [(0.95, 0), (0.095, 1), (0.0095, 2)].into_iter().find(|(least, _)| value >= *least);
    match digits {
        Some((_, digits)) => format!("±{}", number(value, digits)),
        None => "±0".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_printed() {
        assert_eq!(number(2900.4, 0), "2,900");
        assert_eq!(number(-1_234_567.25, 1), "−1,234,567.2");
        assert_eq!(number(-0.04, 1), "0.0");
        assert_eq!(signed(12.0, 0), "+12");
        assert_eq!(signed(-12.0, 0), "−12");
        assert_eq!(signed(0.2, 0), "0");
        assert!(number(1e300, 0).len() < 12);
        assert_eq!([12.4, 0.96, 0.94, 0.024, 0.001].map(error), ["±12", "±1", "±0.9", "±0.02", "±0"]);
        assert_eq!(percent(0.00005), "<0.1%");
        assert_eq!(percent(1.0), "100.0%");
    }
}
