"""From notes to contacts: which notes are people, and what their properties mean."""

from __future__ import annotations

import difflib
import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import TypeVar

from vaultnet.core.calendar import day_in_name, parse_day
from vaultnet.core.markup import find_links, plain_words
from vaultnet.core.model import (
    Cadence,
    Contact,
    Form,
    Note,
    Obsidian,
    Problem,
    Property,
    Resolve,
    Ring,
    Rung,
    Settings,
    Severity,
    Status,
    Value,
)
from vaultnet.core.text import short

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class People:
    """The contacts of a vault, and what there is to say about the reading of them."""

    contacts: tuple[Contact, ...] = ()
    """In the order of paths."""
    me: str | None = None
    """Path of the note that is you."""
    doubtful: tuple[tuple[str, str], ...] = ()
    """(path, reason): contacts for their folder alone, and notes left out that may be people."""
    problems: tuple[Problem, ...] = ()


def read_contacts(
    notes: Sequence[Note], settings: Settings, obsidian: Obsidian, resolve: Resolve
) -> People:
    """Find the notes that are people and understand their properties (contract, section 2.2)."""
    ordered = sorted(notes, key=lambda note: note.path)
    rules = _read_rules(settings, obsidian)
    me = _find_me(ordered, settings, resolve)
    drafts: list[_Draft] = []
    doubtful: list[tuple[str, str]] = []
    for note in ordered:
        verdict = _judge(note, rules) if note.path != me else _NO
        if verdict.doubt:
            doubtful.append((note.path, verdict.doubt))
        if verdict.taken:
            drafts.append(_read_draft(note, resolve))
    return People(
        contacts=_finish(drafts),
        me=me,
        doubtful=tuple(doubtful),
        problems=tuple(sorted(problem for draft in drafts for problem in draft.problems)),
    )


# --- which notes are people ---------------------------------------------------------------

_TYPE_KEYS = frozenset("type kind note_type".split())
_CATEGORY_KEYS = frozenset("category categories".split())
_BOARD_KEYS = frozenset("kanban_plugin excalidraw_plugin".split())
"""Set by plugins whose notes are drawings and boards, wherever they lie."""

_NO_PERSON = frozenset(
    """
    account address agency agenda animal app area article asset association book books brand
    bookmark building business cafe chapter city club committee community companies
    company concept conference corporation country course daily dashboard department diary
    document employer event events exposure film firm folder game goal group groups guide home
    hotel household idea index industry institute institution institutions interview journal list
    location locations log map meeting meetings minutes moc monthly movie music nonprofit org
    organisation organisations organization organizations orgs overview paper pet place places
    plan plans podcast portfolio post product project projects query quote recipe region report resource
    restaurant review school series service shop song software startup store studio survey task
    tasks team teams template thing tool topic town travel trip university venue video
    website weekly workshop
    """.split()
)
"""Values of `type` or `KIND` by which a note says that it is no person (vCard: org, group,
location)."""

_NEUTRAL = frozenset("individual human note notes vcard zettel card profile".split())
"""Values that say nothing against a person."""

_INDEX_NAME = re.compile(
    r"(?i:readme|index|_.*|(?:.*[\W_])?(?:template|dashboard)|template[\W_].*)"
    r"|(?:.*[\W_])?MOC|MOC[\W_].*",
    re.DOTALL,
)
"""Names of notes about people rather than of a person; Moc is a surname, a MOC a map of content."""
_PERIOD_NAME = re.compile(r"\d{4}-(?:W\d\d|Q\d|\d\d)(?![^\W_])", re.ASCII | re.IGNORECASE)
"""Weekly, quarterly and monthly notes: `2026-W48`, `2026-Q4`, `2026-11`."""


@dataclass(frozen=True, slots=True)
class _Rules:
    """The settings that say where people are, folded for comparison; folders as `/people/`."""

    folders: tuple[str, ...]
    tags: tuple[str, ...]
    types: frozenset[str]
    plan_folder: str
    backlog: str
    daily_folder: str
    daily_format: str


@dataclass(frozen=True, slots=True)
class _Verdict:
    taken: bool
    doubt: str = ""


_NO = _Verdict(taken=False)
_YES = _Verdict(taken=True)


