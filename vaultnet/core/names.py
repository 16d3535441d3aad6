"""A name as somebody types it becomes the contacts it may mean; and names that stand unlinked."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import TypeAlias

from vaultnet.core.frozen import frozen
from vaultnet.core.model import Contact, Note, Standing, Warmth
from vaultnet.core.pattern import lazy_pattern


def find_contacts(contacts: Sequence[Contact], wanted: str) -> tuple[Contact, ...]:
    """Find whom a name, an alias, a part of one, or a path means (contract, section 6).

    What fits exactly comes before what fits in part: `ada` finds the note `Ada` alone, though
    there is an `Ada Lovelace` too. Case and accents are free.
    """
    path = wanted.strip().removeprefix("./")
    by_path = [c for c in contacts if c.path in {path, f"{path}.md"}]
    if by_path:
        return tuple(by_path)
    name = _plain(path.removesuffix(".md"))
    if not name:
        return ()
    for fits in (_is_called, _begins, _holds):
        found = [c for c in contacts if any(fits(called, name) for called in _names(c))]
        if found:
            return tuple(found)
    return ()


def _names(contact: Contact) -> Iterator[str]:
    yield _plain(contact.name)
    yield _plain(contact.title)
    for alias in contact.aliases:
        yield _plain(alias)


def _is_called(called: str, name: str) -> bool:
    return called == name


def _begins(called: str, name: str) -> bool:
    return any(called.startswith(name, at) for at in _word_starts(called))


def _holds(called: str, name: str) -> bool:
    words = iter(called.split())
    return name in called or all(any(w.startswith(part) for w in words) for part in name.split())


def _word_starts(text: str) -> Iterator[int]:
    yield 0
    for at, char in enumerate(text[:-1]):
        if not char.isalnum():
            yield at + 1


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(_WORD.findall(bare.casefold()))


@frozen
class Unlinked:
    """A line that names a contact in full without linking them."""

    source: str
    line: int
    contact: str
    """Path."""
    text: str


def find_unlinked(notes: Iterable[Note], contacts: Iterable[Contact]) -> tuple[Unlinked, ...]:
    """Find lines in which a contact's full name stands as bare text.

    Only names of two words and more: `Ada` alone is too often somebody else, and so is a name that
    many bear.
    """
    called = _index_names(contacts)
    if not called:
        return ()
    return tuple(
        Unlinked(note.path, number, path, text)
        for note in notes
        if not note.plan
        for number, text in _bare_lines(note)
        for path in _named(text, called)
        if path != note.path
    )


_LONGEST = 100
"""Characters of a name that is looked for."""
_NAMESAKES = 3
"""How many may bear a name that is looked for."""

_Called: TypeAlias = Mapping[tuple[str, ...], Mapping[int, Mapping[str, tuple[str, ...]]]]
"""First two words -> length of a name -> the name -> the paths of those who bear it."""


def _index_names(contacts: Iterable[Contact]) -> _Called:
    bearers: dict[str, list[str]] = {}
    for contact in contacts:
        for name in {contact.name, contact.title, *contact.aliases}:
            if 5 <= len(name) <= _LONGEST:
                bearers.setdefault(name.casefold().strip(), []).append(contact.path)
    called: dict[tuple[str, ...], dict[int, dict[str, tuple[str, ...]]]] = {}
    for name, paths in bearers.items():
        words = tuple(_WORD.findall(name)[:2])
        if len(words) == 2 and len(paths) <= _NAMESAKES:
            called.setdefault(words, {}).setdefault(len(name), {})[name] = tuple(paths)
    return called


def _bare_lines(note: Note) -> Iterator[tuple[int, str]]:
    for line in note.lines:
        parts = []
        end = 0
        for link in line.links:
            parts.append(line.text[end : link.start])
            end = link.end
        yield line.number, "\0".join((*parts, line.text[end:]))


_WORD = lazy_pattern(r"\w+")


def _named(text: str, called: _Called) -> list[str]:
    folded = text.casefold()
    found: dict[str, None] = {}
    for word, following in pairwise(_WORD.finditer(folded)):
        for size, names in called.get((word[0], following[0]), {}).items():
            end = word.start() + size
            paths = names.get(folded[word.start() : end])
            if paths and not folded[end : end + 1].isalnum():
                found.update(dict.fromkeys(paths))
    return list(found)


def choose_standings(
    standings: Iterable[Standing],
    *,
    rings: Sequence[str] = (),
    warmths: Sequence[str] = (),
    company: str = "",
    order: str = "name",
) -> tuple[Standing, ...]:
    """Choose standings by ring, warmth and company, from the inside out.

    `order` within a ring is name, due (earliest first), last (the longest silence first) or warmth.
    """
    wanted = _plain(company)
    chosen = [
        standing
        for standing in standings
        if (not rings or standing.ring.word in rings)
        and (not warmths or standing.warmth.value in warmths)
        and wanted in _plain(standing.contact.company)
    ]
    by_name = sorted(chosen, key=lambda s: (_plain(s.contact.title), s.contact.path))
    orders: dict[str, Callable[[Standing], object]] = {
        "due": lambda s: s.due or date.max,
        "last": lambda s: s.last_exchange or date.min,
        "warmth": lambda s: list(Warmth).index(s.warmth),
    }
    if order in orders:
        by_name.sort(key=orders[order])  # type: ignore[arg-type]  # each key gives one comparable type
    return tuple(sorted(by_name, key=lambda s: s.ring))
