"""From a note's properties to what they mean: keys and their synonyms, values, and the faults."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeAlias, TypedDict, cast

from vaultnet.core.calendar import parse_day
from vaultnet.core.frozen import frozen
from vaultnet.core.markup import find_links, plain_words
from vaultnet.core.model import (
    Cadence,
    Form,
    Note,
    Problem,
    Property,
    Ring,
    Rung,
    Severity,
    Status,
    Value,
)
from vaultnet.core.text import short

if TYPE_CHECKING:

    class Fields(TypedDict, total=False):
        """The fields of a `Contact` that its own properties tell; those not told are missing."""

        shown: str
        aliases: tuple[str, ...]
        they_know: Rung
        relationships: tuple[str, ...]
        purpose: str
        ask: str
        want_to_meet: bool
        ring: Ring
        cadence: Cadence
        not_before: date
        last_contact: date
        status: Status
        private: bool
        needs: tuple[str, ...]
        offers: tuple[str, ...]
        met: date
        met_context: str
        company: str
        role: str
        location: str
        birthday: tuple[int, int]

else:
    Fields = dict  # whose types are the type checker's alone: to make them takes long


@frozen
class Meaning:
    """What the properties of a person's note say."""

    fields: Fields
    lines: Mapping[str, int]
    """Canonical property -> its line in the note, for those that are set."""
    introduced_by: tuple[str, ...] = ()
    """Links and names as they are written: `[[Mary]]`, `[Bo](Bo.md), [[Cy]]`, `Di, Ed`."""
    knows: tuple[str, ...] = ()
    """Links and names as they are written."""
    identity: str = ""
    """The property `id`."""
    problems: tuple[Problem, ...] = ()


def read_properties(note: Note) -> Meaning:
    """Understand the properties of a person's note (contract, section 2.2)."""
    own, synonyms = _gather(note)
    told: dict[str, object] = {}
    lines: dict[str, int] = {}
    problems: list[Problem] = []
    for name, (value, found) in own.items():
        if value is None:
            problems.append(_fault(note, name, found))
        elif value is not _USERS_OWN:
            told[name] = value
            lines[name] = found.line
    for name, candidates in synonyms.items():
        if name in _READERS and name not in own:
            _take_synonyms(name, candidates, told, lines)
    if "private" in own:
        told.setdefault("private", True)
    _settle_names(note, synonyms, told)
    _settle_meeting(told, lines)
    _settle_tags(synonyms.get("tags", ()), told, lines)
    for name in ("email", "phone", "linkedin"):  # understood, but nothing is made of them
        told.pop(name, None)
    return Meaning(
        lines=lines,
        introduced_by=cast("tuple[str, ...]", told.pop("introduced_by", ())),
        knows=cast("tuple[str, ...]", told.pop("knows", ())),
        identity=cast("str", told.pop("id", "")),
        problems=tuple(problems),
        fields=cast("Fields", told),  # each reader gives what its field takes
    )


def tags_of(note: Note) -> list[str]:
    """List the tags of the front matter, folded; a tag in the text may be about a line alone."""
    return [
        tag
        for found in note.properties
        if found.key.lower() in _TAG_KEYS
        for tag in _tags_in(found.value)
    ]


@lru_cache(maxsize=4096)
def relationships_in_tag(tag: str) -> tuple[str, ...]:
    """Read the relationships that a tag names: `person/colleagues` is a colleague."""
    words = (_RELATIONSHIP_TAGS.get(_spaced(part)) for part in tag.split("/"))
    return tuple(word for word in words if word)


# --- keys ---------------------------------------------------------------------------------

_SYNONYMS: Mapping[str, str] = {
    synonym: canonical
    for canonical, synonyms in {
        "name": "fn full_name",
        "relationship": "relation relationships",
        "ring": "circle",
        "cadence": "cadence_days contact_frequency keep_in_touch",
        "not_before": "next_contact next_followup next_follow_up snooze snooze_until",
        "last_contact": "last_contacted last_chat last_interaction last_met last_spoke",
        "needs": "looking_for",
        "offers": "skills can_help_with",
        "introduced_by": "met_through met_via referred_by",
        "met": "first_met met_date date_met",
        "met_context": "how_we_met",
        "company": "org organization organisation employer",
        "role": "title job_title position",
        "location": "city adr_locality",
        "email": "e_mail mail",
        "phone": "tel telephone mobile",
        "linkedin": "linked_in",
        "birthday": "bday dob date_of_birth",
        "aliases": "alias nickname",
        "id": "uid",
    }.items()
    for synonym in synonyms.split()
}

