"""A line's text -> units: the people, the words of the kinds, and the small words between them.

A text is read without names: each person in it is one character, told apart and no more. So what a
line says depends on its words alone, and each word is looked up once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import dropwhile, pairwise
from typing import Any, TypeAlias

from vaultnet.core.evidence.alike import alike
from vaultnet.core.evidence.words import LISTS, Part, Unit
from vaultnet.core.frozen import frozen
from vaultnet.core.kinds import KIND_OF, Entry, Form, entries
from vaultnet.core.layers import Layered
from vaultnet.core.markup import plain_words
from vaultnet.core.pattern import lazy_pattern

_FIRST = 0xE000
MOST_PERSONS = 6400
"""People of one text who are told apart."""
_MOST = 6000
"""Characters of a line that are read; nobody tells more in one."""
_MOST_WORDS = 1 << 14
"""Words whose tokens and units are kept."""
_LONG = 40
"""Characters of a word that may well stand in the vault again."""

Meaning: TypeAlias = Entry | int
"""What a listed word means: an entry of the table of kinds, or a `Part`."""
_Phrases: TypeAlias = dict[tuple[str, str], list[list[str]]]


@frozen(eq=False)
class Vocabulary:
    """All words that mean something; there is one for each choice of the user's own words."""

    listed: Mapping[str, Meaning]
    """What each word and phrase means."""
    units: Mapping[str, Unit]
    """The unit of each token or phrase, listed or not; each is made when it is first met."""
    phrases: _Phrases
    """Those of several words, by the first and the second, the longest first."""
    hyphened: frozenset[str]
    """Words with a hyphen that mean something, alone or at the beginning of a phrase."""
    tokens: Mapping[str, Sequence[str] | None]
    """The tokens of whatever stands between two blanks; None: its line is to be read as a whole."""
    unspaced: re.Pattern[str] | None = None
    """The user's words in scripts that put no space between words."""


def vocabulary(more: Mapping[str, tuple[str, ...]]) -> Vocabulary:
    """Gather the table's words, the small words and the user's own words for kinds."""
    return _vocabulary(tuple(sorted((kind, tuple(words)) for kind, words in more.items())))


def pack_words(words: Vocabulary) -> dict[str, Any]:
    """Give a vocabulary as plain values: to gather it anew takes longer than to read some notes."""
    frames: dict[int, dict[str, str]] = {}
    listed: dict[str, Any] = {}
    for text, meant in words.listed.items():
        if isinstance(meant, Entry):
            in_words = frames.setdefault(
                id(meant.frames), {frame: kind.word for frame, kind in meant.frames.items()}
            )
            noun = meant.noun.word if meant.noun else ""
            listed[text] = noun, meant.verb, meant.form.value, in_words, meant.free
        else:
            listed[text] = meant
    return {
        "listed": listed,
        "phrases": words.phrases,
        "hyphened": words.hyphened,
        "unspaced": words.unspaced and words.unspaced.pattern,
    }


def unpack_words(packed: Mapping[str, Any]) -> Vocabulary:
    """Make the vocabulary that was packed; what a word means is looked up when it is first met."""
    listed = Layered(packed["listed"], lambda text: _unpack_meaning(packed["listed"][text]))
    unspaced = packed["unspaced"] and re.compile(packed["unspaced"])
    return _make_vocabulary(listed, packed["phrases"], packed["hyphened"], unspaced)


def _unpack_meaning(packed: Any) -> Meaning:  # noqa: ANN401 - see `pack_words`
    if isinstance(packed, int):
        return packed
    noun, verb, form, frames, free = packed
    kinds = {frame: KIND_OF[word] for frame, word in frames.items()}
    return Entry(KIND_OF.get(noun), verb, Form(form), kinds, free)


def person_at(number: int) -> str:
    """Give the character that stands for the first person of a text, 0, the second, and so on.

    No text of a note is read with these in it, for to Unicode they are private.
    """
    return chr(_FIRST + number)


