"""Measures `vaultnet watch`: how soon it writes, how often, what it misses, what it costs.

    python benchmarks/watching.py --contacts 10000 --files 34000

A real process watches a vault that this makes in a temporary folder; nothing else is touched. The
vaultnet that is measured is the one that Python finds.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from make_vault import TODAY, write_vault

QUIET = 0.1
"""Seconds for which the watcher waits after the last save, by its promise."""
PLAN = f"Network/Network plan {TODAY:%G-W%V}.md"
ENTRY = "- 2026-11-23 coffee: a measurement\n"
"""Every one of them changes the plan, which counts the exchanges of the last four weeks."""

WATCHER_ALONE = """
import sys, time
from datetime import date
from pathlib import Path
from vaultnet.watch import keep_watch
keep_watch(
    Path(sys.argv[1]), lambda moved: print(time.time_ns(), flush=True), settings=(),
    day=lambda: date(2026, 11, 25), tell=lambda sentence: None,
)
"""


def main() -> None:
    """Make the vaults, measure, and print one table."""
    parser = argparse.ArgumentParser(description="Measure `vaultnet watch`.")
    parser.add_argument("--contacts", type=int, default=10_000, help="for latency, burst and loss")
    parser.add_argument("--files", type=int, default=34_000, help="for idling")
    parser.add_argument("--saves", type=int, default=40, help="for latency")
    parser.add_argument("--idle", type=float, default=60.0, help="seconds of idling")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = f"{folder}/state"
        os.environ["XDG_CACHE_HOME"] = f"{folder}/cache"
        vault = Path(folder, "Notes")
        write_vault(vault, given.contacts, 300, 0)
        notes = sorted((vault / "People").rglob("*.md"))
        random.Random("watching").shuffle(notes)
        print(
            f"{given.contacts} contacts, {given.files} files for idling; ms unless said otherwise\n"
        )
        measure_the_ears(vault, notes, given.saves)
        with watching(vault) as process:
            measure_saves(vault, notes, given.saves)
            measure_burst(vault, notes)
            measure_loss(vault, notes, process)
            print(f"{'memory':<58}{read_memory(process.pid):>12.0f} MiB")
        large = Path(folder, "Large")
        write_vault(large, given.contacts, 1000, given.files - given.contacts - 1000)
        with watching(large) as process:
            measure_idling(process, given.idle)


# --- what is measured ---------------------------------------------------------------------


def measure_the_ears(vault: Path, notes: Sequence[Path], saves: int) -> None:
    """Time the way from a save to the call, without reading and planning."""
    words = [sys.executable, "-c", WATCHER_ALONE, str(vault)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        called = process.stdout or sys.stdin
        called.readline()
        for how, save in SAVES.items():
            took = []
            for note in notes[:saves]:
                time.sleep(random.uniform(0.1, 1.3))
                save(note)
                began = time.time_ns()
                while (at := int(called.readline())) < began:
                    pass  # it was called twice for the save before
                took.append((at - began) / 1e6 - 1000 * QUIET)
            tell(f"{how}: from the save to the call, beyond quiet", took)
        process.kill()


def measure_saves(vault: Path, notes: Sequence[Path], saves: int) -> None:
    """Time the way from a save to the new plan in its place."""
    for how, save in SAVES.items():
        took = []
        for note in notes[:saves]:
            time.sleep(random.uniform(1.5, 2.5))
            before = identify(vault)
            save(note)
            began = time.perf_counter()
            while identify(vault) == before:
                time.sleep(0.0005)
            took.append(1000 * (time.perf_counter() - began - QUIET))
        tell(f"{how}: from the save to the new plan, beyond quiet", took)


def measure_burst(vault: Path, notes: Sequence[Path]) -> None:
    """Save a thousand notes as fast as it goes, like a sync that comes in."""
    began = time.perf_counter()
    for note in notes[:1000]:
        append(note)
    ended = time.perf_counter()
    versions = follow(vault)
    print(f"{'1,000 saves took':<58}{1000 * (ended - began):>12.0f}")
    print(f"{'plan right after the last of them':<58}{1000 * (versions[-1] - ended):>12.0f}")
    print(f"{'plans written':<58}{len(versions):>12}")
    tell_whether_right(vault)


def measure_loss(vault: Path, notes: Sequence[Path], process: subprocess.Popen[bytes]) -> None:
    """Write twenty thousand times while the process is stopped: the system remembers 16,384 events."""
    process.send_signal(signal.SIGSTOP)
    some = notes[:200]
    with contextlib.ExitStack() as stack:
        files = [stack.enter_context(note.open("a", encoding="utf-8")) for note in some]
        for turn in range(100):
            for file in files:
                file.write(ENTRY if turn in {0, 99} else f"  - {turn}\n")
                file.flush()
    process.send_signal(signal.SIGCONT)
    began = time.perf_counter()
    versions = follow(vault)
    print(f"{'20,000 writes unheard: plan right after':<58}{1000 * (versions[-1] - began):>12.0f}")
    tell_whether_right(vault)


def measure_idling(process: subprocess.Popen[bytes], seconds: float) -> None:
    """Count the processor's time while nothing happens, once all is tidied up."""
    time.sleep(10)
    before = read_cpu(process.pid)
    time.sleep(seconds)
    share = 100 * (read_cpu(process.pid) - before) / seconds
    print(f"{f'idle for {seconds:.0f} s: share of a processor':<58}{share:>12.3f} %")
    # The slow walk comes every five minutes and does not fall into a minute that is looked at.
    print(f"{'memory':<58}{read_memory(process.pid):>12.0f} MiB")


