//! Tables as Parquet files: every number in full, dates as DATE, units and what the run was in the metadata.

use super::table::{Column, Table, Values};
use jiff::civil::{Date, date};
use parquet::basic::{Compression, Encoding, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{ColumnPath, Type};
use std::io::{self, Write};
use std::sync::Arc;

/// A Parquet file that grows by tables of the same columns, each a row group.
pub struct ParquetFile<W: Write + Send> {
    writer: SerializedFileWriter<W>,
}

impl<W: Write + Send> ParquetFile<W> {
    /// Begins a file for tables with the columns of `like`; `about` is kept in its metadata, beside `unit.NAME` for every
    /// column that has one.
    ///
    /// # Errors
    /// That of writing.
    pub fn begin(out: W, like: &Table, about: &[(&str, String)]) -> io::Result<ParquetFile<W>> {
        let fields = like.columns.iter().map(|column| field(column).map(Arc::new)).collect::<Result<_>>();
        let schema = fields.and_then(|fields| Type::group_type_builder("tidegate").with_fields(fields).build());
        let units = like.columns.iter().filter_map(|column| Some((format!("unit.{}", column.name), column.unit?)));
        let about = about.iter().map(|(key, value)| KeyValue::new((*key).to_owned(), value.clone()));
        let about = about.chain(units.map(|(key, unit)| KeyValue::new(key, unit.to_string()))).collect();
        let mut properties = WriterProperties::builder()
            .set_created_by(format!("tidegate {}", env!("CARGO_PKG_VERSION")))
            .set_compression(Compression::SNAPPY)
            .set_key_value_metadata(Some(about));
        for column in &like.columns {
            // Numbers hardly ever repeat, but their leading bytes do.
            if matches!(column.values, Values::Numbers(_) | Values::NumbersOrNone(_)) {
                let path = ColumnPath::from(column.name.as_str());
                properties = properties
                    .set_column_dictionary_enabled(path.clone(), false)
                    .set_column_encoding(path, Encoding::BYTE_STREAM_SPLIT);
            }
        }
        let writer = schema
            .and_then(|schema| SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties.build())))
            .map_err(cause)?;
        Ok(ParquetFile { writer })
    }

    /// Adds a table as a row group.
    ///
    /// # Errors
    /// That of writing.
    ///
    /// # Panics
    /// If its columns are not those of the file.
    pub fn append(&mut self, table: &Table) -> io::Result<()> {
        self.append_columns(table).map_err(cause)
    }

    fn append_columns(&mut self, table: &Table) -> Result<()> {
        let mut group = self.writer.next_row_group()?;
        for column in &table.columns {
            let mut out = group.next_column()?.expect("the columns are those of the file");
            write_values(&mut out, &column.values)?;
            out.close()?;
        }
        group.close()?;
        Ok(())
    }

    /// Writes what stands at the end of a file, without which it is none.
    ///
    /// # Errors
    /// That of writing.
    pub fn finish(self) -> io::Result<()> {
        self.writer.close().map(|_| ()).map_err(cause)
    }
}

impl Table {
    /// Writes the table as a Parquet file with `about` in its metadata.
    ///
    /// # Errors
    /// That of writing.
    pub fn write_parquet(&self, out: impl Write + Send, about: &[(&str, String)]) -> io::Result<()> {
        let mut file = ParquetFile::begin(out, self, about)?;
        file.append(self)?;
        file.finish()
    }
}

/// The error of the file below, if it is one.
fn cause(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(error) => io::Error::other(error),
        },
        error => io::Error::other(error),
    }
}