def number_of(person: str) -> int:
    """Say which person of a text a character stands for."""
    return ord(person) - _FIRST


def read_units(text: str, words: Vocabulary) -> tuple[Unit, ...]:
    """Read a line's text into units; people stand in it as characters of `person_at`."""
    tokens = _tokens(text, words)
    if not words.phrases.keys().isdisjoint(pairwise(tokens)):
        tokens = _join_phrases(tokens, words.phrases)
    known = words.units
    units = [known[token] for token in tokens]
    if units and units[0].part == Part.BREAK:  # a dash before everything parts nothing
        units = list(dropwhile(lambda unit: unit.part == Part.BREAK, units))
    return tuple(units)


def _join_phrases(tokens: list[str], phrases: _Phrases) -> list[str]:
    """Put the tokens of each phrase together, the longest of those that may begin at a token."""
    joined: list[str] = []
    end = 0
    for at, pair in [(at, pair) for at, pair in enumerate(pairwise(tokens)) if pair in phrases]:
        if at < end:
            continue
        for phrase in phrases[pair]:
            if tokens[at : at + len(phrase)] == phrase:
                joined += tokens[end:at]
                joined.append(" ".join(phrase))
                end = at + len(phrase)
                break
    return joined + tokens[end:]


@lru_cache(maxsize=4)
def _vocabulary(more: tuple[tuple[str, tuple[str, ...]], ...]) -> Vocabulary:
    listed: dict[str, Meaning] = {}
    unspaced: list[str] = []
    for text, entry in entries(dict(more)):
        words = _words_of(text)
        if not words:
            continue
        if entry.free and re.search(_UNSPACED, text):
            unspaced.append(_normal(text).strip())
        listed[words] = entry
    for part, some in LISTS.items():
        for text in " ".join(some.split()).split(","):
            # A comma separates the phrases, so between two commas stands the comma itself.
            listed.setdefault(_words_of(text.strip()) or ",", part)
    phrases: _Phrases = {}
    several = [text.split(" ") for text in listed if " " in text]
    for phrase in sorted(several, key=len, reverse=True):
        phrases.setdefault((phrase[0], phrase[1]), []).append(phrase)
    hyphened = frozenset(text.partition(" ")[0] for text in listed if "-" in text)
    pattern = None
    if unspaced:
        longest_first = sorted(unspaced, key=len, reverse=True)
        pattern = re.compile("|".join(map(re.escape, longest_first)))
    return _make_vocabulary(listed, phrases, hyphened, pattern)


def _make_vocabulary(
    listed: Mapping[str, Meaning],
    phrases: _Phrases,
    hyphened: frozenset[str],
    unspaced: re.Pattern[str] | None,
) -> Vocabulary:
    tokens = _Tokens(hyphened, apart=unspaced is None)
    return Vocabulary(listed, _Units(listed), phrases, hyphened, tokens, unspaced)


def _words_of(text: str) -> str:
    """Give a listed word or phrase as its tokens, with a blank between; most are so as they stand."""
    if text.isalpha() and text.isascii() and text.islower() and "one" not in text:
        return text  # a word, which the pattern would find as well
    return text if _AS_LISTED.fullmatch(text) else " ".join(_split(_normal(text)))


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
    if 0 <= number_of(word[0]) < MOST_PERSONS:
        return Unit(Part.PERSON, word, person=word[0], owns=len(word) > 1)
    if not word[0].isalpha():
        return Unit(Part.BREAK if word.startswith("..") or word == "…" else Part.FILLER, word)
    if word.endswith("n't"):
        return Unit(Part.NOT, word)
    if word.endswith("'ll"):
        return Unit(Part.PLAN, word)
    return Unit(Part.FILLER if word.endswith("ly") and len(word) > 4 else Part.WORD, word)