def _read_rules(settings: Settings, obsidian: Obsidian) -> _Rules:
    return _Rules(
        folders=tuple(filter(None, (_bracket(name) for name in settings.contact_folders))),
        tags=tuple(_fold(tag).strip().lstrip("#") for tag in settings.contact_tags if tag.strip()),
        types=frozenset(_fold(word).strip() for word in settings.contact_types),
        plan_folder=_bracket(settings.plan_folder),
        backlog=_fold(settings.backlog).strip("/"),
        daily_folder=_bracket(obsidian.daily_folder or ""),
        daily_format=obsidian.daily_format,
    )


def _find_me(notes: Iterable[Note], settings: Settings, resolve: Resolve) -> str | None:
    name = settings.me.strip().removeprefix("[[").removesuffix("]]")
    if name and (path := resolve("", name)):
        return path
    return next((note.path for note in notes if "me" in _marks(note)), None)


def _marks(note: Note) -> list[str]:
    """List what the note's property `vaultnet` says: `false`, `me`."""
    return [
        _fold(str(found.value)).strip()
        for found in note.properties
        if found.key.lower() == "vaultnet" and isinstance(found.value, (str, bool))
    ]


def _judge(note: Note, rules: _Rules) -> _Verdict:
    """Decide whether a note is a person: the cheap signs first, since most notes are none."""
    placed = _in_people_folder(note.folder, rules.folders)
    tagged = bool(note.tags) and _any_tag_matches(note.tags, rules.tags)
    types, categories = _type_words(note)
    typed = not rules.types.isdisjoint(types) or not rules.types.isdisjoint(categories)
    if not (placed or tagged or typed) or _never(note, rules):
        return _NO
    if not note.healthy:
        return _Verdict(taken=False, doubt="left out: its front matter cannot be read")
    if typed:
        return _YES
    if not _NO_PERSON.isdisjoint(types):
        return _NO
    return _YES if tagged else _judge_by_place(note, types, categories)


def _judge_by_place(note: Note, types: frozenset[str], categories: frozenset[str]) -> _Verdict:
    """Decide about a note of which only the folder says that it is a person."""
    if categories and categories <= _NO_PERSON:
        return _NO
    keys = {_normal_key(found.key) for found in note.properties}
    if not _BOARD_KEYS.isdisjoint(keys):
        return _NO
    known = not _TELLING.isdisjoint(keys)
    if not known and _fold(note.name) == _fold(note.folder.rpartition("/")[2]):
        return _Verdict(taken=False, doubt="left out: it is named like its folder")
    strange = sorted(types - _NEUTRAL - _RELATIONSHIPS.keys())
    if strange:
        doubt = f"taken as a contact for its folder; its type is '{short(strange[0])}'"
        return _Verdict(taken=True, doubt=doubt)
    if known:
        return _YES
    return _Verdict(taken=True, doubt="taken as a contact for its folder alone")


def _never(note: Note, rules: _Rules) -> bool:
    if note.plan or note.template:
        return True
    path = _fold(note.path)
    name = _fold(note.name)
    return (
        _INDEX_NAME.fullmatch(note.name) is not None
        or any(folder.endswith(f"/{name}/") for folder in rules.folders)
        or (rules.plan_folder != "" and f"/{path}".startswith(rules.plan_folder))
        or path == rules.backlog
        or _is_dated(note, rules)
        or not {"false", "no", "off", "me"}.isdisjoint(_marks(note))
    )


def _is_dated(note: Note, rules: _Rules) -> bool:
    if day_in_name(note.name, rules.daily_format) or _PERIOD_NAME.match(note.name):
        return True
    if "/" not in rules.daily_format:
        return False
    # `YYYY/MM/DD`: only the whole path below the daily folder tells the day.
    path = f"/{note.path[:-3]}"
    if rules.daily_folder:
        if not _fold(path).startswith(rules.daily_folder):
            return False
        path = path[len(rules.daily_folder) - 1 :]
    name, pattern = path[1:].replace("/", " "), rules.daily_format.replace("/", " ")
    return day_in_name(name, pattern) is not None


