"""A vault and its state folder become what can be had back from them: leftovers, and kept texts.

A death in the middle of a write leaves a file beside the note (`beside`). It holds what was about
to be written, or what stood in the note: perhaps the user's newest edit. Hence nothing is dropped
here that was not named. Texts that a write displaced lie in the state folder (`memory`).
"""

# ruff: noqa: PTH114, PTH116, PTH118, PTH119, PTH120 — the str paths of the system's own calls, see `disk`.

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from pathlib import Path

from vaultnet.core.frozen import filled, fresh, frozen
from vaultnet.errors import DiskError, VaultnetError
from vaultnet.writer import disk, memory
from vaultnet.writer.beside import LONGEST, is_as_written, read_name, shorten


@frozen
class Leftover:
    """A text that an interrupted write left beside its note, or that a write displaced."""

    id: str
    """Eight hex digits; those of two leftovers are hardly ever the same, but may be."""
    note: str
    """Path of the note it is of, from the root, which may be gone; empty where nothing tells: a
    long name is cut, and no note has one like it."""
    file: str
    """Path of a file beside the note, from the root; empty for a text kept in the state folder."""
    place: str
    """Where it lies, whole."""
    when: datetime | None
    """When its text was last changed, or when it was displaced; None where no calendar tells."""

    @property
    def kept(self) -> bool:
        """Whether it lies in the state folder and goes by itself, after `memory.KEPT_DAYS`."""
        return not self.file


def find_leftovers(root: Path) -> tuple[Leftover, ...]:
    """Find what interrupted writes left beside the notes, in the order of paths.

    Links are not followed, and folders that start with a dot not entered: nothing is written there.
    """
    return tuple(sorted(_find_beside(os.path.realpath(root)), key=lambda left: left.file))


def find_kept(root: Path) -> tuple[Leftover, ...]:
    """Find the texts that writes displaced, the newest first."""
    return tuple(left for _, left in sorted(_find_kept(root), key=itemgetter(0), reverse=True))


def read_leftover(leftover: Leftover) -> bytes:
    """Read a leftover's bytes; where they cannot or should not be read, a `VaultnetError` says why."""
    try:
        found = disk.read_file(leftover.place)
    except OSError as error:
        if os.path.islink(leftover.place):
            raise VaultnetError("it is a link, and was not followed") from error
        raise VaultnetError(f"it cannot be read: {error.strerror}") from error
    if not found.regular:
        raise VaultnetError("it is no regular file, and was not read")
    if len(found.raw) > disk.LARGEST:
        raise VaultnetError("it is larger than 1 MiB, and was not read")
    return found.raw


def is_own_text(leftover: Leftover, raw: bytes) -> bool:
    """Whether a file beside a note holds just what vaultnet was about to write."""
    return not leftover.kept and is_as_written(os.path.basename(leftover.place), raw)


def drop_leftover(leftover: Leftover) -> None:
    """Remove a leftover for good; only files like any other are removed."""
    with suppress(OSError):
        if not stat.S_ISREG(os.stat(leftover.place, follow_symlinks=False).st_mode):
            raise VaultnetError(
                f"{leftover.file or leftover.place} is no regular file and was left alone. "
                "Look at it, then remove it yourself."
            )
    if leftover.kept:
        memory.forget(leftover.place[: -len(leftover.note) - 1])
    else:
        disk.remove(leftover.place)
    if os.path.lexists(leftover.place):
        raise VaultnetError(f"{leftover.file or leftover.place} could not be removed.")
    if not leftover.kept:
        with suppress(OSError):
            disk.sync_folder(os.path.dirname(leftover.place))


def put_away(root: Path, leftover: Leftover, raw: bytes) -> None:
    """Move a file that lay beside its note to the kept texts, now that the note holds the same.

    An editor that still shows the older text may save that over it a moment later. Where nothing
    can be kept, the file stays.
    """
    with suppress(DiskError):
        memory.keep(root, leftover.note, raw)
        drop_leftover(leftover)


# --- beside the notes ---------------------------------------------------------------------


@filled
class _Finds:
    """What the walk has met."""

    found: list[Leftover] = fresh(factory=list)
    doubtful: list[Leftover] = fresh(factory=list)
    """Beside a file that is no note by its name."""
    links: list[str] = fresh(factory=list)
    """Links that are notes: what they lead to may have another name."""


def _find_beside(top: str) -> Iterator[Leftover]:
    finds = _Finds()
    seen: set[tuple[int, int]] = set()
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        with suppress(OSError):  # not to be read: `check` tells so
            waiting += _look_into(top, folder, finds, seen)
    yield from finds.found
    if finds.doubtful:
        led_to = {os.path.realpath(link) for link in finds.links}
        for left in finds.doubtful:
            if os.path.join(top, *left.note.split("/")) in led_to:
                yield left


def _look_into(top: str, folder: str, finds: _Finds, seen: set[tuple[int, int]]) -> list[str]:
    """Look for leftovers in a folder; gives the folders in it. A second time there are none."""
    place = os.path.join(top, *folder.split("/")) if folder else top
    status = os.stat(place)
    if (status.st_dev, status.st_ino) in seen:  # a bind mount, a junction
        return []
    seen.add((status.st_dev, status.st_ino))
    start = f"{folder}/" if folder else ""
    folders, names, ours = [], [], []
    with os.scandir(place) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                if read_name(entry.name):
                    ours.append(entry.name)
            elif entry.is_symlink():
                names.append(entry.name)
                if _is_note(entry.name):
                    finds.links.append(entry.path)
            elif entry.is_dir(follow_symlinks=False):
                folders.append(start + entry.name)
            else:
                names.append(entry.name)
    for name in ours:
        _take(top, start, name, names, finds)
    return folders


def _take(top: str, start: str, name: str, names: Sequence[str], finds: _Finds) -> None:
    """Put a file with a name of ours where it belongs: a leftover, or perhaps one."""
    parted = read_name(name)
    if parted is None:
        return
    note, digits = parted
    cut = len(os.fsencode(note)) > LONGEST - 4  # at most the last letter was cut in two
    if cut:
        longer = [other for other in names if shorten(other) == note and _is_note(other)]
        note = longer[0] if len(longer) == 1 else ""
    file = start + name
    place = os.path.join(top, *file.split("/"))
    left = Leftover(digits, note and start + note, file, place, _find_when(place))
    named = cut or _is_note(note) or (note == "vaultnet.toml" and not start)
    (finds.found if named else finds.doubtful).append(left)


def _is_note(name: str) -> bool:
    return name[-3:].lower() == ".md"


def _find_when(place: str) -> datetime | None:
    try:
        changed = os.stat(place, follow_symlinks=False).st_mtime_ns
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=changed // 1000)
    except (OSError, OverflowError):  # gone meanwhile, or a time beyond the year 9999
        return None


# --- what was displaced -------------------------------------------------------------------


def _find_kept(root: Path) -> Iterator[tuple[tuple[datetime, int], Leftover]]:
    """Give what is kept with its time; two in one second are told apart by that of the file."""
    for when, digits, folder in memory.list_kept(root):
        for place in _find_files(folder):
            note = os.path.relpath(place, folder).replace(os.sep, "/")
            with suppress(OSError):  # dropped meanwhile
                written = os.stat(place, follow_symlinks=False).st_mtime_ns
                yield (when, written), Leftover(digits, note, "", place, when)


def _find_files(folder: str) -> Iterator[str]:
    waiting = [folder]
    while waiting:
        with suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                elif entry.is_file(follow_symlinks=False):
                    yield entry.path
