//! Every combination of levels: the full factorial design (Fisher 1935, *The Design of Experiments*, chapter VI).

use super::error::{DesignError, check_size};

/// All combinations of evenly spaced levels, as many of each factor as `levels` says, the last factor's changing
/// fastest.
///
/// Level i of n lies at i/(n − 1); a single one lies in the middle.
///
/// # Errors
/// If there is no factor, one has no level, or there are too many combinations.
pub fn grid(levels: &[usize]) -> Result<Vec<Vec<f64>>, DesignError> {
    if let Some(place) = levels.iter().position(|&count| count == 0) {
        return Err(DesignError::NoLevels(place));
    }
    let points = levels.iter().fold(1_u128, |points, &count| points.saturating_mul(count as u128));
    check_size(points, levels.len())?;
    let place = |level: usize, count: usize| if count == 1 { 0.5 } else { level as f64 / (count - 1) as f64 };
    let row = |number: usize| {
        let mut rest = number;
        let mut row: Vec<f64> = levels
            .iter()
            .rev()
            .map(|&count| {
                let level = rest % count;
                rest /= count;
                place(level, count)
            })
            .collect();
        row.reverse();
        row
    };
    Ok((0..points as usize).map(row).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn combinations_come_in_the_order_of_pythons_product() {
        // itertools.product([0, .5, 1], [.5], [0, 1]).
        let expected =
            [[0.0, 0.5, 0.0], [0.0, 0.5, 1.0], [0.5, 0.5, 0.0], [0.5, 0.5, 1.0], [1.0, 0.5, 0.0], [1.0, 0.5, 1.0]];
        assert_eq!(grid(&[3, 1, 2]).unwrap(), expected);
    }

    #[test]
    fn what_is_no_grid_is_refused() {
        assert_eq!(grid(&[]), Err(DesignError::NoFactors));
        assert_eq!(grid(&[3, 0]), Err(DesignError::NoLevels(1)));
        assert!(matches!(grid(&[usize::MAX; 3]), Err(DesignError::TooLarge { .. })));
    }
}
