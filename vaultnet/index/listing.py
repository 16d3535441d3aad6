"""Whether anything in a vault has changed since `plan` last looked: told before anything is read."""

# ruff: noqa: PTH123 — the str paths of the system's
# own calls: all this is there to cost little.

from __future__ import annotations

import os
import time
from array import array

from vaultnet.index.head import read_head
from vaultnet.index.places import find_cache, name_key, write_file

TYPE_CHECKING = False  # as in `clock`
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from os import PathLike
    from typing import TypeAlias

Stamp: TypeAlias = "tuple[int, ...]"
"""Of a file: when it was modified and when changed (ns), its size and its inode."""

TICK = 20_000_000
"""Nanoseconds within which a disk may not tell two writes apart by their times."""
COARSE = 2_000_000_000
"""The same for disks that count in whole seconds, or in every other one."""


def name_question(
    root: str | PathLike[str], now: object, today: object = None, week: object = None
) -> str:
    """Name all on which a plan rests beside the vault's files: the days, the week, and git's head.

    Days and weeks are values, or the text that `str()` makes of them; those that were not asked for
    are None.
    """
    return f"{week} {today} {now} {read_head(root)}"


class Look:
    """How the notes, settings and templates of a vault stood at one moment.

    What is read later is not older: so an answer that rests on it holds for as long as all stands so.
    """

    __slots__ = ("names", "numbers", "since")

    def __init__(self, names: list[str], numbers: array[int], since: int) -> None:
        """Take the files' names, their four numbers in one list, and when the look began (ns)."""
        self.names, self.numbers, self.since = names, numbers, since

    def tells_changes(self) -> bool:
        """Whether every later change will show: no file was written so shortly before."""
        if max(max(self.numbers[0::4], default=0), max(self.numbers[1::4], default=0)) < (
            self.since - COARSE
        ):
            return True
        stamps = zip(self.numbers[0::4], self.numbers[1::4], strict=True)
        return all(_is_settled(stamp, self.since) for stamp in stamps)

    def stamp_at(self, index: int) -> Stamp:
        """Give how the file at a place among the names stood."""
        return tuple(self.numbers[4 * index : 4 * index + 4])

    def set_stamp(self, index: int, stamp: Stamp) -> None:
        """Put down that the file at a place stood otherwise."""
        self.numbers[4 * index : 4 * index + 4] = array("Q", stamp)

    def as_bytes(self) -> bytes:
        """Write it down, so that it can be compared with a later one."""
        return b"\0".join([os.fsencode("\0".join(self.names)), self.numbers.tobytes()])


def look_around(root: str | PathLike[str]) -> Look | None:
    """Look at a vault; None where it cannot be told in so simple a way: it holds links, say."""
    since = now()
    found = _list_files(os.path.realpath(root))
    return Look(*found, since) if found else None


def recall_plan(root: str | PathLike[str], key: str, look: Look | None) -> Sequence[str] | None:
    """Give the lines with which `plan` ended last time, if it must end so again.

    None unless the plan was up to date then, and no note, setting or template has changed since.
    `key` holds all else on which the lines rest, see `name_question`.
    """
    said = recall(root, "plan", key, look)
    return said.split("\n") if said else None


def remember_plan(
    root: str | PathLike[str],
    key: str,
    lines: Sequence[str],
    look: Look | None,
    paths: Collection[str],
) -> bool:
    """Remember the lines with which `plan` ended; see `remember`."""
    return remember(root, "plan", key, "\n".join(lines), look, paths)


def recall(root: str | PathLike[str], kind: str, key: str, look: Look | None) -> str | None:
    """Give what a command said last time, if it must say so again; see `recall_plan`."""
    try:
        with open(find_cache(root, kind), "rb") as file:
            head, _, listing = file.read().partition(b"\0\0")
    except (OSError, RuntimeError):  # none, or no home
        return None
    known, _, said = head.decode("utf-8", "replace").partition("\n")
    same = look is not None and known == name_key(root, key) and look.as_bytes() == listing
    return said if same else None


def remember(
    root: str | PathLike[str],
    kind: str,
    key: str,
    said: str,
    look: Look | None,
    paths: Collection[str] | None,
) -> bool:
    """Remember what a command said; False where it would not be safe.

    The `look` is one from before the first note was read, and `paths` are those of all notes that
    were seen since (None: what was said rests on none). A note that came or went, or a file that was
    written so shortly before the look that it may change unseen, forbids it.
    """
    if look is None or "\0" in said or not look.tells_changes():
        return False
    if paths is not None and {n for n in look.names if n[-3:].lower() == ".md"} != set(paths):
        return False
    head = f"{name_key(root, key)}\n{said}".encode("utf-8", "replace")
    return write_file(find_cache(root, kind), b"\0\0".join([head, look.as_bytes()]))


def now() -> int:
    """Read the time (ns) from which on a change is later than what is about to be read."""
    return time.time_ns()


def settled(stamps: Mapping[str, Stamp], since: int) -> dict[str, Stamp]:
    """Pick the stamps by which a later change will be seen, of files read since a time (ns).

    The others were written so shortly before that a second write may bear the same time.
    """
    long_ago = since - COARSE
    return {
        path: stamp
        for path, stamp in stamps.items()
        if (stamp[0] < long_ago and stamp[1] < long_ago) or _is_settled(stamp, since)
    }


def _is_settled(stamp: Sequence[int], since: int) -> bool:
    youngest = max(stamp[:2])
    whole = stamp[0] % 1_000_000_000 == 0
    return youngest < since - (COARSE if whole else TICK)


def _list_files(top: str) -> tuple[list[str], array[int]] | None:
    """List names, and the four numbers of each in one list; None where there are links, or a fault."""
    names: list[str] = []
    numbers: list[int] = []
    waiting = [""]
    try:
        while waiting:
            start = waiting.pop()
            with os.scandir(f"{top}/{start}") as entries:
                for entry in entries:
                    name = entry.name
                    if name[0] == ".":
                        continue
                    if name[-3:] in _ENDINGS and entry.is_file(follow_symlinks=False):
                        names.append(start + name)
                        seen = entry.stat(follow_symlinks=False)
                        numbers += seen.st_mtime_ns, seen.st_ctime_ns, seen.st_size, seen.st_ino
                    elif name[-3:] == ".j2" or entry.is_symlink():
                        return None  # where a template should be, a plan tells of whatever it is
                    elif entry.is_dir(follow_symlinks=False):
                        waiting.append(f"{start}{name}/")
        for name in SETTINGS:
            try:
                seen = os.lstat(f"{top}/{name}")
            except (FileNotFoundError, NotADirectoryError):
                continue
            names.append(name)
            numbers += seen.st_mtime_ns, seen.st_ctime_ns, seen.st_size, seen.st_ino
        return names, array("Q", numbers)
    except (OSError, OverflowError):  # OverflowError: a time before 1970
        return None


_ENDINGS = frozenset({".md", ".MD", ".Md", ".mD", ".j2"})
SETTINGS = (
    "vaultnet.toml",
    ".obsidian/app.json",
    ".obsidian/daily-notes.json",
    ".obsidian/templates.json",
    ".obsidian/plugins/periodic-notes/data.json",
    ".obsidian/plugins/templater-obsidian/data.json",
    ".obsidian/plugins/obsidian-tasks-plugin/data.json",
)
"""What else a plan rests on, in dot-folders or without an ending of its own."""
