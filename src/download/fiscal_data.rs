//! The Treasury's fiscal data service: tables in pages, every value a string.

use super::check::Answer;
use super::client::Client;
use super::error::DownloadError;
use super::service::Service;
use super::table::Table;
use jiff::civil::Date;
use serde_json::Value;

/// Rows to a page: at most 10,000 are allowed, which would be 30 MB of auctions in one answer.
const PAGE: &str = "2500";

/// Pages beyond which a table is not what it should be.
const MOST_PAGES: u64 = 1000;

/// How the service writes that an amount is in millions of dollars.
const MILLIONS: &str = "$1,000,000";

/// A table of the service.
#[derive(Clone, Copy, Debug)]
pub struct Endpoint {
    /// Its address below that of the service's first version.
    pub path: &'static str,
    /// The column of the day by which it is asked for.
    pub day: &'static str,
    /// The order of rows within a day.
    pub order: &'static str,
    /// Columns of amounts in millions of dollars.
    pub millions: &'static [&'static str],
}

/// Daily Treasury Statement, table I.
pub const CASH_BALANCE: Endpoint = Endpoint {
    path: "accounting/dts/operating_cash_balance",
    day: "record_date",
    order: "src_line_nbr",
    millions: &["close_today_bal", "open_today_bal"],
};

/// Daily Treasury Statement, table III-A.
pub const DEBT_TRANSACTIONS: Endpoint = Endpoint {
    path: "accounting/dts/public_debt_transactions",
    day: "record_date",
    order: "src_line_nbr",
    millions: &["transaction_today_amt"],
};

/// Daily Treasury Statement, table II.
pub const CASH_TRANSACTIONS: Endpoint = Endpoint {
    path: "accounting/dts/deposits_withdrawals_operating_cash",
    day: "record_date",
    order: "src_line_nbr",
    millions: &["transaction_today_amt"],
};

/// Auctions, those announced and not yet held among them. Amounts in dollars.
pub const AUCTIONS: Endpoint =
    Endpoint { path: "accounting/od/auctions_query", day: "auction_date", order: "cusip", millions: &[] };

/// The rows of a table from a day on, all pages of them.
///
/// # Errors
/// The service does not answer, or with something else, or with fewer rows than it says there are.
pub fn fetch(client: &Client, endpoint: &Endpoint, file: &str, from: Date) -> Result<Table, DownloadError> {
    let answer = Answer { service: Service::FiscalData, file };
    let path = format!("/services/api/fiscal_service/v1/{}", endpoint.path);
    let filter = format!("{}:gte:{from}", endpoint.day);
    let order = format!("{},{}", endpoint.day, endpoint.order);
    let mut table = Table { header: Vec::new(), rows: Vec::new() };
    let mut page = 1;
    loop {
        let number = page.to_string();
        let query = [("filter", &filter[..]), ("sort", &order), ("page[number]", &number), ("page[size]", PAGE)];
        let json = answer.json(&client.get(Service::FiscalData, &path, &query)?)?;
        let rows =
            json.get("data").and_then(Value::as_array).ok_or_else(|| answer.misshapen("it has no list of data"))?;
        let counted = |name: &str| {
            json.pointer(&format!("/meta/{name}"))
                .and_then(Value::as_u64)
                .ok_or_else(|| answer.misshapen(format!("its meta has no {name}")))
        };
        check_units(answer, endpoint, &json)?;
        for row in rows {
            push(&mut table, row, answer)?;
        }
        let (pages, total) = (counted("total-pages")?, counted("total-count")?);
        if pages > MOST_PAGES {
            return Err(answer.misshapen(format!("it has {pages} pages")));
        }
        if page >= pages {
            if table.rows.len() as u64 != total {
                let reason = format!("of {total} rows it sent {} on {pages} pages", table.rows.len());
                return Err(answer.misshapen(reason));
            }
            return Ok(table);
        }
        page += 1;
    }
}

/// Compares the units that the service states with those expected.
fn check_units(answer: Answer<'_>, endpoint: &Endpoint, json: &Value) -> Result<(), DownloadError> {
    for column in endpoint.millions {
        let stated = json.pointer(&format!("/meta/dataFormats/{column}")).and_then(Value::as_str);
        if let Some(stated) = stated.filter(|stated| *stated != MILLIONS) {
            return Err(answer.misshapen(format!("it states {column} in units of {stated}, expected {MILLIONS}")));
        }
    }
    Ok(())
}

/// Adds a row; the first one names the columns.
fn push(table: &mut Table, row: &Value, answer: Answer<'_>) -> Result<(), DownloadError> {
    let row = row.as_object().ok_or_else(|| answer.misshapen(format!("a row is {row}")))?;
    if table.header.is_empty() {
        table.header = row.keys().cloned().collect();
    }
    let cells = table
        .header
        .iter()
        .map(|name| match row.get(name) {
            Some(Value::String(text)) => Ok(text.clone()),
            Some(Value::Null) => Ok("null".to_owned()),
            Some(Value::Number(number)) => Ok(number.to_string()),
            _ => Err(answer.misshapen(format!("a row has no {name}"))),
        })
        .collect::<Result<_, _>>()?;
    table.rows.push(cells);
    Ok(())
}
