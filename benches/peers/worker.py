"""What the peers have in common: the command line, the protocol of a resident worker, and the figures they report."""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scenario import QUANTILES, VARIABLES, Scenario, load


@dataclass
class Figures:
    """What a run publishes: moments by day and variable, quantiles by day, variable and level, and counts of spikes."""

    mean: NDArray[np.float64]
    sd: NDArray[np.float64]
    spikes: list[int]
    quantiles: NDArray[np.float64] | None = None
    # The values by day, variable and path, kept by runs with quantiles: agreement is judged by their kurtosis.
    values: NDArray | None = None


class Moments:
    """Mean and variance by day and variable, chunk by chunk (Chan, Golub and LeVeque 1983, American Statistician 37)."""

    def __init__(self, days: int):
        self.paths = 0
        self.mean = np.zeros((days, len(VARIABLES)))
        self.squares = np.zeros((days, len(VARIABLES)))

    def add(self, paths: int, mean: NDArray, squares: NDArray) -> None:
        """Adds a chunk's means and sums of squared deviations."""
        total = self.paths + paths
        step = mean - self.mean
        self.mean += step * (paths / total)
        self.squares += squares + step * step * (self.paths * paths / total)
        self.paths = total

    def sd(self) -> NDArray[np.float64]:
        return np.sqrt(self.squares / (self.paths - 1))


def quantiles_by_sorting(values: NDArray) -> NDArray[np.float64]:
    """The quantiles of every day and variable, with linear interpolation; `values` are sorted in place, day by day.

    NumPy's sort is vector code, which beats both `np.quantile` and a partition about eighteen ranks.
    """
    days, variables, paths = values.shape
    rank = np.array(QUANTILES) * (paths - 1)
    below = rank.astype(int)
    above = np.minimum(below + 1, paths - 1)
    weight = rank - below
    found = np.empty((days, variables, len(QUANTILES)))
    for day, columns in enumerate(values):
        columns.sort(axis=1)
        low, high = columns[:, below], columns[:, above]
        found[day] = low + weight * (high - low)
    return found


Run = Callable[[str, int, int], Figures]


def serve_or_run(name: str, packages: list[str], prepare: Callable[[Scenario, argparse.Namespace], Run]) -> None:
    """The command of a peer; `prepare` makes the function that runs (level, paths, seed)."""
    arguments = command_line(name)
    run = prepare(load(arguments.plan), arguments)
    versions = {package: version(package) for package in packages} | {"python": sys.version.split()[0]}
    peer = name if arguments.dtype == "f64" else f"{name}-{arguments.dtype}"

    def measure(level: str, paths: int, seed: int) -> tuple[dict, Figures]:
        start = time.process_time()
        figures = run(level, paths, seed)
        cpu = time.process_time() - start
        days = len(figures.mean)
        report = {
            "peer": peer,
            "level": level,
            "paths": paths,
            "days": days,
            "cpu_seconds": cpu,
            "ns_per_path_day": 1e9 * cpu / (paths * days),
            "peak_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "versions": versions,
        }
        return report, figures

    if arguments.serve:
        for number, line in enumerate(sys.stdin):
            command, level, paths = line.split()
            if command != "run" or level not in ("moments", "fan"):
                raise SystemExit(f"expected `run moments|fan PATHS`, found `{line.strip()}`")
            print(json.dumps(measure(level, int(paths), arguments.seed + number)[0]), flush=True)
        return
    run(arguments.level, arguments.paths, arguments.seed)  # compiles, and touches the memory
    for repeat in range(arguments.repeat):
        report, figures = measure(arguments.level, arguments.paths, arguments.seed + repeat)
        print(json.dumps(report), flush=True)
    if arguments.out:
        write(arguments.out, arguments.paths, figures)


def write(path: Path, paths: int, figures: Figures) -> None:
    """Leaves the figures for `agree.py`; a run with quantiles adds their standard errors and the kurtosis of the values."""
    arrays = {"mean": figures.mean, "sd": figures.sd, "spikes": figures.spikes, "paths": paths}
    if figures.quantiles is not None:
        values = np.sort(figures.values, axis=2)
        scale = np.where(figures.sd > 0, figures.sd, 1.0)[..., None]
        arrays["kurtosis"] = np.mean(((values - figures.mean[..., None]) / scale) ** 4, axis=2)
        # A quarter of the distance between the order statistics two standard errors of the rank below and above.
        level = np.array(QUANTILES)
        rank, reach = level * (paths - 1), np.sqrt(level * (1 - level) * paths)
        low, high = [np.clip(np.rint(rank + side * reach), 0, paths - 1).astype(int) for side in (-2, 2)]
        arrays["quantiles"] = figures.quantiles
        arrays["quantile_errors"] = (values[..., high] - values[..., low]) / 4
    np.savez(path, **arrays)


def command_line(name: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=f"{name}_peer.py", description=f"The model in {name}.")
    parser.add_argument("plan", type=Path, help="PLAN.json as written by `export`")
    parser.add_argument("--paths", type=int, default=8192)
    parser.add_argument("--level", choices=("moments", "fan"), default="fan")
    parser.add_argument("--dtype", choices=("f64", "f32") if name == "jax" else ("f64",), default="f64")
    parser.add_argument("--threads", type=int, choices=(1,), default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--chunk", type=int, default=0, help="paths at a time; 0 is what was found fastest")
    parser.add_argument("--out", type=Path, help="an .npz file for the figures of the last run")
    parser.add_argument("--serve", action="store_true", help="answer `run LEVEL PATHS` lines on standard input")
    return parser.parse_args()
