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
    "qt_goes_on",
    "shutdown_cash_hoarding",
    "tga_drawdown",
);

/// The balance sheets scenarios start from.
pub const VINTAGES: &[Shipped] = shipped!("vintages": "2019-09-11", "2025-07-09", "2025-10-01");

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