/// How a column is declared.
fn field(column: &Column) -> Result<Type> {
    let (physical, logical) = match column.values {
        Values::Dates(_) | Values::DatesOrNone(_) => (Physical::INT32, Some(LogicalType::Date)),
        Values::Texts(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Values::Numbers(_) | Values::NumbersOrNone(_) => (Physical::DOUBLE, None),
        Values::Counts(_) => (Physical::INT64, None),
    };
    let has_gaps = matches!(column.values, Values::DatesOrNone(_) | Values::NumbersOrNone(_));
    let repetition = if has_gaps { Repetition::OPTIONAL } else { Repetition::REQUIRED };
    Type::primitive_type_builder(&column.name, physical).with_logical_type(logical).with_repetition(repetition).build()
}

fn write_values(out: &mut SerializedColumnWriter<'_>, values: &Values) -> Result<()> {
    match values {
        Values::Dates(dates) => {
            write::<Int32Type>(out, &dates.iter().copied().map(epoch_days).collect::<Vec<_>>(), None)
        }
        Values::DatesOrNone(dates) => write_or_none::<Int32Type>(out, dates.iter().map(|date| date.map(epoch_days))),
        Values::Texts(texts) => write::<ByteArrayType>(
            out,
            &texts.iter().map(|text| ByteArray::from(text.as_str())).collect::<Vec<_>>(),
            None,
        ),
        Values::Numbers(numbers) => write::<DoubleType>(out, numbers, None),
        Values::NumbersOrNone(numbers) => write_or_none::<DoubleType>(out, numbers.iter().copied()),
        Values::Counts(counts) => {
            write::<Int64Type>(out, &counts.iter().map(|&count| count as i64).collect::<Vec<_>>(), None)
        }
    }
}

/// Writes the values that are there; a level of one says of a row that it has one.
fn write_or_none<T: DataType>(
    out: &mut SerializedColumnWriter<'_>,
    values: impl Iterator<Item = Option<T::T>> + Clone,
) -> Result<()> {
    let levels: Vec<i16> = values.clone().map(|value| value.is_some().into()).collect();
    write::<T>(out, &values.flatten().collect::<Vec<_>>(), Some(&levels))
}

fn write<T: DataType>(out: &mut SerializedColumnWriter<'_>, values: &[T::T], levels: Option<&[i16]>) -> Result<()> {
    out.typed::<T>().write_batch(values, levels, None).map(|_| ())
}

/// Days since 1 January 1970.
pub fn epoch_days(day: Date) -> i32 {
    (day - date(1970, 1, 1)).get_days()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Unit;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    #[test]
    fn what_is_read_back_is_what_was_written_to_the_last_bit() {
        let numbers = [0.1 + 0.2, -0.0, f64::MIN_POSITIVE, 3_009.123_456_789_012_3];
        let table = |shift: f64| {
            let dates = [date(1969, 12, 31), date(1970, 1, 1), date(2025, 10, 1), date(2024, 2, 29)];
            Table::default()
                .counts("path", [0, 1, 2, 99_999_999])
                .dates("date", dates)
                .texts("name", ["a", "", "SOFR − IORB", "d"])
                .with("reserves", Some(Unit::Billions), Values::Numbers(numbers.iter().map(|it| it + shift).collect()))
                .with("limit", None, Values::NumbersOrNone(vec![None, Some(0.05), None, Some(shift)]))
                .with("first", None, Values::DatesOrNone(vec![None, None, Some(date(2025, 12, 31)), None]))
        };
        let place = tempfile::NamedTempFile::new().unwrap();
        let mut file = ParquetFile::begin(place.reopen().unwrap(), &table(0.0), &[("seed", "7".to_owned())]).unwrap();
        file.append(&table(0.0)).unwrap();
        file.append(&table(1.0)).unwrap();
        file.finish().unwrap();

        let read = SerializedFileReader::new(place.reopen().unwrap()).unwrap();
        let about = read.metadata().file_metadata().key_value_metadata().unwrap();
        let about: Vec<(&str, &str)> =
            about.iter().map(|it| (it.key.as_str(), it.value.as_deref().unwrap_or_default())).collect();
        assert_eq!(about, [("seed", "7"), ("unit.reserves", "bn")]);
        assert_eq!(read.num_row_groups(), 2);
        let rows: Vec<Vec<Field>> = read
            .get_row_iter(None)
            .unwrap()
            .map(|row| row.unwrap().into_columns().into_iter().map(|(_, field)| field).collect())
            .collect();
        assert_eq!(rows.len(), 8);
        for (row, found) in rows.iter().enumerate() {
            let (shift, at) = ((row / 4) as f64, row % 4);
            let Field::Double(number) = found[3] else { panic!("{found:?}") };
            assert_eq!(number.to_bits(), (numbers[at] + shift).to_bits());
        }
        // 20,362 days: `date -d 2025-10-01 +%s` divided by 86,400.
        assert_eq!(rows[2][..3], [Field::Long(2), Field::Date(20_362), Field::Str("SOFR − IORB".to_owned())]);
        assert_eq!(rows[0][1], Field::Date(-1));
        assert_eq!(rows[0][4..], [Field::Null, Field::Null]);
        assert_eq!(rows[7][4..], [Field::Double(1.0), Field::Null]);
        assert_eq!(rows[6][5], Field::Date(20_453));
    }
}
