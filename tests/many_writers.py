"""Many processes log into one note at once, and in the end every line is there.

    python tests/many_writers.py --processes 8 --times 50

starts so many processes, each of which runs `vaultnet log` so many times, and says how long it took;
with `--fresh`, every `vaultnet log` is a process of its own. The tests run a sample.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

BEFORE = "---\ntags: [person]\n---\n## Log\n- 2026-11-20 coffee: the first\n\n## Facts\n"
DAY = "2026-11-23"
LOG_EACH = """
import sys
from vaultnet.cli import main
for text in sys.argv[2:]:
    try:
        main(["log", "ada", text, "--on", sys.argv[1]])
    except SystemExit as ended:
        if ended.code:
            raise
"""


def log_at_once(folder: Path, processes: int, times: int, *, fresh: bool = False) -> list[str]:
    """Let processes log into one note, in a folder that is empty; gives all that went wrong."""
    root = folder / "Notes"
    note = root / "People" / "Ada.md"
    note.parent.mkdir(parents=True)
    note.write_text(BEFORE, encoding="utf-8")
    texts = [[f"coffee: cup {n} of {who}" for n in range(times)] for who in range(processes)]
    with ThreadPoolExecutor(processes) as desks:
        said = desks.map(lambda mine: _log(folder, mine, fresh=fresh), texts)
        faults = [fault for each in said for fault in each]
    wanted = Counter([*BEFORE.splitlines(), *(f"- {DAY} {text}" for one in texts for text in one)])
    found = Counter(note.read_text(encoding="utf-8").splitlines())
    faults += [f"missing: {line}" for line in (wanted - found).elements()]
    faults += [f"too much: {line}" for line in (found - wanted).elements()]
    faults += [f"left behind: {place}" for place in root.rglob("*") if place.suffix == ".tmp"]
    return faults


def _log(folder: Path, texts: Sequence[str], *, fresh: bool) -> list[str]:
    """Log some texts, one after the other; gives what failed."""
    faults = []
    for run in [[text] for text in texts] if fresh else [texts]:
        done = subprocess.run(  # noqa: S603 - our own interpreter, on the lines above
            [sys.executable, "-c", LOG_EACH, DAY, *run],
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
                "XDG_STATE_HOME": str(folder / "state"),
                "XDG_CACHE_HOME": str(folder / "cache"),
                "VAULTNET_VAULT": str(folder / "Notes"),
            },
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if done.returncode:
            faults.append(f"exit code {done.returncode}: {done.stderr.splitlines()[-1:]}")
    return faults


def main() -> None:
    """Run it whole."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--fresh", action="store_true", help="a process for every line")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        started = time.monotonic()
        faults = log_at_once(Path(folder), given.processes, given.times, fresh=given.fresh)
        took = time.monotonic() - started
    wanted = given.processes * given.times
    missing = sum(fault.startswith("missing") for fault in faults)
    print(f"{wanted - missing} of {wanted} lines in {took:.1f} s", *faults, sep="\n")  # noqa: T201 - a command
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
