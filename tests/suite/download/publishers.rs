//! All four publishers, with a few weeks of history, in their shapes: strings for numbers, `NA`, `.` and `null` for
//! what is missing, pages, newest first, small value exercises, auctions that are announced and not yet held.

use super::server::Reply;
use jiff::civil::{Date, Weekday, date};
use serde_json::{Value, json};
use tidegate::calendar::fedwire;
use tidegate::history::{Frequency, Place, PublishedUnit, REGISTRY, Series};

/// The first day of history here.
pub const FIRST: Date = date(2026, 3, 2);

/// Rows to a page of the fiscal data service here, far fewer than asked for: the client must follow the pages.
const PAGE: usize = 7;

/// Answers a request from the history up to a day.
pub fn answer(target: &str, last: Date) -> Reply {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let query: Vec<(String, String)> = query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect();
    let asked = |name: &str| query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let day = |name: &str| asked(name).unwrap().parse::<Date>().unwrap();
    let json = match path {
        "/graph/fredgraph.csv" => return Reply::ok(fred_csv(asked("id").unwrap(), day("cosd"), last)),
        "/fred/series" => fred_series(series(asked("series_id").unwrap())),
        "/fred/series/observations" => {
            fred_observations(asked("series_id").unwrap(), day("observation_start"), last, asked("offset").unwrap())
        }
        "/api/rp/results/search.json" => {
            operations(asked("operationTypes").unwrap(), day("startDate"), day("endDate").min(last))
        }
        "/api/soma/summary.json" => holdings(last),
        rates if rates.starts_with("/api/rates/") => {
            let rate = rates.split('/').nth(4).unwrap().to_uppercase();
            let market = if ["EFFR", "OBFR"].contains(&rate.as_str()) { "unsecured" } else { "secured" };
            assert_eq!(rates, format!("/api/rates/{market}/{}/search.json", rate.to_lowercase()));
            reference_rates(&rate, day("startDate"), day("endDate").min(last))
        }
        table => {
            let (column, from) = asked("filter").unwrap().split_once(":gte:").unwrap();
            let from: Date = from.parse().unwrap();
            let rows = match (table.rsplit('/').next().unwrap(), column) {
                ("operating_cash_balance", "record_date") => days(from, last).flat_map(cash_balance).collect(),
                ("public_debt_transactions", "record_date") => days(from, last).flat_map(debt).collect(),
                ("deposits_withdrawals_operating_cash", "record_date") => days(from, last).flat_map(cash).collect(),
                ("auctions_query", "auction_date") => auctions(from),
                other => panic!("nobody serves {other:?}"),
            };
            page(rows, asked("page[number]").unwrap().parse().unwrap())
        }
    };
    Reply::ok(json.to_string())
}

fn decoded(text: &str) -> String {
    text.replace("%5B", "[").replace("%5D", "]").replace("%20", " ")
}

fn days(from: Date, to: Date) -> impl DoubleEndedIterator<Item = Date> {
    let mut days = Vec::new();
    let mut day = from.max(FIRST);
    while day <= to {
        if fedwire::is_business_day(day) {
            days.push(day);
        }
        day = day.tomorrow().unwrap();
    }
    days.into_iter()
}

fn series(id: &str) -> &'static Series {
    REGISTRY.iter().find(|series| matches!(series.place, Place::Fred(known) if known == id)).unwrap()
}

/// Values in the middle of what is plausible; Good Friday of 2026 is not among the days, a missing Monday is.
fn fred_values(id: &str, from: Date, last: Date) -> Vec<(Date, Option<f64>)> {
    let series = series(id);
    let middle = (series.low + series.high) / 2.0;
    days(from, last)
        .filter(|day| series.frequency == Frequency::Daily || day.weekday() == Weekday::Wednesday)
        .map(|day| (day, (day != date(2026, 3, 9)).then(|| middle + f64::from(day.day()))))
        .collect()
}

