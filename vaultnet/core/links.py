"""Which note a link means: from what is written in brackets to a path, as Obsidian finds it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from vaultnet.core.frozen import fresh, frozen
from vaultnet.core.markup import links_in_value
from vaultnet.core.model import Link, Note, Problem, Severity, Value
from vaultnet.core.text import clean

_LONGEST = 4096
"""Characters of a target that may lead somewhere: no system opens a longer path."""
_SHOWN = 5
"""Links of one line that a hint names."""
_ALIAS_KEYS = frozenset({"alias", "aliases"})
DEEPEST = 32
"""Folders of a path's end by which a link can name it; its whole path always can."""


@frozen
class LinkIndex:
    """Every note of the vault under all the names by which a link may reach it.

    Build it with `index_links`. Each question costs a few look-ups, however large the vault.
    """

    exact: Mapping[str, str] = fresh(factory=dict)
    """Path from the root, as it is spelled and folded (`people/ada.md`) -> path."""
    endings: Mapping[str, str] = fresh(factory=dict)
    """Folded end of a path (`ada.md`, `people/ada.md`) -> the shortest path that ends so."""
    crowded: frozenset[str] = frozenset()
    """Folded base names that several notes bear."""
    aliases: Mapping[str, str | None] = fresh(factory=dict)
    """Folded alias -> path; None where several notes claim it."""

    def resolve(self, source: str, target: str) -> str | None:
        """Find the note that a link in the note `source` means; an alias counts as well.

        `target` is a name or a path, with or without `.md`: `Ada`, `People/Ada`, `../Ada.md`. An
        empty one (`[[#Heading]]`) means the source itself.
        """
        return self.resolve_name(source, target) or self.resolve_alias(target)

    def resolve_name(self, source: str, target: str) -> str | None:
        """Find the note that Obsidian opens: by exact path, own folder, then shortest path."""
        wanted = target.strip()
        if not wanted or len(wanted) > _LONGEST:
            return None if wanted else source or None
        if target != wanted:  # a file's name may end in a blank
            blank = self._at(f"{target}.md") or self.endings.get(fold(f"{target}.md"))
            if blank:
                return blank
        folder = source.rpartition("/")[0]
        for file in _file_names(wanted):
            if wanted.startswith("/"):
                found = self._at(file.lstrip("/"))
            elif wanted.startswith(("./", "../")):
                found = self._at(_join(folder, file))
            else:
                found = (
                    self._at(file) or self._at(f"{folder}/{file}") or self.endings.get(fold(file))
                )
            if found:
                return found
        return None

    def resolve_alias(self, target: str) -> str | None:
        """Find the one note that bears this alias; Obsidian leaves such a link unresolved."""
        return self.aliases.get(fold(target.strip())) if len(target) <= _LONGEST else None

    def best_link(self, path: str) -> str:
        """Name the shortest target by which Obsidian reaches this note from anywhere.

        `Ada Lovelace` where only one note of the vault is called so, else `People/Ada Lovelace`.
        """
        stem = path[:-3]
        name = stem.rpartition("/")[2]
        other = self.endings.get(fold(f"{name}.md"), path)
        return name if other == path and fold(name) not in self.crowded else stem

    def _at(self, path: str) -> str | None:
        return self.exact.get(compose(path)) or self.exact.get(fold(path))


def index_links(paths: Iterable[str], notes: Iterable[Note] = ()) -> LinkIndex:
    """Index the paths of all notes, and the aliases that the notes read so far give themselves."""
    return index_names(paths, {note.path: read_aliases(note) for note in notes})


def index_names(paths: Iterable[str], aliases: Mapping[str, Iterable[str]]) -> LinkIndex:
    """Index the paths of all notes, and the aliases that they give themselves, by path."""
    exact: dict[str, str] = {}
    endings: dict[str, str] = {}
    crowded: set[str] = set()
    ordered = sorted(sorted(set(paths)), key=len)
    for path in ordered:
        folded = fold(path)
        exact.setdefault(folded, path)
        ending = folded.rpartition("/")[2]
        if ending in endings:
            crowded.add(ending[:-3])
        endings.setdefault(ending, path)
        cut = len(folded) - len(ending)
        for _ in range(DEEPEST):
            if cut <= 0:
                break
            cut = folded.rfind("/", 0, cut - 1) + 1
            endings.setdefault(folded[cut:], path)
    # Where `Ada.md` and `ada.md` are two notes, each is reached by its own spelling.
    exact.update((compose(path), path) for path in ordered)
    return LinkIndex(exact, endings, frozenset(crowded), _index_aliases(aliases))