_CANONICAL = frozenset(_SYNONYMS.values()) | frozenset(
    "they_know purpose ask want_to_meet status private knows".split()
)

TELLING = (_CANONICAL | _SYNONYMS.keys() | {"n_gn", "n_fn"}) - frozenset(
    "aliases alias id uid title name status location private position".split()
)
"""Properties that people have and other notes seldom have."""

_TAG_KEYS = frozenset({"tags", "tag"})
_NAME_PARTS = ("n_gn", "n_fn")
"""Given and family name in a vCard."""


_NOT_YET = frozenset(["never", "nie", "none", "n/a", "-", "?"])
"""What stands in place of the day of a last contact where there was none."""


def _gather(
    note: Note,
) -> tuple[dict[str, tuple[object, Property]], dict[str, list[_Candidate]]]:
    """Sort the properties that say something: canonical key -> its own one, and its synonyms.

    Among the synonyms stand the tags, too, and the parts of a vCard's name.
    """
    own: dict[str, tuple[object, Property]] = {}
    synonyms: dict[str, list[_Candidate]] = {}
    names: frozenset[str] = frozenset()
    for found in note.properties:
        name, is_own, value = _hear(found)
        if not name or name in own:
            continue
        if is_own:
            own[name] = value, found
            continue
        if name == "role" and normal_key(found.key) == "title":
            names = names or _names_of(note)
            if found.value == note.name or _squeezed(found) in names:
                continue
        synonyms.setdefault(name, []).append((value, found.line))
    return own, synonyms


@lru_cache(maxsize=4096)
def _name_of(key: str) -> tuple[str, bool]:
    """Name the property that a key means, if any, and whether the key is its own or a synonym."""
    if key.lower() in _TAG_KEYS:
        return "tags", False
    normal = normal_key(key)
    if normal in _CANONICAL:
        return normal, True
    return normal if normal in _NAME_PARTS else _SYNONYMS.get(normal, ""), False


@lru_cache(maxsize=4096)
def normal_key(key: str) -> str:
    """Bring a key into the form of the contract: `lastContacted`, `EMAIL[WORK]`, `N.GN`, `met-via`."""
    plain = unicodedata.normalize("NFC", key).partition("[")[0] + key.partition("]")[2]
    if not (plain.islower() or plain.isupper()):
        plain = re.sub(_CAMEL, "_", plain)
    return re.sub(_KEY_BREAK, "_", plain.lower()).strip("_")


def _names_of(note: Note) -> frozenset[str]:
    """Gather what the note is called: its `title` may say so again, and is no role then."""
    names = [note.name]
    for found in note.properties:
        if _name_of(found.key)[0] in {"name", "aliases"}:
            names.extend(_texts(found.value) or ())
    names.extend(line.text for line in note.lines[:5] if line.form is Form.HEADING)
    return frozenset(map(_squeeze, names))


def _squeezed(found: Property) -> str:
    return _squeeze("".join(_texts(found.value) or ()))


# --- one property -------------------------------------------------------------------------

_Candidate: TypeAlias = tuple[object, int]
"""What a synonym says, None where it does not fit, and its line."""

_BRIEF = 100
"""Characters of a value that may well stand in the vault again: `person`, `[[Companies/Acme]]`."""
_FEW = 8
"""Texts of a list that may."""


_Said: TypeAlias = tuple[str, bool, object]
"""What a property says, in whichever note it stands: about which one, whether its key is that one's
own and no synonym, and the value as its reader understands it.

It is about a canonical property, `tags` or a part of a vCard's name; empty: it says nothing. The value
is None where it cannot be understood, or does not fit.
"""


def _hear(found: Property) -> _Said:
    """Understand one property; the notes of a vault say much the same, and that is read once."""
    value = found.value
    if isinstance(value, str):
        if len(value) <= _BRIEF:
            return _hear_again(found.key, value)
    elif isinstance(value, list) and _is_brief(value):
        return _hear_again(found.key, tuple(value))
    return _understand(found.key, value)


def _is_brief(value: list[Value]) -> bool:
    if len(value) > _FEW or set(map(type, value)) != {str}:
        return False
    return sum(map(len, cast("list[str]", value))) <= _BRIEF


