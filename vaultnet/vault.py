"""Turns the notes on disk into sources: found, read safely, their faults told as problems."""

# ruff: noqa: PTH110, PTH112, PTH113, PTH114, PTH116, PTH118 — str paths: pathlib is slow in a loop
# over ten thousand notes, and raises where os.path answers no.

from __future__ import annotations

import errno
import os
import stat
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from vaultnet.core.frozen import filled, fresh, frozen
from vaultnet.core.model import Obsidian, Problem, Settings, Severity, Source
from vaultnet.core.sources import (
    LARGEST,
    Ignored,
    badly_named,
    conflict_copy,
    decode,
    find_copier,
    fold_paths,
    is_note,
    is_well_named,
    read_ignored,
    show_path,
)
from vaultnet.core.text import inert
from vaultnet.errors import VaultnetError

LARGEST_TEMPLATE = 1 << 16
"""Bytes of the largest template that is read."""
TEMPLATES = ("plan.md.j2", "phrases.md.j2")
"""Names of the templates that a vault can have of its own."""

Json: TypeAlias = Mapping[str, object]
Entries: TypeAlias = "list[os.DirEntry[str]]"


@frozen
class Scan:
    """What one look at the vault found."""

    sources: tuple[Source, ...] = ()
    """The notes that were read, in the order of paths."""
    paths: tuple[str, ...] = ()
    """Every note seen outside dot-folders, read or not: what a link may lead to."""
    obsidian: Obsidian = fresh(factory=Obsidian)
    problems: tuple[Problem, ...] = ()
    stamps: Mapping[str, Stamp] = fresh(factory=dict)
    """How each note stood on the disk when it was read, or was known."""


Stamp: TypeAlias = tuple[int, ...]
"""Of a file: when it was modified and when changed (ns), its size and its inode. Equal stamps mean
equal bytes, unless it was written in the very moment in which it was read."""


def scan(root: Path, settings: Settings, known: Mapping[str, Stamp] | None = None) -> Scan:
    """Read every note of the vault by the rules of contract 2.1.

    A note that stands as it is `known` is not read again. What cannot be read is a problem and hides nothing else; only a root that cannot be listed
    raises `VaultnetError`.
    """
    top = os.path.realpath(root)
    obsidian, told = read_obsidian(root)
    ignored, refused = read_ignored(settings, obsidian)
    finds = _walk(top, ignored)
    _follow_links(top, finds, ignored)
    gathered = [*told, *refused, *finds.problems, *_find_twins(finds.notes)]
    paths = tuple(sorted(finds.paths))
    sources = []
    stamps = {}
    for path in paths:
        place = finds.notes.get(path)
        if place is None:  # seen, and not to be read
            continue
        if known and (stamp := known.get(path)) and stamp == _find_stamp(place):
            stamps[path] = stamp
            continue
        stamp, read = _read_note(path, place)
        if isinstance(read, Source):
            sources.append(read)
            stamps[path] = stamp
        elif read is not None:
            gathered.append(read)
    problems = tuple(sorted(gathered))
    return Scan(tuple(sources), paths, obsidian, problems, stamps)


def read_obsidian(root: Path) -> tuple[Obsidian, tuple[Problem, ...]]:
    """Read what `.obsidian` says about daily notes, templates, excluded files and tasks.

    A file that is missing is silence; one that is broken is a problem, and as if missing.
    """
    problems: list[Problem] = []

    def read(name: str) -> Json | None:
        found = _read_json(root, f".obsidian/{name}")
        if isinstance(found, Problem):
            problems.append(found)
            return None
        return found

    app = read("app.json") or {}
    daily = read("daily-notes.json")
    periodic = _dict(read("plugins/periodic-notes/data.json"), "daily")
    if periodic.get("enabled") is True:
        daily = periodic
    templates = read("templates.json") or {}
    templater = read("plugins/templater-obsidian/data.json") or {}
    folders = (_folder(templates, "folder"), _folder(templater, "templates_folder"))
    tasks = read(_TASKS) or {}
    tasks_filter = _text(tasks, "globalFilter")
    if tasks_filter and not _is_inert(tasks_filter):
        problems.append(_refused(tasks_filter))
        tasks_filter = ""
    obsidian = Obsidian(
        daily_folder=None if daily is None else _folder(daily, "folder"),
        daily_format=_text(daily or {}, "format") or Obsidian().daily_format,
        template_folders=tuple(dict.fromkeys(folder for folder in folders if folder)),
        ignore_filters=_texts(app, "userIgnoreFilters"),
        tasks_filter=tasks_filter,
        tasks_format="dataview" if tasks.get("taskFormat") == "dataview" else "emoji",
    )
    return obsidian, tuple(problems)


