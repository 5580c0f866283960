//! Auctions of Treasury securities, known from the day they are announced.

use super::csv_file::{CsvFile, Row};
use super::error::HistoryError;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::path::Path;

/// What kind of security is sold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecurityClass {
    /// Bills, cash management bills among them.
    Bill,
    /// Notes, bonds, TIPS and floating-rate notes.
    Coupon,
}

/// An auction as announced.
#[derive(Clone, Debug, PartialEq)]
pub struct AnnouncedAuction {
    /// CUSIP of the security.
    pub cusip: String,
    /// The class.
    pub class: SecurityClass,
    /// Term in words, as published: `13-Week`, `10-Year`.
    pub term: String,
    /// Day of the announcement.
    pub announced: Date,
    /// Day on which it settles.
    pub settles: Date,
    /// Day on which the security matures.
    pub matures: Date,
    /// Amount offered to the public, $bn.
    pub offered: f64,
    /// Whether it is inflation-indexed.
    pub inflation_indexed: bool,
    /// Whether its rate floats.
    pub floating: bool,
    /// Whether more of an older security is sold.
    pub reopened: bool,
    /// What the public holds of the securities of the class that mature as it settles, $bn, as announced; of bills it
    /// may hold more than one settlement.
    pub public_maturing: Option<f64>,
    /// What the Fed holds of the securities that mature as it settles, $bn, as announced.
    pub fed_maturing: Option<f64>,
}

/// A file of auctions: its name, the columns, and what turns its amounts into $bn.
struct AuctionFile {
    name: &'static str,
    columns: [&'static [&'static str]; 12],
    to_billions: f64,
}

/// In order of preference: an auction in two files is taken from the first.
const FILES: [AuctionFile; 4] = [
    AuctionFile { name: "auctions_query.csv", columns: FISCAL_DATA, to_billions: 1e-9 },
    AuctionFile { name: "auctions_query_2023-07_2025-07.csv", columns: FISCAL_DATA, to_billions: 1e-9 },
    AuctionFile {
        name: "treasurydirect_auctions_2025-01_2026-03_partial_bills.csv",
        columns: [
            &["Cusip"],
            &["SecurityType"],
            &["SecurityTerm"],
            &["AnnouncementDate"],
            &["IssueDate"],
            &["MaturityDate"],
            &["OfferingAmount"],
            &["Tips"],
            &["FloatingRate"],
            &["Reopening"],
            &["EstimatedAmountOfPubliclyHeldMaturingSecuritiesByType"],
            &["SomaHoldings"],
        ],
        to_billions: 1e-9,
    },
    AuctionFile {
        name: "auction_announcements_2014-2025-04.csv",
        columns: [
            &["CUSIP"],
            &["SecurityType"],
            &["SecurityTermWeekYear"],
            &["AnnouncementDate"],
            &["IssueDate"],
            &["MaturityDate"],
            &["OfferingAmount"],
            &["InflationIndexSecurity"],
            &["FloatingRate"],
            &["ReOpeningIndicator"],
            &["MatureSecurityAmount"],
            &["SOMAHoldings"],
        ],
        to_billions: 1.0,
    },
];

const FISCAL_DATA: [&[&str]; 12] = [
    &["cusip"],
    &["security_type"],
    &["security_term"],
    &["announcemt_date"],
    &["issue_date"],
    &["maturity_date"],
    &["offering_amt"],
    &["inflation_index_security"],
    &["floating_rate"],
    &["reopening"],
    &["est_pub_held_mat_by_type_amt"],
    &["soma_holdings"],
];

/// Reads whichever files of auctions there are; the same auction in two of them counts once.
pub(super) fn read_auctions(folder: &Path) -> Result<Vec<AnnouncedAuction>, HistoryError> {
    let folder = folder.join("fiscaldata");
    let mut auctions = BTreeMap::new();
    let mut found = false;
    for file in &FILES {
        let path = folder.join(file.name);
        if !path.is_file() {
            continue;
        }
        found = true;
        CsvFile::open(&path, &file.columns)?.rows(|row| {
            if let Some(auction) = auction(row, file.to_billions)? {
                auctions.entry(identity(&auction)).or_insert(auction);
            }
            Ok(())
        })?;
    }
    if !found {
        return Err(HistoryError::Unreadable {
            file: folder.join(FILES[0].name),
            reason: "no file of auctions is there".to_owned(),
        });
    }
    let mut auctions: Vec<AnnouncedAuction> = auctions.into_values().collect();
    auctions.sort_by(|a, b| (a.announced, a.settles, &a.cusip).cmp(&(b.announced, b.settles, &b.cusip)));
    Ok(auctions)
}

/// What tells an auction from others. An announced note may be sold under the CUSIP of an older one with the same coupon
/// and maturity (February 2025, five years), and stands in the files under both; of bills with one maturity, each is sold.
fn identity(auction: &AnnouncedAuction) -> (Date, Date, String) {
    let name = match auction.class {
        SecurityClass::Bill => auction.cusip.clone(),
        SecurityClass::Coupon => format!("{} {}", auction.inflation_indexed, auction.floating),
    };
    (auction.settles, auction.matures, name)
}

fn auction(row: &Row<'_>, to_billions: f64) -> Result<Option<AnnouncedAuction>, HistoryError> {
    let Some(offered) = row.number(6)? else { return Ok(None) };
    let class = match row.text(1).to_ascii_lowercase().as_str() {
        "bill" | "cmb" => SecurityClass::Bill,
        _ => SecurityClass::Coupon,
    };
    Ok(Some(AnnouncedAuction {
        cusip: row.text(0).to_owned(),
        class,
        term: row.text(2).to_owned(),
        announced: row.date(3)?,
        settles: row.date(4)?,
        matures: row.date(5)?,
        offered: offered * to_billions,
        inflation_indexed: is_yes(row.text(7)),
        floating: is_yes(row.text(8)),
        reopened: is_yes(row.text(9)),
        public_maturing: row.number(10)?.map(|dollars| dollars * 1e-9),
        fed_maturing: row.number(11)?.map(|dollars| dollars * 1e-9),
    }))
}

fn is_yes(text: &str) -> bool {
    matches!(text, "Yes" | "Y")
}
