"""Writes docs/performance.md from measurements of this machine.

    benches/peers/setup.sh
    cargo build --release --examples && cargo bench --bench instructions --no-run
    benches/peers/.venv/bin/python benches/performance.py [--rounds R] [--quick]

Takes ten minutes or so. Ratios are taken within rounds in which all sides run in turn (benches/peers/compare.py); absolute times
are of this machine in its mood of the day. `--quick` leaves out the run of ten million paths.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RELEASE = ROOT / "target" / "release"

# What the engine was asked to reach: side, level, how many times our time or what share of it, and against which of ours.
ASKED = [
    ("numpy", "fan", 16, "tidegate"),
    ("numba", "fan", 20, "tidegate"),
    ("numpy", "moments", 10, "tidegate"),
    ("jax", "moments", 10, "tidegate"),
    ("numba", "moments", 6, "tidegate"),
    ("naive", "moments", 7, "tidegate"),
    ("numpy", "fan", 24, "preview"),
    ("jax-f32", "moments", 5, "preview"),
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--quick", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        results = compare(folder, arguments.rounds)
        sections = [
            heading(results),
            side_by_side(results),
            whole_runs(folder, arguments.quick),
            instructions(),
            profile(),
        ]
    (ROOT / "docs" / "performance.md").write_text("\n\n".join(sections + [by_hand()]) + "\n", encoding="utf-8")


def run(command: list[str | Path], **options) -> str:
    return subprocess.run([str(word) for word in command], cwd=ROOT, check=True, capture_output=True, text=True, **options).stdout


def compare(folder: Path, rounds: int) -> dict:
    plan, out = folder / "PLAN.json", folder / "ratios.json"
    plan.write_text(run([RELEASE / "examples" / "export"]))
    sides = ["tidegate", "preview", "bare", "naive", "draws", "normals"]
    ours = [word for side in sides for word in ("--ours", f"{RELEASE / 'examples' / 'engine'} {side}")]
    command = [sys.executable, ROOT / "benches/peers/compare.py", plan, *ours, "--our-paths", "32768"]
    run([*command, "--rounds", str(rounds), "--json", out])
    return json.loads(out.read_text())


def machine() -> str:
    text = run(["lscpu"])
    found = {key.strip(): value.strip() for key, value in (line.split(":", 1) for line in text.splitlines() if ":" in line)}
    flags = set(found.get("Flags", "").split())
    vectors = "AVX-512" if "avx512f" in flags else "AVX2" if "avx2" in flags else "baseline vectors"
    cores = os.cpu_count()
    return f"{found.get('Model name', platform.processor())}, family {found.get('CPU family')} model {found.get('Model')}, {cores} cores, {vectors}"


def heading(results: dict) -> str:
    versions = {row["peer"]: row["versions"] for row in results["results"]}
    words = [f"{package} {number}" for package, number in sorted({item for side in versions.values() for item in side.items()})]
    rustc = run(["rustc", "--version"]).strip()
    return f"""# How fast

Written by `benches/performance.py`; everything here was measured in one go on a shared machine: {machine()}. {rustc}; {", ".join(words)}.

