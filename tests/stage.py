"""A command is played on a copy of a vault, undisturbed or with one fault, in a process of its own.

The folder `work` holds `vault`, `state` (what the command remembers, its home included) and `cache`. Before each play it is put back to what `Stage.keep_as_start` saw.
"""

from __future__ import annotations

import _pyio  # type: ignore[import-not-found] # typeshed leaves it out
import io
import os
import pickle
import re
import shutil
import signal
import stat
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from calls import OUTPUTS, Answer, Body, Call, Disk, Fails, Halves, Watch
from compiled import templates_once
from resting import rest

Command = Callable[[Path], int]
"""Works on the vault in a folder, and gives its exit code."""

HUNG = -999
KILLED = -int(getattr(signal, "SIGKILL", 9))
PATIENCE = 60
"""Seconds after which a command is taken to hang."""

EDIT = b"what the user has just typed"


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong in one play, and before which call."""

    mode: str
    """What it is called in the table."""
    at: int
    """Number of the call; that of all calls: after the last one."""
    number: int = 0
    """`errno` of a call that fails; 0: none does."""
    stays: bool = False
    """Whether every later call that changes anything fails too."""
    target: str = ""
    """Path in the vault of the note that an editor saves; empty: nobody does."""
    editor: str = ""
    typed: bytes = field(default=b"", repr=False)
    """What the editor saves."""
    gap: int = 1
    """Calls between two steps of the editor, or between its save and the death."""

    def __str__(self) -> str:
        edit = f" {self.target} saved {self.editor}" if self.target else ""
        return f"{self.mode} at {self.at}{edit}{f' ({self.gap} apart)' if self.gap > 1 else ''}"


@dataclass(frozen=True, slots=True)
class Item:
    """What a path names."""

    raw: bytes | None
    """None: a folder, or a link."""
    kind: int = stat.S_IFREG
    mode: int = 0o644
    attributes: tuple[tuple[str, bytes], ...] = ()

    @property
    def lines(self) -> list[bytes]:
        """The lines that are not blank, without their ends."""
        lines = (line.rstrip(b"\r") for line in (self.raw or b"").split(b"\n"))
        return [line for line in lines if line.strip()]


Tree = Mapping[str, Item]
"""Path below `work` -> what it names: `vault/People/Ada.md`."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a play."""

    code: int
    """Exit code; `KILLED`; `HUNG`."""
    said: str
    """What it printed on standard error."""
    tree: Tree
    calls: tuple[Call, ...] = ()
    landed: bool = False
    """Whether the fault's call was reached."""
    cuts: Mapping[str, Mapping[str, Body]] = field(default_factory=dict)
    """What a power cut may have left in place of `tree`."""


# --- editors ------------------------------------------------------------------------------


def typed(start: bytes) -> bytes:
    """Give what a note holds once the user has typed a line at its end."""
    end = b"\r\n" if b"\r\n" in start else b"\n"
    gap = end if start and not start.endswith(b"\n") else b""
    return start + gap + EDIT + end


def _in_place(note: Path, raw: bytes) -> Iterator[None]:
    note.parent.mkdir(exist_ok=True)
    note.write_bytes(raw)
    rest(note)
    yield


def _by_rename(note: Path, raw: bytes) -> Iterator[None]:
    note.parent.mkdir(exist_ok=True)
    beside = note.with_name(f"{note.name}~editor")
    beside.write_bytes(raw)
    rest(beside)
    beside.replace(note)
    yield