class _Tokens(dict[str, Sequence[str] | None]):
    """The tokens of each run of characters without a blank, unless it may mean more beside others."""

    def __init__(self, hyphened: frozenset[str], *, apart: bool) -> None:
        super().__init__()
        self._hyphened = hyphened
        self._apart = apart

    def __missing__(self, run: str) -> Sequence[str] | None:
        if len(run) > _LONG:
            return None
        if len(self) >= _MOST_WORDS:
            self.clear()
        text = _fold(run)
        apart = self._apart and not _ODD.search(text)
        found = self[run] = _part(_split(text), self._hyphened) if apart else None
        return found


_ASCII_MARK = r"[\[#^\\*_=~`]"
_MARK = rf"{_ASCII_MARK}|[📅⏳🛫➕✅❌🔁🆔⛔🏁⏫🔼🔽🔺⏬]"
_MARKED_ASCII, _MARKED = lazy_pattern(_ASCII_MARK), lazy_pattern(_MARK)
"""What `plain_words` takes off, or may, beside Dataview's `::`."""
_ODD = lazy_pattern(
    rf"[\d\"“”„«»/]|{_MARK}|::|\bone|along\Z|rec'd|re:|tel\.\Z|(?:\A|\W)(?:w\.?|abt"
    r"|evening|afternoon|weekend|morning|day|night|sunday|saturday"
    r"|weekly|biweekly|fortnightly|monthly|quarterly)\Z"
)
"""What a word holds that is not to be read by itself, but with those beside it."""
_AS_LISTED = lazy_pattern(
    r"(?:(?!\S*(?:\bone|along |rec'd)|w |abt )[a-z]+(?:[-'][a-z]+)*+(?: |\Z))+(?<! )"
)
"""A phrase of which `_normal` changes nothing, and whose words are its tokens."""
_SIGN = r"1:1|\d+|\.{2,}|<->|->|=>|--+|\S"
_TOKEN = lazy_pattern(
    rf"[\ue000-\uf8ff](?:'s(?!\w)|'(?!\w))?|[^\W\d_]++(?:[-'][^\W\d_]++)*+|{_SIGN}"
)
_ASCII_TOKEN = lazy_pattern(rf"[a-z]++(?:[-'][a-z]++)*+|{_SIGN}")
"""The same for a text that holds nothing else; most do, and it takes half the time."""
_DIGIT = lazy_pattern(r"\d")

# What few texts need is compiled when the first of them is read.
_UNSPACED = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]"
"""Thai, Lao, Burmese, Khmer, Kana and Han: scripts that write no space between words."""
_QUOTED = r"[“„«][^“”„«»]*+[”“»]|(?<!\w)\"[^\"]++\""
_THOUSANDS = r"(?<=\d),(?=\d{3}(?!\d))"
_AGENDA = (
    r"^\W*(?:at\s)?(?:\d{1,2}[:.h]\d\d|\d{1,2}\s?[ap]m|\d{1,3}\s?(?:min|m|h)\b)[^a-z\ue000]*+"
    r"(meeting|call|interview|catch up|zoom|facetime|skype|phone|visit)(?=\s[\ue000-\uf8ff])"
)
"""An entry of the day's agenda, `11:00 – 12:00 Meeting [[Ada]]`: no order but a noun."""
_ONE_TO_ONE = r"\b(?:1|one)(?:\s?:\s?|-to-|\s?to\s?|[-\s]?on[-\s]?|[-–])(?:1|one)(?:'?s)?\b(?!\d)"
_CLOCK = (
    r"\b(?:at\s++)?(?:[01]?\d|2[0-3])(?:[:.h][0-5]\d(?:\s?[ap]m)?|\s?[ap]m)\b"
    r"(?:\s?(?:[-–—]|to)\s?(?:[01]?\d|2[0-3])(?:[:.h][0-5]\d)?(?:\s?[ap]m)?\b)?"
)
_SPELL = r"\b\d{1,3}\s?-?(?:minutes?|mins?|m|hours?|hrs?|h)\b"
_JOINED = r"(?<=\d)[-–](?=\w)|(?<=\w)[-–](?=\d)"
_MEANT = {
    "along with": "with",
    "rec'd": "received",
    " b/c ": " because ",
    " abt ": " about ",
    "tel. ": "tel ",
    "w/o": "without",
}
_REGARDING = r"\bre:"
_WITH = r"\bw/(?!\w*/)|\bw\.?(?=\s[\ue000-\uf8ff])|(?<=\s)w(?=\s)"
_SHARED = r"[dgnty]\s+with\s+[\ue000-\uf8ff]"
"""What every line holds that `_COMPANY` or `_REGULAR` is in, and few others."""
_COMPANY = (
    r"(?:^\W*|(?<=lovely )|(?<=nice )|(?<=great )|(?<=whole )|(?<=long )|(?<=quiet )|(?<=good )"
    r"|(?<=fun )|(?<=\ba ))(?:evening|afternoon|weekend|morning|day|night|sunday|saturday)"
    r"(?=\s+with\s+[\ue000-\uf8ff])"
)
"""`lovely evening with [[Ada]]`: nothing but time, and somebody to share it."""
_REGULAR = r"(?<![-\w])(weekly|biweekly|fortnightly|monthly|quarterly|bi-weekly)(?=\s+with\s+[\ue000-\uf8ff])"


