//! The scenarios and vintages inside the binary, by name.

/// A file that ships with the program.
#[derive(Clone, Copy, Debug)]
pub struct Shipped {
    /// The name by which `run` and `extends` know it.
    pub name: &'static str,
    /// Where it lives in the project.
    pub path: &'static str,
    /// Its text.
    pub text: &'static str,
}

macro_rules! shipped {
    ($folder:literal: $($name:literal),* $(,)?) => {
        &[ $( Shipped {
            name: $name,
            path: concat!($folder, "/", $name, ".toml"),
            text: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/", $folder, "/", $name, ".toml")),
        }, )* ]
    };
}

/// The scenarios.
pub const SCENARIOS: &[Shipped] = shipped!("scenarios":
    "baseline_2025q4",
    "baseline_2026q4",
    "debt_limit_and_rebuild",
    "foreign_bank_outflow",
    "heavy_issuance",
    "january_2026_purchases",
    "levered_unwind",
    "qt_end",
    "qt_goes_on",
    "quarter_end_squeeze",
    "rebuild_2023",
    "reserve_management_purchases",
    "sept_2019_spike",
    "sept_2019_with_facility",
    "shutdown_cash_hoarding",
    "shutdown_then_reopening",
    "tga_drawdown",
    "tga_drawdown_2021",
);

/// The balance sheets scenarios start from.
pub const VINTAGES: &[Shipped] = shipped!("vintages":
    "2019-02-27",
    "2019-09-11",
    "2021-02-03",
    "2022-03-02",
    "2023-05-31",
    "2025-01-15",
    "2025-07-09",
    "2025-10-01",
    "2025-12-10",
    "2026-09-16",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_two_folders_ships() {
        for (folder, table) in [("scenarios", SCENARIOS), ("vintages", VINTAGES)] {
            let mut files: Vec<String> =
                std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR")).to_owned() + "/" + folder)
                    .expect("the folder is part of the project")
                    .map(|entry| entry.expect("a directory entry").file_name().to_string_lossy().into_owned())
                    .collect();
            files.sort();
            let names: Vec<String> = table.iter().map(|shipped| format!("{}.toml", shipped.name)).collect();
            assert_eq!(names, files);
        }
    }
}
