//! A chart of a result.

use pyo3::prelude::*;

/// A chart as SVG; a notebook shows it.
#[pyclass(frozen, module = "tidegate")]
pub struct Chart {
    /// Its name in the folder of the result.
    #[pyo3(get)]
    pub name: String,
    /// The SVG document.
    #[pyo3(get)]
    pub svg: String,
}

#[pymethods]
impl Chart {
    fn _repr_svg_(&self) -> &str {
        &self.svg
    }

    fn __repr__(&self) -> String {
        format!("<tidegate.Chart {}>", self.name)
    }
}
