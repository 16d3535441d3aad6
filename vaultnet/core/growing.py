"""Where links lead while notes come and go: what a name means is decided anew when it may change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from vaultnet.core.links import DEEPEST, LinkIndex, compose, fold


class GrowingLinks:
    """An index of links to which notes come, and from which they go."""

    def __init__(self) -> None:
        """Begin with no notes."""
        self._exact: dict[str, str] = {}
        self._endings: dict[str, str] = {}
        self._aliases: dict[str, str | None] = {}
        self.index = LinkIndex(self._exact, self._endings, frozenset(), self._aliases)
        """It grows along; only `best_link` is not for it to tell."""
        self._spelled: dict[str, set[str]] = {}
        self._folded: dict[str, set[str]] = {}
        self._ending: dict[str, set[str]] = {}
        self._bearers: dict[str, set[str]] = {}
        self._known: dict[str, tuple[str, ...]] = {}
        self.touched: set[str] = set()
        """Names that may lead elsewhere than before; to be emptied by whoever has seen to them."""

    def add(self, path: str) -> None:
        """Let a note come."""
        names = _names_of(path)
        for index, key in self._keys(names):
            index.setdefault(key, set()).add(path)
        self._decide(names)

    def remove(self, path: str) -> None:
        """Let a note go; its aliases are to be taken off first."""
        names = _names_of(path)
        for index, key in self._keys(names):
            index[key].discard(path)
            if not index[key]:
                del index[key]
        self._decide(names)

    def set_aliases(self, path: str, aliases: Iterable[str]) -> None:
        """Let a note bear these aliases and no others."""
        new = tuple(map(fold, aliases))
        old = self._known.pop(path, ())
        if new:
            self._known[path] = new
        if old == new:
            return
        for alias in old:
            self._bearers[alias].discard(path)
        for alias in new:
            self._bearers.setdefault(alias, set()).add(path)
        for alias in {*old, *new}:
            self.touched.add(alias)
            bearers = self._bearers[alias]
            if bearers:
                self._aliases[alias] = next(iter(bearers)) if len(bearers) == 1 else None
            else:
                del self._aliases[alias], self._bearers[alias]

    def touch(self, path: str) -> None:
        """Remember that whatever leads to this note is to be looked at again."""
        self.touched.add(_bare_name(path))
        self.touched.update(self._known.get(path, ()))

    def _keys(self, names: _Names) -> Iterator[tuple[dict[str, set[str]], str]]:
        yield self._spelled, names.composed
        yield self._folded, names.folded
        for ending in names.endings:
            yield self._ending, ending

    def _decide(self, names: _Names) -> None:
        """Decide anew where all leads that could lead to this note, as `index_names` does."""
        self.touched.add(names.bare)
        for key in {names.composed, names.folded}:
            spelled = self._spelled.get(key)
            found = max(spelled, key=_rank) if spelled else _first(self._folded.get(key))
            _put(self._exact, key, found)
        for ending in names.endings:
            _put(self._endings, ending, _first(self._ending.get(ending)))


def asked_names(target: str) -> tuple[str, str]:
    """Give the names on which it hangs where a link leads: a note's, and an alias."""
    return _bare_name(target), fold(target.strip())


def _bare_name(path: str) -> str:
    name = fold(path.strip().rpartition("/")[2])
    while name.endswith(".md"):
        name = name[:-3]
    return name.strip()


class _Names(NamedTuple):
    """The names by which a link may reach a note."""

    composed: str
    folded: str
    endings: tuple[str, ...]
    bare: str


def _names_of(path: str) -> _Names:
    folded = fold(path)
    return _Names(compose(path), folded, tuple(_endings_of(folded)), _bare_name(path))


def _endings_of(folded: str) -> Iterator[str]:
    cut = len(folded)
    for _ in range(DEEPEST + 1):
        if cut <= 0:
            break
        cut = folded.rfind("/", 0, cut - 1) + 1
        yield folded[cut:]


def _first(paths: set[str] | None) -> str | None:
    """Give the shortest of some paths."""
    if not paths:
        return None
    return next(iter(paths)) if len(paths) == 1 else min(paths, key=_rank)


def _rank(path: str) -> tuple[int, str]:
    return len(path), path


def _put(index: dict[str, str], key: str, path: str | None) -> None:
    if path is None:
        index.pop(key, None)
    else:
        index[key] = path