def _slowly(note: Path, raw: bytes) -> Iterator[None]:
    note.parent.mkdir(exist_ok=True)
    with note.open("wb", buffering=0) as file:
        rest(note)
        yield
        file.write(raw[: len(raw) // 2])
        _rest_opened(file)
        yield
        file.write(raw[len(raw) // 2 :])
        _rest_opened(file)
    yield


def _by_backup(note: Path, raw: bytes) -> Iterator[None]:
    backup = note.with_name(f"{note.name}~")
    if note.exists():
        note.replace(backup)
        yield
    note.parent.mkdir(exist_ok=True)
    note.write_bytes(raw)
    rest(note)
    yield
    backup.unlink(missing_ok=True)
    yield


def _held_open(note: Path, raw: bytes) -> Iterator[None]:
    note.parent.mkdir(exist_ok=True)
    with note.open("r+b" if note.exists() else "x+b", buffering=0) as file:
        yield
        file.seek(0)
        file.write(raw)
        file.truncate()
        _rest_opened(file)
    yield


def _rest_opened(file: io.FileIO) -> None:
    seen = os.fstat(file.fileno())
    os.utime(file.fileno(), ns=(seen.st_atime_ns, seen.st_mtime_ns - 60_000_000_000))


EDITORS: Mapping[str, Callable[[Path, bytes], Iterator[None]]] = {
    "in place": _in_place,
    "by rename": _by_rename,
    "slowly": _slowly,
    "by backup": _by_backup,
    "held open": _held_open,
}
"""Each does one step of saving at each `next`; the time of modification lies a minute back, so that
the writer's waiting for quiet is of no help."""
AT_ONCE = ("in place", "by rename")


# --- the stage ----------------------------------------------------------------------------


class Stage:
    """A folder in which a command is played again and again from the same start."""

    def __init__(self, top: Path) -> None:
        """Make an empty vault below `top`."""
        self.work = Path(os.path.realpath(top)) / "work"
        self.vault = self.work / "vault"
        self._start = self.work.parent / "start"
        self._signs: dict[str, tuple[int, ...]] = {}
        self.start: Tree = {}
        for folder in (self.vault, self.work / "state", self.work / "cache", self.work / "talk"):
            folder.mkdir(parents=True)

    def write(self, notes: Mapping[str, str]) -> None:
        """Write notes, path -> text, that have been left alone for a while."""
        for path, text in notes.items():
            place = self.vault / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(text.encode())
            rest(place)

    def keep_as_start(self) -> None:
        """Begin each later play from what there is now."""
        shutil.rmtree(self._start, ignore_errors=True)
        for place in self.vault.rglob("*"):
            if place.is_file() and not place.is_symlink():
                rest(place)
        shutil.copytree(self.work, self._start, symlinks=True)
        self.start = {}
        self._signs = {}
        self.start = self.look()
        self._signs = self._sign()

    def restore(self) -> None:
        """Put everything back to the start."""
        now = self._sign()
        for path in sorted(now, reverse=True):
            if path not in self._signs or now[path] != self._signs[path]:
                _remove(self.work / path)
        for path in sorted(self._signs):
            place = self.work / path
            if os.path.lexists(place):
                continue
            if self.start[path].kind == stat.S_IFDIR:
                place.mkdir()
            else:
                shutil.copy2(self._start / path, place, follow_symlinks=False)
        self._signs = self._sign()

    def look(self) -> Tree:
        """See all there is; what is as it was at the start is taken from there."""
        found = {}
        for path, sign in self._sign().items():
            if path in self.start and sign == self._signs.get(path):
                found[path] = self.start[path]
            else:
                found[path] = _look_at(self.work / path)
        return found

    def put(self, path: str, item: Item | None) -> None:
        """Make a path name something else; None: nothing."""
        place = self.work / path
        _remove(place)
        if item is None:
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        if item.raw is None:
            place.mkdir(exist_ok=True)
        else:
            place.write_bytes(item.raw)
            place.chmod(item.mode)

    def rest(self) -> None:
        """Let a while pass, in which nobody touches a note."""
        for path, sign in self._sign().items():
            if path.startswith("vault/") and sign != self._signs.get(path):
                place = self.work / path
                if place.is_file() and not place.is_symlink():
                    rest(place)

    def play(self, command: Command, fault: Fault | None = None) -> Outcome:
        """Run a command on the vault as it is now."""
        talk = self.work / "talk"
        report = talk / "report"
        report.unlink(missing_ok=True)
        child = os.fork()
        if child == 0:
            try:
                self._play(command, fault, report)
            except BaseException:  # noqa: BLE001 - nothing may come back from here
                (talk / "err").write_text(f"the stage broke:\n{traceback.format_exc()}")
            os._exit(70)
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        if code == -signal.SIGALRM:
            code = HUNG
        said = (talk / "err").read_text(encoding="utf-8", errors="replace")
        if code == 70:
            raise RuntimeError(said)
        told = pickle.loads(report.read_bytes()) if report.exists() else {}  # noqa: S301 - our own
        return Outcome(code, said, self.look(), **told)

    def _play(self, command: Command, fault: Fault | None, report: Path) -> None:
        """Do it, in the process made for it; ends that."""
        sys.settrace(None)  # whoever measures coverage measures it elsewhere
        signal.alarm(PATIENCE)
        os.environ.update(
            HOME=str(self.work / "state"),
            XDG_STATE_HOME=str(self.work / "state"),
            XDG_CACHE_HOME=str(self.work / "cache"),
            COLUMNS="100",
        )
        os.environ.pop("VAULTNET_VAULT", None)
        os.chdir(self.work)
        streams = []
        for number, name in ((1, "out"), (2, "err")):
            opened = os.open(self.work / "talk" / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(opened, number)
            os.close(opened)
            raw = _pyio.FileIO(number, "w", closefd=False)
            buffered = io.BufferedWriter(raw)
            streams.append(io.TextIOWrapper(buffered, "utf-8", line_buffering=number == 2))
        sys.stdout, sys.stderr = streams
        actor = _Actor(self, fault, report)
        with templates_once(), actor.watch.on():
            try:
                code = command(self.vault)
            except KeyboardInterrupt:
                code = -signal.SIGINT
            except BaseException:  # noqa: BLE001 - as the interpreter itself would show it
                with suppress(OSError):
                    traceback.print_exc()
                code = 1
            try:
                sys.stdout.flush()
            except OSError:
                code = 120  # as the interpreter does
            actor.end()
        os._exit(code % 256)

    def _sign(self) -> dict[str, tuple[int, ...]]:
        signs = {}
        for folder, folders, files in os.walk(self.work):
            if folder == str(self.work):
                folders[:] = [name for name in folders if name != "talk"]
            for name in (*folders, *files):
                place = os.path.join(folder, name)  # noqa: PTH118 - thousands of them
                seen = os.lstat(place)
                sign: tuple[int, ...] = (seen.st_ino, seen.st_mode)
                if not stat.S_ISDIR(seen.st_mode):
                    sign = (*sign, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns)
                signs[os.path.relpath(place, self.work)] = sign
        return signs


class _Actor:
    """Lets the fault happen, in the process in which the command runs."""

    def __init__(self, stage: Stage, fault: Fault | None, report: Path) -> None:
        self.fault = fault
        self.landed = False
        self.report = report
        self.watch = Watch(str(stage.work), self.meet)
        self.watch.name_output(1, "output")
        self.watch.name_output(2, "talk")
        self.saving: Iterator[None] = iter(())
        if fault and fault.mode == "power":
            self.watch.disk = Disk(str(stage.work))
        if fault and fault.target:
            self.saving = EDITORS[fault.editor](stage.vault / fault.target, fault.typed)

    def meet(self, number: int, call: Call) -> Answer:
        """Say how a call goes."""
        fault = self.fault
        if fault is None or number < fault.at:
            return None
        if number == fault.at:
            self.landed = True
        if fault.target:
            self._edit(fault, number)
        elif number == fault.at:
            return self._strike(fault)
        elif call.changes and call.paths[0] not in OUTPUTS and (fault.stays or _fills(fault, call)):
            return Fails(fault.number)
        return None

    def _strike(self, fault: Fault) -> Answer:
        if fault.mode in {"kill", "power"}:
            self._die()
        if fault.mode.startswith("short"):
            return Halves()
        if fault.mode == "interrupt":
            return KeyboardInterrupt()
        return Fails(fault.number, late=fault.mode == "done, said failed")

    def _edit(self, fault: Fault, number: int) -> None:
        if fault.mode == "edit, then kill":
            if number == fault.at:
                for _ in self.saving:
                    pass
            if number == fault.at + fault.gap:
                self._die()
        elif (number - fault.at) % fault.gap == 0:
            next(self.saving, None)

    def end(self) -> None:
        """Do what is still to be done when the command is through."""
        with self.watch.off():
            if self.fault and self.fault.at == len(self.watch.calls):
                self.landed = True
            if self.landed:
                for _ in self.saving:
                    pass
            self._report()

    def _die(self) -> None:
        with self.watch.off():
            self._report()
            os.kill(os.getpid(), signal.SIGKILL)

    def _report(self) -> None:
        cuts = self.watch.disk.cuts() if self.watch.disk else {}
        told = {"calls": tuple(self.watch.calls), "landed": self.landed, "cuts": cuts}
        self.report.write_bytes(pickle.dumps(told))


def _fills(fault: Fault, call: Call) -> bool:
    """Whether a disk that took the half of a write takes no more."""
    return fault.mode == "short, then full" and call.name == "write"


def _look_at(place: Path) -> Item:
    seen = place.lstat()
    kind = stat.S_IFMT(seen.st_mode)
    if kind != stat.S_IFREG:
        return Item(None, kind)
    attributes: list[tuple[str, bytes]] = []
    if sys.platform == "linux":
        with suppress(OSError):
            names = [n for n in os.listxattr(place) if n.startswith("user.")]
            attributes = [(name, os.getxattr(place, name)) for name in sorted(names)]
    return Item(place.read_bytes(), kind, stat.S_IMODE(seen.st_mode), tuple(attributes))


def _remove(place: Path) -> None:
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)


LEFT = re.compile(r"\..+\.[0-9a-f]{8}\.tmp")
"""Name of a file that an interrupted write leaves beside a note."""
