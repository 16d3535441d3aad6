"""Stands between a command and the system: counts its calls, and lets one of them go wrong.

Nothing of vaultnet is replaced. While a `Watch` is on, the functions of `os` and `fcntl`, `open` and
the renames that C knows more of than Python are reached through it: each call that concerns a
watched folder is numbered and told to `meet`, which says how it goes. Python calls the system once
for each of them, or, for `open`, is made to (`_pyio` is the same in Python). What C libraries ask
of the system on their own is not seen here: `sweep_faults.py --strace` sees that too.
"""

from __future__ import annotations

import _pyio  # type: ignore[import-not-found] # typeshed leaves it out
import builtins
import ctypes
import errno
import io
import os
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Self, cast

if sys.platform != "win32":
    import fcntl

Real = Callable[..., object]
"""A function as the system's own module has it."""

READS = set(
    "access close fstat getxattr listdir listxattr lstat pread read readlink scandir stat".split()
)
"""Calls that leave everything as it is; so does `open` without the wish to write."""
BY_PATH = set(
    "access chmod chown getxattr lchown listdir listxattr lstat mkdir open readlink remove removexattr "
    "rmdir scandir setxattr stat truncate unlink utime".split()
)
BY_TWO_PATHS = {"link", "rename", "replace", "symlink"}
BY_NUMBER = set(
    "close fchmod fchown fdatasync fstat fsync ftruncate pread pwrite read write".split()
)
RENAMES = {"renameat2", "renamex_np"}


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the system that concerns a watched folder."""

    name: str
    paths: tuple[str, ...]
    """What it concerns, from the top of what is watched: `vault/People/Ada.md`."""
    changes: bool
    """Whether it may change anything on the disk."""

    def __str__(self) -> str:
        return " ".join([self.name, *self.paths])


@dataclass(frozen=True, slots=True)
class Fails:
    """The call is not carried out, or is and says that it was not."""

    number: int
    late: bool = False


@dataclass(frozen=True, slots=True)
class Halves:
    """A read or a write does half of what it was asked, and says so."""


Answer = Fails | Halves | BaseException | None
"""How a call goes: wrong, by half, not at all because something else is raised, or well."""


class Watch:
    """Sees every call of this process that concerns what lies below `top`."""

    def __init__(self, top: str, meet: Callable[[int, Call], Answer]) -> None:
        """Watch what lies below `top`, a real path; `meet` is asked before each call."""
        self.top = top
        self.calls: list[Call] = []
        self.disk: Disk | None = None
        """What a power cut would leave; None: nobody asks."""
        self._meet = meet
        self._off = False
        self._opened: dict[int, str] = {}
        """File descriptor -> what it opened, from the top of what is watched."""

    @contextmanager
    def on(self) -> Iterator[None]:
        """Watch from here to the end of the block."""
        modules: list[tuple[object, set[str]]] = [(os, BY_PATH | BY_TWO_PATHS | BY_NUMBER)]
        if sys.platform != "win32":
            modules.append((fcntl, {"fcntl", "flock", "ioctl", "lockf"}))
        put: list[tuple[object, str, object]] = []
        for module, names in modules:
            for name in sorted(names):
                real = getattr(module, name, None)
                if real is not None:
                    put.append((module, name, real))
                    setattr(module, name, self._stand_in(name, real))
        for module in (builtins, io):
            put.append((module, "open", module.open))
            setattr(module, "open", self._open_file)  # noqa: B010 - typed as what it was
        put.append((ctypes, "CDLL", ctypes.CDLL))
        ctypes.CDLL = self._load(ctypes.CDLL)  # type: ignore[misc] # the same by another way
        try:
            yield
        finally:
            for module, name, real in put:
                setattr(module, name, real)

    @contextmanager
    def off(self) -> Iterator[None]:
        """Let somebody else work: an editor, say."""
        before, self._off = self._off, True
        try:
            yield
        finally:
            self._off = before

    def name_output(self, number: int, name: str) -> None:
        """Watch a file descriptor that was opened before."""
        self._opened[number] = name

    # --- the ways in ----------------------------------------------------------------------

    def _stand_in(self, name: str, real: Real) -> Real:
        def stand_in(*args: object, **named: object) -> object:
            if self._off:
                return real(*args, **named)
            return self._call(name, real, args, named)

        return stand_in

    def _open_file(self, file: object, *args: object, **named: object) -> object:
        if self._off or not (isinstance(file, int) or self._below(file)):
            return io_open(file, *args, **named)
        opened: object = _pyio.open(file, *args, **named)
        return opened

    def _load(self, real: Callable[..., object]) -> type[ctypes.CDLL]:
        watch = self

        class Library:
            """A library of C whose renames are watched."""

            def __init__(self, *args: object, **named: object) -> None:
                self._real = real(*args, **named)

            def __getattr__(self, name: str) -> object:
                function = getattr(self._real, name)
                if name not in RENAMES:
                    return function

                def rename(*args: object) -> object:
                    if watch._off:
                        return function(*args)
                    return watch._call(name, function, args, {})

                return rename

        return cast("type[ctypes.CDLL]", Library)

    # --- the one way through --------------------------------------------------------------

    def _call(
        self, name: str, real: Real, args: tuple[object, ...], named: Mapping[str, object]
    ) -> object:
        paths = self._find_paths(name, args, named)
        if not paths:
            return self._learn(name, args, real(*args, **named), "")
        call = Call(name, paths, _changes(name, args))
        self.calls.append(call)
        with self.off():
            answer = self._meet(len(self.calls) - 1, call)
        if isinstance(answer, BaseException):
            raise answer
        if isinstance(answer, Fails) and not answer.late and name != "close":
            return self._fail(call, answer.number)
        if isinstance(answer, Halves):
            args = _halve(name, args)
        undone = self.disk.look(name, paths, args) if self.disk else None
        given = real(*args, **named)
        if self.disk and not (name in RENAMES and given):
            self.disk.note(name, paths, args, given, undone)
        given = self._learn(name, args, given, paths[0])
        if isinstance(answer, Fails):  # done and yet said to have failed; a close always closes
            return self._fail(call, answer.number)
        return given

    def _fail(self, call: Call, number: int) -> object:
        if call.name in RENAMES:
            ctypes.set_errno(number)
            return -1
        if call.name == "access":
            return False
        raise OSError(number, os.strerror(number), *call.paths[:1])

    def _learn(self, name: str, args: tuple[object, ...], given: object, path: str) -> object:
        if name == "open" and isinstance(given, int):
            if path:
                self._opened[given] = path
            else:
                self._opened.pop(given, None)
        elif name == "close" and isinstance(args[0], int):
            self._opened.pop(args[0], None)
        elif name == "scandir" and path:
            return _Entries(self, cast("Iterator[os.DirEntry[str]]", given), path)
        return given

    def _find_paths(
        self, name: str, args: tuple[object, ...], named: Mapping[str, object]
    ) -> tuple[str, ...]:
        """Give what a call concerns, from the top; empty if that is nothing of ours."""
        if name in RENAMES:
            given: tuple[object, ...] = tuple(a for a in args if isinstance(a, bytes))
        elif name in BY_TWO_PATHS:
            given = args[:2]
        else:
            given = args[:1] or ("." if name in {"listdir", "scandir"} else "",)
        below = (self._below(each, named.get("dir_fd")) for each in given)
        found = tuple(each for each in below if each)
        return found if len(found) == len(given) or name in BY_TWO_PATHS else ()

    def _below(self, given: object, folder: object = None) -> str:
        """Give a path or a descriptor as a path from the top; empty if it lies elsewhere."""
        if isinstance(given, int):
            return self._opened.get(given, "")
        if not isinstance(given, str | bytes | os.PathLike):
            return ""
        path = os.fsdecode(given)
        if isinstance(folder, int) and not path.startswith("/"):
            return f"{self._opened[folder]}/{path}" if folder in self._opened else ""
        path = os.path.abspath(path)  # noqa: PTH100 - a str, and without asking the disk
        if path == self.top:
            return "."
        return path[len(self.top) + 1 :] if path.startswith(f"{self.top}/") else ""


class _Entries:
    """What `os.scandir` gives; the first look into the folder is a call of its own."""

    def __init__(self, watch: Watch, entries: Iterator[os.DirEntry[str]], path: str) -> None:
        self._watch = watch
        self._entries = entries
        self._path = path
        self._looked = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the folder."""
        cast("io.IOBase", self._entries).close()

    def __iter__(self) -> _Entries:
        return self

    def __next__(self) -> os.DirEntry[str]:
        if self._looked:
            return next(self._entries)
        self._looked = True
        look: Real = lambda _: next(self._entries)  # noqa: E731 - named for what it stands for
        watch = self._watch
        given = watch._stand_in("listdir", look)(f"{watch.top}/{self._path}")  # noqa: SLF001 - a part of it
        return cast("os.DirEntry[str]", given)