@lru_cache(maxsize=1 << 13)
def _hear_again(key: str, value: str | tuple[Value, ...]) -> _Said:
    return _understand(key, value if isinstance(value, str) else list(value))


def _understand(key: str, value: Value) -> _Said:
    name, is_own = _name_of(key)
    if not name or _is_empty(value):
        return _NOTHING
    if name == "last_contact" and str(value).strip().lower() in _NOT_YET:
        return _NOTHING  # that nothing has been noted yet is no day and no fault
    if name == "tags":
        return name, is_own, _heed(_tags_in(value))
    if name in _NAME_PARTS:
        return name, is_own, _read_text(value)
    read = _READERS[name](value)
    return name, is_own, read if is_own or _fits(name, read) else None


_NOTHING: _Said = ("", False, None)

_LONGEST_NAME = 255
_MOST_POINTS = 100
"""Needs, or offers, of one person that are read: each is held against those of the others."""

_RHYTHMS = (
    "6 weeks, 6w, a number of days, weekly, fortnightly, monthly, quarterly, twice a year, "
    "yearly or never"
)
_TRUTH = "is neither true nor false"
_A_DAY = "is no day that can be read: write it as 2025-03-15"
_TEXT = "cannot be read: write text"
_TEXTS = "cannot be read: write text or a list"
_LINKS = "cannot be read: write links to notes"

_CHOICES: Mapping[str, tuple[str, ...]] = {
    "they_know": ("nothing", "my name", "what I do", "my work", "would recommend"),
    "ring": ("buddy", "strategic", "lukewarm", "cold"),
    "status": ("paused", "archived", "do not contact", "died"),
}
_FAULTS: Mapping[str, str] = {
    "cadence": f"is no rhythm: write {_RHYTHMS}",
    "want_to_meet": _TRUTH,
    "private": f"{_TRUTH}: taken as true",
    "not_before": _A_DAY,
    "last_contact": _A_DAY,
    "met": _A_DAY,
    "name": f"is no name: write at most {_LONGEST_NAME} characters",
    "birthday": "is no day: write it as 1991-05-23 or 05-23",
    "relationship": _TEXTS,
    "needs": _TEXTS,
    "offers": _TEXTS,
    "aliases": _TEXTS,
    "introduced_by": _LINKS,
    "knows": _LINKS,
}
_GRAVE = frozenset(
    "they_know ring status cadence want_to_meet private not_before last_contact".split()
)
"""Properties that decide where a person stands and when: unread, they would mislead the plan."""


def _fault(note: Note, name: str, found: Property) -> Problem:
    """Say that a canonical property cannot be understood."""
    severity = Severity.ERROR if name in _GRAVE else Severity.WARNING
    return Problem(note.path, found.line, "unknown-value", _explain(name, found.value), severity)


def _explain(name: str, value: Value) -> str:
    """Say what is wrong: `ring 'budy' is none of buddy, … (did you mean 'buddy'?)`."""
    if isinstance(value, bool):
        said = str(value).lower()
    else:
        said = short(", ".join(_texts(value) or ())) or "…"
    choices = _CHOICES.get(name)
    if not choices:
        return f"{name} '{said}' {_FAULTS.get(name, _TEXT)}"
    import difflib  # noqa: PLC0415 - most values are understood

    near = difflib.get_close_matches(said.lower(), choices, n=1)
    hint = f" (did you mean '{near[0]}'?)" if near else ""
    return f"{name} '{said}' is none of {', '.join(choices)}{hint}"


def _take_synonyms(
    name: str, candidates: Iterable[_Candidate], told: dict[str, object], lines: dict[str, int]
) -> None:
    """Take what a property's synonyms say, of all whose value fits."""
    fitting = [candidate for candidate in candidates if candidate[0] is not None]
    if fitting:
        values = [value for value, _ in fitting]
        told[name] = values[0] if len(values) == 1 else _unite(name, values)
        lines[name] = fitting[0][1]


def _fits(name: str, value: object) -> bool:
    # `title: 🌱` is the user's own, as is `position: 3`.
    if name in {"company", "role", "location"} and isinstance(value, str):
        return any(map(str.isalpha, value))
    return value is not None


