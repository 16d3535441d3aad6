"""Path and bytes -> Source: which notes are read, and how bytes become text (the contract, 2.1).

The disk and git give the same notes by the same rules.
"""

from __future__ import annotations

import fnmatch
import re
import unicodedata
import warnings
from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter

from vaultnet.core.frozen import frozen
from vaultnet.core.model import Obsidian, Problem, Settings, Severity, Source

LARGEST = 1 << 20
"""Bytes of the largest note that is read."""


def decode(path: str, raw: bytes) -> Source | Problem:
    """Turn the bytes of a note into its text, or tell of the first thing that is no text."""
    wrong = []
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        wrong.append((0, "is UTF-16"))
    if b"\0" in raw:
        wrong.append((raw.index(b"\0"), "holds a NUL byte"))
    if b"\r" in raw and (lone := re.search(_LONE_CR, raw)):
        wrong.append((lone.start(), "has a line that ends in CR alone"))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        wrong.append((error.start, f"has the byte 0x{raw[error.start]:02x}, which is no UTF-8"))
    else:
        if not wrong:
            return Source(path, text.removeprefix("\ufeff"))
    # The order of the list decides where two are at one place: a UTF-16 mark is no stray byte.
    offset, what = min(wrong, key=itemgetter(0))
    message = f"{what} and was not read: save it as UTF-8 with line ends LF or CRLF"
    return Problem(path, raw.count(b"\n", 0, offset) + 1, "encoding", message)


_LONE_CR = rb"\r(?!\n)"


# --- names --------------------------------------------------------------------------------


def is_note(path: str) -> bool:
    """Whether a file is a note by its name."""
    return path[-3:].lower() == ".md"


def is_well_named(path: str) -> bool:
    """Whether a path can stand in a note, and in a message."""
    return path.isprintable() or not re.search(_BAD, path)


_BAD = r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]"
"""Control characters, line ends, and the bytes of a name that is no UTF-8."""


def badly_named(path: str) -> Problem:
    """Tell of the first folder or file in a path whose name cannot stand in a note."""
    parts = path.split("/")
    wrong = next(number for number, part in enumerate(parts) if re.search(_BAD, part))
    what = "file, so it is" if wrong == len(parts) - 1 else "folder, so its notes are"
    message = f"control characters, or bytes that are no UTF-8, are in the name of this {what} not read: rename it"
    return Problem(show_path("/".join(parts[: wrong + 1])), 0, "name", message)


def find_copier(path: str, exists: Callable[[str], bool]) -> str:
    """Name the program that made this file when two devices had changed one note, or ''.

    `exists` says whether there is a file of a path; a path may be any, if only it is of one kind.
    """
    stem = path[:-3].rpartition("/")[2]
    if "onfli" in stem.lower():
        if re.search(_SYNCTHING, stem):
            return "Syncthing"
        if copy := re.search(_CONFLICTED, stem):
            return "Obsidian Sync" if re.search(_STAMP, copy[0]) else "Dropbox"
    if "-" in stem and (host := re.search(_HOST, stem)):
        copied = f"{path[: len(path) - 3 - len(stem) + host.start()]}{path[-3:]}"
        if exists(copied):
            return "OneDrive"
    return ""


# What few names need is compiled for the first of them, here as below and above.
_SYNCTHING = r"\.sync-conflict-\d{8}-\d{6}(?:-[A-Z2-7]{7})?$"
"""`Ada.sync-conflict-20260101-120000-ABCDEFG`: docs.syncthing.net/users/syncing.html."""
_CONFLICTED = (
    r"(?i) \((?=[^()]*(?:conflicted copy|in konflikt stehende kopie|copie en conflit|copia en conflicto))"
    r"[^()]*(?:\(\d+\)[^()]*)?\)(?: ?\(\d+\))?$"
)
"""`Ada (Bo's conflicted copy 2026-01-01)`, `Ada (Conflicted copy desk 202601011200)`."""
_STAMP = r"^ \(Conflicted copy .*\b\d{12}\b"
"""Obsidian Sync ends in a time without dashes, Dropbox in a date with them."""
_HOST = r"-(?:DESKTOP|LAPTOP|WIN|SURFACE|PC)-[A-Z0-9]{4,15}(?:-\d{1,3})?$"
"""`Ada-DESKTOP-AB12CD3`: OneDrive adds the computer's name, Windows makes such names."""


def conflict_copy(path: str, maker: str) -> Problem:
    """Say that a note was left out because a program made it."""
    message = f"is a conflict copy made by {maker} and was not read: merge it into its note, then delete it"
    return Problem(path, 0, "conflict-copy", message, Severity.WARNING)


# --- what is ignored ----------------------------------------------------------------------


