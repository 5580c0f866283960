"""What the extension module holds; `tidegate` shows all of it."""

import datetime
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, TypeAlias, final, overload

import numpy as np
from numpy.typing import NDArray

__version__: str

_Draws: TypeAlias = Literal["plain", "sobol"]
_StrPath: TypeAlias = str | os.PathLike[str]
_Day: TypeAlias = str | datetime.date
_Varied: TypeAlias = str | Sequence[str | float] | None

class ScenarioError(ValueError):
    """A scenario that cannot be used: everything that is wrong with it, as `tidegate run` tells it."""

    problems: list[dict[str, Any]]
    """The same for programs: code, message, file, line and help of each problem."""

@final
class Table:
    """A table: named columns of one length, which speaks the Arrow stream protocol."""

    @property
    def column_names(self) -> list[str]:
        """Names of the columns."""
    @property
    def units(self) -> dict[str, str]:
        """Units of the columns of numbers that have one for all rows."""
    def __len__(self) -> int:
        """Number of rows."""
    def __getitem__(self, name: str, /) -> NDArray[Any]:
        """A column, of shape (rows,): float64 (read-only, no copy), int64, datetime64[D] or str; NaN or NaT for what is
        not known."""
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The Arrow stream of the table, as a capsule."""
    def to_parquet(self, path: _StrPath) -> None:
        """Writes the table as a Parquet file, whole or not at all."""
    def to_csv(self) -> str:
        """The table as CSV with six decimals, as the folder of the result has it."""

@final
class Chart:
    """A chart as SVG; a notebook shows it."""

    @property
    def name(self) -> str:
        """Its name in the folder of the result."""
    @property
    def svg(self) -> str:
        """The SVG document."""

@final
class Run:
    """A run: what happens to reserves and rates, with what probability, and which flow did it. Its Arrow stream is `fan`."""

    @property
    def scenario(self) -> str:
        """Name of the scenario."""
    @property
    def title(self) -> str:
        """Title of the scenario."""
    @property
    def claim(self) -> str:
        """The claim that the scenario puts to the test."""
    @property
    def number_of_paths(self) -> int:
        """Number of paths that were run."""
    @property
    def seed(self) -> int:
        """Seed of all draws."""
    @property
    def dates(self) -> NDArray[np.datetime64]:
        """Published dates, the opening first: shape (days,)."""
    @property
    def fan(self) -> Table:
        """The distribution of every variable on every date: date, variable, unit, mean, sd, q01, q05, q10, q25, q50, q75,
        q90, q95, q99."""
    @property
    def fan_errors(self) -> Table:
        """What simulation leaves uncertain of every number of `fan`."""
    @property
    def watches(self) -> Table:
        """The probability of every watch, as shares of one."""
    @property
    def attribution(self) -> Table:
        """The part of every flow in the change of reserves over the run, in billions of dollars."""
    @property
    def books(self) -> Table:
        """Opening balance sheet, mean flows and mean closing balance sheet of every sector, in billions of dollars."""
    @property
    def uncertain(self) -> Table:
        """What simulation leaves uncertain of a run with evenly spread draws; no rows for plain ones."""
    @property
    def headlines(self) -> dict[str, Any]:
        """The numbers to quote, in billions of dollars or basis points."""
    @property
    def record(self) -> dict[str, Any]:
        """All that `tidegate run --json` prints."""
    @property
    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits that tell these results from any others."""
    def mean(self, variable: str) -> NDArray[np.float64]:
        """Mean of a variable over paths on every date: shape (days,)."""
    def quantiles(self, variable: str) -> NDArray[np.float64]:
        """Quantiles 1, 5, 10, 25, 50, 75, 90, 95 and 99 % of a variable on every date: shape (days, 9)."""
    @overload
    def paths(self, variables: str, *, first: int | None = None) -> NDArray[np.float64]:
        """A variable along every path, or along the first ones: shape (paths, days)."""
    @overload
    def paths(self, variables: list[str] | tuple[str, ...], *, first: int | None = None) -> Table:
        """Variables along every path, a row per path and date."""
    def write_paths(self, path: _StrPath, variables: Sequence[str] | None = None) -> None:
        """Writes variables along every path as a Parquet file, a row per path and date."""
    def write(self, folder: _StrPath) -> None:
        """Writes the folder that `tidegate run` writes, every file with the same bytes."""
    @property
    def chart_names(self) -> list[str]:
        """Names of the charts."""
    def chart(self, name: str) -> Chart:
        """A chart by its name."""
    def html(self) -> str:
        """The page of the run as HTML that needs nothing but itself."""
    def markdown(self) -> str:
        """The page of the run as Markdown, without its charts."""
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The Arrow stream of `fan`."""

@final
class Comparison:
    """A comparison of runs with the first of them."""

    @property
    def names(self) -> list[str]:
        """Names of the runs."""
    @property
    def differences(self) -> Table:
        """What differs of every compared variable on every date; as in differences.csv."""
    @property
    def figures(self) -> Table:
        """What differs of every figure of a path; as in figures.csv."""
    @property
    def watches(self) -> Table:
        """What differs of every watch; as in watches.csv."""
    @property
    def reasons(self) -> Table:
        """What each changed assumption does alone, and what they do together; as in reasons.csv."""
    @property
    def attribution(self) -> Table:
        """By whose hand, and by which flow, reserves differ, in billions of dollars; as in attribution.csv."""
    @property
    def record(self) -> dict[str, Any]:
        """All that `tidegate compare --json` prints."""
    @property
    def chart_names(self) -> list[str]:
        """Names of the charts."""
    def chart(self, name: str) -> Chart:
        """A chart by its name."""
    def write(self, folder: _StrPath) -> None:
        """Writes the folder that `tidegate compare` writes."""
    def html(self) -> str:
        """The page of the comparison as HTML."""
    def markdown(self) -> str:
        """The page of the comparison as Markdown."""

@final
class Backtest:
    """Forecasts of the past and how they fared."""

    @property
    def forecasts(self) -> Table:
        """A row per origin, horizon, variable and forecaster; as in forecasts.csv."""
    @property
    def special_days(self) -> Table:
        """The same of days on which reserves are needed or change hands; as in special_days.csv."""
    @property
    def events(self) -> Table:
        """A row per origin and event; as in events.csv."""
    @property
    def verdict(self) -> list[str]:
        """What the scores come to, in sentences."""
    @property
    def chart_names(self) -> list[str]:
        """Names of the charts."""
    def chart(self, name: str) -> Chart:
        """A chart by its name."""
    def write(self, folder: _StrPath) -> None:
        """Writes the folder that `tidegate backtest` writes."""
    def html(self) -> str:
        """The scorecard as HTML."""
    def markdown(self) -> str:
        """The scorecard as Markdown."""

@final
class Study:
    """What a study of a scenario at many points found. Its Arrow stream is `points`."""

    @property
    def points(self) -> Table:
        """Every point with what was found there; as in points.csv."""
    @property
    def findings(self) -> Table:
        """What was made of the points; as in findings.csv."""
    @property
    def verdict(self) -> list[str]:
        """What was found, in sentences."""
    @property
    def record(self) -> dict[str, Any]:
        """All that the command prints with --json."""
    @property
    def chart_names(self) -> list[str]:
        """Names of the charts."""
    def chart(self, name: str) -> Chart:
        """A chart by its name."""
    def write(self, folder: _StrPath) -> None:
        """Writes the folder that the command writes."""
    def html(self) -> str:
        """The page as HTML."""
    def markdown(self) -> str:
        """The page as Markdown."""
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The Arrow stream of `points`."""