fn fred_csv(id: &str, from: Date, last: Date) -> String {
    let mut text = format!("observation_date,{id}\n");
    for (day, value) in fred_values(id, from, last) {
        text.push_str(&format!("{day},{}\n", value.map_or_else(String::new, |value| format!("{value:.2}"))));
    }
    text
}

fn fred_series(series: &Series) -> Value {
    let units = match series.unit {
        PublishedUnit::Millions => "Millions of U.S. Dollars",
        PublishedUnit::Billions => "Billions of US Dollars",
        PublishedUnit::Dollars => "U.S. Dollars",
        PublishedUnit::Percent => "Percent",
    };
    json!({"realtime_start": "2026-04-01", "realtime_end": "2026-04-01", "seriess": [
        {"id": series.name, "title": series.meaning, "units": units, "units_short": "x", "notes": ""}]})
}

fn fred_observations(id: &str, from: Date, last: Date, offset: &str) -> Value {
    // Two to a page, whatever the limit.
    let all = fred_values(id, from, last);
    let observations: Vec<Value> = all
        .iter()
        .skip(offset.parse().unwrap())
        .take(2)
        .map(|(day, value)| {
            let value = value.map_or_else(|| ".".to_owned(), |value| format!("{value:.2}"));
            json!({"realtime_start": "2026-04-01", "realtime_end": "2026-04-01", "date": day.to_string(), "value": value})
        })
        .collect();
    json!({"observation_start": from.to_string(), "units": "lin", "file_type": "json", "count": all.len(),
           "offset": 0, "limit": 100_000, "observations": observations})
}

fn reference_rates(rate: &str, from: Date, to: Date) -> Value {
    let mut rows = Vec::new();
    for day in days(from, to).rev() {
        let mut row = json!({"effectiveDate": day.to_string(), "type": rate, "percentRate": 3.66,
            "percentPercentile1": 3.61, "percentPercentile25": 3.64, "percentPercentile75": 3.71,
            "percentPercentile99": "3.75", "volumeInBillions": 3036, "revisionIndicator": ""});
        if day == date(2026, 3, 9) {
            for percentile in ["percentPercentile1", "percentPercentile25", "percentPercentile75"] {
                row[percentile] = json!("NA");
            }
            row["footnoteId"] = json!(1);
        }
        rows.push(row);
    }
    json!({ "refRates": rows })
}

/// A day of the standing facility has two windows of 4 and 6 million dollars, an exercise, and a window to come.
fn operations(side: &str, from: Date, to: Date) -> Value {
    let mut rows = Vec::new();
    for day in days(from, to).rev() {
        let mut put = |number: u32, close: &str, status: &str, amount: u64| {
            rows.push(json!({
                "operationId": format!("RP {day} {number}"), "auctionStatus": status, "operationDate": day.to_string(),
                "settlementDate": day.to_string(), "maturityDate": fedwire::next_business_day(day).to_string(),
                "operationType": side, "operationMethod": "Full Allotment", "settlementType": "Same Day",
                "termCalenderDays": 1, "term": "Overnight", "releaseTime": "08:15", "closeTime": close, "note": "",
                "totalAmtSubmitted": amount, "totalAmtAccepted": amount,
                "details": [
                    {"securityType": "Treasury", "amtSubmitted": amount - 1_000_000, "amtAccepted": amount - 1_000_000},
                    {"securityType": "Mortgage-Backed", "amtSubmitted": 1_000_000, "amtAccepted": 1_000_000}]}));
        };
        put(1, "08:30", "Results", 4_000_000);
        put(3, "13:45", "Results", 6_000_000);
        put(9, "16:00", "Announced", 1_000_000);
        put(8, "10:45", "Results", 50_000_000);
        let exercise = rows.last_mut().unwrap();
        exercise["isSmallValue"] = json!("Y");
        exercise["note"] = json!("Small Value Exercise");
    }
    json!({"repo": {"operations": rows}})
}

