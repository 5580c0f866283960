//! Where a slice of a box is cut off: half way between two neighbouring values of a factor.
//!
//! As Bryant's *sdtoolkit* for R and ema_workbench 2.5.3 have it (`prim_util.get_quantile`): the slice holds a share α
//! of the points at most, or where values repeat, all points of the outermost value.

/// The cut below which lies the share `alpha` of a sample, less than a half.
pub fn cut_from_below(sample: &mut [f64], alpha: f64) -> f64 {
    let (low, mut high) = neighbours(sample, alpha);
    while sample[low] == sample[high] && high + 1 < sample.len() {
        high += 1;
    }
    (sample[low] + sample[high]) / 2.0
}

/// The cut above which lies the share `alpha` of a sample, less than a half.
pub fn cut_from_above(sample: &mut [f64], alpha: f64) -> f64 {
    let (mut low, high) = neighbours(sample, 1.0 - alpha);
    while sample[low] == sample[high] && low > 0 {
        low -= 1;
    }
    (sample[low] + sample[high]) / 2.0
}

/// Sorts a sample, and tells the ranks between which a quantile lies.
fn neighbours(sample: &mut [f64], probability: f64) -> (usize, usize) {
    sample.sort_unstable_by(f64::total_cmp);
    let position = (sample.len() - 1) as f64 * probability;
    (position.floor() as usize, position.ceil() as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `get_quantile` of ema_workbench 2.5.3 at 0.05 and 0.95.
    #[test]
    fn cuts_are_those_of_ema_workbench() {
        let cuts =
            |sample: &[f64]| (cut_from_below(&mut sample.to_vec(), 0.05), cut_from_above(&mut sample.to_vec(), 0.05));
        let even: Vec<f64> = (0..30).map(|i| f64::from(i * 7 % 30)).collect();
        assert_eq!(cuts(&even), (1.5, 27.5));
        let levels: Vec<f64> = (0..30).map(|i| f64::from(i % 5)).collect();
        assert_eq!(cuts(&levels), (0.5, 3.5));
        assert_eq!(cuts(&[2.0; 4]), (2.0, 2.0));
        assert_eq!(cuts(&[3.0]), (3.0, 3.0));
    }
}
