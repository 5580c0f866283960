//! `tidegate schema`: a JSON Schema of scenario files.

use super::failure::Failure;
use super::print;
use crate::scenario;

/// Prints the schema.
pub fn schema() -> Result<(), Failure> {
    let schema = serde_json::to_string_pretty(&scenario::json_schema()).expect("a schema is plain data");
    print(&format!("{schema}\n"))
}