def _unite(name: str, values: Sequence[object]) -> object:
    """Make one of several synonyms: all that is listed, the latest contact, else the first."""
    if name == "last_contact":
        return max(value for value in values if isinstance(value, date))
    if name in _LISTS:
        return _distinct(part for value in values if isinstance(value, tuple) for part in value)
    return values[0]


# --- properties that look at one another --------------------------------------------------


def _settle_names(
    note: Note, synonyms: Mapping[str, Sequence[_Candidate]], told: dict[str, object]
) -> None:
    """Keep of names and aliases what says more than the note's name.

    A vCard may give the name in parts: `N.GN: Ada`, `N.FN: Lovelace`.
    """
    shown = told.pop("name", "")
    if not shown and "n_gn" in synonyms and "n_fn" in synonyms:
        given, family = (synonyms[part][-1][0] for part in _NAME_PARTS)
        shown = f"{given} {family}" if given and family else ""
    if isinstance(shown, str) and shown and _squeeze(shown) != _squeeze(note.name):
        told["shown"] = shown
    aliases = told.get("aliases")
    if isinstance(aliases, tuple):
        told["aliases"] = tuple(alias for alias in aliases if alias != note.name)


def _settle_meeting(told: dict[str, object], lines: dict[str, int]) -> None:
    """Take a `met` that is no day for how you met: `met: at the choir`."""
    if isinstance(how := told.get("met"), str):
        del told["met"]
        told.setdefault("met_context", how)
        lines.setdefault("met_context", lines.pop("met"))


def _settle_tags(
    tagged: Iterable[_Candidate], told: dict[str, object], lines: dict[str, int]
) -> None:
    """Let the tags say what no property does: that the note is private, and who the person is."""
    named: list[tuple[str, int]] = []
    for tags, line in tagged:
        private, relationships = cast("tuple[bool, tuple[str, ...]]", tags)
        if private and "private" not in told:
            told["private"] = True
        named += [(word, line) for word in relationships]
    if "relationship" in told:
        told["relationships"] = told.pop("relationship")
    elif named:
        told["relationships"] = _distinct(word for word, _ in named)
        lines["relationship"] = named[0][1]


def _heed(tags: Sequence[str]) -> tuple[bool, tuple[str, ...]]:
    """Say whether tags keep a note private, and which relationships they name."""
    private = any(tag == "private" or tag.endswith("/private") for tag in tags)
    return private, tuple(word for tag in tags for word in relationships_in_tag(tag))


def _tags_in(value: Value) -> list[str]:
    """Read tags, folded and without `#`; in text they stand apart by commas or spaces."""
    texts: Iterable[str] = ()
    if isinstance(value, str):
        texts = value.split()
    elif isinstance(value, list):
        # What is no text is no tag, but must not hide the tag `private` beside it.
        texts = _texts(value) or [text for text in value if isinstance(text, str)]
    return [tag for text in texts for tag in _tags_in_text(text)]


@lru_cache(maxsize=4096)
def _tags_in_text(text: str) -> tuple[str, ...]:
    tags = (fold(part[:200]).strip(" \t\n#\"'*_/[]") for part in re.split(_BREAK, text))
    return tuple(filter(None, tags))


# --- values -------------------------------------------------------------------------------

_USERS_OWN: Final = object()
"""What a reader makes of a value that is neither ours nor wrong: `status: 🌱`."""


def _texts(value: Value) -> tuple[str, ...] | None:
    """Read text, a number, or a list of them as texts; None where it is anything else.

    `[[Ada]]` without quotes is a list in a list to YAML: it becomes the text `[[Ada]]` again.
    """
    if isinstance(value, str):
        whole = _compose(value).strip()
        return (whole,) if whole else ()
    if isinstance(value, list):
        if len(value) == 1 and isinstance(value[0], list):
            inner = [_scalar(item) for item in value[0]]
            if all(inner):
                return (f"[[{', '.join(filter(None, inner))}]]",)
        texts: list[str] = []
        for item in value:
            found = _nested_link(item) if isinstance(item, list) else _scalar(item)
            if found is None:
                return None
            texts.append(found)
        return tuple(filter(None, texts))
    text = _scalar(value)
    return None if text is None else tuple(filter(None, [text]))


def _nested_link(value: list[Value]) -> str | None:
    inner = value[0] if len(value) == 1 else None
    if not isinstance(inner, list):
        return None
    words = [_scalar(item) for item in inner]
    return f"[[{', '.join(filter(None, words))}]]" if words and all(words) else None


