"""What git is asked about a vault: its commits, what changed between two, what stood in a file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from vaultnet.core.calendar import parse_day
from vaultnet.core.frozen import frozen
from vaultnet.errors import NoHistoryError, UsageError
from vaultnet.history.process import PATIENCE, Answer, Git, ask, find_git


@frozen
class Repository:
    """A vault's place in the repository that remembers it."""

    git: Git
    prefix: bytes
    """The vault's folder within the repository, as `notes/vault/`; empty where it is the whole."""
    shallow: bool
    """Whether only the newest commits were fetched."""


@frozen
class Commit:
    """A commit, and the day on which it was made."""

    id: str
    tree: str
    day: date
    """Of the committer, in the time zone in which they were."""


@frozen
class Change:
    """A note that came, went, changed or was renamed from one tree to another."""

    path: str
    """From the vault's root; of the note that has gone, where nothing took its place."""
    blob: str
    """Id of what stands there now; empty: nothing."""
    before: str = ""
    """The path before a rename; else empty."""
    link: bool = False
    """Whether a symbolic link stands there now."""


def open_repository(
    root: Path, environ: Mapping[str, str], patience: float = PATIENCE
) -> Repository:
    """Find the repository that holds the vault; `NoHistoryError` where there is none to ask."""
    git = find_git(os.path.realpath(root), environ, patience)
    try:
        with ask(git, _WHERE) as answer:
            inside, shallow = answer.read_line(), answer.read_line()
            prefix = answer.read(_LONGEST_PATH)[:-1]  # may hold a line end itself, so it comes last
    except NoHistoryError as error:
        raise _in_our_words(error) from error
    if inside != b"true\n":
        raise NoHistoryError("git keeps its work tree elsewhere")
    return Repository(git, prefix, shallow=shallow == b"true\n")


def list_commits(repository: Repository, rev: str = "HEAD") -> tuple[Commit, ...]:
    """List the commits of the first-parent line up to `rev`, oldest first."""
    if not rev or rev.startswith(("-", "^")) or ".." in rev or not rev.isprintable():
        raise UsageError(f"'{rev}' names no commit: give a branch, a tag or an id.")
    args = ("rev-list", "--first-parent", "--reverse", "--format=%T %cI", f"{rev}^{{commit}}", "--")
    try:
        with ask(repository.git, args) as answer:
            told = answer.read_all().decode("ascii", "replace").split("\n")
    except NoHistoryError as error:
        if "unknown revision" not in str(error) and "bad revision" not in str(error):
            raise
        if rev == "HEAD":
            raise NoHistoryError("nothing has been committed yet") from error
        raise UsageError(f"'{rev}' names no commit: give a branch, a tag or an id.") from error
    commits = []
    for first, second in zip(told[0::2], told[1::2], strict=False):
        tree, _, when = second.partition(" ")
        # A date that git itself cannot read tells no week.
        if day := parse_day(when):
            commits.append(Commit(first.removeprefix("commit "), tree, day))
    return tuple(commits)


def compare(repository: Repository, trees: Sequence[str]) -> Iterator[tuple[Change, ...]]:
    """Tell for each tree in turn what changed in the vault's notes since the one before.

    The first is compared with nothing, so that all its notes have come. Renames are found as git
    finds them.
    """
    if not trees:
        return
    pairs = zip((_EMPTY_TREES[len(trees[0])], *trees), trees, strict=False)
    lines = (f"{before} {after}" for before, after in pairs)
    # A single star, which leaps over folders, is several times faster than the glob `**/*.md`.
    notes = f":(top,icase){_escape(repository.prefix)}*.md"
    with ask(repository.git, (*_COMPARE, "--", notes), lines) as answer:
        for told in _split_pairs(answer):
            yield tuple(_read_changes(told, repository.prefix))


def read_blobs(repository: Repository, ids: Iterable[str], largest: int) -> Iterator[bytes | None]:
    """Read what stood in files, in the order of their ids; None for what is not here.

    Of what is larger than `largest` bytes, one byte more than that is given.
    """
    wanted = list(ids)
    with ask(repository.git, ("cat-file", "--batch", "--buffer"), wanted) as answer:
        for _ in wanted:
            yield _read_object(answer, largest)


