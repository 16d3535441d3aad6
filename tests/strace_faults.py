"""The same faults at the real calls of the system, made by strace: `sweep_faults.py --strace`.

The command runs as a user would run it, in an interpreter of its own, and the kernel is asked to
fail it: C libraries included, and nothing of Python stands in between. That takes a hundred times
as long, and strace knows no half a write and no call that is done and said to have failed.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from bad_writers import BAD_WRITERS
from calls import FOLDER, OUTPUTS, Body, Call
from stage import EDITORS, HUNG, PATIENCE, Command, Fault, Outcome, Stage

MODES = {"nothing", "kill", "power", "interrupt", "read error", "edit", "edit, then kill"}
"""Ways of going wrong that strace can make, beside the errors."""
WRITES = set(
    "chmod chown copy_file_range creat fallocate fchmod fchmodat fchown fchownat fdatasync flock fsetxattr "
    "fsync ftruncate lchown link linkat lsetxattr mkdir mkdirat pwrite64 rename renameat renameat2 rmdir "
    "sendfile setxattr symlink symlinkat truncate unlink unlinkat utimensat write writev".split()
)
READS = set(
    "access close faccessat faccessat2 fcntl fgetxattr flistxattr fstat getdents64 getxattr lgetxattr "
    "listxattr llistxattr lstat newfstatat pread64 read readlink readlinkat stat statx".split()
)
OPENS = {"open", "openat", "openat2"}
BY_NUMBER = set(
    "close copy_file_range fallocate fchmod fchown fcntl fdatasync fgetxattr flistxattr flock fsetxattr fstat "
    "fsync ftruncate getdents64 pread64 pwrite64 read sendfile write writev".split()
)
TRACED = ",".join(f"?{name}" for name in sorted(WRITES | READS | OPENS))
"""With `?`, a call that this machine does not have is passed over."""


def is_there() -> bool:
    """Whether strace can be used."""
    return shutil.which("strace") is not None


class TracedStage(Stage):
    """Plays a command of vaultnet's own under strace."""

    def __init__(self, top: Path) -> None:
        """Make an empty vault below `top`."""
        super().__init__(top)
        self._calls: tuple[Call, ...] = ()
        self._places: list[tuple[str, int]] = []
        """For each call its name, and how many of that name there were with it."""

    def keep_as_start(self) -> None:
        """Begin each later play from what there is now."""
        super().keep_as_start()
        self._calls, self._places = (), []

    def play(self, command: Command, fault: Fault | None = None) -> Outcome:
        """Run a command on the vault as it is now; undisturbed, only the first time under strace."""
        if not self.start or (fault is None and self._calls):
            return replace(super().play(command), calls=self._calls)
        code, landed = self._trace(self._spell(command), fault)
        said = (self.work / "talk/err").read_text(encoding="utf-8", errors="replace")
        trace = list(self._read_trace())
        if fault is None:
            self._calls = tuple(call for call, *_ in trace)
            self._places = [place for _, place, _ in trace]
        elif fault.mode == "nothing":
            landed = True
        elif not fault.target:
            landed = self._has_landed(fault)
        cuts = self._cut(trace) if fault and fault.mode == "power" else {}
        return Outcome(code, said, self.look(), self._calls, landed, cuts)

    # --- running --------------------------------------------------------------------------

    def _spell(self, command: Command) -> list[str]:
        """Write a command as it is typed."""
        if isinstance(command, partial):
            (args,) = command.args
            return [sys.executable, "-m", "vaultnet", *args, "--vault", str(self.vault)]
        name = next(name for name, (writer, *_) in BAD_WRITERS.items() if writer is command)
        return [
            sys.executable,
            str(Path(__file__).with_name("bad_writers.py")),
            name,
            str(self.vault),
        ]

    def _trace(self, typed: Sequence[str], fault: Fault | None) -> tuple[int, bool]:
        talk = self.work / "talk"
        log = talk / "trace"
        log.unlink(missing_ok=True)
        asked = [f"--inject={each}" for each in self._inject(fault)] if fault else []
        strace = [
            "strace",
            "-f",
            "-y",
            "-qq",
            "-o",
            str(log),
            "-e",
            f"trace={TRACED}",
            *asked,
            "--",
        ]
        with (talk / "out").open("wb") as out, (talk / "err").open("wb") as err:
            running = subprocess.Popen(  # noqa: S603 - our own command
                [*strace, *typed],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                cwd=self.work,
                env=self._environ(),
                start_new_session=True,
            )
            try:
                edited = bool(fault and fault.target) and self._edit(running, log, fault)
                return running.wait(PATIENCE), edited
            except subprocess.TimeoutExpired:
                os.killpg(running.pid, signal.SIGKILL)
                running.wait()
                return HUNG, False

    def _environ(self) -> dict[str, str]:
        root = Path(__file__).parent.parent
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        own = {
            "HOME": str(self.work / "state"),
            "XDG_STATE_HOME": str(self.work / "state"),
            "XDG_CACHE_HOME": str(self.work / "cache"),
            "PYTHONPATH": str(root),
            "PYTHONHASHSEED": "0",
            "PYTHONDONTWRITEBYTECODE": "1",
            "COLUMNS": "100",
        }
        return kept | own

    def _inject(self, fault: Fault) -> Iterator[str]:
        """Say in the words of strace what is to go wrong."""
        if fault.at >= len(self._places):
            return
        name, number = self._places[fault.at]
        if fault.target:
            yield f"{name}:signal=SIGSTOP:when={number}"
            if fault.mode == "edit, then kill":
                name, number = self._places[fault.at + fault.gap]
                yield f"{name}:signal=SIGKILL:when={number}"
        elif fault.mode in {"kill", "power"}:
            yield f"{name}:signal=SIGKILL:when={number}"
        elif fault.mode == "interrupt":
            yield f"{name}:signal=SIGINT:when={number}"
        elif fault.number:
            yield f"{name}:error={fault.number}:when={number}{'+' * fault.stays}"

    def _edit(self, running: subprocess.Popen[bytes], log: Path, fault: Fault | None) -> bool:
        """Save a note as soon as the command stands still, and let it go on."""
        assert fault is not None
        end = time.monotonic() + PATIENCE
        while running.poll() is None and time.monotonic() < end:
            stopped = _STOPPED.search(log.read_text(errors="replace")) if log.exists() else None
            if stopped:
                for _ in EDITORS[fault.editor](self.vault / fault.target, fault.typed):
                    pass
                os.kill(int(stopped[1]), signal.SIGCONT)
                return True
            time.sleep(0.002)
        return False

    # --- the trace ------------------------------------------------------------------------

    def _read_trace(self) -> Iterator[tuple[Call, tuple[str, int], str]]:
        """Read each call that concerns the vault, the state or what is printed; and its line."""
        counts: Counter[str] = Counter()
        for line in (self.work / "talk/trace").read_text(errors="replace").splitlines():
            if not (told := _CALL.match(line)):
                continue
            name, rest = told[1], told[2]
            counts[name] += 1
            given = _NUMBERED.findall(rest)[:1] if name in BY_NUMBER else _QUOTED.findall(rest)
            paths = tuple(path for path in map(self._below, given) if path)
            if paths:
                writes = name in WRITES or (name in OPENS and bool(_TO_WRITE.search(rest)))
                yield Call(_PLAIN.get(name, name), paths, writes), (name, counts[name]), line

    def _below(self, path: str) -> str:
        path = os.path.normpath(os.path.join(self.work, path))  # noqa: PTH118 - a str
        for number, name in ((1, "out"), (2, "err")):
            if path == str(self.work / "talk" / name):
                return sorted(OUTPUTS)[number - 1]
        start = f"{self.work}/"
        inside = path.removeprefix(start).removesuffix("(deleted)")
        return inside if path.startswith(start) and not inside.startswith("talk/") else ""

    def _has_landed(self, fault: Fault) -> bool:
        """Whether what went wrong went wrong at a call that concerns us."""
        trace = (self.work / "talk/trace").read_text(errors="replace")
        if fault.mode in {"kill", "power"}:
            if fault.at >= len(self._places):
                return True
            last = [line for line in trace.splitlines() if _CALL.match(line)][-1:]
            return "killed by SIGKILL" in trace and str(self.work) in "".join(last)
        if fault.mode == "interrupt":
            return "--- SIGINT" in trace
        return any("INJECTED" in line and str(self.work) in line for line in trace.splitlines())

    def _cut(
        self, trace: Sequence[tuple[Call, tuple[str, int], str]]
    ) -> dict[str, Mapping[str, Body]]:
        """Give what a power cut may leave: files not synced cut short, names not synced undone."""
        dirty: set[str] = set()
        named: list[str] = []
        for call, _, line in trace:
            if not _DONE.search(line) or not OUTPUTS.isdisjoint(call.paths):
                continue
            if call.name in {"fsync", "fdatasync"}:
                dirty.discard(call.paths[0])
                named = [path for path in named if os.path.dirname(path) != call.paths[0]]  # noqa: PTH120 - a str
            elif call.name in {"write", "writev", "pwrite64", "ftruncate"} or "O_TRUNC" in line:
                dirty.add(call.paths[-1])
            if call.name.startswith(("rename", "link", "unlink", "mkdir")) or "O_CREAT" in line:
                named += [path for path in call.paths if path not in named]
            if call.name.startswith("rename") and len(call.paths) == 2:
                one, other = call.paths
                swapped = {other} & dirty if "RENAME_EXCHANGE" in line else set()
                dirty = (dirty - {one, other}) | ({other} if one in dirty else set())
                dirty |= {one} if swapped else set()
        bodies = {
            path: place.read_bytes() for path in dirty if (place := self.work / path).is_file()
        }
        return {
            "all names kept": {},
            "files empty": dict.fromkeys(bodies, (1, b"")),
            "files half": {path: (1, raw[: len(raw) // 2]) for path, raw in bodies.items()},
            "names undone": {path: self._at_start(path) for path in named},
        }

    def _at_start(self, path: str) -> Body:
        item = self.start.get(path)
        if item is None:
            return 0, None
        return FOLDER if item.raw is None else (1, item.raw)


_CALL = re.compile(r"^\d+ +(\w+)\((.*)$")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_NUMBERED = re.compile(r"^\d+<([^>]*)>")
_STOPPED = re.compile(r"^(\d+) +--- stopped by SIGSTOP", re.MULTILINE)
_TO_WRITE = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND")
_DONE = re.compile(r"\) += \d")
_PLAIN = {"openat": "open", "openat2": "open", "pread64": "read", "getdents64": "listdir"}
"""Names as the sweep knows them."""