def _scalar(value: Value) -> str | None:
    """Read one text or number; an empty value is the empty text, anything else None."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _compose(value).strip()
    # No number that people write is longer; beyond, Python refuses to spell it out.
    if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e18:
        return str(value)
    return None


def _is_empty(value: Value) -> bool:
    if isinstance(value, str):
        return not value.strip(" \t\n[]")  # `[[]]` is what a template leaves behind
    if isinstance(value, list):
        return all(item is None or item in ("", []) for item in value)
    return value is None or value == {}


def words_of(value: Value) -> Iterator[str]:
    """Read single words, folded: `[[Types/Person]], #friend` is `person` and `friend`."""
    for text in _texts(value) or ():
        yield from _words_in(text[:200])


@lru_cache(maxsize=4096)
def _words_in(text: str) -> tuple[str, ...]:
    parts = (fold(part).strip(" \t\n#\"'*_") for part in re.split(_BREAK, _plain(text)))
    return tuple(word for part in parts if (word := part.rpartition("/")[2]))


def _read_text(value: Value) -> str | None:
    """Read running text without link marks; a list is told with commas."""
    if isinstance(value, str):
        return _plain(_compose(value)) or None
    texts = _texts(value)
    return _plain(", ".join(texts)) or None if texts else None


def _read_name(value: Value) -> str | None:
    """Read a name; what is longer than any file's name can be is none."""
    text = _read_text(value)
    return text if text and len(text) <= _LONGEST_NAME else None


def _read_names(value: Value) -> tuple[str, ...] | None:
    """Read a list of names; text is parted at commas, as Obsidian does with aliases."""
    texts = _texts(value)
    if isinstance(value, str) and texts:
        texts = tuple(texts[0].split(","))
    return None if texts is None else _distinct(filter(None, map(_plain, texts)))


def _read_points(value: Value) -> tuple[str, ...] | None:
    """Read needs and offers: a list, lines, or words with commas; a sentence stays whole."""
    texts = _texts(value)
    if texts and isinstance(value, str):
        lines = [line.strip().removeprefix("- ") for line in texts[0].splitlines()]
        if len(lines) == 1 and not lines[0].endswith((".", "!", "?")):
            lines = re.split(_BREAK, _plain(lines[0]))
        texts = tuple(lines)
    return None if texts is None else _distinct(filter(None, map(_plain, texts[:_MOST_POINTS])))


def _read_truth(value: Value) -> bool | None:
    if isinstance(value, bool):
        return value
    word = _single(value)
    if word in {"true", "yes", "y", "on", "1"}:
        return True
    return False if word in {"false", "no", "n", "off", "0"} else None


def _read_status(value: Value) -> object:
    """Read a status; the user's own words (`active`, `🌱`) stay theirs unless they nearly spell ours."""
    for word in islice(words_of(value), 8):
        status = _status_in(_spaced(word)[:40])
        if status is not _USERS_OWN:
            return status
    return _USERS_OWN


@lru_cache(maxsize=1024)
def _status_in(word: str) -> object:
    if word in _STATUS:
        return _STATUS[word]
    import difflib  # noqa: PLC0415 - as above

    return None if difflib.get_close_matches(word, _STATUS, n=1, cutoff=0.85) else _USERS_OWN


def _read_ring(value: Value) -> Ring | None:
    return _RINGS.get(_spaced(_single(value)))


def _read_rung(value: Value) -> Rung | None:
    """Read what they know of you; of several answers the highest counts."""
    if value is False:
        return Rung.NOTHING
    texts = _texts(value)
    return _rung_in(fold(_plain(", ".join(texts)))[:300]) if texts else None


@lru_cache(maxsize=1024)
def _rung_in(said: str) -> Rung | None:
    parts = re.split(r"[,;+&]|\band\b", said)
    rungs = [_read_answer(part) for part in parts if part.strip()]
    understood = [rung for rung in rungs if rung is not None]
    return max(understood) if understood and len(understood) == len(rungs) else None


def _read_answer(answer: str) -> Rung | None:
    words = re.findall(r"[^\W_]+", answer.replace("'", "").replace("’", ""))
    telling = " ".join(word for word in words if word not in _FILLERS)
    if not telling and "me" in words:
        return Rung.NAME
    return _ANSWERS.get(telling)


