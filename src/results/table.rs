//! A table of results as it is before it is written anywhere: the same columns go to CSV, to Parquet and, in memory, to
//! other programs.

use crate::units::Unit;
use csv::{Reader, Writer};
use jiff::civil::Date;
use std::str::FromStr;

/// Columns of one length.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The columns, in order.
    pub columns: Vec<Column>,
}

/// A named column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// The unit of its numbers, if all have one.
    pub unit: Option<Unit>,
    /// A value per row.
    pub values: Values,
}

/// The values of a column.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Days.
    Dates(Vec<Date>),
    /// Days, of which some are not known.
    DatesOrNone(Vec<Option<Date>>),
    /// Words.
    Texts(Vec<String>),
    /// Numbers.
    Numbers(Vec<f64>),
    /// Numbers, of which some are not known.
    NumbersOrNone(Vec<Option<f64>>),
    /// Whole numbers.
    Counts(Vec<u64>),
}

impl Values {
    /// Number of rows.
    pub fn len(&self) -> usize {
        match self {
            Values::Dates(values) => values.len(),
            Values::DatesOrNone(values) => values.len(),
            Values::Texts(values) => values.len(),
            Values::Numbers(values) => values.len(),
            Values::NumbersOrNone(values) => values.len(),
            Values::Counts(values) => values.len(),
        }
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A value as CSV has it: dates as ISO 8601, numbers as [`number`], what is not known empty.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn cell(&self, row: usize) -> String {
        match self {
            Values::Dates(values) => values[row].to_string(),
            Values::DatesOrNone(values) => values[row].map_or(String::new(), |date| date.to_string()),
            Values::Texts(values) => values[row].clone(),
            Values::Numbers(values) => number(values[row]),
            Values::NumbersOrNone(values) => values[row].map_or(String::new(), number),
            Values::Counts(values) => values[row].to_string(),
        }
    }
}

impl Table {
    /// The table with one more column.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, unit: Option<Unit>, values: Values) -> Table {
        debug_assert!(self.columns.is_empty() || self.rows() == values.len(), "columns have one length");
        self.columns.push(Column { name: name.into(), unit, values });
        self
    }

    /// With a column of days.
    #[must_use]
    pub fn dates(self, name: &str, values: impl IntoIterator<Item = Date>) -> Table {
        self.with(name, None, Values::Dates(values.into_iter().collect()))
    }

    /// With a column of words.
    #[must_use]
    pub fn texts<T: Into<String>>(self, name: &str, values: impl IntoIterator<Item = T>) -> Table {
        self.with(name, None, Values::Texts(values.into_iter().map(Into::into).collect()))
    }

    /// With a column of numbers.
    #[must_use]
    pub fn numbers(self, name: impl Into<String>, values: impl IntoIterator<Item = f64>) -> Table {
        self.with(name, None, Values::Numbers(values.into_iter().collect()))
    }

    /// With a column of whole numbers.
    #[must_use]
    pub fn counts(self, name: &str, values: impl IntoIterator<Item = u64>) -> Table {
        self.with(name, None, Values::Counts(values.into_iter().collect()))
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, |column| column.values.len())
    }

    /// One header line, then a line per row.
    pub fn to_csv(&self) -> Vec<u8> {
        let header: Vec<&str> = self.columns.iter().map(|column| column.name.as_str()).collect();
        let row = |row: usize| self.columns.iter().map(|column| column.values.cell(row)).collect();
        to_csv(&header, (0..self.rows()).map(row))
    }
}

impl Table {
    /// A table that was written as CSV: a column is of days or numbers if each of its cells is one or empty, and else of words.
    ///
    /// # Errors
    /// It is no CSV.
    pub fn from_csv(text: &[u8]) -> Result<Table, csv::Error> {
        let mut reader = Reader::from_reader(text);
        let names: Vec<String> = reader.headers()?.iter().map(str::to_owned).collect();
        let mut cells: Vec<Vec<String>> = vec![Vec::new(); names.len()];
        for row in reader.records() {
            for (column, cell) in cells.iter_mut().zip(&row?) {
                column.push(cell.to_owned());
            }
        }
        let columns = names.into_iter().zip(cells);
        Ok(columns.fold(Table::default(), |table, (name, cells)| table.with(name, None, of_cells(cells))))
    }
}

/// What the cells of a column say.
fn of_cells(cells: Vec<String>) -> Values {
    if cells.iter().all(String::is_empty) {
        return Values::Texts(cells);
    }
    if let Some(dates) = parsed::<Date>(&cells) {
        return dates.iter().copied().collect::<Option<_>>().map_or(Values::DatesOrNone(dates), Values::Dates);
    }
    if let Some(numbers) = parsed::<f64>(&cells) {
        return numbers.iter().copied().collect::<Option<_>>().map_or(Values::NumbersOrNone(numbers), Values::Numbers);
    }
    Values::Texts(cells)
}

/// The cells as values of a kind, none of an empty one; nothing if a cell is of another kind.
fn parsed<T: FromStr>(cells: &[String]) -> Option<Vec<Option<T>>> {
    let parse = |cell: &String| if cell.is_empty() { Ok(None) } else { cell.parse().map(Some) };
    cells.iter().map(parse).collect::<Result<_, _>>().ok()
}

/// Numbers are written with enough digits for any use and few enough to read: a dollar on a stock of
/// trillions would need 13, a reader needs six decimals.
pub fn number(value: f64) -> String {
    let text = format!("{value:.6}");
    if text == "-0.000000" { "0.000000".to_owned() } else { text }
}

/// A header and rows that are as long.
pub fn to_csv(header: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer = Writer::from_writer(Vec::new());
    let written = writer.write_record(header).and_then(|()| {
        for row in rows {
            writer.write_record(&row)?;
        }
        writer.flush()?;
        Ok(())
    });
    written.expect("rows as long as the header, written to memory");
    writer.into_inner().expect("flushed above")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_table_that_goes_through_csv_is_the_same() {
        let table = Table::default()
            .dates("date", [date(2025, 10, 1), date(2025, 10, 2)])
            .texts("words", ["a, \"b\"", "2"])
            .numbers("mean", [0.5, -3000.25])
            .with("first", None, Values::DatesOrNone(vec![None, Some(date(2025, 12, 31))]))
            .with("limit", None, Values::NumbersOrNone(vec![Some(0.05), None]));
        assert_eq!(Table::from_csv(&table.to_csv()).unwrap(), table);
        assert!(
            table
                .to_csv()
                .starts_with(b"date,words,mean,first,limit\n2025-10-01,\"a, \"\"b\"\"\",0.500000,,0.050000\n")
        );
    }
}
