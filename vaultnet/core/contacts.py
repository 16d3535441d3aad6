"""From notes to contacts: which notes are people, who is you, and by which key each is known."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import TypeAlias

from vaultnet.core.calendar import day_in_name
from vaultnet.core.frozen import frozen, replace
from vaultnet.core.markup import find_links
from vaultnet.core.model import (
    Contact,
    Note,
    Obsidian,
    Problem,
    Resolve,
    Settings,
    Severity,
    Status,
)
from vaultnet.core.pattern import lazy_pattern
from vaultnet.core.properties import (
    RELATIONSHIPS,
    TELLING,
    Meaning,
    fold,
    normal_key,
    read_properties,
    relationships_in_tag,
    tags_of,
    words_of,
)
from vaultnet.core.text import short


@frozen
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
    rules = read_rules(settings, obsidian)
    return gather_people([read_person(note, rules) for note in notes], settings, resolve)


@frozen
class Person:
    """What one note says of the person it is about, whatever the other notes say."""

    path: str
    doubt: str = ""
    is_me: bool = False
    """Whether it says `vaultnet: me`."""
    tags: tuple[str, ...] = ()
    stem: str = ""
    """What the contact would be called in block ids if nobody else were."""
    meaning: Meaning | None = None
    """None where the note is no contact."""


def read_person(note: Note, rules: Rules) -> Person:
    """Decide whether a note is a person, and understand its properties if it is."""
    keys = _read_keys(note)
    marks = [fold(str(value)).strip() for value in _values(note, keys.vaultnet)]
    taken, doubt = _judge(note, keys, marks, rules)
    is_me = "me" in marks
    if not taken:
        return Person(note.path, doubt, is_me)
    meaning = _with_what_is_known(note, read_properties(note))
    stem = _stem(note, meaning)
    return Person(note.path, doubt, is_me, note.tags, stem, meaning)


def gather_people(
    persons: Iterable[Person],
    settings: Settings,
    resolve: Resolve,
    before: Mapping[str, Contact] | None = None,
) -> People:
    """Find who everybody is, now that all notes are known.

    A contact that is equal to the one of its path `before` is that very value.
    """
    ordered = sorted(persons, key=attrgetter("path"))
    me, problems = _find_me(ordered, settings, resolve)
    met = [person for person in ordered if person.path != me]
    problems += [p for person in met if person.meaning for p in person.meaning.problems]
    return People(
        contacts=_make_contacts(met, resolve, before or {}),
        me=me,
        doubtful=tuple((person.path, person.doubt) for person in met if person.doubt),
        problems=tuple(sorted(problems)),
    )


def make_contact(person: Person, resolve: Resolve) -> Contact | None:
    """Make a contact of one person, without a key and ties that others could share; None: is none."""
    if person.meaning is None:
        return None
    return _make_contact(person, person.meaning, {person.path: person.stem}, resolve, None)


def is_called_the_same(before: Person, now: Person) -> bool:
    """Whether a note is as much of a person as before, by the same name and with the same doubt."""
    return (
        before.stem == now.stem
        and before.doubt == now.doubt
        and before.is_me == now.is_me
        and (before.meaning is None) == (now.meaning is None)
    )


def make_again(
    person: Person, keys: Mapping[str, str], resolve: Resolve, before: Contact | None
) -> Contact:
    """Make a contact anew who is called the same; `keys` are everybody's, by path."""
    if person.meaning is None:
        raise ValueError(person.path)
    return _make_contact(person, person.meaning, keys, resolve, before)


# --- which notes are people ---------------------------------------------------------------

_TYPE_KEYS = frozenset("type kind note_type".split())
_CATEGORY_KEYS = frozenset("category categories".split())
_BOARD_KEYS = frozenset("kanban_plugin excalidraw_plugin".split())
"""Set by plugins whose notes are drawings and boards, wherever they lie."""