def read_templates(root: Path, folder: str) -> tuple[tuple[Source, ...], tuple[Problem, ...]]:
    """Read a vault's own templates from a folder; empty: it has none.

    A link is followed as far as it stays inside the vault, as a note's is.
    """
    sources = []
    problems = []
    for name in TEMPLATES if folder else ():
        match _read_template(root, f"{folder}/{name}"):
            case Source() as source:
                sources.append(source)
            case Problem() as problem:
                problems.append(problem)
    if folder and not sources and not problems:
        message = f"holds neither {' nor '.join(TEMPLATES)}, so the built-in templates are used"
        problems.append(Problem(show_path(folder), 0, "template", message, Severity.WARNING))
    return tuple(sources), tuple(problems)


def _read_template(root: Path, path: str) -> Source | Problem | None:
    """Read one template; None where there is none."""
    top = os.path.realpath(root)
    if not os.path.lexists(os.path.join(top, path)):
        return None
    place = os.path.realpath(os.path.join(top, path))
    if not _path_below(top, place):
        return _unused(path, 0, "leads out of the vault")
    try:
        _, raw = _read_file(place)
    except OSError as error:
        return _disk_fault(path, error) or _unused(path, 0, f"cannot be read: {_reason(error)}")
    if raw is None or len(raw) > LARGEST_TEMPLATE:
        return _unused(path, 0, "is no regular file" if raw is None else "is larger than 64 KiB")
    found = decode(path, raw)
    if isinstance(found, Problem):
        return _unused(path, found.line, found.message.partition(" and was not read")[0])
    return found


def _unused(path: str, line: int, wrong: str) -> Problem:
    message = f"{wrong}, so the built-in template is used"
    return Problem(show_path(path), line, "template", message, Severity.WARNING)


# --- Obsidian's own settings --------------------------------------------------------------


def _read_json(root: Path, path: str) -> Json | Problem | None:
    try:
        _, raw = _read_file(os.path.join(root, path))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        return _disk_fault(path, error) or _unheeded(path, 0, f"cannot be read: {_reason(error)}")
    if raw is None:
        return None
    return _parse_json(path, raw)


