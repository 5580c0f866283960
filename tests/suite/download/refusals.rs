//! What cannot be right is refused with who, where and what, and the file stays as it was.

use super::pull_into;
use super::server::{Reply, Server};
use std::fs;

/// What the folder holds before each of these pulls.
const STORED: [(&str, &str, &str); 4] = [
    ("RRPONTSYD", "fred/RRPONTSYD.csv", "observation_date,RRPONTSYD\n2026-03-31,15.782\n"),
    ("WDTGAL", "fred/WDTGAL.csv", "observation_date,WDTGAL\n2026-03-25,837412\n"),
    (
        "SOFR",
        "nyfed/reference_rates.csv",
        "effectiveDate,type,percentRate,volumeInBillions\n2026-03-31,SOFR,3.68,3280\n",
    ),
    (
        "TGA",
        "fiscaldata/operating_cash_balance.csv",
        "record_date,account_type,close_today_bal,open_today_bal\n\
         2026-03-31,Treasury General Account (TGA) Closing Balance,null,893000\n",
    ),
];

/// The message about an answer; no byte of the folder changes.
fn refused(name: &str, key: Option<&str>, answer: impl Fn(&str) -> Reply + Send + Sync + 'static) -> String {
    let server = Server::start(move |target, _| answer(target));
    let place = tempfile::tempdir().unwrap();
    for (_, file, text) in STORED {
        fs::create_dir_all(place.path().join(file).parent().unwrap()).unwrap();
        fs::write(place.path().join(file), text).unwrap();
    }
    let message = pull_into(place.path(), &server, key, name).unwrap_err();
    for (_, file, text) in STORED {
        assert_eq!(fs::read_to_string(place.path().join(file)).unwrap(), text);
    }
    assert!(!place.path().join("pulled.json").exists());
    message
}

fn body(text: &'static str) -> impl Fn(&str) -> Reply {
    move |_| Reply::ok(text)
}

const FRED: &str = "fred/RRPONTSYD.csv: refused what FRED sent:";

#[test]
fn an_answer_that_is_no_csv_is_refused() {
    for (sent, reason) in [
        ("PK\u{3}\u{4}\u{14}\0\0\0", "it is a ZIP archive instead of CSV"),
        (
            "<!DOCTYPE html>\n<html><head><title>Access Denied</title></head></html>",
            "it is an HTML page (\"Access Denied\") instead of CSV",
        ),
        ("", "it is nothing instead of CSV"),
        (
            "observation_date,WALCL\n2026-04-01,6600000\n",
            "its columns are observation_date,WALCL, expected observation_date,RRPONTSYD",
        ),
        ("observation_date,RRPONTSYD\n01/04/2026,16\n", "`01/04/2026` in the column observation_date is no date"),
    ] {
        assert_eq!(refused("RRPONTSYD", None, body(sent)), format!("{FRED} {reason}"));
    }
    let short = refused("RRPONTSYD", None, body("observation_date,RRPONTSYD\n2026-04-01\n"));
    assert!(short.starts_with(&format!("{FRED} it is no CSV: CSV error: record 1 (line: 2")), "{short}");
}

#[test]
fn a_value_that_cannot_be_right_is_refused() {
    assert_eq!(
        refused("RRPONTSYD", None, body("observation_date,RRPONTSYD\n2026-04-01,n/a\n")),
        format!("{FRED} RRPONTSYD of 2026-04-01 is `n/a`, which is no number")
    );
    // Millions in place of billions.
    assert_eq!(
        refused("RRPONTSYD", None, body("observation_date,RRPONTSYD\n2026-04-01,15782\n")),
        format!(
            "{FRED} RRPONTSYD of 2026-04-01 is `15782`, outside 0 to 4000 $bn, where it has always been; \
             has its unit changed?"
        )
    );
    // Billions in place of millions, which is plausible by itself.
    assert_eq!(
        refused("WDTGAL", None, body("observation_date,WDTGAL\n2026-04-01,840.1\n")),
        "fred/WDTGAL.csv: refused what FRED sent: WDTGAL of 2026-04-01 is `840.1`, about a thousand times more or \
         less than 837412 before it, in $mn"
    );
    // A volume in millions, in one row of a good answer.
    assert_eq!(
        refused(
            "SOFR",
            None,
            body(
                r#"{"refRates":[{"effectiveDate":"2026-04-01","type":"SOFR","percentRate":"3.67","volumeInBillions":3280000}]}"#
            )
        ),
        "nyfed/reference_rates.csv: refused what the New York Fed sent: SOFRVOL of 2026-04-01 is `3280000`, outside 100 \
         to 20000 $bn, where it has always been; has its unit changed?"
    );
}

