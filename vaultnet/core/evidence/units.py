"""A line's text -> units: the people, the words of the kinds, and the small words between them.

A text is read without names: each person in it is one character, told apart and no more. So what a
line says depends on its words alone, and each word is looked up once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TypeAlias

from vaultnet.core.evidence.alike import alike
from vaultnet.core.evidence.words import LISTS, Part, Unit
from vaultnet.core.frozen import frozen
from vaultnet.core.kinds import Entry, entries

PERSONS = tuple(map(chr, range(0xE000, 0xF900)))
"""The characters that stand for the first person of a text, the second, and so on: no text of a note
is read with them in it, for to Unicode they are private."""
_MOST = 6000
"""Characters of a line that are read; nobody tells more in one."""
_MOST_WORDS = 1 << 14
"""Words whose units are kept."""

Meaning: TypeAlias = Entry | int
"""What a listed word means: an entry of the table of kinds, or a `Part`."""


@frozen(eq=False)
class Vocabulary:
    """All words that mean something; there is one for each choice of the user's own words."""

    listed: Mapping[str, Meaning]
    """What each word and phrase means."""
    units: Mapping[str, Unit]
    """The unit of each token or phrase, listed or not; each is made when it is first met."""
    phrases: Mapping[str, Mapping[str, Sequence[list[str]]]]
    """Those of several words, by the first and the second, the longest first."""
    beginnings: frozenset[tuple[str, str]]
    """The first two words of each phrase."""
    unspaced: re.Pattern[str] | None = None
    """The user's words in scripts that put no space between words."""


def vocabulary(more: Mapping[str, tuple[str, ...]]) -> Vocabulary:
    """Gather the table's words, the small words and the user's own words for kinds."""
    return _vocabulary(tuple(sorted((kind, tuple(words)) for kind, words in more.items())))


def read_units(text: str, words: Vocabulary) -> tuple[Unit, ...]:
    """Read a text into units; people stand in it as some of `PERSONS`."""
    tokens = _tokens(text, words)
    if not words.beginnings.isdisjoint(pairwise(tokens)):
        tokens = _join_phrases(tokens, words)
    known = words.units
    units = [known[token] for token in tokens]
    start = 0  # a dash before everything parts nothing
    while start < len(units) and units[start].part == Part.BREAK:
        start += 1
    return tuple(units[start:])


def _join_phrases(tokens: list[str], words: Vocabulary) -> list[str]:
    """Put the tokens of each phrase together, the longest that begins at a token."""
    joined: list[str] = []
    at = 0
    while at < len(tokens):
        found = tokens[at]
        end = at + 1
        if found in words.phrases and end < len(tokens):
            for phrase in words.phrases[found].get(tokens[end], ()):
                if tokens[at : at + len(phrase)] == phrase:
                    found = " ".join(phrase)
                    end = at + len(phrase)
                    break
        joined.append(found)
        at = end
    return joined


@lru_cache(maxsize=4)
def _vocabulary(more: tuple[tuple[str, tuple[str, ...]], ...]) -> Vocabulary:
    listed: dict[str, Meaning] = {}
    unspaced: list[str] = []
    for text, entry in entries(dict(more)):
        words = " ".join(_split(_normal(text)))
        if not words:
            continue
        if entry.free and _UNSPACED.search(text):
            unspaced.append(_normal(text).strip())
        listed[words] = entry
    for part, some in LISTS.items():
        for text in some.split(","):
            # A comma separates the phrases, so between two commas stands the comma itself.
            listed.setdefault(" ".join(_split(_normal(text))) or ",", part)
    phrases: dict[str, dict[str, list[list[str]]]] = {}
    several = [text.split(" ") for text in listed if " " in text]
    for phrase in sorted(several, key=len, reverse=True):
        phrases.setdefault(phrase[0], {}).setdefault(phrase[1], []).append(phrase)
    beginnings = frozenset((words[0], words[1]) for words in several)
    pattern = None
    if unspaced:
        longest_first = sorted(unspaced, key=len, reverse=True)
        pattern = re.compile("|".join(map(re.escape, longest_first)))
    return Vocabulary(listed, _Units(listed), phrases, beginnings, pattern)


class _Units(dict[str, Unit]):
    """The unit of each word; what is not listed is forgotten when it becomes too much."""

    def __init__(self, listed: Mapping[str, Meaning]) -> None:
        super().__init__()
        self._listed = listed

    def __missing__(self, word: str) -> Unit:
        if len(self) >= _MOST_WORDS:
            self.clear()
        unit = self[word] = alike(mean(word, self._listed.get(word)))
        return unit


def mean(word: str, meaning: Meaning | None) -> Unit:
    """Make the unit of a word or phrase: by what it means in the lists, else by its look."""
    if meaning is None:
        return _mean_by_look(word)
    if isinstance(meaning, Entry):
        return Unit(
            Part.KIND,
            word,
            noun=meaning.noun,
            verb=meaning.verb,
            form=meaning.form if meaning.verb else None,
            frames=meaning.frames,
            free=meaning.free,
        )
    return Unit(meaning, word)


def _mean_by_look(word: str) -> Unit:
    if PERSONS[0] <= word[0] <= PERSONS[-1]:
        return Unit(Part.PERSON, word, person=word[0], owns=len(word) > 1)
    if not word[0].isalpha():
        return Unit(Part.BREAK if word.startswith("..") or word == "…" else Part.FILLER, word)
    if word.endswith("n't"):
        return Unit(Part.NOT, word)
    if word.endswith("'ll"):
        return Unit(Part.PLAN, word)
    return Unit(Part.FILLER if word.endswith("ly") and len(word) > 4 else Part.WORD, word)