def _read_cadence(value: Value) -> Cadence | None:
    """Read how often: `6 weeks`, `6w`, `42`, `every month`, `twice a year`, `never`."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _days(value)
    return _cadence_in("never" if value is False else _single(value)[:100])


@lru_cache(maxsize=1024)
def _cadence_in(said: str) -> Cadence | None:
    if said.isdecimal() and len(said) < 5:
        return _days(int(said))
    text = _spaced(said)
    if text in _NEVER:
        return Cadence(None)
    text = text.removeprefix("about ").removeprefix("every ").removeprefix("each ")
    if text in _CADENCES:
        return Cadence(_CADENCES[text])
    if match := re.fullmatch(_EVERY, text):
        units = _NUMBERS.get(match[1]) or float(match[1] or 1)
        return _days(units * _UNITS[match[2]])
    if match := re.fullmatch(_TIMES, text):
        times = _NUMBERS.get(match[1]) or float(match[1])
        return _days(_UNITS[match[2]] / times) if times else None
    return None


def _days(days: float) -> Cadence | None:
    # Beyond ten years, and for no days at all, it is no rhythm but a slip.
    return Cadence(round(days)) if 1 <= days <= 3660 else None


def _read_latest(value: Value) -> date | None:
    return max(_read_days(value), default=None)


def _read_met(value: Value) -> date | str | None:
    """Read the day you met (of several, the first), or else how."""
    if days := _read_days(value):
        return min(days)
    text = _read_text(value)
    return None if text is None or re.match(_LIKE_A_DAY, text) else text


def _read_days(value: Value) -> list[date]:
    """Read days, `2026-11-20` or links to daily notes; none where one of them is no day."""
    days = [_read_day(text) for text in _texts(value) or ()]
    understood = [day for day in days if day is not None]
    return understood if len(understood) == len(days) else []


def _read_day(text: str) -> date | None:
    if len(text) == 10 and text[4] == text[7] == "-":
        try:
            return date.fromisoformat(text)
        except ValueError:
            return None
    day = _unlinked(text)
    if match := re.match(_DAY, day):
        day = "-".join(match.groups())
    return parse_day(day)


def _read_birthday(value: Value) -> tuple[int, int] | None:
    """Read month and day: `1991-05-23`, `05-23`, `--05-23`, `19910523`."""
    match = re.match(_BIRTHDAY, _unlinked("".join(_texts(value) or ())))
    if not match:
        return None
    month, day = int(match[2] or match[4] or match[6]), int(match[3] or match[5] or match[7])
    try:
        date(2000, month, day)  # A leap year: on 29 February people are born as well.
    except ValueError:
        return None
    return month, day


def _read_relationships(value: Value) -> tuple[str, ...] | None:
    """Read relationships, each in its canonical word where there is one."""
    if isinstance(value, str) and (known := RELATIONSHIPS.get(value.lower())):
        return (known,)
    texts = _texts(value)
    if texts is None:
        return None
    parts = (part for text in texts for part in re.split(_BETWEEN, _plain(text)))
    return _distinct(filter(None, map(_canonical_relationship, parts))) or None


def _canonical_relationship(text: str) -> str:
    word = _spaced(text)
    for article in ("my ", "a ", "an "):
        word = word.removeprefix(article)
    if word in RELATIONSHIPS:
        return RELATIONSHIPS[word]
    # A former colleague knows your work as well; a former friend or wife is another matter.
    for former in ("former ", "ex ", "old ", "past ", "previous ", "current "):
        known = RELATIONSHIPS.get(word.removeprefix(former))
        if word.startswith(former) and known and known not in {"family", "friend"}:
            return known
    return word


# --- how words are compared ---------------------------------------------------------------


def fold(text: str) -> str:
    """Bring a text into the form in which words are compared: composed, without case."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def _spaced(text: str) -> str:
    """Fold a word or phrase, with any dashes and underscores as single spaces."""
    return " ".join(fold(text).replace("-", " ").replace("_", " ").strip(" #.!").split())


def _squeeze(text: str) -> str:
    """Keep only a name's letters and digits, so that `ada-lovelace` equals `Ada Lovelace`."""
    return "".join(filter(str.isalnum, fold(text)))


