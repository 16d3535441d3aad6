"""What a write left behind: found, shown, put back, dropped."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from vaultnet import writer
from vaultnet.core import removable
from vaultnet.core.evidence.ground import is_private
from vaultnet.core.frozen import frozen, replace
from vaultnet.core.model import Source
from vaultnet.core.notes import read_note
from vaultnet.errors import UnclearError, UsageError, VaultnetError


@frozen
class Remnant:
    """A text that an interrupted write left or that a write displaced, held against its note."""

    leftover: writer.Leftover
    lost: tuple[str, ...] = ()
    """The lines of the user's that it holds and the note lacks."""
    private: bool = False
    """Whether nothing of it may be shown to who did not ask for it."""
    ours: int = 0
    """How many lines of vaultnet's own it holds that the note lacks."""
    own: bool = False
    """Whether it is just what vaultnet was about to write; never of a displaced text."""
    empty: bool = False
    there: bool = False
    """Whether the note is there."""
    fault: str = ""
    """Why it could not be held against the note."""
    older: bool = False
    """Whether all that is lost with it stands in newer texts of its note that were displaced."""

    @property
    def lines(self) -> tuple[str, ...]:
        """Those of the lost lines that may be shown."""
        return () if self.private else tuple(x for x in self.lost if "#private" not in x.lower())

    @property
    def spare(self) -> bool:
        """Whether nothing of the user's would be gone with it."""
        return not self.lost and not self.fault

    @property
    def quiet(self) -> bool:
        """Whether it need not be listed: it was displaced, and gives nothing that others do not."""
        return self.leftover.kept and (self.spare or self.older)


def find_remnants(root: Path) -> tuple[Remnant, ...]:
    """Find what there is to have back: left beside notes, then displaced, the newest first."""
    beside = (_hold_against_note(root, left) for left in writer.find_leftovers(root))
    displaced = (_hold_against_note(root, left) for left in writer.find_kept(root))
    return (*beside, *_mark_older(displaced))


def _mark_older(displaced: Iterable[Remnant]) -> Iterator[Remnant]:
    """Mark what holds no line that a newer text of the same note does not hold too."""
    newer: dict[str, set[str]] = {}
    for remnant in displaced:
        held = newer.setdefault(remnant.leftover.note, set())
        yield replace(remnant, older=bool(remnant.lost) and held.issuperset(remnant.lost))
        held.update(remnant.lost)


def find_leftover(root: Path, word: str) -> writer.Leftover:
    """Find the one leftover that is meant: by its id, a beginning of that, its path or its note's."""
    if not word:
        raise UsageError("Name which one, by its id: `vaultnet recover` lists them.")
    everything = (*writer.find_leftovers(root), *writer.find_kept(root))
    named = Path(word)
    place = str(Path(os.path.realpath(named.parent)) / named.name)  # itself it may be a link
    found = [left for left in everything if word in {left.id, left.file} or left.place == place]
    if not found:
        found = [left for left in everything if left.note == word or left.id.startswith(word)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise VaultnetError(
            f"Nothing that could be had back goes by '{word}'. `vaultnet recover --all` lists all."
        )
    which = [f"{left.id}  {left.file or left.note}" for left in found]
    raise UnclearError(word, which, "Name one by its id, or by its path.")


def read_remnant(root: Path, word: str) -> tuple[Remnant, str, str]:
    """Find the one that is meant, and read it and its note as it is now, which may be gone."""
    left = find_leftover(root, word)
    raw, before = _read_both(root, left)
    return _hold_against_note(root, left), _show(raw), _show(before or b"")


@frozen
class Restored:
    """What putting a text back came to."""

    path: str
    wrote: bool
    """False: the note held it already."""
    displaced: bool
    """Whether what stood there held lines that are gone now: it is kept in its turn."""


def restore(root: Path, word: str) -> Restored:
    """Put a text in its note's place; a file that lay beside the note is among the kept texts then."""
    with writer.locked(root):
        left = find_leftover(root, word)
        if not left.note:
            raise VaultnetError(
                f"The note that {left.file} is of is gone, and its name was cut: nothing tells "
                "where to put it. Rename it yourself."
            )
        raw, before = _read_both(root, left)
        wrote = writer.write_bytes(root, left.note, raw, before=before, like=left.place)
        if not left.kept:
            writer.put_away(root, left, raw)
    lost, ours = removable.find_lost(_show(before or b""), _show(raw))
    return Restored(left.note, wrote, displaced=bool(lost or ours))


def drop(root: Path, word: str) -> writer.Leftover:
    """Remove for good what is named."""
    with writer.locked(root):
        left = find_leftover(root, word)
        writer.drop_leftover(left)
    return left


def tidy(root: Path) -> tuple[writer.Leftover, ...]:
    """Remove the files beside notes with which nothing of the user's is gone."""
    dropped = []
    with writer.locked(root) as held:
        if not held:
            raise VaultnetError(
                "No lock can be held here, and another vaultnet might be writing; nothing was "
                "removed. Set XDG_STATE_HOME to a folder that can be written."
            )
        for left in writer.find_leftovers(root):
            if _hold_against_note(root, left).spare:
                writer.drop_leftover(left)
                dropped.append(left)
    return tuple(dropped)


def _read_both(root: Path, left: writer.Leftover) -> tuple[bytes, bytes | None]:
    """Read a leftover, and its note as it is now: None where that is gone."""
    try:
        raw = writer.read_leftover(left)
    except VaultnetError as error:
        raise VaultnetError(f"{left.file or left.note}: {error}.") from error
    return raw, writer.read_bytes(root, left.note) if left.note else None


def _hold_against_note(root: Path, left: writer.Leftover) -> Remnant:
    try:
        raw = writer.read_leftover(left)
        before = writer.read_bytes(root, left.note) if left.note else None
    except VaultnetError as error:
        return Remnant(left, fault=str(error).rstrip("."))
    text, note = _show(raw), _show(before or b"")
    lost, ours = removable.find_lost(text, note)
    return Remnant(
        left,
        lost=lost,
        private=bool(lost) and any(_is_private(left.note, told) for told in (text, note)),
        ours=ours,
        own=writer.is_own_text(left, raw),
        empty=not raw.strip(),
        there=before is not None,
    )


def _show(raw: bytes) -> str:
    """Read what need be no text of ours, for a comparison or a person's eyes."""
    return raw.decode("utf-8", "surrogateescape")


def _is_private(path: str, text: str) -> bool:
    """Whether a note is private, or may be: nobody knows where its front matter is broken."""
    note = read_note(Source(path, text))
    tagged = any(
        found.key.lower() in {"tag", "tags"} and "private" in str(found.value).lower()
        for found in note.properties
    )
    return tagged or is_private(note) or not note.healthy