def _parse_json(path: str, raw: bytes) -> Json | Problem:
    if len(raw) > LARGEST:
        return _unheeded(path, 0, "is larger than 1 MiB")
    import json  # noqa: PLC0415 - many a vault has no settings of Obsidian's

    try:
        found = json.loads(raw.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        return _unheeded(path, error.lineno, f"is no JSON: {error.msg}")
    except (ValueError, RecursionError):  # no UTF-8, a number of 5,000 digits, 10,000 brackets
        return _unheeded(path, 0, "is no JSON that can be read")
    return found if isinstance(found, dict) else _unheeded(path, 0, "holds no JSON object")


def _unheeded(path: str, line: int, wrong: str) -> Problem:
    message = f"{wrong}, so this part of Obsidian's settings is not heeded"
    return Problem(path, line, "obsidian", message, Severity.WARNING)


def _dict(values: Json | None, key: str) -> Json:
    value = (values or {}).get(key)
    return value if isinstance(value, dict) else {}


def _text(values: Json, key: str) -> str:
    value = values.get(key)
    return value.strip() if isinstance(value, str) else ""


def _texts(values: Json, key: str) -> tuple[str, ...]:
    value = values.get(key)
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def _folder(values: Json, key: str) -> str:
    return _text(values, key).strip("/")


_TASKS = "plugins/obsidian-tasks-plugin/data.json"


def _is_inert(words: str) -> bool:
    """Whether words can stand in a plan just as they are: `#task`, `TODO`, not `%%` or `[[x]]`."""
    bare = [word.removeprefix("#") for word in words.split(" ")]
    return len(words) < 100 and [inert(word) for word in bare] == bare


def _refused(words: str) -> Problem:
    message = (
        f"the Tasks plugin's global filter '{show_path(words[:60])}' cannot stand in a plan as it is, "
        "so the plugin will not see the plan's tasks"
    )
    return Problem(f".obsidian/{_TASKS}", 0, "tasks-filter", message, Severity.HINT)


# --- finding ------------------------------------------------------------------------------


@filled
class _Finds:
    """What the walk has met so far."""

    notes: dict[str, str] = fresh(factory=dict)
    """To read: path from the root -> the file that holds it."""
    paths: list[str] = fresh(factory=list)
    links: list[tuple[str, str, bool]] = fresh(factory=list)
    """Symbolic links: path from the root, place, and whether they lie in an ignored folder."""
    problems: set[Problem] = fresh(factory=set)


def _walk(top: str, ignored: Ignored) -> _Finds:
    finds = _Finds()
    visited: set[tuple[int, int]] = set()
    waiting = [("", False)]
    while waiting:
        folder, hidden = waiting.pop()
        try:
            folders, links, notes = _list_folder(f"{top}/{folder}" if folder else top, visited)
        except OSError as error:
            if not folder:
                raise VaultnetError(
                    f"{show_path(top)} cannot be read: {_reason(error)}."
                ) from error
            if not hidden and not isinstance(error, FileNotFoundError):
                finds.problems.add(_unreadable(folder, error))
            continue
        start = f"{folder}/" if folder else ""
        for entry in folders:
            path = start + entry.name
            waiting.append((path, hidden or ignored.has_folder(path)))
        finds.links += [(start + entry.name, entry.path, hidden) for entry in links]
        for entry in notes:
            _take_note(start + entry.name, entry.path, finds, None if hidden else ignored)
    return finds


def _list_folder(place: str, visited: set[tuple[int, int]]) -> tuple[Entries, Entries, Entries]:
    """List a folder's folders, symbolic links and notes; a second time there are none.

    A junction or a bind mount is no symbolic link, and can lead back to where one came from.
    """
    folders: Entries = []
    links: Entries = []
    notes: Entries = []
    status = os.stat(place)
    if (status.st_dev, status.st_ino) in visited:
        return folders, links, notes
    visited.add((status.st_dev, status.st_ino))
    with os.scandir(place) as found:
        for entry in found:
            if entry.name[0] == ".":
                continue
            if entry.is_file(follow_symlinks=False):
                if is_note(entry.name):
                    notes.append(entry)
            elif entry.is_symlink():
                links.append(entry)
            elif entry.is_dir(follow_symlinks=False):
                folders.append(entry)
    return folders, links, notes


def _take_note(path: str, place: str, finds: _Finds, ignored: Ignored | None) -> None:
    """Put a note where it belongs: to be read, or a problem.

    `ignored` is None for a note in an ignored folder, which can only be linked.
    """
    if not is_well_named(path):
        if ignored:
            finds.problems.add(badly_named(path))
        return
    finds.paths.append(path)
    if ignored is None or ignored.has_note(path):
        return
    if maker := find_copier(place, os.path.lexists):
        finds.problems.add(conflict_copy(path, maker))
    else:
        finds.notes[path] = place


def _follow_links(top: str, finds: _Finds, ignored: Ignored) -> None:
    """Add the notes that only a link leads to; what a link shows a second time is read once.

    A folder inside the vault is read where it lies, so a link to it adds nothing and can make no
    loop; the same holds for a note. There remains a link to a file with another ending.
    """
    read: set[str] = set()
    for path, place, hidden in sorted(finds.links):
        note = is_note(path) and is_well_named(path)
        if note:
            finds.paths.append(path)
        real = os.path.realpath(place)
        if hidden or ignored.has_note(path) or not (note or os.path.isdir(real)):
            continue
        inner = _path_below(top, real)
        if inner is None:
            if os.path.exists(real):
                message = "leads out of the vault and was not read"
                finds.problems.add(Problem(show_path(path), 0, "link-out", message, Severity.HINT))
        elif note and real not in read and os.path.isfile(real) and _is_new(inner, ignored):
            read.add(real)
            finds.notes[path] = real


def _is_new(inner: str, ignored: Ignored) -> bool:
    """Whether a file in the vault is none that is read, or left unread, where it lies."""
    hidden = inner.startswith(".") or "/." in inner
    return not (hidden or is_note(inner) or ignored.has(inner))


def _path_below(top: str, real: str) -> str | None:
    """Give a real path as one from the root, or None if it lies outside."""
    if real == top:
        return ""
    start = top.rstrip(os.sep) + os.sep
    return real[len(start) :].replace(os.sep, "/") if real.startswith(start) else None


def _find_twins(paths: Collection[str]) -> Iterator[Problem]:
    """Find notes that are one and the same on a disk that heeds neither case nor composition."""
    folded = fold_paths(paths)
    if len(set(folded)) == len(folded):
        return
    same: dict[str, list[str]] = {}
    for path, alike in zip(paths, folded, strict=True):
        same.setdefault(alike, []).append(path)
    for twins in same.values():
        if len(twins) > 1:
            first, *others = sorted(twins)
            cased = len({unicodedata.normalize("NFC", path) for path in twins}) > 1
            how = "upper and lower case" if cased else "how its accents are stored"
            message = (
                f"differs only in {how} from {', '.join(others)}: rename one, or a sync may lose it"
            )
            yield Problem(first, 0, "same-name", message, Severity.WARNING)


# --- reading ------------------------------------------------------------------------------


def _read_note(path: str, place: str) -> tuple[Stamp, Source | Problem | None]:
    """Read one note; None if it went away, or turned into no file, since it was found."""
    try:
        stamp, raw = _read_file(place)
        if not raw:
            # An empty file may be one that is just being saved: look twice before believing it.
            stamp, raw = _read_file(place)
    except FileNotFoundError:
        return (), None
    except OSError as error:
        return (), _unreadable(path, error)
    if raw is None:
        return (), None
    if len(raw) > LARGEST:
        return (), Problem(path, 0, "too-large", "is larger than 1 MiB and was not read")
    return stamp, decode(path, raw)


def read_source(root: Path, path: str) -> tuple[Stamp, Source | None]:
    """Read one note that is known to be there; None where it cannot be read as it was."""
    stamp, read = _read_note(path, os.path.join(os.path.realpath(root), path))
    return stamp, read if isinstance(read, Source) else None


def find_stamp(root: Path, path: str) -> Stamp:
    """Find how a note stands on the disk now; empty where it is gone."""
    place = os.path.join(root, path)
    return _find_stamp(os.path.realpath(place) if os.path.islink(place) else place)


def _find_stamp(place: str) -> Stamp:
    try:
        return _stamp(os.stat(place, follow_symlinks=False))
    except OSError:  # gone, or made unreadable: reading it will tell
        return ()


def _stamp(status: os.stat_result) -> Stamp:
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


def _read_file(place: str) -> tuple[Stamp, bytes | None]:
    """Read a regular file, up to one byte more than `LARGEST`; None for any other thing.

    A FIFO does not block, a link is not followed, a device is not read.
    """
    opened = os.open(place, _OPEN)
    try:
        status = os.fstat(opened)
        if not stat.S_ISREG(status.st_mode):
            return (), None
        stamp = _stamp(status)  # of before the reading: what is written meanwhile makes it old
        wanted = min(status.st_size, LARGEST) + 1
        raw = os.read(opened, wanted)
        if len(raw) == status.st_size:
            return stamp, raw  # asked for one byte more and did not get it: this is the end
        parts = [raw]
        left = LARGEST + 1 - len(raw)
        while parts[-1] and left > 0:
            parts.append(os.read(opened, left))
            left -= len(parts[-1])
        return stamp, b"".join(parts)
    finally:
        os.close(opened)


_OPEN = os.O_RDONLY
for _flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):
    _OPEN |= getattr(os, _flag, 0)  # not every system has them all


def _unreadable(path: str, error: OSError) -> Problem:
    return _disk_fault(path, error) or Problem(
        show_path(path), 0, "unreadable", f"cannot be read: {_reason(error)}"
    )


def _disk_fault(path: str, error: OSError) -> Problem | None:
    """Tell of a fault of the disk: what it does not give now is there all the same."""
    if error.errno not in _FAULTS:
        return None
    return Problem(show_path(path), 0, DISK, f"cannot be read: {_reason(error)}")


DISK = "disk"
"""Code of the problem that something could not be read for a fault of the disk."""
_FAULTS = {
    getattr(errno, name)
    for name in "EIO ENXIO ENODEV ESTALE ETIMEDOUT ENOTCONN EHOSTDOWN EREMOTEIO".split()
    if hasattr(errno, name)
}


def _reason(error: OSError) -> str:
    if error.errno == errno.ELOOP:
        return "it is a link"
    return error.strerror or type(error).__name__
