//! A publisher's table as text: what is read from a file or an answer is written back cell by cell.

use std::collections::{BTreeMap, BTreeSet};

/// Columns by name, and rows of as many cells.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Names of the columns.
    pub header: Vec<String>,
    /// Cells as published.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// A table without rows.
    pub fn new(header: &[&str]) -> Table {
        Table { header: header.iter().map(|&name| name.to_owned()).collect(), rows: Vec::new() }
    }

    /// Reads CSV.
    ///
    /// # Errors
    /// A row has more or fewer cells than the header, or the text is not UTF-8; in words.
    pub fn parse(bytes: &[u8]) -> Result<Table, String> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let mut reader = csv::Reader::from_reader(bytes);
        let header = reader.headers().map_err(|error| error.to_string())?;
        let header = header.iter().map(str::to_owned).collect();
        let rows = reader
            .records()
            .map(|record| record.map(|record| record.iter().map(str::to_owned).collect()))
            .collect::<Result<_, _>>()
            .map_err(|error| error.to_string())?;
        Ok(Table { header, rows })
    }

    /// Writes CSV.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        for row in std::iter::once(&self.header).chain(&self.rows) {
            writer.write_record(row).expect("rows are as long as the header, and memory takes any text");
        }
        writer.into_inner().expect("memory takes any text")
    }

    /// The place of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|column| column == name)
    }

    /// Puts newer rows in their places. Rows that agree in the columns `keys` belong together, and the table is in
    /// order of these columns. Where old and new mean the same, the old text stays, so that the bytes stay. A row
    /// alone under its key keeps the cells that the new one leaves out; several under one key, which might stand in
    /// another order, are replaced together.
    pub fn merged(self, newer: Table, keys: &[&str]) -> Table {
        let mut header = self.header.clone();
        header.extend(newer.header.iter().filter(|name| !self.header.contains(name)).cloned());
        let old = self.groups(&header, keys);
        let mut new = newer.groups(&header, keys);
        let known: BTreeSet<&Vec<String>> = old.iter().map(|(key, _)| key).collect();
        let nothing_to_insert = new.iter().all(|(key, _)| known.contains(key));
        let mut newer: BTreeMap<Vec<String>, Vec<Vec<String>>> = BTreeMap::new();
        for (key, rows) in new.drain(..) {
            newer.entry(key).or_default().extend(rows);
        }
        let mut groups: Vec<(Vec<String>, Vec<Vec<String>>)> = Vec::new();
        for (key, rows) in old {
            let rows = match newer.remove(&key) {
                Some(fresh) => match (&rows[..], &fresh[..]) {
                    ([old], [new]) => vec![merged_row(old, new)],
                    _ if mean_the_same(&rows, &fresh) => rows,
                    _ => fresh,
                },
                None => rows,
            };
            groups.push((key, rows));
        }
        groups.extend(newer);
        // A file that stands in another order keeps it for as long as nothing is put in between.
        if !nothing_to_insert {
            groups.sort_by(|(a, _), (b, _)| a.cmp(b));
        }
        Table { header, rows: groups.into_iter().flat_map(|(_, rows)| rows).collect() }
    }

    /// The rows under another header, in groups that agree in `keys`, each where its first row stands.
    fn groups(&self, header: &[String], keys: &[&str]) -> Vec<(Vec<String>, Vec<Vec<String>>)> {
        let places: Vec<Option<usize>> = header.iter().map(|name| self.column(name)).collect();
        let cell = |row: &[String], place: Option<usize>| place.map_or_else(String::new, |place| row[place].clone());
        let mut positions: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        let mut groups: Vec<(Vec<String>, Vec<Vec<String>>)> = Vec::new();
        for row in &self.rows {
            let key: Vec<String> = keys.iter().map(|name| cell(row, self.column(name))).collect();
            let next = groups.len();
            let position = *positions.entry(key.clone()).or_insert(next);
            if position == next {
                groups.push((key, Vec::new()));
            }
            groups[position].1.push(places.iter().map(|place| cell(row, *place)).collect());
        }
        groups
    }
}

