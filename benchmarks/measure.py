"""Measures whole processes against what the disk alone costs, and prints ratios.

    python benchmarks/measure.py                  1,000 and 10,000 contacts
    python benchmarks/measure.py --all            100,000 as well, and 34,000 notes of all sorts
    python benchmarks/measure.py --beside PYTHON  beside the package obsidiantools in that environment

P is `python -c pass`, F is P with a walk over the vault and a stat of every note, B is F with every
byte read. Each command is run in turn with its yardstick, so that a machine that changes its speed
changes both; what is printed are medians of CPU time (user and system, which a busy machine changes
least) and of time by the clock. Nothing here passes or fails.
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
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from make_vault import TODAY, write_vault

PYTHON = sys.executable
NOTHING = "pass"
WALK = """
import os, sys
def walk(folder):
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name[0] == ".": continue
            if entry.is_dir(follow_symlinks=False): yield from walk(entry.path)
            elif entry.name.endswith(".md"): yield entry.path, entry.stat(follow_symlinks=False)
for path, seen in walk(sys.argv[1]):
"""
STAT = f"{WALK}    pass"
READ = f"""{WALK}    opened = os.open(path, os.O_RDONLY)
    os.read(opened, seen.st_size + 1)
    os.close(opened)"""
BESIDE = """
import sys
from pathlib import Path
from obsidiantools.api import Vault
Vault(Path(sys.argv[1])).connect().gather()
"""
"""Another program's way over a vault: links, front matter and tags of all notes, and no more."""
FRONTMATTER = f"import frontmatter\n{WALK}    frontmatter.load(path)"


@dataclass
class Timed:
    """The times of one command, in seconds."""

    name: str
    command: Sequence[str]
    before: Callable[[], object] = lambda: None
    """Is done before each run."""
    cpu: list[float] = field(default_factory=list)
    clock: list[float] = field(default_factory=list)
    peak: int = 0
    """Largest memory, in KiB."""

    def run(self) -> None:
        """Run it once."""
        self.before()
        start = time.perf_counter()
        process = subprocess.Popen(
            self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{self.name}: exit code {process.returncode}")
        self.clock.append(time.perf_counter() - start)
        self.cpu.append(used.ru_utime + used.ru_stime)
        self.peak = max(self.peak, used.ru_maxrss)


def compare(runs: int, *timed: Timed) -> None:
    """Run commands in turn, once unmeasured."""
    for one in timed:
        one.run()
        one.cpu.clear()
        one.clock.clear()
    for _ in range(runs):
        for one in timed:
            one.run()


def tell(what: str, one: Timed, yardstick: Timed, goal: str = "") -> None:
    """Print a row: the ratios of CPU time and of time by the clock."""
    cpu = statistics.median(one.cpu) / statistics.median(yardstick.cpu)
    clock = statistics.median(one.clock) / statistics.median(yardstick.clock)
    peak = f"{one.peak / 1024:.0f} MiB"
    print(f"| {what} | {yardstick.name} | {cpu:.2f} | {clock:.2f} | {goal} | {peak} |", flush=True)


def python(name: str, code: str, *words: str) -> Timed:
    """Make a yardstick of a few lines."""
    return Timed(name, [PYTHON, "-c", code, *words])


def plan(
    name: str, root: Path, before: Callable[[], object] = lambda: None, day: date = TODAY
) -> Timed:
    """Make `vaultnet plan` on a vault."""
    command = [PYTHON, "-m", "vaultnet", "plan", "--vault", str(root), "--today", str(day)]
    return Timed(name, command, before)


def measure_help(runs: int) -> None:
    """Measure how soon help is there."""
    nothing = python("P", NOTHING)
    help_ = Timed("help", [PYTHON, "-m", "vaultnet", "--help"])
    compare(runs * 3, nothing, help_)
    tell("`--help`", help_, nothing, "4.5")


def measure_vault(root: Path, size: str, runs: int, beside: str) -> tuple[float, float]:
    """Measure one vault; gives the seconds of CPU of a cold plan, and of reading alone."""
    stat, read = python("F", STAT, str(root)), python("B", READ, str(root))
    loop = python("loop", FRONTMATTER, str(root))
    cold = plan("cold", root, lambda: shutil.rmtree(CACHE, ignore_errors=True))
    compare(min(runs, 5), read, cold, loop)
    tell(f"cold plan, {size}", cold, read, "8 (10k)")
    tell(f"`frontmatter.load` alone, {size}", loop, read)
    if beside:
        other = Timed("obsidiantools", [beside, "-c", BESIDE, str(root)])
        other.run()
        tell(f"obsidiantools, {size}", other, read)
    settle(cold)
    tomorrow = plan("next day", root, lambda: settle(cold), TODAY + timedelta(days=1))
    compare(min(runs, 5), stat, tomorrow)
    tell(f"first plan of the next day, {size}", tomorrow, stat)
    settle(cold)
    warm = plan("warm", root)
    compare(runs, stat, warm)
    tell(f"warm plan, nothing changed, {size}", warm, stat, "3 / 2 / 1.8")
    note = next((root / "People").rglob("*.md"))
    text = note.read_text(encoding="utf-8")

    def change() -> None:
        change.count += 1  # type: ignore[attr-defined]
        note.write_text(f"{text}- 2026-11-{change.count % 20 + 1:02} coffee\n", encoding="utf-8")  # type: ignore[attr-defined]
        time.sleep(0.1)

    change.count = 0  # type: ignore[attr-defined]
    changed = plan("changed", root, change)
    compare(runs, stat, changed)
    tell(f"warm plan, one note changed, {size}", changed, stat, "3.5 (10k)")
    return statistics.median(cold.cpu), statistics.median(read.cpu)


def settle(timed: Timed) -> None:
    """Plan until there is nothing left to write, and the disk's clock has moved on."""
    for _ in range(3):
        time.sleep(0.1)
        subprocess.run(timed.command, check=True, capture_output=True, env=ENVIRONMENT)


CACHE = Path(tempfile.mkdtemp(prefix="cache-"))
ENVIRONMENT = {
    **{key: value for key, value in os.environ.items() if not key.startswith("PYTHON")},
    "XDG_CACHE_HOME": str(CACHE),
    "XDG_STATE_HOME": tempfile.mkdtemp(prefix="state-"),
    "PYTHONPATH": str(Path(__file__).parent.parent),
}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--beside", default="", metavar="PYTHON")
    parser.add_argument("--vaults", type=Path, default=Path(tempfile.gettempdir()) / "vaults")
    given = parser.parse_args()
    print("| what | yardstick | CPU | clock | goal | peak |")
    print("|---|---|---|---|---|---|")
    measure_help(given.runs)
    sizes = {"1k": (1_000, 300, 0), "10k": (10_000, 300, 0)}
    if given.all:
        sizes |= {"100k": (100_000, 300, 0), "34k mixed": (10_000, 4_000, 20_000)}
    slopes = {}
    for size, (contacts, days, others) in sizes.items():
        root = given.vaults / size.replace(" ", "-")
        if not root.is_dir():
            write_vault(root, contacts, days, others)
        slopes[size] = measure_vault(
            root, size, given.runs if contacts < 100_000 else 3, given.beside
        )
    if given.all:
        (cold, read), (cold_10k, read_10k) = slopes["100k"], slopes["10k"]
        print(
            f"\ncold slope ÷ reading slope, 10k to 100k: {(cold - cold_10k) / (read - read_10k):.1f} (goal 7)"
        )


if __name__ == "__main__":
    main()