#[test]
fn a_unit_that_the_publisher_states_is_compared() {
    let message = refused("RRPONTSYD", Some("secret"), |target| {
        assert!(target.starts_with("/fred/series?"), "nothing is asked for after the unit: {target}");
        Reply::ok(r#"{"seriess":[{"id":"RRPONTSYD","units":"Millions of US Dollars"}]}"#)
    });
    assert_eq!(
        message,
        "fred/RRPONTSYD.csv: refused what the FRED API sent: it states RRPONTSYD in \"Millions of US Dollars\", \
         expected \"Billions of US Dollars\""
    );
    let message = refused(
        "TGA",
        None,
        body(
            r#"{"data":[{"record_date":"2026-04-01","account_type":"x","open_today_bal":"1"}],
               "meta":{"total-count":1,"total-pages":1,"dataFormats":{"open_today_bal":"$1"}}}"#,
        ),
    );
    assert_eq!(
        message,
        "fiscaldata/operating_cash_balance.csv: refused what Treasury fiscal data sent: it states open_today_bal in \
         units of $1, expected $1,000,000"
    );
}

#[test]
fn pages_that_do_not_add_up_are_refused() {
    let message = refused(
        "TGA",
        None,
        body(r#"{"data":[{"record_date":"2026-04-01","account_type":"x"}],"meta":{"total-count":9,"total-pages":2}}"#),
    );
    assert_eq!(
        message,
        "fiscaldata/operating_cash_balance.csv: refused what Treasury fiscal data sent: of 9 rows it sent 2 on 2 pages"
    );
}

#[test]
fn a_publishers_own_words_are_passed_on() {
    // The shapes and texts of FRED's and the fiscal data service's errors.
    let message = refused("RRPONTSYD", Some("0123456789abcdef0123456789abcdef"), |_| {
        let body =
            r#"{"error_code":400,"error_message":"Bad Request.  The value for variable api_key is not registered."}"#;
        Reply::Whole(400, "", body.into())
    });
    assert_eq!(
        message,
        "the FRED API declined with HTTP 400: Bad Request. The value for variable api_key is not registered. \
         (http://here/fred/series?series_id=RRPONTSYD&file_type=json)"
    );
    let message = refused("TGA", None, |_| {
        let body = r#"{"error": "Invalid Query Param", "message": "Invalid query parameter 'filter' with value 'x'"}"#;
        Reply::Whole(400, "", body.into())
    });
    assert!(
        message.starts_with(
            "Treasury fiscal data declined with HTTP 400: Invalid query parameter 'filter' with value 'x' (http://here/"
        ),
        "{message}"
    );
}

#[test]
fn an_answer_of_another_shape_is_refused() {
    let sent = |name: &str, text: &'static str| refused(name, None, body(text));
    assert_eq!(
        sent("SOFR", r#"{"rates":[]}"#),
        "nyfed/reference_rates.csv: refused what the New York Fed sent: it has no list of refRates"
    );
    assert_eq!(
        sent("SRF", r#"{"repo":{}}"#),
        "nyfed/repo_operations.csv: refused what the New York Fed sent: it has no list of repo operations"
    );
    assert!(sent("TGA", r#"{"data":[{"record_da"#).starts_with(
        "fiscaldata/operating_cash_balance.csv: refused what Treasury fiscal data sent: it is no JSON: EOF while parsing"
    ));
    assert_eq!(
        sent("AUCTIONS", r#"{"data":[],"meta":{"total-count":0,"total-pages":1}}"#),
        "fiscaldata/auctions_query.csv: refused what Treasury fiscal data sent: it has no rows since 2018-01-01"
    );
    assert_eq!(
        sent(
            "AUCTIONS",
            r#"{"data":[{"cusip":"1","auction_date":"2026-04-08","offering_amt":"42.0"}],"meta":{"total-count":1,"total-pages":1}}"#
        ),
        "fiscaldata/auctions_query.csv: refused what Treasury fiscal data sent: offering_amt of 2026-04-08 is `42.0`, \
         outside 1000000 to 1000000000000 $, where it has always been; has its unit changed?"
    );
}