What counts are ratios: the sides take turns, a ratio is taken within a round, the median over {results["rounds"]} rounds is told with
the range. CPU time of one thread, per path and business day, of `shutdown_cash_hoarding` (122 days)."""


def side_by_side(results: dict) -> str:
    rows = {(row["level"], row["peer"], row["against"]): row for row in results["results"]}
    lines = ["## Side by side", "", "| side | statistics | ns per path-day | times ours | range | peak MB |", "|---|---|--:|--:|---|--:|"]
    for (level, peer, against), row in rows.items():
        if against == "tidegate":
            lines.append(
                f"| {peer} | {level} | {row['ns_per_path_day']:.0f} | {row['ratio']:.2f} "
                f"| {row['lowest']:.2f} to {row['highest']:.2f} | {row['peak_rss_mb']:.0f} |"
            )
    lines += [
        "",
        "`tidegate` keeps double-entry books, audits them on every path and day, and counts 36 rows a day and an attribution;",
        "`preview` is the same in single precision, `bare` the same without any statistics. The peers keep the stocks they need",
        "and 22 rows, and take quantiles by NumPy's vectorised sort, which is several times faster than `np.quantile`. `naive`",
        "is the same model as ours path by path; `draws` makes the day's random numbers by rand_distr and does nothing else,",
        "`normals` as many ziggurat normals as the model has shocks.",
        "",
        "| asked | at least | measured | |",
        "|---|--:|--:|---|",
    ]
    for peer, level, least, against in ASKED:
        row = rows[(level, peer, against)]
        verdict = "met" if row["ratio"] >= least else "not met"
        lines.append(f"| {peer} over {against}, {level} | {least} | {row['ratio']:.1f} | {verdict} |")
    for floor, most, name in [
        ("normals", 1.6, "the whole day with fans over `normals` alone"),
        ("draws", 1.6, "the whole day with fans over `draws` alone"),
        ("bare", 1.8, "the whole day with fans over it without statistics"),
    ]:
        share = 1 / rows[("fan", floor, "tidegate")]["ratio"]
        verdict = "met" if share <= most else "not met"
        lines.append(f"| {name} | at most {most} | {share:.2f} | {verdict} |")
    return "\n".join(lines)


YEAR = """title = "A year of the shutdown"
extends = "shutdown_cash_hoarding"
[horizon]
end = 2026-09-30
"""


def timed(words: list[str | Path], folder: Path) -> tuple[float, float, float]:
    """Wall and CPU seconds and peak megabytes of a command."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    process = subprocess.Popen([str(word) for word in words], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if status:
        raise SystemExit(f"{words} ended with {status}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def whole_runs(folder: Path, quick: bool) -> str:
    program = RELEASE / "tidegate"
    (folder / "year.toml").write_text(YEAR)
    runs: list[tuple[str, list[str]]] = [
        ("`check shutdown_cash_hoarding`", ["check", "shutdown_cash_hoarding"]),
        ("`run shutdown_cash_hoarding`", ["run", "shutdown_cash_hoarding"]),
        ("the same on one thread", ["run", "shutdown_cash_hoarding", "--threads", "1"]),
        ("10⁵ paths of a year of business days", ["run", "year.toml", "--paths", "100000"]),
        ("10⁵, one thread", ["run", "year.toml", "--paths", "100000", "--threads", "1"]),
        ("10⁶ paths of it", ["run", "year.toml", "--paths", "1000000"]),
    ]
    if not quick:
        runs.append(("10⁷ paths of it", ["run", "year.toml", "--paths", "10000000"]))
    lines = [
        "## Whole runs",
        "",
        "From process start to the last file, charts included; the year is `extends = \"shutdown_cash_hoarding\"` to 30 September 2026.",
        "",
        "| run | wall s | CPU s | peak MB |",
        "|---|--:|--:|--:|",
    ]
    for name, words in runs:
        repeats = 1 if any(word in ("1000000", "10000000") for word in words) else 3
        measured = [timed([program, *words], folder) for _ in range(repeats)]
        wall, cpu, peak = (statistics.median(column) for column in zip(*measured))
        lines.append(f"| {name} | {wall:.2f} | {cpu:.2f} | {peak:.0f} |")
    return "\n".join(lines)


def instructions() -> str:
    rows = [line.split(",") for line in (ROOT / "benches/instructions.csv").read_text().splitlines()[2:]]
    lines = [
        "## Instructions",
        "",
        "Counted by callgrind, the same on any machine with AVX2: `cargo bench --bench instructions` fails beyond 5 % of these.",
        "",
        "| part | instructions | per |",
        "|---|--:|---|",
    ]
    return "\n".join(lines + [f"| {part} | {float(count):,.1f} | {unit} |" for part, unit, count in rows])


def profile() -> str:
    programs = sorted((RELEASE / "deps").glob("instructions-*"), key=lambda path: path.stat().st_mtime)
    program = [path for path in programs if re.fullmatch(r"instructions-[0-9a-f]+", path.name)][-1]
    table = run([sys.executable, ROOT / "benches/profile.py", program])
    return f"## Where the instructions go\n\n`python3 benches/profile.py`, a path-day with fans, by the file they were written in.\n\n{table.strip()}"


def by_hand() -> str:
    """What was measured otherwise and is kept as written."""
    page = ROOT / "docs" / "performance.md"
    mark = "<!-- by hand from here on -->"
    kept = page.read_text(encoding="utf-8").split(mark, 1)[1].strip() if page.exists() and mark in page.read_text(encoding="utf-8") else ""
    return f"{mark}\n\n{kept}".rstrip()


if __name__ == "__main__":
    main()
