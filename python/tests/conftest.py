"""What the tests share: the binary to compare with, and a run that most of them look at."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

import tidegate

SCENARIO = "shutdown_cash_hoarding"
PATHS = 1_500


@pytest.fixture(scope="session")
def command():
    """Calls the binary that TIDEGATE_BIN names, or else the one that `cargo build --release` made."""
    target = Path(os.environ.get("CARGO_TARGET_DIR", Path(__file__).parents[2] / "target"))
    binary = shutil.which(os.environ.get("TIDEGATE_BIN", target / "release/tidegate"))
    if binary is None:
        pytest.skip("there is no tidegate binary to compare with; build it, or name it in TIDEGATE_BIN")

    def call(*arguments, cwd):
        return subprocess.run([binary, *map(str, arguments)], cwd=cwd, capture_output=True, text=True)

    return call


@pytest.fixture(scope="session")
def run():
    return tidegate.run(SCENARIO, paths=PATHS)


def files(folder):
    """Every file of a folder with its bytes, by its path in it."""
    found = (path for path in Path(folder).rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}
