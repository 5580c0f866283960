//! A table of results, lent to Arrow and numpy without a copy of its numbers.

use super::failure::Failure;
use super::notebook;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{ArrayRef, Date32Array, Float64Array, Int64Array, RecordBatch, RecordBatchIterator, StringArray};
use arrow_buffer::{Buffer, ScalarBuffer};
use arrow_schema::{Field, Schema};
use numpy::datetime::{Datetime, units};
use numpy::ndarray::ArrayView1;
use numpy::{IntoPyArray, PyArray1, PyArrayMethods};
use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict};
use std::collections::HashMap;
use std::path::PathBuf;
use std::ptr::NonNull;
use std::sync::Arc;
use tidegate::results::{Column, Table as Columns, Values, epoch_days, write_whole_by};

/// A table: named columns of one length.
///
/// It speaks the Arrow stream protocol, so that `pyarrow.table(t)`, `polars.DataFrame(t)`, `pandas.DataFrame.from_arrow(t)`
/// and `duckdb.sql("from t")` read it where it lies. `t["name"]` is a column as a numpy array.
#[pyclass(frozen, module = "tidegate")]
pub struct Table {
    columns: Arc<Columns>,
    about: Vec<(&'static str, String)>,
}

impl Table {
    /// A table, and what its metadata say of it.
    pub fn new(columns: Columns, about: Vec<(&'static str, String)>) -> Table {
        Table { columns: Arc::new(columns), about }
    }

    /// The columns.
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// The capsule of the Arrow stream.
    pub fn stream<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let batch = self.batch();
        let schema = batch.schema();
        let stream = FFI_ArrowArrayStream::new(Box::new(RecordBatchIterator::new([Ok(batch)], schema)));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }

    fn batch(&self) -> RecordBatch {
        let fields = self.columns.columns.iter().map(|column| {
            let array = array(&self.columns, column);
            let unit: HashMap<String, String> =
                column.unit.iter().map(|unit| ("unit".to_owned(), unit.to_string())).collect();
            let has_gaps = matches!(column.values, Values::DatesOrNone(_) | Values::NumbersOrNone(_));
            let field = Field::new(&column.name, array.data_type().clone(), has_gaps);
            (field.with_metadata(unit), array)
        });
        let (fields, arrays): (Vec<Field>, Vec<ArrayRef>) = fields.unzip();
        let about: HashMap<String, String> =
            self.about.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect();
        let schema = Schema::new_with_metadata(fields, about);
        RecordBatch::try_new(Arc::new(schema), arrays).expect("columns have one length")
    }
}

/// A column of a table as an Arrow array; numbers stay where they are and keep the table alive.
fn array(table: &Arc<Columns>, column: &Column) -> ArrayRef {
    match &column.values {
        Values::Dates(dates) => Arc::new(Date32Array::from_iter_values(dates.iter().copied().map(epoch_days))),
        Values::DatesOrNone(dates) => Arc::new(Date32Array::from_iter(dates.iter().map(|date| date.map(epoch_days)))),
        Values::Texts(texts) => Arc::new(StringArray::from_iter_values(texts)),
        Values::NumbersOrNone(numbers) => Arc::new(Float64Array::from_iter(numbers.iter().copied())),
        Values::Counts(counts) => Arc::new(Int64Array::from_iter_values(counts.iter().map(|&count| count as i64))),
        Values::Numbers(numbers) => {
            let start = NonNull::from(numbers.as_slice()).cast::<u8>();
            // SAFETY: the numbers live as long as the table, which the buffer owns a share of and nobody changes.
            let buffer =
                unsafe { Buffer::from_custom_allocation(start, size_of_val(numbers.as_slice()), table.clone()) };
            Arc::new(Float64Array::new(ScalarBuffer::new(buffer, 0, numbers.len()), None))
        }
    }
}

#[pymethods]
impl Table {
    /// The Arrow stream of the table, as a capsule: https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // A producer may ignore what it is asked for; its reader then converts.
        let _ = requested_schema;
        self.stream(py)
    }

    /// Names of the columns.
    #[getter]
    fn column_names(&self) -> Vec<&str> {
        self.columns.columns.iter().map(|column| column.name.as_str()).collect()
    }

    /// Units of the columns of numbers that have one for all rows, by name.
    #[getter]
    fn units<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let units = PyDict::new(py);
        for Column { name, unit, .. } in &self.columns.columns {
            if let Some(unit) = unit {
                units.set_item(name, unit.to_string())?;
            }
        }
        Ok(units)
    }

    /// Number of rows.
    fn __len__(&self) -> usize {
        self.columns.rows()
    }

    /// A column as a numpy array of shape (rows,): numbers as float64, read-only and without a copy; days as datetime64[D];
    /// whole numbers as int64; words as str. What is not known is NaN or NaT.
    fn __getitem__<'py>(slf: Bound<'py, Self>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let this = slf.get();
        let column = this.columns.columns.iter().find(|column| column.name == name);
        let column = column.ok_or_else(|| PyKeyError::new_err(name.to_owned()))?;
        let day = |date| Datetime::<units::Days>::from(i64::from(epoch_days(date)));
        Ok(match &column.values {
            Values::Numbers(numbers) => {
                // SAFETY: the array owns a share of this object, whose numbers nobody changes.
                let array = unsafe {
                    PyArray1::borrow_from_array(&ArrayView1::from(numbers.as_slice()), slf.clone().into_any())
                };
                array.readwrite().make_nonwriteable();
                array.into_any()
            }
            Values::NumbersOrNone(numbers) => {
                numbers.iter().map(|number| number.unwrap_or(f64::NAN)).collect::<Vec<_>>().into_pyarray(py).into_any()
            }
            Values::Counts(counts) => {
                counts.iter().map(|&count| count as i64).collect::<Vec<_>>().into_pyarray(py).into_any()
            }
            Values::Dates(dates) => dates.iter().copied().map(day).collect::<Vec<_>>().into_pyarray(py).into_any(),
            Values::DatesOrNone(dates) => {
                let not_a_time = Datetime::from(i64::MIN);
                let days: Vec<_> = dates.iter().map(|date| date.map_or(not_a_time, day)).collect();
                days.into_pyarray(py).into_any()
            }
            Values::Texts(texts) => py.import("numpy")?.call_method1("array", (texts,))?,
        })
    }

    /// Writes the table as a Parquet file, whole or not at all; units and what the run was stand in its metadata.
    fn to_parquet(&self, py: Python<'_>, path: PathBuf) -> PyResult<()> {
        let written = py.detach(|| write_whole_by(&path, |out| self.columns.write_parquet(out, &self.about)));
        Ok(written.map_err(|error| Failure::File(path, error))?)
    }

    /// The table as CSV with six decimals, as the run folder has it.
    fn to_csv(&self) -> String {
        String::from_utf8(self.columns.to_csv()).expect("words and numbers are text")
    }

    fn __repr__(&self) -> String {
        format!("<tidegate.Table: {} rows of {}>", self.columns.rows(), self.column_names().join(", "))
    }

    fn _repr_html_(&self) -> String {
        notebook::table(&self.columns)
    }
}
