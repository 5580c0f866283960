#!/usr/bin/env python3
"""Whether an independent engine makes of the exported equations what tidegate makes of its own.

Exports scenarios as XMILE, lets PySD or simlin run them, compares every published variable on every day with the path that
tidegate prints, and exits with 1 where one differs by more than the tolerance. The difference is relative to the larger of
one (a billion dollars, a basis point, a percent) and the value: |a - b| / max(1, |b|).

    pip install pysd pysimlin
    python exchange/check.py                                       # the three of docs/exchange.md, a year each, by PySD
    python exchange/check.py --engine simlin                       # the same by another engine
    python exchange/check.py levered_unwind qt_end:2026-09-30      # others, to their own end or to another

`TIDEGATE` names the program, target/release/tidegate where it is not set.
"""

import argparse
import csv
import os
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

TOLERANCE = 1e-9

# Purchases, runoff, standing facility and hoarding; the Fed by rule; another epoch, with ON RRP in trillions and a debt limit.
SCENARIOS = [
    "baseline_2025q4:2026-09-30",
    "reserve_management_purchases:2026-09-30",
    "tga_drawdown_2021:2022-02-03",
]


def export(program, told, folder):
    """The XMILE file and the rows of the program's own path."""
    name, _, end = told.partition(":")
    scenario = name
    if end:
        scenario = str(folder / f"{Path(name).stem}.toml")
        text = f"title = '{name} to {end}'\nextends = '{name}'\n\n[horizon]\nend = {end}\n"
        Path(scenario).write_text(text, encoding="utf-8")
    model, path = folder / f"{Path(name).stem}.xmile", folder / f"{Path(name).stem}.csv"
    for form, out in (("--xmile", model), ("--path", path)):
        subprocess.run([program, "export", scenario, form, "--out", str(out)], check=True)
    with open(path, newline="", encoding="utf-8") as rows:
        return model, list(csv.DictReader(rows))


def by_pysd(model):
    """Every variable of the model on every day, by PySD."""
    # PySD evaluates a chain of auxiliaries by calls within calls.
    sys.setrecursionlimit(20_000)
    import numpy
    import pysd

    # It writes tables down as numpy prints them, which is to eight decimals where nothing else is said.
    numpy.set_printoptions(floatmode="unique")
    return pysd.read_xmile(str(model)).run(progress=False)


def by_simlin(model):
    """The same by simlin."""
    import simlin

    return simlin.load(str(model)).run().results


ENGINES = {"pysd": by_pysd, "simlin": by_simlin}


def check(program, engine, told, folder):
    """Compares one scenario; the largest difference, in the norm above."""
    began = time.monotonic()
    model, path = export(program, told, folder)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = ENGINES[engine](model)
    columns = {name.replace(" ", "_").lower(): found[name] for name in found.columns}
    names = [name for name in path[0] if name not in ("day", "date")]
    absent = [name for name in names if f"published_{name}" not in columns]
    if absent or len(found) != len(path):
        sys.exit(f"{told}: {engine} has {len(found)} days of {len(path)} and lacks {absent or 'nothing'}")
    print(f"{told} by {engine}: {len(columns)} variables, {path[0]['date']} to {path[-1]['date']}, {len(path)} days")
    print(f"  {'variable':28}{'least':>12}{'most':>12}{'largest difference':>20}  on")
    largest = 0.0
    for name in names:
        expected = [float(day[name]) for day in path]
        differences = [abs(a - b) / max(1.0, abs(b)) for a, b in zip(columns[f"published_{name}"], expected)]
        # A number that is none is as far off as can be.
        differences = [difference if difference == difference else float("inf") for difference in differences]
        worst = max(range(len(path)), key=differences.__getitem__)
        largest = max(largest, differences[worst])
        print(f"  {name:28}{min(expected):12.3f}{max(expected):12.3f}{differences[worst]:20.2e}  {path[worst]['date']}")
    left = max(abs(error) for error in columns["price_error"])
    print(f"  largest difference {largest:.2e}; the price is exact to {left:.1e}bp; {time.monotonic() - began:.0f}s\n")
    return largest


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("scenarios", nargs="*", default=SCENARIOS, metavar="SCENARIO[:END]")
    words.add_argument("--engine", choices=ENGINES, default="pysd")
    asked = words.parse_args()
    program = os.environ.get("TIDEGATE", "target/release/tidegate")
    with tempfile.TemporaryDirectory() as folder:
        largest = {told: check(program, asked.engine, told, Path(folder)) for told in asked.scenarios}
    beyond = [told for told, difference in largest.items() if not difference <= TOLERANCE]
    print(f"largest difference {max(largest.values()):.2e}, tolerance {TOLERANCE:.0e}")
    if beyond:
        sys.exit(f"beyond it: {', '.join(beyond)}")


if __name__ == "__main__":
    main()
