"""The notebooks run, and show what they showed when they were written."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))


def pictures(notebook):
    """Every chart that a notebook shows: the same numbers draw the same SVG."""
    outputs = (output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs)
    shown = (output.get("data", {}) for output in outputs)
    return [data[kind] for data in shown for kind in ["text/html", "image/svg+xml"] if "<svg" in data.get(kind, "")]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_shows_the_same(path):
    notebook = nbformat.read(path, as_version=4)
    kept = pictures(notebook)
    assert kept
    NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    assert pictures(notebook) == kept


def test_there_are_two():
    assert len(NOTEBOOKS) >= 2
