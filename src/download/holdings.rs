//! The Fed's securities by class, from the New York Fed: one answer with every Wednesday since 2003.

use super::check::Answer;
use super::client::Client;
use super::error::DownloadError;
use super::new_york_fed::text;
use super::service::Service;
use super::table::Table;
use jiff::civil::Date;
use serde_json::Value;

/// Columns of the summary, in dollars, as the service names them; its total is the sum of the others.
const CLASSES: [&str; 9] =
    ["asOfDate", "mbs", "cmbs", "tips", "frn", "tipsInflationCompensation", "notesbonds", "bills", "agencies"];

/// The holdings of the Wednesdays from a day on. The service cannot be asked for less than all.
///
/// # Errors
/// The service does not answer, or with something else.
pub fn holdings(client: &Client, file: &str, from: Date) -> Result<Table, DownloadError> {
    let answer = Answer { service: Service::NewYorkFed, file };
    let json = answer.json(&client.get(Service::NewYorkFed, "/api/soma/summary.json", &[])?)?;
    let sent = json
        .pointer("/soma/summary")
        .and_then(Value::as_array)
        .ok_or_else(|| answer.misshapen("it has no summary of holdings"))?;
    let mut table = Table::new(&CLASSES);
    for row in sent {
        let cells = CLASSES.map(|class| text(row.get(class)));
        if answer.date("asOfDate", &cells[0])? >= from {
            table.rows.push(cells.to_vec());
        }
    }
    table.rows.sort();
    Ok(table)
}
