"""Whether a peer agrees with tidegate: means, standard deviations, quantiles and counts of spikes within Monte Carlo error.

    python agree.py PLAN.json RUN_FOLDER FIGURES.npz...

RUN_FOLDER is that of `tidegate run SCENARIO --paths N`; FIGURES are what a peer leaves with `--level fan --out`. Every day
and variable gives differences in units of their standard error. They are correlated, but a port that is right leaves means
and quantiles with a root mean square near one and none beyond 4.5 or so. A standard deviation has no standard error worth
the name where one path in a million is hit by a Student's t of 25 and pushed up the convex tail of the curve, so that of
those the typical size is judged, and not the largest.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scenario import QUANTILES, SPIKES, VARIABLES, Scenario, load

LARGEST = 4.5  # standard errors, of means and spikes; quantiles are nine times as many
LARGEST_QUANTILE = 5.0
TYPICAL = (0.5, 1.4)  # root mean square
HEAVY = 400.0  # kurtosis beyond which a mean over 20,000 paths is not normal
SMALLEST = 1e-3  # standard deviation below which the six digits of the run folder say too little
PRINTED = 1e-6


def main() -> int:
    plan, folder, *figures = map(Path, sys.argv[1:])
    scenario = load(plan)
    ours = Ours(folder, scenario)
    return max([judge(path, np.load(path), ours) for path in figures])


class Ours:
    """What tidegate published, by day and variable, in the peers' units; a value it does not publish is NaN."""

    def __init__(self, folder: Path, scenario: Scenario):
        columns = ["mean", "sd", *(f"q{round(100 * level):02}" for level in QUANTILES)]
        rows: dict[str, list[list[float]]] = {}
        for row in csv.DictReader((folder / "fan.csv").open()):
            rows.setdefault(row["variable"], []).append([float(row[column]) for column in columns])
        of = {name: np.array(days)[1:] for name, days in rows.items()}  # the first is the opening
        # Some are published in percent only; they are turned back into bp over IORB.
        for name in ("sofr_p1", "sofr_p25", "sofr_p75", "sofr_p99"):
            of[f"{name}_iorb"] = 100 * (of[name] - scenario.iorb[:, None] * (np.arange(len(columns)) != 1))
        of["sofr_width"] = width_of_trades(of["sofr_iorb"], of["sofr_p75_iorb"], of["sofr_p99_iorb"])
        table = np.stack([of[name] for name in VARIABLES], axis=1)
        self.mean, self.sd, self.quantiles = table[..., 0], table[..., 1], table[..., 2:]
        self.paths = json.loads((folder / "manifest.json").read_text())["paths"]
        watches = {row["name"]: float(row["probability"]) for row in csv.DictReader((folder / "watch.csv").open())}
        self.spikes = [watches[f"SOFR {line:.0f}bp above IORB"] for line in SPIKES]


def width_of_trades(sofr: NDArray, p75: NDArray, p99: NDArray) -> NDArray:
    """Mean and standard deviation of the width, of which one and 1.88 stand between SOFR and the upper percentiles."""
    k = 1.88
    width = np.full_like(sofr, np.nan)
    width[:, 0] = p75[:, 0] - sofr[:, 0]
    above = [percentile[:, 1] ** 2 - sofr[:, 1] ** 2 for percentile in (p75, p99)]
    width[:, 1] = np.sqrt(np.maximum((above[1] - k * above[0]) / (k * k - k), 0.0))
    return width


def judge(path: Path, theirs, ours: Ours) -> int:
    """Prints the verdict on a peer; 1 if it does not agree."""
    n = int(theirs["paths"])
    error = np.sqrt(1 / ours.paths + 1 / n)
    sd, kurtosis = theirs["sd"], theirs["kurtosis"]
    moves = sd > SMALLEST
    pooled = np.sqrt((sd**2 + ours.sd**2) / 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        z_mean = (theirs["mean"] - ours.mean) / (pooled * error)
        z_sd = (sd - ours.sd) / (sd * error * np.sqrt((kurtosis - 1) / 4))
    z_mean[~moves | (kurtosis > HEAVY)] = np.nan
    z_sd[~moves] = np.nan
    z_quantile = (theirs["quantiles"] - ours.quantiles) / (theirs["quantile_errors"] * np.sqrt(n) * error + PRINTED)
    z_quantile[~moves | (theirs["quantile_errors"] < 100 * PRINTED).any(axis=2)] = np.nan

    print(f"{path}: {n} paths against {ours.paths}")
    fits = show("means", z_mean, LARGEST) & show("quantiles", z_quantile, LARGEST_QUANTILE)
    middle = np.nanmedian(np.abs(z_sd))
    fits &= 0.67 * TYPICAL[0] < middle < 0.67 * TYPICAL[1]
    print(f"  standard deviations: median |z| {middle:.2f} (a normal's is 0.67)")
    for line, share, count in zip(SPIKES, ours.spikes, theirs["spikes"]):
        z = (count / n - share) / (np.sqrt(max(share * (1 - share), 1 / n)) * error)
        fits &= abs(z) < LARGEST
        print(f"  spikes above {line:.0f}bp: {count / n:.4f} against {share:.4f}, z {z:+.2f}")
    still = np.abs(theirs["mean"] - ours.mean)[~moves]
    fits &= not (still > 10 * SMALLEST).any()
    print("  agrees" if fits else "  DOES NOT AGREE")
    return int(not fits)


def show(what: str, z: NDArray, most: float) -> bool:
    """Prints how far differences go, and by which variable; whether that is what chance does."""
    rms = np.sqrt(np.nanmean(z**2))
    day, variable, *_ = np.unravel_index(np.nanargmax(np.abs(z)), z.shape)
    largest = np.nanmax(np.abs(z))
    print(
        f"  {what}: {np.isfinite(z).sum()} judged, rms {rms:.2f}, largest {largest:.2f} ({VARIABLES[variable]}, day {day})"
    )
    per_variable = [z[:, i][np.isfinite(z[:, i])] for i in range(len(VARIABLES))]
    sizes = [f"{name} {np.sqrt(np.mean(of**2)):.2f}" for name, of in zip(VARIABLES, per_variable) if of.size]
    print("    " + ", ".join(sizes))
    return largest < most and TYPICAL[0] < rms < TYPICAL[1]


if __name__ == "__main__":
    sys.exit(main())