def run(
    scenario: _StrPath,
    *,
    paths: int | None = None,
    seed: int | None = None,
    draws: _Draws | None = None,
    overrides: Mapping[str, str | float | bool | datetime.date] | None = None,
    exact: bool = False,
    preview: bool = False,
    until: str | None = None,
    out: _StrPath | None = None,
    threads: int | None = None,
) -> Run:
    """Runs a scenario and returns what is known of its paths, the same numbers as `tidegate run`."""

def compare(
    *runs: Run | _StrPath,
    paths: int | None = None,
    seed: int | None = None,
    draws: _Draws | None = None,
    anyway: bool = False,
    out: _StrPath | None = None,
    threads: int | None = None,
) -> Comparison:
    """Compares runs or scenarios path by path with the first of them, the same numbers as `tidegate compare`."""

def backtest(
    *,
    data: _StrPath | None = None,
    first: _Day | None = None,
    last: _Day | None = None,
    paths: int = 1000,
    seed: int = 1,
    parameters: Sequence[_StrPath] | None = None,
    out: _StrPath | None = None,
    threads: int | None = None,
) -> Backtest:
    """Forecasts the past from what was known then and scores the forecasts, the same numbers as `tidegate backtest`."""

def sweep(
    scenario: _StrPath,
    vary: Mapping[str, _Varied],
    *,
    outputs: Sequence[str] | None = None,
    design: Literal["grid", "latin", "sobol"] = "grid",
    points: int = 64,
    overrides: Mapping[str, str | float | bool | datetime.date] | None = None,
    paths: int = 2000,
    seed: int | None = None,
    out: _StrPath | None = None,
    threads: int | None = None,
) -> Study:
    """Simulates a scenario at many points, on the same luck, the same numbers as `tidegate sweep`."""

def sensitivity(
    scenario: _StrPath,
    vary: Mapping[str, _Varied] | None = None,
    *,
    method: Literal["tornado", "morris", "sobol"] = "tornado",
    outputs: Sequence[str] | None = None,
    trajectories: int = 20,
    base: int = 256,
    over_time: bool = False,
    overrides: Mapping[str, str | float | bool | datetime.date] | None = None,
    paths: int = 2000,
    seed: int | None = None,
    out: _StrPath | None = None,
    threads: int | None = None,
) -> Study:
    """Tells on which assumptions a figure depends, the same numbers as `tidegate sensitivity`."""

def plan(
    scenario: _StrPath,
    *,
    shards: int,
    paths: int | None = None,
    seed: int | None = None,
    draws: _Draws | None = None,
    preview: bool = False,
    out: _StrPath | None = None,
    threads: int | None = None,
) -> Path:
    """Shares a run out among processes: writes the folder of the job and returns it."""

def shard(job: _StrPath, index: int, *, threads: int | None = None) -> Path:
    """Counts a shard of a job into its file, and returns that; one that is there and sound is left alone."""

def merge(
    job: _StrPath, *, out: _StrPath | None = None, arriving: Iterable[int] | None = None, threads: int | None = None
) -> Path:
    """Adds all shards of a job up to the folder that one process would write, and returns it."""

def scenarios() -> Table:
    """The scenarios that ship with the package: name, title."""

def variables() -> Table:
    """The variables that a run publishes: name, unit, meaning."""

def parameters() -> Table:
    """The parameters of the model: name, default, low, high, meaning, source."""