@lru_cache(maxsize=4096)
def _in_people_folder(folder: str, folders: tuple[str, ...]) -> bool:
    path = _bracket(folder)
    return any(wanted in path for wanted in folders)


@lru_cache(maxsize=4096)
def _any_tag_matches(tags: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Whether a tag is one of those wanted, or nested: `person/colleague`, `type/person`."""
    return any(
        tag == word or tag.startswith(f"{word}/") or tag.endswith(f"/{word}")
        for tag in map(_fold, tags)
        for word in wanted
    )


def _type_words(note: Note) -> tuple[frozenset[str], frozenset[str]]:
    """Read what a note says it is: the words of its types, and those of its categories."""
    types: set[str] = set()
    categories: set[str] = set()
    for found in note.properties:
        key = _normal_key(found.key)
        if key in _TYPE_KEYS:
            types.update(_words_of(found.value))
        elif key in _CATEGORY_KEYS:
            categories.update(_words_of(found.value))
    return frozenset(types), frozenset(categories)


def _words_of(value: Value) -> Iterator[str]:
    for text in _texts(value) or ():
        for part in re.split(r"[,;]", _plain(text[:200])):
            word = _fold(part).strip(" \t\n#\"'*_").rpartition("/")[2]
            if word:
                yield word


def _bracket(folder: str) -> str:
    """Fold a folder so that one lies in another by plain search: `Work/People` -> `/work/people/`."""
    inner = _fold(folder).strip().strip("/")
    return f"/{inner}/" if inner else ""


# --- what their properties mean -----------------------------------------------------------

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

_TELLING = (_CANONICAL | _SYNONYMS.keys() | {"n_gn", "n_fn"}) - frozenset(
    "aliases alias id uid title name status location private position".split()
)
"""Properties that people have and other notes seldom have."""

_RHYTHMS = (
    "6 weeks, 6w, a number of days, weekly, fortnightly, monthly, quarterly, twice a year, "
    "yearly or never"
)
_TRUTH = "is neither true nor false"
_A_DAY = "is no day: write it as 2026-11-23"
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


@dataclass(frozen=True, slots=True)
class _Draft:
    """A contact whose ties may still lead to notes that are no contacts, and its wished key."""

    contact: Contact
    stem: str
    problems: tuple[Problem, ...]


def _read_draft(note: Note, resolve: Resolve) -> _Draft:
    read = _Reading(note)
    shown = _read_shown(read)
    met, met_context = _read_meeting(read)
    for name in ("email", "phone", "linkedin"):
        read.one(name, _read_text)
    identity = (read.one("id", _read_text) or "").removeprefix("urn:uuid:")
    readable = identity if len(identity) <= _LONGEST_ID else ""
    contact = Contact(
        path=note.path,
        name=note.name,
        shown=shown if _squeeze(shown) != _squeeze(note.name) else "",
        aliases=tuple(
            alias for alias in _distinct(read.all("aliases", _read_names)) if alias != note.name
        ),
        they_know=read.one("they_know", _read_rung),
        relationships=_distinct(read.all("relationship", _read_relationships)),
        purpose=read.one("purpose", _read_text) or "",
        ask=read.one("ask", _read_text) or "",
        want_to_meet=read.one("want_to_meet", _read_truth) or False,
        ring=read.one("ring", _read_ring),
        cadence=read.one("cadence", _read_cadence),
        not_before=read.one("not_before", _read_latest),
        last_contact=max(read.all("last_contact", _read_latest), default=None),
        status=_read_status(read),
        private=_is_private(read),
        needs=_distinct(read.all("needs", _read_points)),
        offers=_distinct(read.all("offers", _read_points)),
        introduced_by=_find_paths(read, "introduced_by", resolve),
        knows=_find_paths(read, "knows", resolve),
        met=met,
        met_context=met_context,
        company=read.one("company", _read_text) or "",
        role=read.one("role", _read_text) or "",
        location=read.one("location", _read_text) or "",
        birthday=read.one("birthday", _read_birthday),
        tags=note.tags,
        lines=read.lines,
    )
    return _Draft(contact, _slug(readable or note.name), tuple(read.problems))


class _Reading:
    """The properties of one note while they are read: what was set where, and the faults."""

    def __init__(self, note: Note) -> None:
        self.note = note
        self.given: dict[str, list[Property]] = {}
        """Canonical key -> the properties that may tell it: its own one, else all synonyms."""
        self.own: set[str] = set()
        self.lines: dict[str, int] = {}
        self.problems: list[Problem] = []
        for found in note.properties:
            key = _normal_key(found.key)
            canonical = key if key in _CANONICAL else _SYNONYMS.get(key)
            if canonical is None or canonical in self.own or _is_empty(found.value):
                continue
            if canonical == key:
                self.own.add(key)
                self.given[key] = [found]
            elif key != "title" or not _repeats_name(note, found.value):
                self.given.setdefault(canonical, []).append(found)

    def one(self, name: str, read: Callable[[Value], T | None]) -> T | None:
        """Read a property by its canonical key, else by the first synonym whose value fits."""
        values = self.all(name, read)
        return values[0] if values else None

    def all(self, name: str, read: Callable[[Value], T | None]) -> list[T]:
        """Read a property by its canonical key, else by every synonym whose value fits."""
        given = self.given.get(name)
        if not given:
            return []
        values = [(found, read(found.value)) for found in given]
        if name in self.own and values[0][1] is None:
            self.fault(name, given[0])
        fitting = [
            (found, value)
            for found, value in values
            if value is not None and (name in self.own or _fits(name, value))
        ]
        if fitting:
            self.lines[name] = fitting[0][0].line
        return [value for _, value in fitting]

    def fault(self, name: str, found: Property) -> None:
        """Note down that a canonical property cannot be understood."""
        severity = Severity.ERROR if name in _GRAVE else Severity.WARNING
        message = _explain(name, found.value)
        self.problems.append(
            Problem(self.note.path, found.line, "unknown-value", message, severity)
        )


def _fits(name: str, value: object) -> bool:
    # `title: 🌱` is the user's own, as is `position: 3`.
    if name in {"company", "role", "location"} and isinstance(value, str):
        return any(map(str.isalpha, value))
    return True


def _explain(name: str, value: Value) -> str:
    """Say what is wrong: `ring 'budy' is none of buddy, … (did you mean 'buddy'?)`."""
    if isinstance(value, bool):
        said = str(value).lower()
    else:
        said = short(", ".join(_texts(value) or ())) or "…"
    choices = _CHOICES.get(name)
    if not choices:
        return f"{name} '{said}' {_FAULTS.get(name, _TEXT)}"
    near = difflib.get_close_matches(said.lower(), choices, n=1)
    hint = f" (did you mean '{near[0]}'?)" if near else ""
    return f"{name} '{said}' is none of {', '.join(choices)}{hint}"


def _repeats_name(note: Note, value: Value) -> bool:
    """Whether a `title` is the note's title, not the person's: `title: Ada Lovelace`."""
    if value == note.name:
        return True
    names = [note.name]
    for found in note.properties:
        if _SYNONYMS.get(key := _normal_key(found.key), key) in {"name", "aliases"}:
            names.extend(_texts(found.value) or ())
    names.extend(line.text for line in note.lines[:5] if line.form is Form.HEADING)
    title = _squeeze("".join(_texts(value) or ()))
    return any(title == _squeeze(name) for name in names)


# --- properties with a reading of their own -----------------------------------------------


def _read_shown(read: _Reading) -> str:
    """Read the name to show; a vCard may give it in parts (`N.GN: Ada`, `N.FN: Lovelace`)."""
    if shown := read.one("name", _read_text):
        return shown
    parts = {_normal_key(found.key): found.value for found in read.note.properties}
    given, family = (_read_text(parts.get(key)) or "" for key in ("n_gn", "n_fn"))
    return f"{given} {family}" if given and family else ""


def _read_status(read: _Reading) -> Status | None:
    """Read a status; the user's own words (`active`, `🌱`) stay theirs unless they nearly spell ours."""
    if "status" not in read.own:
        return None
    found = read.given["status"][0]
    for word in islice(_words_of(found.value), 8):
        if status := _STATUS.get(_spaced(word)):
            read.lines["status"] = found.line
            return status
        if difflib.get_close_matches(_spaced(word)[:40], _STATUS, n=1, cutoff=0.85):
            read.fault("status", found)
            return None
    return None


def _read_meeting(read: _Reading) -> tuple[date | None, str]:
    """Read when and how you met; a `met` that is no day tells how: `met: at the choir`."""
    context = read.one("met_context", _read_text) or ""
    day, how = read.one("met", _read_met) or (None, "")
    if how:
        line = read.lines.pop("met")
        read.lines.setdefault("met_context", line)
    return day, context or how


def _is_private(read: _Reading) -> bool:
    """Whether nothing of the note may be quoted: when in doubt, it may not."""
    if "private" in read.own:
        return read.one("private", _read_truth) is not False
    return any(
        found.key.lower() in {"tags", "tag"} and "private" in _words_of(found.value)
        for found in read.note.properties
    )


def _find_paths(read: _Reading, name: str, resolve: Resolve) -> tuple[str, ...]:
    """Find the notes that a property links or names; what leads nowhere is left out."""
    source = read.note.path
    paths: list[str | None] = []
    for text in (text for texts in read.all(name, _texts) for text in texts):
        if links := find_links(text):
            paths.extend(resolve(source, link.target) for link in links)
        elif path := resolve(source, text):
            paths.append(path)
        else:
            paths.extend(resolve(source, part.strip()) for part in text.split(",") if part.strip())
    return tuple(dict.fromkeys(path for path in paths if path and path != source))


# --- values -------------------------------------------------------------------------------


def _texts(value: Value) -> tuple[str, ...] | None:
    """Read text, a number, or a list of them as texts; None where it is anything else.

    `[[Ada]]` without quotes is a list in a list to YAML: it becomes the text `[[Ada]]` again.
    """
    if isinstance(value, str):
        text = _scalar(value)
        return (text,) if text else ()
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
        return (value if value.isascii() else unicodedata.normalize("NFC", value)).strip()
    # No number that people write is longer; beyond, Python refuses to spell it out.
    if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e18:
        return str(value)
    return None


def _is_empty(value: Value) -> bool:
    if isinstance(value, list):
        return all(item is None or item in ("", []) for item in value)
    # `[[]]` is what a template leaves behind.
    return value is None or value == {} or (isinstance(value, str) and not value.strip(" \t\n[]"))


def _read_text(value: Value) -> str | None:
    """Read running text without link marks; a list is told with commas."""
    texts = _texts(value)
    return _plain(", ".join(texts)) or None if texts else None


def _read_names(value: Value) -> tuple[str, ...] | None:
    """Read a list of names; text is parted at commas, as Obsidian does with aliases."""
    texts = _texts(value)
    if isinstance(value, str) and texts:
        texts = tuple(part.strip() for part in texts[0].split(","))
    return None if texts is None else tuple(filter(None, map(_plain, texts)))


def _read_points(value: Value) -> tuple[str, ...] | None:
    """Read needs and offers: a list, lines, or words with commas; a sentence stays whole."""
    texts = _texts(value)
    if not texts or not isinstance(value, str):
        return None if texts is None else tuple(filter(None, map(_plain, texts)))
    lines = [line.strip().removeprefix("- ") for line in texts[0].splitlines()]
    if len(lines) == 1 and not lines[0].endswith((".", "!", "?")):
        lines = re.split(r"[,;]", _plain(lines[0]))
    return tuple(filter(None, (_plain(line) for line in lines)))


def _read_truth(value: Value) -> bool | None:
    if isinstance(value, bool):
        return value
    word = _single(value)
    if word in {"true", "yes", "y", "on", "1"}:
        return True
    return False if word in {"false", "no", "n", "off", "0"} else None


def _read_ring(value: Value) -> Ring | None:
    return _RINGS.get(_spaced(_single(value)))


def _read_rung(value: Value) -> Rung | None:
    """Read what they know of you; of several answers the highest counts."""
    if value is False:
        return Rung.NOTHING
    texts = _texts(value)
    parts = re.split(r"[,;+&]|\band\b", _fold(_plain(", ".join(texts)))[:300]) if texts else []
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
    said = "never" if value is False else _single(value)
    number = int(said) if said.isdecimal() and len(said) < 5 else value
    if isinstance(number, (int, float)) and not isinstance(value, bool):
        return _days(number)
    text = _spaced(said)
    if text in _NEVER:
        return Cadence(None)
    text = text.removeprefix("about ").removeprefix("every ").removeprefix("each ")
    if text in _CADENCES:
        return Cadence(_CADENCES[text])
    if match := _EVERY.fullmatch(text):
        units = _NUMBERS.get(match[1]) or float(match[1] or 1)
        return _days(units * _UNITS[match[2]])
    if match := _TIMES.fullmatch(text):
        times = _NUMBERS.get(match[1]) or float(match[1])
        return _days(_UNITS[match[2]] / times) if times else None
    return None


def _days(days: float) -> Cadence | None:
    # Beyond ten years, and for no days at all, it is no rhythm but a slip.
    return Cadence(round(days)) if 1 <= days <= 3660 else None


def _read_latest(value: Value) -> date | None:
    return max(_read_days(value), default=None)


def _read_met(value: Value) -> tuple[date | None, str] | None:
    """Read the day you met (of several, the first), or else how."""
    if days := _read_days(value):
        return min(days), ""
    text = _read_text(value)
    return None if text is None or _LIKE_A_DAY.match(text) else (None, text)


def _read_days(value: Value) -> list[date]:
    """Read days, `2026-11-20` or links to daily notes; none where one of them is no day."""
    days = [_read_day(text) for text in _texts(value) or ()]
    understood = [day for day in days if day is not None]
    return understood if len(understood) == len(days) else []


def _read_day(text: str) -> date | None:
    day = _unlinked(text)
    if match := re.match(r"(\d{4})[/.]?(\d\d)[/.]?(\d\d)(?![\d/.])", day, re.ASCII):
        day = "-".join(match.groups())
    return parse_day(day)


def _read_birthday(value: Value) -> tuple[int, int] | None:
    """Read month and day: `1991-05-23`, `05-23`, `--05-23`, `19910523`."""
    match = _BIRTHDAY.match(_unlinked("".join(_texts(value) or ())))
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
    texts = _texts(value)
    if texts is None:
        return None
    parts = (part for text in texts for part in re.split(r"[,;/&]|\band\b", _plain(text)))
    return tuple(filter(None, map(_canonical_relationship, parts))) or None


def _canonical_relationship(text: str) -> str:
    word = _spaced(text)
    for article in ("my ", "a ", "an "):
        word = word.removeprefix(article)
    if word in _RELATIONSHIPS:
        return _RELATIONSHIPS[word]
    # A former colleague knows your work as well; a former friend or wife is another matter.
    for former in ("former ", "ex ", "old ", "past ", "previous ", "current "):
        known = _RELATIONSHIPS.get(word.removeprefix(former))
        if word.startswith(former) and known and known not in {"family", "friend"}:
            return known
    return word


# --- how words are compared ---------------------------------------------------------------


@lru_cache(maxsize=4096)
def _normal_key(key: str) -> str:
    """Bring a key into the form of the contract: `lastContacted`, `EMAIL[WORK]`, `N.GN`, `met-via`."""
    plain = unicodedata.normalize("NFC", key).partition("[")[0] + key.partition("]")[2]
    if not plain.isupper():
        plain = _CAMEL.sub("_", plain)
    return _KEY_BREAK.sub("_", plain.lower()).strip("_")


def _fold(text: str) -> str:
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def _spaced(text: str) -> str:
    """Fold a word or phrase, with any dashes and underscores as single spaces."""
    return " ".join(_fold(text).replace("-", " ").replace("_", " ").strip(" #.!").split())


def _squeeze(text: str) -> str:
    """Keep only a name's letters and digits, so that `ada-lovelace` equals `Ada Lovelace`."""
    return "".join(filter(str.isalnum, _fold(text)))


def _single(value: Value) -> str:
    texts = _texts(value)
    return _fold(_plain(texts[0])) if texts and len(texts) == 1 else ""


def _plain(text: str) -> str:
    """Say a text without the marks of links: `[[Companies/Acme]] (Berlin)` is `Acme (Berlin)`."""
    if "[" not in text and "*" not in text:
        return " ".join(text.split())
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


def _distinct(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for group in groups for word in group))


