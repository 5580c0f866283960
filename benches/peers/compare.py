"""Peers against our engine, side by side: CPU time per path and day in alternating rounds.

    python compare.py PLAN.json [--ours COMMAND]... [--rounds R] [--level moments|fan]... [--json FILE]

Every side is a resident worker (README.md says what it is asked and what it answers), so that start-up and compilation
are paid once and not counted. A round asks each in turn; a ratio is taken within a round, where the machine is in the
same mood, and the median over rounds is the result, with the smallest and the largest beside it.
"""

from __future__ import annotations

import argparse
import json
import shlex
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
# What is compared, and with how many paths: enough for a steady time, few enough for a round of seconds.
PEERS = {
    "numpy": (["numpy_peer.py"], 8192),
    "numba": (["numba_peer.py"], 4096),
    "jax": (["jax_peer.py"], 4096),
    "jax-f32": (["jax_peer.py", "--dtype", "f32"], 4096),
}
OUR_PATHS = 16_384


@dataclass
class Worker:
    """A resident process that runs the model when asked."""

    name: str
    command: list[str]
    paths: int
    answers: dict[str, list[dict]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, level: str) -> dict:
        self.process.stdin.write(f"run {level} {self.paths}\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit(f"{self.name} ended with code {self.process.wait()}: {shlex.join(self.command)}")
        return json.loads(answer)

    def stop(self) -> None:
        self.process.stdin.close()
        self.process.wait()


def main() -> None:
    arguments = command_line()
    peers = [
        Worker(name, [sys.executable, str(HERE / script[0]), str(arguments.plan), "--serve", *script[1:]], paths)
        for name, (script, paths) in PEERS.items()
        if name in arguments.peers
    ]
    ours = [Worker(command, shlex.split(command), arguments.our_paths) for command in arguments.ours]
    workers = ours + peers
    for worker in workers:
        for level in arguments.level:
            first = worker.ask(level)  # compiles, and touches the memory
        worker.name = first["peer"]
    for _ in range(arguments.rounds):
        for level in arguments.level:
            for worker in workers:
                worker.answers.setdefault(level, []).append(worker.ask(level))
    for worker in workers:
        worker.stop()
    # Without a side of ours the peers are compared with the first of them.
    references = ours or peers[:1]
    results = [
        row(worker, reference, level) for level in arguments.level for worker in workers for reference in references
    ]
    show(results)
    if arguments.json:
        report = {"plan": arguments.plan.name, "rounds": arguments.rounds, "results": results}
        arguments.json.write_text(json.dumps(report, indent=1) + "\n")


def row(worker: Worker, reference: Worker, level: str) -> dict:
    """A worker against one of ours at a level: medians over rounds."""
    ns = [answer["ns_per_path_day"] for answer in worker.answers[level]]
    against = [answer["ns_per_path_day"] for answer in reference.answers[level]]
    ratios = [a / b for a, b in zip(ns, against)]
    last = worker.answers[level][-1]
    return {
        "level": level,
        "peer": worker.name,
        "against": reference.name,
        "paths": last["paths"],
        "ns_per_path_day": statistics.median(ns),
        "ratio": statistics.median(ratios),
        "lowest": min(ratios),
        "highest": max(ratios),
        "peak_rss_mb": last["peak_rss_mb"],
        "versions": last["versions"],
    }


def show(results: list[dict]) -> None:
    print(
        f"{'level':8} {'peer':14} {'against':14} {'paths':>7} {'ns/path-day':>12} {'ratio':>7} {'range':>15} {'MB':>6}"
    )
    for of in results:
        between = f"{of['lowest']:.2f}–{of['highest']:.2f}"
        print(
            f"{of['level']:8} {of['peer']:14} {of['against']:14} {of['paths']:7} {of['ns_per_path_day']:12.0f} "
            f"{of['ratio']:7.2f} {between:>15} {of['peak_rss_mb']:6.0f}"
        )
    print(json.dumps({of["peer"]: of["versions"] for of in results}))


def command_line() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Peers against our engine, in alternating rounds.")
    parser.add_argument("plan", type=Path, help="PLAN.json as written by `export`")
    parser.add_argument("--ours", action="append", default=[], help="a command that speaks the workers' protocol")
    parser.add_argument("--our-paths", type=int, default=OUR_PATHS, help="paths that ours are asked for")
    parser.add_argument("--peers", nargs="*", choices=PEERS, default=list(PEERS))
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--level", nargs="+", choices=("moments", "fan"), default=["moments", "fan"])
    parser.add_argument("--json", type=Path, help="a file for the results")
    arguments = parser.parse_args()
    if not arguments.ours and not arguments.peers:
        parser.error("nothing to compare: name --peers, or --ours with a command")
    return arguments


if __name__ == "__main__":
    main()
