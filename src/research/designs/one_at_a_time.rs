//! One factor at a time from low to high, all others in the middle: what a tornado is drawn from.

use super::error::{DesignError, check_size};

/// The middle of the cube, then for each factor the point at which it alone is `low` and that at which it is `high`: 2k
/// + 1 points.
///
/// # Errors
/// If there is no factor, or too many.
pub fn one_at_a_time(factors: usize, low: f64, high: f64) -> Result<Vec<Vec<f64>>, DesignError> {
    check_size(2 * factors as u128 + 1, factors)?;
    let middle = vec![0.5; factors];
    let moved = (0..factors).flat_map(|factor| {
        let middle = &middle;
        [low, high].map(move |place| {
            let mut point = middle.clone();
            point[factor] = place;
            point
        })
    });
    Ok(std::iter::once(middle.clone()).chain(moved).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_factor_goes_low_and_high_alone() {
        let expected = [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.1], [0.5, 0.9]];
        assert_eq!(one_at_a_time(2, 0.1, 0.9).unwrap(), expected);
        assert!(one_at_a_time(0, 0.0, 1.0).is_err() && one_at_a_time(10_000, 0.0, 1.0).is_err());
    }
}