# --- keys and ties, once all contacts are known -------------------------------------------


def _finish(drafts: Sequence[_Draft]) -> tuple[Contact, ...]:
    """Give every contact its key, and keep only those ties that lead to contacts."""
    keys = _distinct_keys({draft.contact.path: draft.stem for draft in drafts})
    return tuple(_finish_contact(draft.contact, keys) for draft in drafts)


def _finish_contact(contact: Contact, keys: Mapping[str, str]) -> Contact:
    introduced_by = tuple(path for path in contact.introduced_by if path in keys)
    knows = tuple(path for path in contact.knows if path in keys)
    kept = {"introduced_by": introduced_by, "knows": knows}
    return replace(
        contact,
        key=keys[contact.path],
        introduced_by=introduced_by,
        knows=knows,
        lines={name: line for name, line in contact.lines.items() if kept.get(name, True)},
    )


def _distinct_keys(stems: Mapping[str, str]) -> dict[str, str]:
    """Choose a key for each path: its stem where nobody else has it, else with a hash of the path."""
    keys = dict(stems)
    for width in (6, 16, 64):  # A name made to look like another's key meets the next round.
        counts = Counter(keys.values())
        if len(counts) == len(keys):
            break
        for path, key in keys.items():
            if counts[key] > 1:
                keys[path] = f"{stems[path]}-{_hash(path, width)}"
    return keys