def _tokens(text: str, words: Vocabulary) -> list[str]:
    """Part a text into tokens: word by word, where none may mean more beside others."""
    if len(text) > _MOST:
        return _tokens_of_whole(text, words)
    tokens: list[str] = []
    known = words.tokens
    for run in text.split():
        found = known[run]
        if found is None:
            return _tokens_of_whole(text, words)
        tokens += found
    return tokens


def _tokens_of_whole(text: str, words: Vocabulary) -> list[str]:
    text = _normal(plain(text))
    if words.unspaced:
        text = words.unspaced.sub(r" \g<0> ", text)
    return _part(_split(text), words.hyphened)


def plain(text: str) -> str:
    """Take the marks off a text; most lines have none, and are spared the search for each."""
    marked = (_MARKED_ASCII if text.isascii() else _MARKED).search(text)
    if marked or "::" in text:
        return plain_words(text)
    if text.isprintable() and "  " not in text:  # whose only white space is the blank
        return text.strip()
    return " ".join(text.split())


def _part(tokens: list[str], hyphened: frozenset[str]) -> list[str]:
    """Part the words that have a hyphen, but for those that mean something with it."""
    parted: list[str] = []
    for token in tokens:
        if "-" in token and token[0].isalpha() and token not in hyphened:
            parted += token.split("-")
        else:
            parted.append(token)
    return parted


def _normal(text: str) -> str:
    """Bring a text into the form in which words are compared: 1:1, w/ and times made plain.

    Whatever is done here to more than one word, or to a part of one, is announced by `_ODD`.
    """
    text = _fold(text[:_MOST])
    if '"' in text or "“" in text or "„" in text or "«" in text:
        text = re.sub(_QUOTED, " ", text)
    if _DIGIT.search(text):
        text = re.sub(_THOUSANDS, "", text)
        text = re.sub(_AGENDA, r"\1 with", text)
        text = re.sub(_ONE_TO_ONE, " 1:1 ", text)
        for pattern in (_CLOCK, _SPELL, _JOINED):
            text = re.sub(pattern, " ", text)
    elif "one" in text:
        text = re.sub(_ONE_TO_ONE, " 1:1 ", text)
    for phrase, meant in _MEANT.items():
        if phrase in text:
            text = text.replace(phrase, meant)
    if "re:" in text:
        text = re.sub(_REGARDING, "re ", text)
    if "w/" in text or " w " in text or "w." in text or text[:2] == "w ":
        text = re.sub(_WITH, " with ", text)
    if not text.isascii() and re.search(_SHARED, text):
        text = re.sub(_COMPANY, "time together", text)
        text = re.sub(_REGULAR, r"\1 meeting", text)
    return text


def _fold(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).replace("’", "'").replace("\ufe0f", "")
    return text.lower()


def _split(text: str) -> list[str]:
    return (_ASCII_TOKEN if text.isascii() else _TOKEN).findall(text)
