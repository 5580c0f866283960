//! The fits that ship: each window's parameter file, as `tidegate calibrate` wrote it.

use crate::scenario::{FittedParameters, fitted_parameters};
use jiff::civil::Date;
use std::sync::OnceLock;

const TEXTS: [(&str, &str); 5] = [
    ("2021-2022.parameters.toml", include_str!("../../calibrations/fitted/2021-2022.parameters.toml")),
    ("2021-2023.parameters.toml", include_str!("../../calibrations/fitted/2021-2023.parameters.toml")),
    ("2021-2024.parameters.toml", include_str!("../../calibrations/fitted/2021-2024.parameters.toml")),
    ("2021-2025.parameters.toml", include_str!("../../calibrations/fitted/2021-2025.parameters.toml")),
    ("2021-2026.parameters.toml", include_str!("../../calibrations/fitted/2021-2026.parameters.toml")),
];

/// All that ship, in order of their windows' ends.
pub fn shipped() -> &'static [FittedParameters] {
    static SHIPPED: OnceLock<Vec<FittedParameters>> = OnceLock::new();
    SHIPPED.get_or_init(|| {
        TEXTS.map(|(name, text)| fitted_parameters(name, text).expect("what ships is checked by the tests")).into()
    })
}

/// The last whose window had ended before an origin; none before July 2022.
pub fn shipped_before(origin: Date) -> Option<&'static FittedParameters> {
    let fits = shipped();
    fits[..fits.partition_point(|fit| fit.to < origin)].last()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn every_origin_has_the_last_fit_that_could_be_made_before_it() {
        let end = |origin| shipped_before(origin).map(|fit| fit.to);
        assert_eq!(end(date(2022, 6, 30)), None);
        assert_eq!(end(date(2022, 7, 6)), Some(date(2022, 6, 30)));
        assert_eq!(end(date(2025, 7, 2)), Some(date(2025, 6, 30)));
        assert_eq!(end(date(2026, 2, 25)), Some(date(2025, 6, 30)));
        for fit in shipped() {
            let is_random = |name| {
                let found = fit.parameters.iter().find(|(info, _)| info.name == name);
                found.is_some_and(|(_, quantity)| matches!(quantity, crate::scenario::Quantity::Random(_)))
            };
            assert!(["ample_reserves", "cash_cushion", "fund_inflow"].into_iter().all(is_random), "{}", fit.title);
        }
    }
}
