"""Measures `vaultnet history` against git plumbing that reads the same weekly blobs, and prints ratios.

    python benchmarks/measure_history.py                 5,000 commits over 4 years, 10,000 notes
    python benchmarks/measure_history.py --small         300 commits, 550 notes

R is a process that asks git for the commits, for what changed from week to week, and for every blob
that came or changed, and throws all of it away. *Cold* finds nothing remembered, *next* finds the weeks
that are over, and *warm* finds that nothing has changed. All are run in turn, so that a machine that
changes its speed changes all of them; what is printed are medians of CPU time, git's included, and of
time by the clock. Nothing here passes or fails.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from make_history import make_events, write_history
from make_vault import TODAY

READ = r"""
import subprocess, sys
from datetime import date
git = ["git", "-C", sys.argv[1]]
told = subprocess.run(
    [*git, "rev-list", "--first-parent", "--reverse", "--format=%T %cs", "HEAD"], capture_output=True, check=True
).stdout.decode().split("\n")
weeks = {}
for line in told[1::2]:
    tree, _, day = line.partition(" ")
    weeks[date.fromisoformat(day).isocalendar()[:2]] = tree
trees = ["4b825dc642cb6eb9a060e54bf8d69288fbee4904", *weeks.values()]
pairs = "".join(f"{a} {b}\n" for a, b in zip(trees, trees[1:]))
changed = subprocess.run(
    [*git, "diff-tree", "--stdin", "-r", "-z", "-M", "--no-abbrev"], input=pairs.encode(), capture_output=True, check=True
).stdout.split(b"\0")
ids = [field.split(b" ")[3] for field in changed if b":100644" in field or b"100644 " in field[:16]]
ids = [id for id in ids if id.strip(b"0")]
batch = subprocess.Popen([*git, "cat-file", "--batch", "--buffer"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
import threading
feed = threading.Thread(target=lambda: (batch.stdin.write(b"\n".join(ids) + b"\n"), batch.stdin.close()))
feed.start()
for _ in ids:
    batch.stdout.read(int(batch.stdout.readline().split()[2]) + 1)
feed.join()
batch.wait()
print(len(weeks), "weeks,", len(ids), "blobs")
"""


def main() -> None:
    """Make the repository, run everything in turn, print the table."""
    parser = argparse.ArgumentParser(description="Measure vaultnet history.")
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    size = (300, 300, 200, 50) if given.small else (5000, 7000, 1400, 1600)
    with tempfile.TemporaryDirectory() as folder:
        vault, cache = Path(folder) / "vault", Path(folder) / "cache"
        write_history(vault, make_events(*size[1:]), size[0])
        measure(vault, cache, given.rounds)


def measure(vault: Path, cache: Path, rounds: int) -> None:
    """Run everything in turn, and print medians and their ratios to R."""
    environ = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    ask = [sys.executable, "-m", "vaultnet", "history", "--json"]
    ask += ["--vault", str(vault), "--today", str(TODAY)]

    def forget(kinds: str) -> Callable[[], None]:
        return lambda: [place.unlink() for place in cache.glob(f"vaultnet/{kinds}")] and None

    commands = {
        "R": ([sys.executable, "-c", READ, str(vault)], lambda: None),
        "cold": (ask, lambda: shutil.rmtree(cache, ignore_errors=True)),
        "next": (ask, forget("*.history")),
        "warm": (ask, lambda: None),
    }
    cpu: dict[str, list[float]] = {name: [] for name in commands}
    clock: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, (command, before) in commands.items():
            before()
            spent, began = os.times(), time.perf_counter()
            subprocess.run(command, env=environ, stdout=subprocess.DEVNULL, check=True)
            clock[name].append(time.perf_counter() - began)
            now = os.times()
            cpu[name].append(
                now.children_user
                + now.children_system
                - spent.children_user
                - spent.children_system
            )
    print(f"{'':6}{'CPU s':>8}{'/ R':>7}{'clock s':>10}{'/ R':>7}")
    for name in commands:
        spent_, took = statistics.median(cpu[name]), statistics.median(clock[name])
        print(
            f"{name:6}{spent_:8.2f}{spent_ / statistics.median(cpu['R']):7.2f}"
            f"{took:10.2f}{took / statistics.median(clock['R']):7.2f}"
        )


if __name__ == "__main__":
    main()