_NO_PERSON = frozenset(
    """
    account address agency agenda animal animals app area article asset association book books brand
    bookmark building business cafe chapter city club committee community companies
    company concept conference corporation country course daily dashboard department diary
    document employer event events exposure film firm folder game goal group groups guide home
    hotel household idea index industry institute institution institutions interview journal list
    location locations log map meeting meetings minutes moc monthly movie music nonprofit org
    organisation organisations organization organizations orgs overview paper pet pets place places
    plan plans podcast portfolio post product project projects query quote recipe region report resource
    restaurant review school series service shop song software startup store studio survey task
    tasks team teams template thing tool topic town travel trip university venue video
    website weekly workshop
    """.split()
)
"""Values of `type` or `KIND` by which a note says that it is no person (vCard: org, group,
location)."""

_THINGS = frozenset(
    """
    animal animals building cafe companies company corporation department hotel institution
    institutions location locations moc nonprofit org organisation organisations organization
    organizations orgs pet pets place places region restaurant shop store venue
    """.split()
)
"""Those of them that say the same as a tag. `music` or `startup` may be what a person cares about."""

_HUMAN = RELATIONSHIPS.keys() | {"individual", "human"}
"""Values by which a note says that it is a person (vCard: individual; `type: mentor`)."""
_NOBODY = frozenset("false no off me".split())
"""Values of `vaultnet` by which a note says that it is no contact."""
_NEUTRAL = frozenset("note notes vcard zettel card profile".split())
"""Values that say nothing against a person."""
_NO_WORDS: frozenset[str] = frozenset()

# What few notes need is compiled for the first of them.
_INDEX_NAME = (
    r"(?s)(?i:readme|index|_.*|(?:.*[\W_])?(?:template|dashboard)|template[\W_].*)"
    r"|(?:.*[\W_])?MOC|MOC[\W_].*"
)
"""Names of notes about people rather than of a person; Moc is a surname, a MOC a map of content."""
_INDEX_STARTS = ("_", "readme", "index", "template", "moc")
_INDEX_ENDS = ("template", "dashboard", "moc")
"""One of these begins or ends every such name, in lower case, if it is all ASCII."""
_PERIOD_NAME = r"(?ai)\d{4}-(?:W\d\d|Q\d|\d\d)(?![^\W_])"
"""Weekly, quarterly and monthly notes: `2026-W48`, `2026-Q4`, `2026-11`."""
_DIGIT = lazy_pattern("[0-9]")
"""Stands in the path of every note that is of a day or of a period."""

_FEW = 64
"""Properties of a note that may well be those of many another."""
_BRIEF = 100
"""Characters of a type that may well be that of many another note."""


@frozen
class Rules:
    """The settings that say where people are, folded for comparison; folders as `/people/`."""

    folders: tuple[str, ...]
    folder_names: frozenset[str]
    tags: tuple[str, ...]
    types: frozenset[str]
    plan_folder: str
    backlog: str
    daily_folder: str
    daily_format: str


_Verdict: TypeAlias = tuple[bool, str]
"""Whether a note is taken for a contact, and what is doubtful about that."""
_NO: _Verdict = (False, "")
_YES: _Verdict = (True, "")


def read_rules(settings: Settings, obsidian: Obsidian) -> Rules:
    """Fold the settings that say where people are."""
    folders = tuple(filter(None, (_bracket(name) for name in settings.contact_folders)))
    return Rules(
        folders=folders,
        folder_names=frozenset(folder.rsplit("/", 2)[1] for folder in folders),
        tags=tuple(fold(tag).strip().lstrip("#") for tag in settings.contact_tags if tag.strip()),
        types=frozenset(fold(word).strip() for word in settings.contact_types),
        plan_folder=_bracket(settings.plan_folder),
        backlog=fold(settings.backlog).strip("/"),
        daily_folder=_bracket(obsidian.daily_folder or ""),
        daily_format=obsidian.daily_format,
    )


def _find_me(
    persons: Iterable[Person], settings: Settings, resolve: Resolve
) -> tuple[str | None, list[Problem]]:
    """Find the note that is you; a setting that leads to no note is a problem."""
    name = settings.me.strip().removeprefix("[[").removesuffix("]]")
    if name and (path := resolve("", name)):
        return path, []
    me = next((person.path for person in persons if person.is_me), None)
    if not name:
        return me, []
    message = f"me is '{short(name)}', but no note is called so: name the one that is you"
    return me, [Problem("vaultnet.toml", 0, "unknown-me", message, Severity.WARNING)]


