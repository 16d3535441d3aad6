"""Words become sentences: a wording is chosen, and what it speaks of is put in."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection

from vaultnet.core.marks import hash_line
from vaultnet.core.markup import blank_inline, find_links
from vaultnet.core.model import Ref, Said, Words
from vaultnet.core.text import link, printable, short
from vaultnet.render.own import Fault, Own, blame
from vaultnet.render.phrases import Phrasebook, Safe, load_built_in
from vaultnet.render.proof import find_danger
from vaultnet.render.spoken import Spoken

LinkText = Callable[[str], str]
"""Path of a note -> what a link to it names, without `.md`."""


class Speaker:
    """Says words: the same words always alike within one plan, and no phrase twice if it can vary.

    A phrase of the vault's that fails raises `Fault`; a built-in one that is missing, `KeyError`.
    """

    def __init__(self, link_text: LinkText, own: Own, spoken: Spoken) -> None:
        """Take the vault's own phrases where it has them, and else what was `spoken` before."""
        self._link_text = link_text
        self._own = own.book
        self._spoken = spoken
        self._said: dict[int, Safe] = {}
        self._kept: list[Words] = []
        self._used: dict[str, set[int]] = {}

    def say(self, words: Words) -> Safe:
        """Find a phrase, or the wording that suits these words and was not used yet."""
        if id(words) not in self._said:
            variants = self._book(words).variants(words.phrase)
            used = self._used.setdefault(words.phrase, set())
            if len(used) >= len(variants):
                used.clear()
            seed = hashlib.sha256(repr(sorted(words.values.items())).encode()).digest()[0]
            turns = [(seed + n) % len(variants) for n in range(len(variants))]
            self._remember(words, next(n for n in turns if n not in used))
        return self._said[id(words)]

    def say_again(self, words: Words, known: frozenset[str], before: str, behind: str = "") -> None:
        """Settle on the wording that stands on disk already, between these two parts of a line."""
        book = self._book(words)
        variants = book.variants(words.phrase)
        for n, name in enumerate(variants):
            if (
                len(variants) > 1
                and hash_line(f"{before}{self._speak(book, name, words)}{behind}") in known
            ):
                self._remember(words, n)
                return

    def check_links(self, words: Words) -> None:
        """See that a sentence links the people whom a tick will be read as one for."""
        people = {
            self._link_text(value.path): key
            for key, value in words.values.items()
            if key in _PEOPLE and isinstance(value, Ref)
        }
        built_in = load_built_in()
        first = built_in.variants(words.phrase)[:1]
        for name in self._own.variants(words.phrase):
            wanted = _find_people(self._speak(built_in, first[0], words), people)
            if _find_people(self._speak(self._own, name, words), people) != wanted:
                values = " and then ".join(f"{{{{ w.{people[path]} }}}}" for path in wanted)
                raise Fault(f"a tick is read by its links: it must show {values}", phrase=name)

    def _book(self, words: Words) -> Phrasebook:
        """Find the phrases among which this one is."""
        if self._own.variants(words.phrase):
            return self._own
        if not load_built_in().variants(words.phrase):
            raise KeyError(words.phrase)
        return load_built_in()

    def _remember(self, words: Words, n: int) -> None:
        book = self._book(words)
        self._kept.append(words)  # keeps its id from being given to other words
        self._used.setdefault(words.phrase, set()).add(n)
        self._said[id(words)] = self._speak(book, book.variants(words.phrase)[n], words)

    def _speak(self, book: Phrasebook, name: str, words: Words) -> Safe:
        values = {key: self._put(value) for key, value in words.values.items()}
        if book is not self._own:
            return self._spoken.say(name, values, lambda: book.say[name])
        try:
            said = Safe(_fold(book.say[name](values)))
        except Exception as error:  # whatever a stranger's template makes of itself
            raise blame(error, phrase=name) from error
        danger = find_danger(said)
        if danger or not said:
            raise Fault(danger or "it says nothing", phrase=name)
        return said

    def _put(self, value: Said) -> object:
        """Give a template plain values: a link is text that is safe already."""
        if isinstance(value, Ref):
            shown = _cut(value.shown)
            return Safe(link(self._link_text(value.path), shown))
        if isinstance(value, tuple):
            return [self._put(part) for part in value]
        if isinstance(value, str):
            return _cut(value) or ("…" if value else "")
        return value


_LONGEST = 400
"""Characters of anything that is put into a phrase: a property may hold a whole book."""
_PEOPLE = frozenset({"who", "other"})
"""Values that name whom a sentence is about; `source` names where it was read."""


def _find_people(said: str, people: Collection[str]) -> list[str]:
    """List the links to these people in a sentence, each once, in order."""
    targets = (found.target for found in find_links(blank_inline(said)))
    return list(dict.fromkeys(target for target in targets if target in people))


def _cut(text: str) -> str:
    return short(text[: 8 * _LONGEST], _LONGEST)


def _fold(said: str) -> str:
    """Make one line of what a macro says, however its author laid it out."""
    lines = (printable(line).replace("\t", " ").strip() for line in said.splitlines())
    return " ".join(filter(None, lines))