def _slug(name: str) -> str:
    """Make the part of a block id that stands for a person: `Élodie Noël` gives `elodie-noel`.

    What ASCII cannot hold is told apart by a hash: `伟 李` gives `x-693430`.
    """
    bare = _fold(name)
    if not bare.isascii():
        parts = unicodedata.normalize("NFKD", bare.translate(_LATIN))
        bare = "".join(char for char in parts if not unicodedata.combining(char))
    slug = _NO_SLUG.sub("-", bare).strip("-")
    cut = slug[:40].strip("-")
    lost = not cut or cut != slug
    if not bare.isascii():
        lost = lost or any(char.isalnum() and not char.isascii() for char in bare)
    return f"{cut or 'x'}-{_hash(name, 6)}" if lost else cut


def _hash(text: str, width: int) -> str:
    composed = unicodedata.normalize("NFC", text)
    return hashlib.sha256(composed.encode("utf-8", "surrogatepass")).hexdigest()[:width]


# --- the words ----------------------------------------------------------------------------

_CAMEL = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_KEY_BREAK = re.compile(r"[\s\-/._]+")
_NO_SLUG = re.compile(r"[^a-z0-9]+")
_LATIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
"""Latin letters that do not decompose into one of ASCII's with a mark."""

_LIKE_A_DAY = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d", re.ASCII)
_BIRTHDAY = re.compile(
    r"(?:\d{4}([-/.]?)(\d\d)\1(\d\d)|(?:--)?(\d\d)-(\d\d)|--(\d\d)(\d\d))(?![\d/.-])", re.ASCII
)

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
_EVERY = re.compile(rf"(?:({_AMOUNT}) ?)?({'|'.join(_UNITS)})", re.ASCII)
"""`6 weeks`, `6w`, `two months`, and, behind `every`, `week`."""
_TIMES = re.compile(
    rf"({_AMOUNT})(?: times| time|x| x)? ?(?:a|an|per|each|every|/) ?({'|'.join(_UNITS)})", re.ASCII
)
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

_RELATIONSHIPS: Mapping[str, str] = {
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
        "papa, brother, sister, sibling, cousin, aunt, uncle, nephew, niece, son, daughter, child, "
        "kid, wife, husband, spouse, partner, fiancé, fiancée, fiance, fiancee, girlfriend, "
        "boyfriend, grandmother, grandma, grandfather, grandpa, grandparent, grandson, "
        "granddaughter, stepmother, stepfather, stepbrother, stepsister, godmother, godfather, "
        "godson, goddaughter, in law, in laws, mother in law, father in law, brother in law, "
        "sister in law, son in law, daughter in law, parents in law",
    }.items()
    for word in (canonical, *words.split(", "))
}
