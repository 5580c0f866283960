"""Where a path-day's instructions go, by the file of the mechanism, as Markdown.

    python3 benches/profile.py PROGRAM [PART]

PROGRAM is the bench `instructions` as cargo built it (`cargo bench --bench instructions --no-run` names it); PART one of its
parts (`day with fans`). Callgrind counts every instruction; the debug lines of the release profile say from which file it was
inlined into the one long function that a day is. Needs valgrind and addr2line.
"""

from __future__ import annotations

import collections
import os
import re
import subprocess
import sys
import tempfile

# The work is done once and three times: the difference has no start-up in it.
TIMES = (1, 3)
# Rooms whose files are told one by one; the outermost of them on the stack of inlined calls counts.
TOLD = re.compile(r"src/(model|random|statistics|simulation)/(?:[a-z_]+/)?([a-z_]+)\.rs")
# What calls the others and does nothing itself.
CALLERS = {"day", "tile", "vectors", "tally", "luck"}


def main() -> None:
    program, part = sys.argv[1], (sys.argv[2:] or ["day with fans"])[0]
    (fewer, before), (more, counts) = [counted(program, part, times) for times in TIMES]
    units = more - fewer
    counts.subtract(before)
    by_file: collections.Counter[str] = collections.Counter()
    for (address, count), frames in zip(counts.items(), inlined(program, counts)):
        by_file[room(frames)] += count
    total = sum(by_file.values())
    print(f"| of {total / units:,.0f} instructions | per path-day | share |\n|---|--:|--:|")
    for name, count in by_file.most_common():
        if count >= 0.005 * total:
            print(f"| {name} | {count / units:.0f} | {100 * count / total:.1f}% |")


def counted(program: str, part: str, times: int) -> tuple[float, collections.Counter[int]]:
    """Units of work and own instructions by address."""
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "out")
        command = ["valgrind", "--tool=callgrind", "--dump-instr=yes", f"--callgrind-out-file={out}"]
        environment = os.environ | {"RAYON_NUM_THREADS": "1"}
        ran = subprocess.run(
            [*command, program, "--do", part, str(times)], env=environment, capture_output=True, text=True, check=True
        )
        return float(ran.stdout), instructions_of(out, os.path.basename(program))


def instructions_of(path: str, program: str) -> collections.Counter[int]:
    """Own instructions by address in the program, from a callgrind file with `positions: instr line`."""
    counts: collections.Counter[int] = collections.Counter()
    address, of_call, in_program = 0, False, False
    objects: dict[str, str] = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if match := re.match(r"c?ob=(\(\d+\))(?: (.*))?", line):
                # A name stands where its number is first used.
                number, name = match.groups()
                if name:
                    objects[number] = os.path.basename(name)
                if line.startswith("ob="):
                    in_program = objects[number] == program
            elif line.startswith("calls="):
                of_call = True
            elif re.match(r"^(0x[0-9a-f]+|\+\d+|-\d+|\*) ", line):
                place, _, count = (line.split() + ["0", "0"])[:3]
                if place.startswith("0x"):
                    address = int(place, 16)
                elif place != "*":
                    address += int(place)
                if not of_call and in_program:
                    counts[address] += int(count)
                of_call = False
    return counts


def inlined(program: str, counts: collections.Counter[int]) -> list[list[str]]:
    """For every address the files of the calls inlined there, the innermost first."""
    addresses = list(counts)
    # Valgrind loads a position-independent program at an address of its own, a multiple of a page.
    symbols = subprocess.run(["nm", program], capture_output=True, text=True, check=True).stdout
    starts = sorted(int(line.split()[0], 16) for line in symbols.splitlines() if " t " in line or " T " in line)
    shift = min(addresses) // 0x1000 * 0x1000 - starts[0] // 0x1000 * 0x1000
    asked = "\n".join(hex(address - shift) for address in addresses)
    text = subprocess.run(
        ["addr2line", "-e", program, "-i", "-a"], input=asked, capture_output=True, text=True, check=True
    ).stdout
    frames: list[list[str]] = []
    for line in text.splitlines():
        if line.startswith("0x"):
            frames.append([])
        else:
            frames[-1].append(line)
    return frames


def room(frames: list[str]) -> str:
    told = [match.groups() for frame in frames if (match := TOLD.search(frame))]
    for folder, name in reversed(told):
        if name not in CALLERS:
            return f"`{folder}/{name}.rs`"
    return "`simulation/`" if told else "everything else"


if __name__ == "__main__":
    main()
