"""Replaces or creates a note: whole or not at all, and never over an edit made meanwhile.

What may be written is decided here; `quiet` waits, `disk` names the system's calls, `beside` names the
new file, `swap` lets it take the old one's place, `memory` keeps what must be remembered, `places` says
where, and `leftovers` finds what a death in between left behind.
"""

# ruff: noqa: PTH116, PTH118, PTH119, PTH120 — the str paths of the system's own calls, see `disk`.

from __future__ import annotations

import os
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from vaultnet.errors import BusyError, DiskError, VaultnetError
from vaultnet.writer import disk, memory
from vaultnet.writer.beside import write_beside
from vaultnet.writer.disk import LARGEST
from vaultnet.writer.leftovers import (
    Leftover,
    drop_leftover,
    find_kept,
    find_leftovers,
    is_own_text,
    put_away,
    read_leftover,
)
from vaultnet.writer.memory import keeping, locked
from vaultnet.writer.places import find_place
from vaultnet.writer.quiet import PATIENCE, find_rest, wait_until_quiet
from vaultnet.writer.swap import put_in_place

__all__ = [
    "LARGEST",
    "Leftover",
    "create_note",
    "drop_leftover",
    "find_kept",
    "find_leftovers",
    "is_ours",
    "is_own_text",
    "keeping",
    "locked",
    "put_away",
    "read_bytes",
    "read_leftover",
    "until_rest",
    "write_bytes",
    "write_note",
]


def write_note(
    root: Path,
    path: str,
    text: str,
    *,
    before: bytes | None,
    removable: Iterable[str] | None = None,
) -> bool:
    r"""Replace a note, or create it, and say whether anything was written (contract 8).

    `before` is what the caller read, None for "there was none"; `path` is from the root, with
    forward slashes. `removable` lists the lines (without their `\n`) that may go, each as often as
    it may; a text that lacks any other line of the note is refused. Nothing is written where the
    note holds `text` already. Where it no longer holds `before`, is not to be replaced, or leads
    out of the vault, a `VaultnetError` is raised.
    """
    return write_bytes(root, path, _encode(path, text), before=before, removable=removable)


def write_bytes(
    root: Path,
    path: str,
    raw: bytes,
    *,
    before: bytes | None,
    removable: Iterable[str] | None = None,
    like: str | None = None,
) -> bool:
    """Do what `write_note` does with bytes that need be no text; a new note may be `like` a file."""
    place = find_place(root, path)
    found = _read(place, path)
    if found == raw:
        return False
    _compare(path, found, before)
    if before is None:
        _create(root, place, path, raw, like)
        return True
    if not os.access(place, os.W_OK):
        _compare(path, _read(place, path), before)  # it may rather be gone
        # The folder's rights would let it be replaced; the user's wish does not.
        raise VaultnetError(f"{path} is read-only and was left as it is.")
    lost = _find_lost_lines(before, raw)
    if removable is not None:
        _refuse_loss(path, lost, removable)
    if not wait_until_quiet(
        lambda: _find_mtime(place), lambda mtime: memory.is_own_write(root, path, mtime)
    ):
        raise BusyError(
            f"{path} has kept changing for {PATIENCE:g} seconds; nothing was written. "
            "Run it again when the note is at rest."
        )
    _replace(root, place, path, raw, before, keep=bool(lost))
    memory.forget_old(root)
    return True


def create_note(root: Path, path: str, text: str) -> None:
    """Create a file that does not exist yet; whatever is there already stays as it is."""
    raw = _encode(path, text)
    place = find_place(root, path)
    if os.path.lexists(os.path.join(root, path)):
        raise VaultnetError(f"{path} exists already and was left as it is.")
    _create(root, place, path, raw)


def read_bytes(root: Path, path: str) -> bytes | None:
    """Read what `write_note` takes as `before`; None if there is no such note."""
    return _read(find_place(root, path), path)


def until_rest(root: Path, path: str, rest: float) -> float:
    """Count the seconds until a note has been left alone for `rest` seconds; 0 if it has been.

    Our own writes do not count, and a note that is not there has been left alone.
    """
    mtime = _find_mtime(find_place(root, path))
    if not rest or mtime is None or is_ours(root, path, mtime):
        return 0.0
    return find_rest(mtime, rest)


def is_ours(root: Path, path: str, mtime: int | None = None) -> bool:
    """Whether a note stands as vaultnet wrote it last, judged by its time of modification (ns)."""
    mtime = _find_mtime(find_place(root, path)) if mtime is None else mtime
    return mtime is not None and memory.is_own_write(root, path, mtime)


# --- what is there ------------------------------------------------------------------------


