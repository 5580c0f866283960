"""The stubs say what is there."""

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import tidegate
from tidegate import _tidegate

STUB = Path(tidegate.__file__).with_name("_tidegate.pyi")


def test_everything_public_has_a_docstring():
    for name in tidegate.__all__:
        thing = getattr(tidegate, name)
        assert name == "__version__" or inspect.getdoc(thing), name
        if inspect.isclass(thing) and thing.__module__ == "tidegate" and name != "ScenarioError":
            for member, value in vars(thing).items():
                assert member.startswith("_") or inspect.getdoc(value), f"{name}.{member}"


def test_the_stubs_agree_with_the_module():
    pytest.importorskip("mypy.stubtest")
    # Members with an underscore are for notebooks alone.
    options = ["--ignore-missing-stub", "--ignore-disjoint-bases"]
    told = subprocess.run(
        [sys.executable, "-m", "mypy.stubtest", "tidegate._tidegate", *options], capture_output=True, text=True
    )
    assert told.returncode == 0, told.stdout + told.stderr


def test_a_program_with_types_is_accepted(tmp_path):
    pytest.importorskip("mypy")
    program = tmp_path / "program.py"
    program.write_text(
        "import numpy as np\n"
        "import tidegate\n"
        "run = tidegate.run('qt_end', paths=100, overrides={'event.shutdown': False})\n"
        "one: np.ndarray = run.paths('reserves')\n"
        "many: tidegate.Table = run.paths(['reserves', 'tga'])\n"
        "comparison: tidegate.Comparison = tidegate.compare(run, 'qt_goes_on')\n"
    )
    told = subprocess.run([sys.executable, "-m", "mypy", "--strict", program], capture_output=True, text=True)
    assert told.returncode == 0, told.stdout + told.stderr


def test_the_version_is_that_of_the_package():
    assert tidegate.__version__ == _tidegate.__version__