def find_alias_links(notes: Iterable[Note], index: LinkIndex) -> tuple[Problem, ...]:
    """Hint at every line that links by an alias, in the order of path and line.

    `[[Ada]]` where Ada is an alias: Obsidian wants `[[Ada Lovelace|Ada]]`.
    """
    return tuple(
        sorted(
            Problem(
                note.path,
                number,
                "alias-link",
                f"{_listed(written)} {'is an alias' if len(written) == 1 else 'are aliases'}, "
                f"which Obsidian leaves unresolved: write {_listed(better)}",
                Severity.HINT,
            )
            for note in notes
            for number, written, better in _alias_lines(note, index)
        )
    )


def fold(text: str) -> str:
    """Bring a name or path into the form in which Obsidian compares: composed, without case."""
    return text.lower() if text.isascii() else _fold_beyond_ascii(text)


@lru_cache(maxsize=1 << 16)
def _fold_beyond_ascii(text: str) -> str:
    return compose(compose(text).casefold())


def compose(text: str) -> str:
    """Bring a name or path into the form in which it is spelled."""
    if text.isascii():
        return text
    # Obsidian reads a no-break space in a name as a space.
    return unicodedata.normalize("NFC", text).replace("\xa0", " ")


def _file_names(target: str) -> tuple[str, ...]:
    # `[[Dr.md]]` may have lost its ending already, or not yet: `Dr.md.md` is rare but legal.
    with_ending = f"{target}.md"
    return (with_ending, target) if target[-3:].lower() == ".md" else (with_ending,)


def _join(folder: str, relative: str) -> str:
    """Walk from a folder: `People/Old` and `../Ada.md` give `People/Ada.md`; '' above the root."""
    parts = folder.split("/") if folder else []
    for step in relative.split("/"):
        if step == "..":
            if not parts:
                return ""
            parts.pop()
        elif step not in {"", "."}:
            parts.append(step)
    return "/".join(parts)


def _index_aliases(given: Mapping[str, Iterable[str]]) -> dict[str, str | None]:
    aliases: dict[str, str | None] = {}
    for path, names in given.items():
        for shown in names:
            alias = fold(shown)
            aliases[alias] = path if aliases.get(alias, path) == path else None
    return aliases


def read_aliases(note: Note) -> tuple[str, ...]:
    """Read the aliases that a note gives itself, as they are written."""
    values = [found.value for found in note.properties if found.key.lower() in _ALIAS_KEYS]
    if not values:  # as in most notes
        return ()
    texts = [text.strip() for value in values for text in _split_aliases(value)]
    return tuple(filter(None, texts))


def _split_aliases(value: Value) -> list[str]:
    if isinstance(value, str):
        return value.split(",")
    if isinstance(value, list):
        return [item for item in value if isinstance(item, str)]
    return []


def _alias_lines(note: Note, index: LinkIndex) -> Iterator[tuple[int, list[str], list[str]]]:
    """Yield (line, links as written, links as they should be) of each line that has such links."""
    for found in note.properties:
        if isinstance(found.value, (str, list)):
            links = [(link, f"[[{link.target}]]") for link in links_in_value(found.value)]
            yield from _alias_line(note.path, found.line, links, index)
    for line in note.lines:
        if line.links:
            links = [(link, line.text[link.start : link.end]) for link in line.links]
            yield from _alias_line(note.path, line.number, links, index)


def _alias_line(
    source: str, number: int, links: list[tuple[Link, str]], index: LinkIndex
) -> Iterator[tuple[int, list[str], list[str]]]:
    meant = [
        (written, _mend(link, written, index.best_link(path)))
        for link, written in links
        if (path := index.resolve_alias(link.target))
        and not index.resolve_name(source, link.target)
    ]
    if meant:
        yield number, [written for written, _ in meant], [mended for _, mended in meant]


def _mend(link: Link, written: str, best: str) -> str:
    """Write a link as Obsidian resolves it: `[[Ada#Log]]` becomes `[[Ada Lovelace#Log|Ada]]`."""
    start = f"[[{link.target}"
    if not written.startswith(start):
        return f"[[{best}|{link.shown}]]"
    rest = written[len(start) : -2]
    return f"[[{best}{rest}]]" if "|" in rest else f"[[{best}{rest}|{link.target}]]"


def _listed(words: list[str]) -> str:
    distinct = list(dict.fromkeys(words))
    shown = distinct if len(distinct) <= _SHOWN else [*distinct[:_SHOWN], "others"]
    return clean(" and ".join(shown))
