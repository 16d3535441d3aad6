"""The notes as git remembers them: the second spring of the river."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence

from vaultnet.core.model import Obsidian, Revision, Settings, Source
from vaultnet.core.sources import (
    LARGEST,
    Ignored,
    decode,
    find_copier,
    folders_above,
    is_note,
    is_well_named,
    read_ignored,
)
from vaultnet.errors import NoHistoryError
from vaultnet.history.git import (
    Change,
    Commit,
    Repository,
    compare,
    list_commits,
    open_repository,
    read_blobs,
)

__all__ = ["Commit", "Repository", "list_commits", "open_repository", "read_revisions"]


def read_revisions(
    repository: Repository, trees: Sequence[str], settings: Settings, obsidian: Obsidian
) -> Iterator[Revision]:
    """Read for each tree in turn what changed among the vault's notes since the one before.

    The first gives all its notes, as new.

    What is a note, and what is left out, is decided by today's settings for all of them: so that a
    setting that changes moves nobody.
    """
    is_left_out = _ask_once(read_ignored(settings, obsidian)[0])
    seen: set[str] = set()
    compared = compare(repository, trees)
    revisions = [_sort(changes, is_left_out, seen) for changes in compared]
    wanted = (change.blob for _, changes in revisions for change in changes)
    blobs = read_blobs(repository, wanted, LARGEST)
    for revision, changes in revisions:
        yield _read(revision, changes, blobs)
    for _ in blobs:  # lets git end, and say so if it did not end well
        pass


def _sort(
    changes: Sequence[Change], is_left_out: Callable[[str], bool], seen: set[str]
) -> tuple[Revision, list[Change]]:
    """Tell what can be told by paths alone, and which notes are to be read.

    `seen` are the paths of the notes that are there, before and then after the changes.
    """
    there = {c.path for c in changes if c.blob and _is_seen(c.path)}
    gone = ({c.before for c in changes} | {c.path for c in changes if not c.blob}) - there & seen
    came = there - seen
    seen -= gone
    seen |= came
    read = [
        c
        for c in changes
        if c.path in there
        and not c.link
        and not is_left_out(c.path)
        and not find_copier(c.path, seen.__contains__)
    ]
    renamed = {c.path: c.before for c in changes if c.before and c.path in there}
    revision = Revision(
        came=frozenset(came),
        gone=frozenset(gone),
        unread=frozenset(there.difference(c.path for c in read)),
        renamed=renamed | _find_moved(came - renamed.keys(), gone.difference(renamed.values())),
    )
    return revision, read


def _find_moved(came: Collection[str], gone: Collection[str]) -> dict[str, str]:
    """Find notes that went and came by one name, the only ones to: path now -> path then.

    Git finds renames by what notes say. A short one that was put elsewhere and edited in the same
    week says something else.
    """
    here, there = _by_name(came), _by_name(gone)
    return {here[name]: there[name] for name in here.keys() & there.keys()}


def _by_name(paths: Collection[str]) -> dict[str, str]:
    """Index paths by the names of their notes, where only one bears it."""
    names = Counter(path.rpartition("/")[2] for path in paths)
    return {name: path for path in paths if names[name := path.rpartition("/")[2]] == 1}


def _ask_once(ignored: Ignored) -> Callable[[str], bool]:
    """Ask of each folder once whether what lies in it is to be left out."""
    known = {"": False}

    def is_left_out(path: str) -> bool:
        folder = path.rpartition("/")[0]
        if folder not in known:
            known[folder] = ignored.has_folder(folder) or any(
                ignored.has_folder(above) for above in folders_above(folder)
            )
        return known[folder] or ignored.has_note(path)

    return is_left_out


def _is_seen(path: str) -> bool:
    hidden = path.startswith(".") or "/." in path
    return not hidden and is_note(path) and is_well_named(path)


def _read(revision: Revision, changes: Sequence[Change], blobs: Iterator[bytes | None]) -> Revision:
    sources: list[Source] = []
    unread = set(revision.unread)
    for change in changes:
        raw = next(blobs)
        if raw is None:
            raise NoHistoryError("this clone lacks some of what was committed")
        found = decode(change.path, raw) if len(raw) <= LARGEST else None
        if isinstance(found, Source):
            sources.append(found)
        else:
            unread.add(change.path)
    return Revision(
        tuple(sources), revision.came, revision.gone, frozenset(unread), revision.renamed
    )