# --- the questions ------------------------------------------------------------------------

_WHERE = ("rev-parse", "--is-inside-work-tree", "--is-shallow-repository", "--show-prefix")
_LONGEST_PATH = 1 << 16
_COMPARE = (
    *("diff-tree", "--stdin", "-r", "-z", "--raw", "--no-abbrev", "--no-relative"),
    *("--no-ext-diff", "--no-textconv", "--ignore-submodules=all"),
    # At most 400 x 400 notes that came and went in one week are compared by what they say.
    *("--find-renames", "-l400"),
)
_EMPTY_TREES = {
    40: "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    64: "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
}
"""By the length of ids: git knows the tree that holds nothing without having it stored."""


def _in_our_words(error: NoHistoryError) -> NoHistoryError:
    words = str(error)
    if "dubious ownership" in words:
        return NoHistoryError(
            "git does not trust this repository, which belongs to somebody else; if you do, "
            "`git config --global --add safe.directory` with its folder says so"
        )
    if "not a git repository" in words or "cannot use bare repository" in words:
        return NoHistoryError("it is not kept in git")
    return error


def _escape(prefix: bytes) -> str:
    """Take the meaning off the characters of a pattern: the folder `no[t]es` is no choice."""
    return os.fsdecode(re.sub(rb"[*?\[\]\\]", rb"\\\g<0>", prefix))


# --- what changed -------------------------------------------------------------------------


def _split_pairs(answer: Answer) -> Iterator[list[bytes]]:
    """Cut the raw format of diff-tree into the fields of each pair of trees.

    `tree tree LF` opens a pair, and each of its entries is `:modes ids status NUL path NUL`, with a
    second path for a rename.
    """
    told: list[bytes] | None = None
    paths = 0  # how many paths of the present entry are still to come
    for found in _split_fields(answer):
        field = found
        if paths:
            paths -= 1
        else:
            while not field.startswith(b":"):
                if told is not None:
                    yield told
                told = []
                field = field.partition(b"\n")[2]
                if not field:
                    break
            if not field:
                continue
            paths = 2 if b"R" in field[-4:] else 1
        if told is not None:
            told.append(field)
    if told is not None:
        yield told


def _split_fields(answer: Answer) -> Iterator[bytes]:
    rest = b""
    while some := answer.read_some():
        *fields, rest = (rest + some).split(b"\0")
        yield from fields
    if rest:
        yield rest


def _read_changes(fields: Iterable[bytes], prefix: bytes) -> Iterator[Change]:
    left = iter(fields)
    for entry in left:
        _, mode, _, blob, status = entry.split(b" ")
        first = _path_below(prefix, next(left))
        last = _path_below(prefix, next(left)) if status[:1] == b"R" else first
        kind = mode[:2]
        if last and kind in {b"10", b"12"}:  # a file, a link; a submodule is somebody else's
            before = first if first and first != last else ""
            yield Change(last, blob.decode("ascii"), before, link=kind == b"12")
        elif first:
            yield Change(first, "")


def _path_below(prefix: bytes, path: bytes) -> str:
    """Give a path from the vault's root; empty for one in a folder of another spelling."""
    if not path.startswith(prefix):
        return ""
    return path[len(prefix) :].decode("utf-8", "surrogateescape")


# --- what stood there ---------------------------------------------------------------------


def _read_object(answer: Answer, largest: int) -> bytes | None:
    """Read one object: `id blob size LF`, that many bytes, LF; or `id missing LF`."""
    head = answer.read_line().split()
    if len(head) != 3 or not head[2].isdigit():
        return None
    left = int(head[2]) + 1
    kept = answer.read(min(left, largest + 1))
    left -= len(kept)
    while left > 0 and (skipped := answer.read(min(left, 1 << 20))):
        left -= len(skipped)
    if head[1] != b"blob":
        return None
    return kept[: int(head[2])]