/// Dollars as strings, an empty one where there was none yet, and the Wednesdays from long before.
fn holdings(last: Date) -> Value {
    let wednesdays = days(FIRST, last).filter(|day| day.weekday() == Weekday::Wednesday);
    let rows: Vec<Value> = std::iter::once(date(2003, 7, 9))
        .chain(wednesdays)
        .map(|day| {
            json!({"asOfDate": day.to_string(), "mbs": "2000000000000.50", "cmbs": "7000000000.00", "tips": "300000000000",
                   "frn": "", "tipsInflationCompensation": "110000000000", "notesbonds": "3560000000000",
                   "bills": "195492926700", "agencies": "2347000000", "total": "6175000000000.00"})
        })
        .collect();
    json!({"soma": {"summary": rows}})
}

fn cash_balance(day: Date) -> Vec<Value> {
    let balance = (800_000 + i32::from(day.day())).to_string();
    [
        ("Treasury General Account (TGA) Opening Balance", "850000"),
        ("Total TGA Deposits (Table II)", "30000"),
        ("Total TGA Withdrawals (Table II) (-)", "20000"),
        ("Treasury General Account (TGA) Closing Balance", &balance),
    ]
    .into_iter()
    .enumerate()
    .map(|(line, (account, amount))| {
        json!({"record_date": day.to_string(), "account_type": account, "close_today_bal": "null",
               "open_today_bal": amount, "open_month_bal": "null", "src_line_nbr": (line + 1).to_string()})
    })
    .collect()
}

fn debt(day: Date) -> Vec<Value> {
    [("Issues", "Bills", "90000"), ("Issues", "Notes", "20000"), ("Redemptions", "Bills", "70000")]
        .into_iter()
        .enumerate()
        .map(|(line, (kind, security, amount))| {
            json!({"record_date": day.to_string(), "transaction_type": kind, "security_market": "Marketable",
                   "security_type": security, "security_type_desc": "null", "transaction_today_amt": amount,
                   "src_line_nbr": (line + 1).to_string()})
        })
        .collect()
}

fn cash(day: Date) -> Vec<Value> {
    [("Deposits", "Taxes - Withheld Individual/FICA", "12345"), ("Withdrawals", "SSA - Benefits Payments", "23456")]
        .into_iter()
        .map(|(kind, category, amount)| {
            json!({"record_date": day.to_string(), "account_type": "Treasury General Account (TGA)",
                   "transaction_type": kind, "transaction_catg": category, "transaction_today_amt": amount})
        })
        .collect()
}

/// One auction that was held, one announced.
fn auctions(from: Date) -> Vec<Value> {
    let row = |cusip: &str, auction: &str, accepted: &str| {
        json!({"record_date": auction, "cusip": cusip, "security_type": "Note", "security_term": "10-Year",
               "announcemt_date": "2026-03-19", "auction_date": auction, "issue_date": "2026-04-15",
               "maturity_date": "2036-04-15", "offering_amt": "42000000000", "total_accepted": accepted})
    };
    let rows = [row("91282ABC1", "2026-03-25", "42000000000"), row("91282FUT1", "2026-04-08", "null")];
    rows.into_iter().filter(|row| row["auction_date"].as_str().unwrap() >= from.to_string().as_str()).collect()
}

fn page(rows: Vec<Value>, number: usize) -> Value {
    let total = rows.len();
    let rows: Vec<Value> = rows.into_iter().skip((number - 1) * PAGE).take(PAGE).collect();
    json!({"data": rows, "meta": {"count": rows.len(), "labels": {}, "dataTypes": {},
           "dataFormats": {"open_today_bal": "$1,000,000", "close_today_bal": "$1,000,000"},
           "total-count": total, "total-pages": total.div_ceil(PAGE).max(1)},
           "links": {"self": "&page%5Bnumber%5D=1", "next": null}})
}