_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Thai, Lao, Burmese, Khmer, Kana and Han: scripts that write no space between words."""

_ONE_TO_ONE = re.compile(
    r"\b(?:1|one)(?:\s?:\s?|-to-|\s?to\s?|[-\s]?on[-\s]?|[-–])(?:1|one)(?:'?s)?\b(?!\d)"
)
_CLOCK = re.compile(
    r"\b(?:at\s++)?(?:[01]?\d|2[0-3])(?:[:.h][0-5]\d(?:\s?[ap]m)?|\s?[ap]m)\b"
    r"(?:\s?(?:[-–—]|to)\s?(?:[01]?\d|2[0-3])(?:[:.h][0-5]\d)?(?:\s?[ap]m)?\b)?"
)
_SPELL = re.compile(r"\b\d{1,3}\s?-?(?:minutes?|mins?|m|hours?|hrs?|h)\b")
_QUOTED = re.compile(r"[“„«][^“”„«»]*+[”“»]|(?<!\w)\"[^\"]++\"")
_SIGN = r"1:1|\d+|\.{2,}|<->|->|=>|--+|\S"
_TOKEN = re.compile(rf"[\ue000-\uf8ff](?:'s(?!\w)|'(?!\w))?|[^\W\d_]++(?:[-'][^\W\d_]++)*+|{_SIGN}")
_ASCII_TOKEN = re.compile(rf"[a-z]++(?:[-'][a-z]++)*+|{_SIGN}")
"""The same for a text that holds nothing else; most do, and it takes half the time."""
_JOINED = re.compile(r"(?<=\d)[-–](?=\w)|(?<=\w)[-–](?=\d)")
_WITH = re.compile(r"\bw/(?!\w*/)|\bw\.?(?=\s[\ue000-\uf8ff])|(?<=\s)w(?=\s)")
_COMPANY = re.compile(
    r"(?:^\W*|(?<=lovely )|(?<=nice )|(?<=great )|(?<=whole )|(?<=long )|(?<=quiet )|(?<=good )"
    r"|(?<=fun )|(?<=\ba ))(?:evening|afternoon|weekend|morning|day|night|sunday|saturday)"
    r"(?=\s+with\s+[\ue000-\uf8ff])"
)
"""`lovely evening with [[Ada]]`: nothing but time, and somebody to share it."""
_REGULAR = re.compile(
    r"(?<![-\w])(weekly|biweekly|fortnightly|monthly|quarterly|bi-weekly)(?=\s+with\s+[\ue000-\uf8ff])"
)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_REGARDING = re.compile(r"\bre:")
_MEANT = {
    "along with": "with",
    "rec'd": "received",
    " b/c ": " because ",
    " abt ": " about ",
    "tel. ": "tel ",
    "w/o": "without",
}
_AGENDA = re.compile(
    r"^\W*(?:at\s)?(?:\d{1,2}[:.h]\d\d|\d{1,2}\s?[ap]m|\d{1,3}\s?(?:min|m|h)\b)[^a-z\ue000]*+"
    r"(meeting|call|interview|catch up|zoom|facetime|skype|phone|visit)(?=\s[\ue000-\uf8ff])"
)
"""An entry of the day's agenda, `11:00 – 12:00 Meeting [[Ada]]`: no order but a noun."""
_DIGIT = re.compile(r"\d")
_SHARED = re.compile(r"[dgnty]\s+with\s+[\ue000-\uf8ff]")
"""What every line holds that `_COMPANY` or `_REGULAR` is in, and few others."""


def _tokens(text: str, words: Vocabulary) -> list[str]:
    text = _normal(text)
    if words.unspaced:
        text = words.unspaced.sub(r" \g<0> ", text)
    tokens = _split(text)
    if "-" not in text:
        return tokens
    parted: list[str] = []
    for token in tokens:
        known = token in words.listed or token in words.phrases
        if "-" in token and token[0].isalpha() and not known:
            parted += token.split("-")
        else:
            parted.append(token)
    return parted


def _normal(text: str) -> str:
    """Bring a text into the form in which words are compared: 1:1, w/ and times made plain."""
    text = text[:_MOST]
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).replace("’", "'").replace("\ufe0f", "")
    text = text.lower()
    if '"' in text or "“" in text or "„" in text or "«" in text:
        text = _QUOTED.sub(" ", text)
    if _DIGIT.search(text):
        text = _THOUSANDS.sub("", text)
        text = _AGENDA.sub(r"\1 with", text)
        text = _ONE_TO_ONE.sub(" 1:1 ", text)
        text = _JOINED.sub(" ", _SPELL.sub(" ", _CLOCK.sub(" ", text)))
    elif "one" in text:
        text = _ONE_TO_ONE.sub(" 1:1 ", text)
    for phrase, meant in _MEANT.items():
        if phrase in text:
            text = text.replace(phrase, meant)
    if "re:" in text:
        text = _REGARDING.sub("re ", text)
    if "w/" in text or " w " in text or "w." in text or text[:2] == "w ":
        text = _WITH.sub(" with ", text)
    if not text.isascii() and _SHARED.search(text):
        text = _COMPANY.sub("time together", text)
        text = _REGULAR.sub(r"\1 meeting", text)
    return text


def _split(text: str) -> list[str]:
    return (_ASCII_TOKEN if text.isascii() else _TOKEN).findall(text)