def _compose(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _single(value: Value) -> str:
    texts = _texts(value)
    return fold(_plain(texts[0])) if texts and len(texts) == 1 else ""


def _plain(text: str) -> str:
    """Say a text without the marks of links: `[[Companies/Acme]] (Berlin)` is `Acme (Berlin)`."""
    if "[" not in text and "*" not in text:
        return " ".join(text.split())
    # Many people work for one company, but a text that is long stands in one note alone.
    return _unmarked(text) if len(text) < 100 else _unmarked.__wrapped__(text)


@lru_cache(maxsize=4096)
def _unmarked(text: str) -> str:
    parts: list[str] = []
    at = 0
    for link in find_links(text):
        name = link.target.rpartition("/")[2]
        parts += (text[at : link.start], name if link.shown == link.target else link.shown)
        at = link.end
    text = "".join((*parts, text[at:]))
    return plain_words(text) if "[" in text or "*" in text else " ".join(text.split())


def _unlinked(text: str) -> str:
    """Say what a text that is one link leads to, else the text: `[[Daily/2026-11-20|Friday]]`."""
    links = find_links(text)
    return links[0].target.rpartition("/")[2] if links else text


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


# --- the words ----------------------------------------------------------------------------

# What few keys or values need is compiled when the first of them is read.
_BREAK = "[,;]"
_CAMEL = r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])"
_KEY_BREAK = r"[\s\-/._]+"
_BETWEEN = r"[,;/&]|\band\b"
_DAY = r"(?a)(\d{4})[/.]?(\d\d)[/.]?(\d\d)(?![\d/.])"
_LIKE_A_DAY = r"(?a)\d{1,4}[-/.]\d{1,2}[-/.]\d"
_BIRTHDAY = r"(?a)(?:\d{4}([-/.]?)(\d\d)\1(\d\d)|(?:--)?(\d\d)-(\d\d)|--(\d\d)(\d\d))(?![\d/.-])"

_RINGS: Mapping[str, Ring] = {
    word: ring
    for ring, words in {
        Ring.BUDDY: "buddy, buddies, career network buddy, career network buddies, network buddy",
        Ring.STRATEGIC: "strategic, strategic alliance, strategic alliances, alliance, ally",
        Ring.LUKEWARM: "lukewarm, luke warm",
        Ring.COLD: "cold",
    }.items()
    for word in words.split(", ")
}

_ANSWERS: Mapping[str, Rung] = {
    word: rung
    for rung, words in {
        Rung.NOTHING: "nothing, no, none, nothing at all, never heard, never, not, does not, "
        "do not, doesnt, dont, not heard, hasnt heard, havent heard, no idea",
        Rung.NAME: "name, names, heard, who am, name and face, face, by name",
        Rung.WHAT: "what, what for living, what for work, job, my job, role, field, profession, "
        "what am doing, where work",
        Rung.WORK: "work, work well, works, worked with, worked together, seen work, saw work",
        Rung.RECOMMEND: "recommend, recommends, recommended, recommendation, vouch, vouch for, "
        "vouches for, endorse, endorses, refer, refers",
    }.items()
    for word in words.split(", ")
}
"""What an answer to `they_know` says once the `_FILLERS` are gone."""

_FILLERS = frozenset(
    "they he she it know knows only just yet of about me my i we our has have had a the do "
    "would will gladly happily already by quite".split()
)

_NEVER = frozenset("never, none, no, not, off, n/a".split(", "))
_CADENCES: Mapping[str, int] = {
    word: days
    for days, words in {
        1: "daily",
        7: "weekly",
        14: "fortnightly, fortnight, biweekly, bi weekly, other week, second week, two weekly",
        30: "monthly",
        61: "bimonthly, bi monthly, other month, second month",
        91: "quarterly, quarter",
        182: "twice yearly, half yearly, half year, biannually, biannual, semiannually, semi annually, six monthly",
        365: "yearly, annually, annual",
        730: "other year, second year, biennially",
    }.items()
    for word in words.split(", ")
}
_UNITS: Mapping[str, float] = {
    unit: days
    for days, units in {
        1.0: "d day days",
        7.0: "w wk wks week weeks",
        365 / 12: "m mo mos mth month months",
        365 / 4: "q quarter quarters",
        365.0: "y yr yrs year years",
    }.items()
    for unit in units.split()
}
_NUMBERS: Mapping[str | None, int] = {
    "a": 1,
    "an": 1,
    "once": 1,
    "twice": 2,
    **{
        word: number
        for number, word in enumerate(
            "one two three four five six seven eight nine ten eleven twelve".split(), start=1
        )
    },
}
_AMOUNT = rf"\d{{1,4}}(?:\.\d{{1,2}})?|{'|'.join(word for word in _NUMBERS if word)}"
_EVERY = rf"(?a)(?:({_AMOUNT}) ?)?({'|'.join(_UNITS)})"
"""`6 weeks`, `6w`, `two months`, and, behind `every`, `week`."""
_TIMES = rf"(?a)({_AMOUNT})(?: times| time|x| x)? ?(?:a|an|per|each|every|/) ?({'|'.join(_UNITS)})"
"""`twice a year`, `3 times a year`, `4x per year`."""