@frozen
class _Keys:
    """Which properties of a note say whether it is a person, by their index; and all their names."""

    vaultnet: tuple[int, ...]
    types: tuple[int, ...]
    categories: tuple[int, ...]
    names: frozenset[str]


def _read_keys(note: Note) -> _Keys:
    """Read a note's keys; most notes have the same as many others."""
    keys = tuple(map(_key, note.properties))
    return _sort_keys(keys) if len(keys) <= _FEW else _sort_keys.__wrapped__(keys)


_key = attrgetter("key")


@lru_cache(maxsize=1024)
def _sort_keys(keys: tuple[str, ...]) -> _Keys:
    names = [normal_key(key) for key in keys]
    return _Keys(
        tuple(at for at, key in enumerate(keys) if key.lower() == "vaultnet"),
        tuple(at for at, name in enumerate(names) if name in _TYPE_KEYS),
        tuple(at for at, name in enumerate(names) if name in _CATEGORY_KEYS),
        frozenset(names),
    )


def _values(note: Note, indices: Iterable[int]) -> list[str | bool]:
    """List the values of some properties that are text or a truth."""
    values = [note.properties[at].value for at in indices]
    return [value for value in values if isinstance(value, (str, bool))]


def _judge(note: Note, keys: _Keys, marks: Sequence[str], rules: Rules) -> _Verdict:
    """Decide whether a note is a person: the cheap signs first, since most notes are none."""
    placed = _in_people_folder(note.folder, rules.folders)
    tagged = bool(note.tags) and _any_tag_matches(note.tags, rules.tags)
    types = _words_at(note, keys.types)
    categories = _words_at(note, keys.categories)
    typed = not rules.types.isdisjoint(types) or not rules.types.isdisjoint(categories)
    if not (placed or tagged or typed) or _never(note, marks, rules):
        return _NO
    if not note.healthy:
        return False, "left out: its front matter cannot be read"
    if typed:
        return _YES
    if not _NO_PERSON.isdisjoint(types):
        return _NO
    return _YES if tagged else _judge_by_place(note, keys.names, types, categories)


def _judge_by_place(
    note: Note, keys: frozenset[str], types: frozenset[str], categories: frozenset[str]
) -> _Verdict:
    """Decide about a note of which only the folder says that it is a person."""
    tags = tags_of(note)
    if _is_thing(keys, categories) or (types.isdisjoint(_HUMAN) and _names_thing(tags)):
        return _NO
    known = not TELLING.isdisjoint(keys) or any(map(relationships_in_tag, tags))
    if not known and fold(note.name) == fold(note.folder.rpartition("/")[2]):
        return False, "left out: it is named like its folder"
    if not known and (other := next((tag for tag in tags if tag in _NO_PERSON), "")):
        return False, f"left out: its tag is '{other}'"
    strange = sorted(types - _NEUTRAL - _HUMAN)
    if strange:
        doubt = f"taken as a contact for its folder; its type is '{short(strange[0])}'"
        return True, doubt
    return _YES if known else (True, "taken as a contact for its folder alone")


def _is_thing(keys: frozenset[str], categories: frozenset[str]) -> bool:
    if categories and categories <= _NO_PERSON:
        return True
    return not _BOARD_KEYS.isdisjoint(keys)


def _names_thing(tags: Iterable[str]) -> bool:
    """Whether a tag says that the note is no person; `company/acme` only says where they work."""
    return not _THINGS.isdisjoint(tag.rpartition("/")[2] for tag in tags)


def _never(note: Note, marks: Sequence[str], rules: Rules) -> bool:
    if note.plan or note.template:
        return True
    written = note.name
    name = fold(written)
    return (
        _is_named_as_index(written, name)
        or name in rules.folder_names
        or (name.startswith(_OUR_STARTS) and _is_ours(note, name, rules))
        or fold(note.path) == rules.backlog
        or (_DIGIT.search(note.path) is not None and _is_dated(note, rules))
        or not _NOBODY.isdisjoint(marks)
    )


def _is_named_as_index(written: str, name: str) -> bool:
    """Whether a note is about people rather than about one; the pattern is dear, and few notes need it."""
    if written.isascii() and not (name.startswith(_INDEX_STARTS) or name.endswith(_INDEX_ENDS)):
        return False
    return re.fullmatch(_INDEX_NAME, written) is not None