@frozen
class Ignored:
    """Which folders and notes are not read: settings, excluded files, templates."""

    starts: tuple[str, ...]
    """Beginnings of a folded path that ends in a slash."""
    globs: tuple[re.Pattern[str], ...]
    """Of a whole folded path."""
    patterns: tuple[re.Pattern[str], ...]
    """Obsidian's regular expressions, found anywhere in a note's path as it is written."""

    def has_folder(self, path: str) -> bool:
        """Whether nothing in this folder is read."""
        if not (self.starts or self.globs):
            return False
        folded = fold_path(path)
        return f"{folded}/".startswith(self.starts) or any(
            glob.match(folded) for glob in self.globs
        )

    def has_note(self, path: str) -> bool:
        """Whether this note is not read, its folders left out of account."""
        if self.has_folder(path):
            return True
        if not self.patterns:
            return False
        composed = unicodedata.normalize("NFC", path)
        return any(pattern.search(composed) for pattern in self.patterns)

    def has(self, path: str) -> bool:
        """Whether this note is not read for its own sake or for one of its folders'."""
        return self.has_note(path) or any(self.has_folder(folder) for folder in folders_above(path))


def read_ignored(settings: Settings, obsidian: Obsidian) -> tuple[Ignored, list[Problem]]:
    """Understand what is not to be read; what cannot be understood is a problem."""
    starts, globs, patterns, problems = [], [], [], []
    for given in settings.ignore:
        path = fold_path(given.replace("\\", "/").strip().removeprefix("./").strip("/"))
        if re.search(_GLOB, path):
            # A leading `**/` means "at any depth" to whoever knows it from git: the root included.
            globs += [
                re.compile(fnmatch.translate(each)) for each in {path, path.removeprefix("**/")}
            ]
        elif path:
            starts.append(f"{path}/")
    starts += [f"{fold_path(folder)}/" for folder in obsidian.template_folders]
    if len(obsidian.ignore_filters) > _MOST_FILTERS:
        message = f"of the excluded files only the first {_MOST_FILTERS} are heeded"
        problems.append(Problem(".obsidian/app.json", 0, "ignore-filter", message, Severity.HINT))
    for given in obsidian.ignore_filters[:_MOST_FILTERS]:
        if len(given) > 2 and given.startswith("/") and given.endswith("/"):
            pattern = _compile(given[1:-1])
            if isinstance(pattern, str):
                message = f"the excluded files' '{show_path(given[:60])}' {pattern}: it is left out of account"
                problems.append(
                    Problem(".obsidian/app.json", 0, "ignore-filter", message, Severity.HINT)
                )
            else:
                patterns.append(pattern)
        elif start := fold_path(given.strip().lstrip("/")):
            starts.append(start)
    return Ignored(tuple(starts), tuple(globs), tuple(patterns)), problems


_GLOB = r"[*?\[]"
_MOST_FILTERS = 500
"""Every note is held against each."""


def _compile(pattern: str) -> re.Pattern[str] | str:
    """Compile a regular expression of Obsidian, or say why not."""
    if _is_greedy(pattern):
        return "could take very long"
    try:
        with warnings.catch_warnings():
            # `[[]` is plain JavaScript; Python only warns that its meaning may change one day.
            warnings.simplefilter("ignore")
            return re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        return "is no regular expression that Python understands"


def _is_greedy(pattern: str) -> bool:
    """Whether matching may take more than a small power of the path's length.

    So it is where what is repeated holds a repetition or a choice (`(a+)+`, `(a|a)*`), with back
    references, and with many repetitions one after the other (`.*.*.*.*`).
    """
    if len(pattern) > 500 or "(?P=" in pattern:
        return True
    cost = 0
    groups = [False]  # for every open group: whether it holds a repetition or a choice
    closed = False  # whether the group that ends just here does
    before = ""
    for sign in re.findall(_SIGN, pattern):
        if sign in {"*", "+"} or sign[0] == "{":
            if closed:
                return True
            if not re.fullmatch(_EXACTLY, sign):
                cost += 3
                groups[-1] = True
        elif sign == "?" and before not in _REPEATS:
            cost += 1
            groups[-1] = True
            before = sign
            continue  # `(…)?+` still speaks of the group before
        elif sign[0] == "\\" and sign[1:2].isdigit():
            return True
        elif sign == "|":
            # One choice after another multiplies: `(a|a)(a|a)(a|a)`.
            cost += 0 if groups[-1] or len(groups) == 1 else 2
            groups[-1] = True
        elif sign[0] == "(":
            groups.append(False)
        closed = sign == ")" and len(groups) > 1 and groups.pop()
        groups[-1] = groups[-1] or closed
        before = sign
    return cost > 10


_SIGN = r"(?s)\\.?|\[\^?\]?(?:[^\]\\]|\\.)*\]?|\{\d*,?\d*\}|\(\?|."
_EXACTLY = r"\{\d+\}"
_REPEATS = {"*", "+", "?"}


# --- paths --------------------------------------------------------------------------------


def fold_path(path: str) -> str:
    """Give a path in the form in which two are compared: composed, and in lower case."""
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path).lower()


def fold_paths(paths: Iterable[str]) -> list[str]:
    """Fold many paths, none of which holds a line end: all at once, which is far quicker."""
    together = "\n".join(paths)
    return fold_path(together).split("\n") if together else []


def folders_above(path: str) -> Iterator[str]:
    """Give the folders above a note, the outermost first: `a/b/c.md` -> `a`, `a/b`."""
    for slash in re.finditer("/", path):
        yield path[: slash.start()]


def show_path(path: str) -> str:
    r"""Make a path fit for a message: `Ada\n.md` in place of a name with a line end in it."""
    return re.sub(_BAD, lambda bad: bad[0].encode("unicode_escape").decode("ascii"), path)