def _encode(path: str, text: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise VaultnetError(f"{path} cannot be written: its text is no Unicode.") from error


def _read(place: str, path: str) -> bytes | None:
    """Read a regular file whole; None where there is nothing."""
    try:
        found = disk.read_file(place)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise DiskError(f"{path} cannot be read: {error.strerror}.") from error
    if not found.regular:
        raise VaultnetError(f"{path} is no regular file; nothing was written.")
    if len(found.raw) > LARGEST:
        raise VaultnetError(f"{path} is larger than 1 MiB; vaultnet leaves it alone.")
    return found.raw


def _find_mtime(place: str) -> int | None:
    try:
        return os.stat(place, follow_symlinks=False).st_mtime_ns
    except OSError:  # gone, and the next look tells so
        return None


def _compare(path: str, found: bytes | None, before: bytes | None) -> None:
    """Refuse a note that is not what the caller read, and say what seems to have come over it."""
    if found == before:
        return
    if before and found is not None and 2 * len(found) < len(before):
        # What a sync tool, or an editor that saves in place, shows for a moment.
        what = "is suddenly less than half as long" if found else "is suddenly empty"
        raise BusyError(
            f"{path} {what}, as if it were just being saved or synced; nothing was written. "
            "Look at it, then run it again."
        )
    raise _changed(path)


def _refuse_what_is_elsewhere(place: str, path: str) -> None:
    """Refuse a note whose text is not here, or not only here."""
    folder, name = os.path.split(place)
    try:
        seen: os.stat_result | None = os.stat(place, follow_symlinks=False)
    except OSError:
        seen = None
    evicted = getattr(seen, "st_flags", 0) & _DATALESS
    if evicted or os.path.lexists(os.path.join(folder, f".{name}.icloud")):
        raise VaultnetError(
            f"{path} lies in iCloud and not on this machine; nothing was written. "
            "Download it, then run it again."
        )
    if seen is not None and seen.st_nlink > 1:
        raise VaultnetError(
            f"{path} has a second name (a hard link), and replacing it would part the two; "
            "nothing was written. Make it a file of its own: copy it, and move the copy over it."
        )


_DATALESS = 0x40000000
"""SF_DATALESS of macOS: reading such a file fetches it first."""

# --- what may go --------------------------------------------------------------------------


def _find_lost_lines(before: bytes, raw: bytes) -> Counter[bytes]:
    """Count the lines that the new text lacks; blank ones do not count, nor does the file's mark."""
    old, new = (text.removeprefix(BOM_UTF8).split(b"\n") for text in (before, raw))
    lost, came = Counter(old) - Counter(new), Counter(new) - Counter(old)
    if came[old[-1] + b"\r"]:
        # The last line of a note had no end yet, and what was added below gave it one.
        lost -= Counter([old[-1]])
    return Counter({line: n for line, n in lost.items() if line.strip()})


def _refuse_loss(path: str, lost: Counter[bytes], removable: Iterable[str]) -> None:
    may_go = Counter(line.encode("utf-8", "surrogateescape") for line in removable)
    for line in lost - may_go:
        told = line.decode("utf-8", "surrogateescape")
        raise VaultnetError(
            f"{path} was left as it is: writing it would have removed a line that is not "
            f"vaultnet's to remove: {told[:80]!a}. Please report this."
        )


# --- how ----------------------------------------------------------------------------------


def _create(root: Path, place: str, path: str, raw: bytes, like: str | None = None) -> None:
    """Write beside the note's place, durably, and move that there if nothing is."""
    with _told(path):
        _refuse_what_is_elsewhere(place, path)
        disk.make_folder(os.path.dirname(place))
        beside, mtime = write_beside(place, raw, like)
    with _told(path, beside):
        try:
            _compare(path, _read(place, path), None)
            disk.move_where_nothing_is(beside, place)
        except BaseException:
            disk.remove(beside)
            raise
        _confirm(place, path)
    memory.remember_write(root, path, mtime)


def _replace(root: Path, place: str, path: str, raw: bytes, before: bytes, *, keep: bool) -> None:
    """Write beside the note, durably, and put that in its place if it is still as it was."""
    kept = None
    with _told(path):
        beside, mtime = write_beside(place, raw, place)
    with _told(path, beside):
        try:
            if keep:
                kept = memory.keep(root, path, before)
            _refuse_what_is_elsewhere(place, path)
            _compare(path, _read(place, path), before)
        except BaseException:
            disk.remove(beside)
            if kept is not None:
                memory.forget(kept)
            raise
        # From here on `beside` may hold what the user wrote: only `put_in_place` may remove it.
        done = put_in_place(beside, place, raw, before)
        _confirm(place, path)
    if not done:
        if kept is not None:
            memory.forget(kept)
        raise _changed(path, beside)
    memory.remember_write(root, path, mtime)
    if left := _tell_what_is_left(beside):
        raise DiskError(f"{path} was written, but not all could be tidied up.{left}")


@contextmanager
def _told(path: str, beside: str = "") -> Iterator[None]:
    """Turn what the system says into what the user is told."""
    try:
        yield
    except (FileExistsError, FileNotFoundError) as error:
        raise _changed(path, beside) from error
    except OSError as error:
        told = f"{path} cannot be written: {error.strerror}.{_tell_what_is_left(beside)}"
        raise DiskError(told) from error


def _confirm(place: str, path: str) -> None:
    try:
        disk.sync_folder(os.path.dirname(place))
    except OSError as error:
        told = f"{path} was written, but the disk did not confirm it: {error.strerror}."
        raise DiskError(told) from error


def _changed(path: str, beside: str = "") -> BusyError:
    left = _tell_what_is_left(beside)
    return BusyError(
        f"{path} changed while vaultnet was working; nothing was written. Run it again.{left}"
    )


def _tell_what_is_left(beside: str) -> str:
    if not beside or not os.path.lexists(beside):
        return ""
    return (
        f" What was in its place for a moment lies beside it, in {os.path.basename(beside)}: "
        "`vaultnet recover` shows it."
    )