def _is_ours(note: Note, name: str, rules: Rules) -> bool:
    return f"/{fold(note.path)}".startswith(rules.plan_folder) and bool(re.match(_OUR_NOTE, name))


def _is_dated(note: Note, rules: Rules) -> bool:
    name = note.name
    if day_in_name(name, rules.daily_format) or re.match(_PERIOD_NAME, name):
        return True
    if "/" not in rules.daily_format:
        return False
    # `YYYY/MM/DD`: only the whole path below the daily folder tells the day.
    path = f"/{note.path[:-3]}"
    if rules.daily_folder:
        if not fold(path).startswith(rules.daily_folder):
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
        for tag in map(fold, tags)
        for word in wanted
    )


def _words_at(note: Note, indices: Iterable[int]) -> frozenset[str]:
    """Read the words of some properties, those by which a note says what it is."""
    found = _NO_WORDS
    for at in indices:
        value = note.properties[at].value
        if isinstance(value, str) and len(value) <= _BRIEF:
            found |= _words_in(value)
        else:
            found |= frozenset(words_of(value))
    return found


@lru_cache(maxsize=1024)
def _words_in(text: str) -> frozenset[str]:
    return frozenset(words_of(text))


def _bracket(folder: str) -> str:
    """Fold a folder so that one lies in another by plain search: `Work/People` -> `/work/people/`."""
    inner = fold(folder).strip().strip("/")
    return f"/{inner}/" if inner else ""


# --- contacts, once it is known who they all are ------------------------------------------


def _make_contacts(
    persons: Sequence[Person], resolve: Resolve, before: Mapping[str, Contact]
) -> tuple[Contact, ...]:
    """Give every contact its key, and the ties that lead to contacts."""
    keys = distinct_keys({person.path: person.stem for person in persons if person.meaning})
    return tuple(
        _make_contact(person, person.meaning, keys, resolve, before.get(person.path))
        for person in persons
        if person.meaning
    )


def _make_contact(
    person: Person,
    meaning: Meaning,
    keys: Mapping[str, str],
    resolve: Resolve,
    before: Contact | None,
) -> Contact:
    path = person.path
    lines = meaning.lines
    ties: dict[str, tuple[str, ...]] = {}
    if "knows" in lines or "introduced_by" in lines:  # which most lack
        for name, texts in (("introduced_by", meaning.introduced_by), ("knows", meaning.knows)):
            if name in lines:
                ties[name] = _find_contacts(path, texts, keys, resolve)
        if not all(ties.values()):
            lines = {name: line for name, line in lines.items() if ties.get(name, True)}
    contact = Contact(
        path=path,
        name=path.rpartition("/")[2][:-3],
        key=keys[path],
        tags=person.tags,
        lines=lines,
        id=meaning.identity,
        **ties,
        **meaning.fields,
    )
    return before if before is not None and before == contact else contact


def _with_what_is_known(note: Note, meaning: Meaning) -> Meaning:
    """Add what a note's name or text says where its properties are silent."""
    fields, lines = meaning.fields, meaning.lines
    died = 0 if fields.get("status") else _find_death(note)
    if not fields.get("relationships") and _is_kin(note.name.strip()):
        fields = {**fields, "relationships": ("family",)}
    if died:
        # A plan must never write to the dead because nobody filled a property in.
        fields, lines = {**fields, "status": Status.DIED}, {**lines, "status": died}
    if fields is meaning.fields:
        return meaning
    return replace(meaning, fields=fields, lines=lines)


_DIED = (
    r"(?i)(?:^|[.!?;,] )(?:†|✝|died\b|deceased\b|passed away\b|verstorben\b|gestorben\b)[ :,]{0,2}"
    r"(?:in |on |am |im )?(?:[\w.,]{1,12} ){0,2}(?:\d{4}-\d\d-\d\d|\d{4})(?![\d-])"
)
"""A sentence that tells when somebody died: `Died 2024`, `† 3 May 2019`."""
_SIGNS_OF_DEATH = ("died", "deceased", "passed away", "storben", "†", "✝")
"""One of these stands in every such sentence, and in few notes: all lines are searched for it at once."""
_ODD_LETTERS = (("İ", "i"), ("ı", "i"), ("ſ", "s"))
"""What a pattern without case takes for an ASCII letter, though it is none in lower case."""