def _changes(name: str, args: tuple[object, ...]) -> bool:
    if name == "open":
        flags = args[1] if len(args) > 1 and isinstance(args[1], int) else 0
        return bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND))
    return name not in READS


def _halve(name: str, args: tuple[object, ...]) -> tuple[object, ...]:
    number, what, *rest = args
    if name == "write":
        half = memoryview(cast("bytes", what))
        return (number, half[: max(1, len(half) // 2)], *rest)
    return (number, max(1, cast("int", what) // 2), *rest)


io_open: Real = io.open


# --- power --------------------------------------------------------------------------------

Body = tuple[int, bytes | None]
"""What a name means: a file's number and bytes, or (0, None): nothing."""
FOLDER: Body = (-1, None)


@dataclass(frozen=True, slots=True)
class Named:
    """A change of names that no fsync of its folder has made last."""

    folder: str
    before: Mapping[str, Body]
    """Path -> what it meant before."""


@dataclass
class Disk:
    """What the disk has been told to keep, and what it may forget when the power goes.

    A file's bytes last once it was synced after its last write, a change of names once its folder
    was. Whatever does not last may be there or not; changes of names go from the last one
    backwards, as a journal would lose them, or those of one folder alone, as on two disks.
    """

    top: str
    dirty: dict[int, str] = field(default_factory=dict)
    """File number -> path, of files whose last bytes were not synced."""
    pending: list[Named] = field(default_factory=list)
    held: dict[int, int] = field(default_factory=dict)
    """File number -> our own descriptor, so that no number is given away a second time."""
    real_open: Callable[..., int] = os.open
    real_fstat: Callable[[int], os.stat_result] = os.fstat
    real_lstat: Callable[..., os.stat_result] = os.lstat
    real_pread: Callable[[int, int, int], bytes] = os.pread if hasattr(os, "pread") else None  # type: ignore[assignment] # POSIX alone forks

    def look(
        self, name: str, paths: tuple[str, ...], args: tuple[object, ...]
    ) -> Mapping[str, Body] | None:
        """Remember what names mean before a call that may change them."""
        flags = args[1] if name == "open" and len(args) > 1 else 0
        if name in NAMES or (isinstance(flags, int) and flags & os.O_CREAT):
            return {path: self._find(path) for path in paths}
        return None

    def note(
        self,
        name: str,
        paths: tuple[str, ...],
        args: tuple[object, ...],
        given: object,
        before: Mapping[str, Body] | None,
    ) -> None:
        """Take down what a call that went well has done."""
        path = paths[0]
        if before is not None and (name != "open" or before[path] == (0, None)):
            self.pending.append(Named(os.path.dirname(paths[-1]), before))  # noqa: PTH120 - a str
            for each in paths:  # what is not synced has another name now
                if (number := self._find(each)[0]) in self.dirty:
                    self.dirty[number] = each
        if name == "open" and isinstance(given, int) and args[1] & os.O_TRUNC:  # type: ignore[operator] # flags are numbers
            self.dirty[self._number(given, path)] = path
        elif name in {"write", "pwrite", "ftruncate"} and path not in OUTPUTS:
            self.dirty[self._number(cast("int", args[0]), path)] = path
        elif name == "truncate":
            self.dirty[self._find(path)[0]] = path
        elif name in {"fsync", "fdatasync"}:
            seen = self.real_fstat(cast("int", args[0]))
            if stat.S_ISDIR(seen.st_mode):
                self.pending = [each for each in self.pending if each.folder != path]
            else:
                self.dirty.pop(seen.st_ino, None)

    def cuts(self) -> dict[str, Mapping[str, Body]]:
        """Give every state that the power may leave: told in words -> path -> what it means then.

        What is not named stays as it is now.
        """
        undone = {
            f"the last {n} names undone": self.pending[len(self.pending) - n :]
            for n in range(1, len(self.pending) + 1)
        }
        for folder in {each.folder for each in self.pending}:
            undone[f"{folder} as before"] = [e for e in self.pending if e.folder == folder]
        found: dict[str, Mapping[str, Body]] = {}
        for told, names in {"": [], **undone}.items():
            meaning = self._undo(names)
            now = {path for path in self.dirty.values() if path not in meaning}
            for path in now:
                body = self._find(path)
                if body[0] in self.dirty:
                    meaning[path] = body
            cut = [body for body in meaning.values() if body[0] in self.dirty]
            found[told or "all names kept"] = meaning
            for share, words in ((0, "files empty"), (2, "files half")) if cut else ():
                found[f"{told or 'all names kept'}, {words}"] = {
                    path: self._cut(body, share) for path, body in meaning.items()
                }
        return found

    def _undo(self, names: list[Named]) -> dict[str, Body]:
        meaning: dict[str, Body] = {}
        for each in reversed(names):
            for path, (number, raw) in each.before.items():
                # The bytes are those it has now, not those it had then.
                meaning[path] = (number, self._read(number)) if number > 0 else (number, raw)
        return meaning

    def _cut(self, body: Body, share: int) -> Body:
        number, raw = body
        if number not in self.dirty or raw is None:
            return body
        return number, raw[: len(raw) // share] if share else b""

    def _find(self, path: str) -> Body:
        place = f"{self.top}/{path}"
        try:
            seen = self.real_lstat(place)
        except OSError:
            return 0, None
        if not stat.S_ISREG(seen.st_mode):
            return FOLDER
        if seen.st_ino not in self.held:
            self.held[seen.st_ino] = self.real_open(place, os.O_RDONLY)
        return seen.st_ino, self._read(seen.st_ino)

    def _read(self, number: int) -> bytes:
        opened = self.held[number]
        return self.real_pread(opened, self.real_fstat(opened).st_size, 0)

    def _number(self, opened: int, path: str) -> int:
        seen = self.real_fstat(opened)
        if seen.st_ino not in self.held:
            # Opened anew, since what is open to be written alone cannot be read.
            self.held[seen.st_ino] = self.real_open(f"{self.top}/{path}", os.O_RDONLY)
        return seen.st_ino


NAMES = RENAMES | BY_TWO_PATHS | {"mkdir", "remove", "rmdir", "unlink"}
OUTPUTS = {"output", "talk"}
ERRORS = {
    name: getattr(errno, name)
    for name in ("ENOSPC", "EIO", "EDQUOT", "EROFS")
    if hasattr(errno, name)
}
"""Faults of a disk: full, broken, quota used up, turned read-only."""