fn merged_row(old: &[String], new: &[String]) -> Vec<String> {
    let cell = |(old, new): (&String, &String)| if is_missing(new) || same(old, new) { old } else { new }.clone();
    old.iter().zip(new).map(cell).collect()
}

fn mean_the_same(old: &[Vec<String>], new: &[Vec<String>]) -> bool {
    old.len() == new.len() && old.iter().flatten().zip(new.iter().flatten()).all(|(old, new)| same(old, new))
}

/// The publishers' spellings of "no value": nothing and `.` (FRED), `NA` (New York Fed), `null` (fiscal data).
pub fn is_missing(cell: &str) -> bool {
    matches!(cell.trim(), "" | "." | "NA" | "null" | "None")
}

/// Whether two cells mean the same: `3.7` is `3.70`, and nothing is `null`.
fn same(old: &str, new: &str) -> bool {
    old == new
        || (is_missing(old) && is_missing(new))
        || matches!((old.parse::<f64>(), new.parse::<f64>()), (Ok(old), Ok(new)) if old == new)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        Table::parse(text.as_bytes()).unwrap()
    }

    fn merged(old: &str, new: &str, keys: &[&str]) -> String {
        String::from_utf8(table(old).merged(table(new), keys).to_bytes()).unwrap()
    }

    #[test]
    fn what_means_the_same_keeps_its_bytes() {
        let old = "date,value,note\n2026-03-30,3.7,\n2026-03-31,null,\"a, b\"\n";
        let new = "date,value,note\n2026-03-30,3.70,\n2026-03-31,,\"a, b\"\n";
        assert_eq!(merged(old, new, &["date"]), old);
        // In another order too.
        let old = "date,value\n2026-03-31,1\n2026-03-30,2\n";
        assert_eq!(merged(old, "date,value\n2026-03-30,2.0\n", &["date"]), old);
    }

    #[test]
    fn new_days_and_revised_values_are_taken() {
        let old = "date,value\n2026-03-30,3.7\n2026-04-01,3.6\n";
        let new = "date,value\n2026-03-30,3.71\n2026-03-31,3.8\n";
        assert_eq!(merged(old, new, &["date"]), "date,value\n2026-03-30,3.71\n2026-03-31,3.8\n2026-04-01,3.6\n");
    }

    #[test]
    fn a_day_with_more_rows_than_before_is_taken_whole() {
        let old = "date,amount\n2026-03-30,1\n2026-03-31,2\n";
        let new = "date,amount\n2026-03-31,2\n2026-03-31,5\n";
        assert_eq!(merged(old, new, &["date"]), "date,amount\n2026-03-30,1\n2026-03-31,2\n2026-03-31,5\n");
    }

    #[test]
    fn rows_of_a_day_in_another_order_are_not_mixed() {
        let old = "date,account,amount,note\n2026-03-31,opening,5,a\n2026-03-31,closing,7,\n";
        let new = "date,account,amount,note\n2026-03-31,closing,8,\n2026-03-31,opening,5,a\n";
        assert_eq!(merged(old, new, &["date"]), new);
        let same = "date,account,amount,note\n2026-03-31,opening,5.0,a\n2026-03-31,closing,7,null\n";
        assert_eq!(merged(old, same, &["date"]), old);
    }

    #[test]
    fn columns_are_matched_by_name_and_what_is_left_out_stays() {
        let old = "type,date,rate,volume,source\nSOFR,2026-03-30,3.7,3100,a\nTGCR,2026-03-30,3.6,,a\n";
        let new = "date,type,rate,footnote\n2026-03-30,SOFR,3.7,1\n2026-03-31,SOFR,3.8,\n";
        assert_eq!(
            merged(old, new, &["type", "date"]),
            "type,date,rate,volume,source,footnote\nSOFR,2026-03-30,3.7,3100,a,1\nSOFR,2026-03-31,3.8,,,\n\
             TGCR,2026-03-30,3.6,,a,\n"
        );
    }

    #[test]
    fn a_row_of_the_wrong_length_is_refused() {
        let message = Table::parse(b"date,value\n2026-03-30\n").unwrap_err();
        assert!(message.contains("found record with 1 fields, but the previous record has 2 fields"), "{message}");
    }
}