_KIN = (
    r"(?i)(?:mum|mom|mummy|mommy|mama|mamma|mother|dad|daddy|papa|father|oma|opa|omi|opi|grandma|grandpa|granny|"
    r"grandad|nana|nonna|nonno|abuela|abuelo|auntie|mamá|papá|maman)\b.{0,12}"
)
"""Names that only children and grandchildren use: such a note is about family."""
_KIN_STARTS = frozenset("mum mom mam mot dad pap fat oma opa omi opi gra nan non abu aun".split())
"""The first letters of those that are all ASCII."""


def _is_kin(name: str) -> bool:
    if name.isascii() and name[:3].lower() not in _KIN_STARTS:
        return False
    return re.fullmatch(_KIN, name) is not None


_OUR_NOTE = r"network plan |this week$|network trend$"
"""Names of vaultnet's own notes; whatever else lies in their folder is the user's."""
_OUR_STARTS = ("network plan ", "this week", "network trend")


def _find_death(note: Note) -> int:
    """Find the line by which a note tells that its person died; 0: it tells nothing of the kind."""
    text = "\n".join([line.text for line in note.lines])
    if not text.isascii():
        for odd, plain in _ODD_LETTERS:
            text = text.replace(odd, plain)
    text = text.lower()
    if not [sign for sign in _SIGNS_OF_DEATH if sign in text]:
        return 0
    return next(
        (
            line.number
            for line in note.lines
            if not line.links and re.search(_DIED, line.text.strip("*_ "))
        ),
        0,
    )


def _find_contacts(
    note: str, texts: Iterable[str], keys: Mapping[str, str], resolve: Resolve
) -> tuple[str, ...]:
    """Find the contacts that a property links or names; what leads to no other one is left out."""
    paths: list[str | None] = []
    for text in texts:
        if links := find_links(text):
            paths.extend(resolve(note, link.target) for link in links)
        elif path := resolve(note, text):
            paths.append(path)
        else:
            parts = filter(None, map(str.strip, text.split(",")))
            paths.extend(resolve(note, part) for part in parts)
    found = (path for path in paths if path and path in keys and path != note)
    return tuple(dict.fromkeys(found))


# --- keys ---------------------------------------------------------------------------------

_LONGEST_ID = 16
"""Characters of an `id` that may stand in block ids; a UUID would make them unreadable."""


def _stem(note: Note, meaning: Meaning) -> str:
    """Choose what a contact would be called in block ids: by its `id`, else by its name."""
    identity = meaning.identity.removeprefix("urn:uuid:")
    return _slug(identity if 0 < len(identity) <= _LONGEST_ID else note.name)


def distinct_keys(stems: Mapping[str, str]) -> dict[str, str]:
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
    bare = fold(name)
    if not bare.isascii():
        parts = unicodedata.normalize("NFKD", bare.translate(_LATIN))
        bare = "".join(char for char in parts if not unicodedata.combining(char))
    if bare.isascii():  # as most names are; the pattern takes longer to part them
        slug = "-".join(bare.translate(_GAPS).split())
    else:
        slug = _NO_SLUG.sub("-", bare).strip("-")
    cut = slug[:40].strip("-")
    lost = not cut or cut != slug
    if not bare.isascii():
        lost = lost or any(char.isalnum() and not char.isascii() for char in bare)
    return f"{cut or 'x'}-{_hash(name, 6)}" if lost else cut


def _hash(text: str, width: int) -> str:
    import hashlib  # noqa: PLC0415 - few names need it

    composed = unicodedata.normalize("NFC", text)
    return hashlib.sha256(composed.encode("utf-8", "surrogatepass")).hexdigest()[:width]


_NO_SLUG = lazy_pattern(r"[^a-z0-9]+")
_GAPS = {
    code: " " for code in range(128) if not "0" <= chr(code) <= "9" and not "a" <= chr(code) <= "z"
}
"""The same for ASCII: what is no part of a slug is a gap."""
_LATIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
"""Latin letters that do not decompose into one of ASCII's with a mark."""