# --- saving -------------------------------------------------------------------------------


def append(note: Path) -> None:
    """Save in place."""
    with note.open("a", encoding="utf-8") as file:
        file.write(ENTRY)


def replace(note: Path) -> None:
    """Save atomically: beside the note, and over it."""
    beside = note.with_name(f".{note.name}.tmp")
    beside.write_text(note.read_text(encoding="utf-8") + ENTRY, encoding="utf-8")
    beside.replace(note)


SAVES: dict[str, Callable[[Path], None]] = {"in place": append, "atomic": replace}


# --- looking ------------------------------------------------------------------------------


@contextlib.contextmanager
def watching(vault: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Watch a vault by a process of its own."""
    began = time.perf_counter()
    process = subprocess.Popen(vaultnet("watch", "-q", vault))
    try:
        while not (vault / PLAN).exists():
            time.sleep(0.01)
        print(
            f"{'from the start to the first plan':<58}{1000 * (time.perf_counter() - began):>12.0f}"
        )
        time.sleep(5)
        yield process
    finally:
        process.terminate()
        process.wait()


def vaultnet(command: str, option: str, vault: Path) -> list[str]:
    """Write a command line."""
    words = [sys.executable, "-m", "vaultnet", command, option]
    return [*words, "--vault", str(vault), "--today", str(TODAY)]


def identify(vault: Path) -> tuple[int, int]:
    """Tell one version of the plan from another."""
    seen = (vault / PLAN).stat()
    return seen.st_ino, seen.st_mtime_ns


def follow(vault: Path) -> list[float]:
    """Note when each version of the plan comes, until none has come for ten seconds."""
    versions = [time.perf_counter()]
    last = identify(vault)
    while time.perf_counter() - versions[-1] < 10:
        time.sleep(0.001)
        if (seen := identify(vault)) != last:
            last = seen
            versions.append(time.perf_counter())
    return versions[1:] or versions


def tell_whether_right(vault: Path) -> None:
    """See whether the plan is what `vaultnet plan` would write now."""
    done = subprocess.run(
        vaultnet("plan", "--diff", vault),
        capture_output=True,
        text=True,
        check=True,
    )
    print(f"{'  changes lost':<58}{'some' if done.stdout else 0:>12}")


def tell(what: str, took: Sequence[float]) -> None:
    """Print median, ninth decile and the longest."""
    p50, p90 = statistics.median(took), statistics.quantiles(took, n=10)[-1]
    print(f"{what:<58}{p50:>12.1f} p50 {p90:>8.1f} p90 {max(took):>8.1f} max")


def read_cpu(pid: int) -> float:
    """Read the seconds of processor that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def read_memory(pid: int) -> float:
    """Read the memory that a process holds, in MiB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="utf-8").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


if __name__ == "__main__":
    main()