_STATUS: Mapping[str, Status] = {
    word: status
    for status, words in {
        Status.PAUSED: "paused, pause, on hold, hold",
        Status.ARCHIVED: "archived, archive",
        Status.DO_NOT_CONTACT: "do not contact, dnc, don't contact, dont contact, no contact",
        Status.DIED: "died, dead, deceased, passed away",
    }.items()
    for word in words.split(", ")
}

RELATIONSHIPS: Mapping[str, str] = {
    word: canonical
    for canonical, words in {
        "friend": "friends, best friend, close friend, good friend, old friend, childhood friend, "
        "school friend, family friend, bestie, mate, pal",
        "close colleague": "close colleagues, close coworker, close co worker, work friend",
        "colleague": "colleagues, coworker, coworkers, co worker, co workers, teammate, team mate, "
        "workmate, peer, direct report, report, employee",
        "associate": "associates, business partner, cofounder, co founder, collaborator",
        "manager": "managers, boss, line manager, supervisor, team lead",
        "client": "clients, customer, customers",
        "mentor": "mentors, advisor, adviser",
        "mentee": "mentees, protege, protégé, protégée",
        "sponsor": "sponsors",
        "coach": "coaches, career coach",
        "professional body": "professional bodies, professional association",
        "acquaintance": "acquaintances, acquainted",
        "family": "relative, relatives, kin, parent, parents, mother, mom, mum, mama, father, dad, "
        "papa, brother, sister, sibling, siblings, cousin, cousins, aunt, uncle, nephew, niece, son, "
        "daughter, child, children, kid, kids, wife, husband, spouse, partner, fiancé, fiancée, fiance, fiancee, girlfriend, "
        "boyfriend, grandmother, grandma, granny, gran, nana, oma, grandfather, grandpa, granddad, "
        "grandad, opa, grandparent, grandparents, grandson, granddaughter, grandchild, "
        "grandchildren, stepmother, stepfather, stepbrother, stepsister, stepson, stepdaughter, "
        "half brother, half sister, godmother, godfather, godparent, godson, goddaughter, "
        "godchild, in law, in laws, mother in law, father in law, brother in law, "
        "sister in law, son in law, daughter in law, parents in law",
    }.items()
    for word in (canonical, *words.split(", "))
}
"""A word for somebody -> the canonical relationship."""

_RELATIONSHIP_TAGS: Mapping[str, str] = {
    form: word
    for word in set(RELATIONSHIPS.values())
    for form in (word, f"{word}s", f"{word}es", f"{word[:-1]}ies")
    if RELATIONSHIPS.get(form) == word
}
"""The contract's own words and their plurals; as a tag, any other may be about something else."""

_LISTS: Mapping[str, Callable[[Value], tuple[str, ...] | None]] = {
    "aliases": _read_names,
    "relationship": _read_relationships,
    "needs": _read_points,
    "offers": _read_points,
    "introduced_by": _texts,
    "knows": _texts,
}
_READERS: Mapping[str, Callable[[Value], object]] = {
    **_LISTS,
    **dict.fromkeys(
        "id purpose ask met_context company role location email phone linkedin".split(),
        _read_text,
    ),
    "name": _read_name,
    "they_know": _read_rung,
    "want_to_meet": _read_truth,
    "ring": _read_ring,
    "cadence": _read_cadence,
    "not_before": _read_latest,
    "last_contact": _read_latest,
    "status": _read_status,
    "private": _read_truth,
    "met": _read_met,
    "birthday": _read_birthday,
}
"""Canonical property -> how its value is read; None means that it cannot be understood."""
