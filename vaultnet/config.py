"""Turns `vaultnet.toml` into settings, and one table of options into all that explains it."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from reprlib import Repr

from vaultnet.core import kinds
from vaultnet.core.frozen import frozen
from vaultnet.core.model import Settings
from vaultnet.errors import VaultnetError

FILE = "vaultnet.toml"
LARGEST = 1 << 16
"""Bytes of the largest settings file that is read."""
_MOST_ITEMS = 500
"""Of a list: every note is held against each."""
_MOST_FAULTS = 20
"""That are told at once."""
_MOST_DOTS = 50
"""Outside quotes in one line: Python's own reader takes time quadratic in the parts of a key."""

KINDS = [kind.word for kind in kinds.KINDS]
"""Kinds of interaction to which words can be added (contract 2.3)."""
EXPOSURES = "article post offer mentoring talk community other".split()
"""Kinds of exposure (contract 2.4)."""


@frozen
class Shape:
    """What a setting's value can be, and how it is understood."""

    allowed: str
    """Ends the sentence `it can be …`."""
    read: Callable[[object], object]
    """From TOML's value to the settings' one; `_Misfit` where it does not fit."""


@frozen
class Option:
    """A row of `OPTIONS`: one setting."""

    key: str
    """As it is named in messages: `plan.touches`; for a free table of words its name alone."""
    field: str
    """The field of `Settings` that it sets."""
    shape: Shape
    says: str
    """One sentence that explains it."""
    example: str = ""
    """A value in TOML, for a setting whose default does not show what it is for; of a free table
    of words, a line of it."""

    @property
    def default(self) -> object:
        """What holds where it is not set."""
        return getattr(Settings(), self.field)

    @property
    def table(self) -> str:
        """`plan` of `plan.touches`; empty at the top level."""
        return self.key.rpartition(".")[0]

    @property
    def name(self) -> str:
        """`touches` of `plan.touches`."""
        return self.key.rpartition(".")[2]


def read_settings(root: Path) -> Settings:
    """Read the vault's settings; without a file every default holds.

    All that is wrong is told at once, a line each, in one `VaultnetError` (contract 7).
    """
    text = _read_file(root / FILE)
    if not text:
        return Settings()
    found, faults = _read_tables(_parse(text))
    if faults:
        raise VaultnetError("\n".join(f"{FILE}: {fault}" for fault in faults))
    return Settings(**found)  # type: ignore[arg-type]  # each shape gives what its field takes


def explain() -> str:
    """Write a `vaultnet.toml` in which every setting is explained and none is set."""
    parts = ["# vaultnet's settings. To change one, take away the # before its name.\n"]
    table = ""
    for option in OPTIONS:
        if option.shape is KIND_WORDS:
            parts.append(f"\n[{option.key}]\n# {option.says}\n# {option.example}\n")
            continue
        if option.table != table:
            table = option.table
            parts.append(f"\n[{table}]")
        example = f"# For example: {option.name} = {option.example}\n" if option.example else ""
        parts.append(f"\n# {option.says}\n{example}# {option.name} = {_as_toml(option.default)}\n")
    return "".join(parts)


def as_markdown_table() -> str:
    """Write the README's table of settings."""
    rows = ["| setting | default | what it does |", "|---|---|---|"]
    for option in OPTIONS:
        default = "" if option.shape is KIND_WORDS else f"`{_as_toml(option.default)}`"
        example = f" For example `{option.example}`." if option.example else ""
        cells = (f"`{option.key}`", default, option.says + example)
        rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(rows) + "\n"


# --- what a value can be ------------------------------------------------------------------


class _Misfit(Exception):  # noqa: N818 — no fault in itself: `_read_tables` makes a sentence of it
    """A value, or a part of it, that does not fit: that part, and what fits if not the usual."""


def _read_text(value: object) -> str:
    if not isinstance(value, str):
        raise _Misfit(value)
    return " ".join(value.split())


def _read_texts(value: object) -> tuple[str, ...]:
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list):
        raise _Misfit(value)
    if len(items) > _MOST_ITEMS:
        raise _Misfit(value, f"a list of at most {_MOST_ITEMS} texts")
    return tuple(text for text in map(_read_text, items) if text)


def _read_boolean(value: object) -> bool:
    if not isinstance(value, bool):
        raise _Misfit(value)
    return value


def _read_touches(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 50:
        raise _Misfit(value)
    return value


def _read_path(value: object) -> str:
    """Read a path that stays inside the vault on every system, and where vaultnet reads."""
    parts = [part for part in _read_text(value).replace("\\", "/").split("/") if part != "."]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    if any(not part or part[0] in ".~" or re.search(_UNSAFE, part) for part in parts) or not parts:
        raise _Misfit(value)
    return "/".join(parts)


_UNSAFE = r'[<>:"|?*\x00-\x1f\x7f-\x9f\u2028\u2029]'


def _read_path_or_none(value: object) -> str:
    """Read such a path, or an empty text, which names none."""
    return "" if value == "" else _read_path(value)


def _read_note_path(value: object) -> str:
    path = _read_path(value)
    return path if path.lower().endswith(".md") else f"{path}.md"


def _read_exposures(value: object) -> tuple[str, ...]:
    words = tuple(word.lower() for word in _read_texts(value))
    for word in words:
        if word not in EXPOSURES:
            raise _Misfit(word)
    return words


TEXT = Shape("text in quotes", _read_text)
TEXTS = Shape('a list of texts, as ["one", "two"]', _read_texts)
BOOLEAN = Shape("true or false", _read_boolean)
TOUCHES = Shape("a whole number from 1 to 50", _read_touches)
FOLDER = Shape('a folder inside the vault, as "Network"', _read_path)
FOLDER_OR_NONE = Shape(
    'a folder inside the vault, as "Templates/vaultnet", or "" for none', _read_path_or_none
)
NOTE = Shape('a note inside the vault, as "Network/Exposure.md"', _read_note_path)
AVOIDED = Shape(f"a list of {', '.join(EXPOSURES)}", _read_exposures)
KIND_WORDS = Shape(TEXTS.allowed, _read_texts)
"""Of one key of a free table, whose keys are `KINDS`."""

OPTIONS: tuple[Option, ...] = (
    Option(
        "heading",
        "heading",
        TEXT,
        "Where you want to go, in your own words: it says whom to move first.",
        '"lead a data team in public health"',
    ),
    Option(
        "me",
        "me",
        TEXT,
        "The note that is about you, by its name or path: it is no contact.",
        '"Me"',
    ),
    Option(
        "offers",
        "offers",
        TEXTS,
        "What you can give others.",
        '["code review", "interview practice"]',
    ),
    Option(
        "ignore",
        "ignore",
        TEXTS,
        "Folders, or patterns of paths, that are not read.",
        '["Archive", "*.excalidraw.md"]',
    ),
    Option(
        "templates",
        "templates",
        FOLDER_OR_NONE,
        "A folder inside the vault whose `plan.md.j2` and `phrases.md.j2` say the plan in your own way.",
        '"Templates/vaultnet"',
    ),
    Option(
        "contacts.folders",
        "contact_folders",
        TEXTS,
        "A note anywhere below a folder of such a name is a contact.",
    ),
    Option("contacts.tags", "contact_tags", TEXTS, "A note with such a tag is a contact."),
    Option(
        "contacts.types",
        "contact_types",
        TEXTS,
        "A note whose property `type` has such a value is a contact.",
    ),
    Option(
        "log.headings",
        "log_headings",
        TEXTS,
        "Under such a heading of a contact's note every dated line is an interaction.",
    ),
    Option(
        "kinds",
        "kinds",
        KIND_WORDS,
        f"More words for a kind of interaction, in any language; the kinds are {', '.join(KINDS)}.",
        'coffee = ["fika", "Kaffee"]',
    ),
    Option(
        "plan.folder",
        "plan_folder",
        FOLDER,
        "The folder of the weekly plans, inside the vault.",
    ),
    Option(
        "plan.touches",
        "touches",
        TOUCHES,
        "How many people a week, the last of them optional: 1 to 50.",
    ),
    Option("plan.quote", "quote", BOOLEAN, "Whether a plan may quote your notes."),
    Option(
        "plan.due_dates",
        "due_dates",
        BOOLEAN,
        "Whether actions are due on the week's Sunday, for the Obsidian plugin Tasks.",
    ),
    Option(
        "exposure.backlog",
        "backlog",
        NOTE,
        "The note that holds your ideas for being seen, inside the vault.",
    ),
    Option(
        "exposure.avoid",
        "avoid",
        AVOIDED,
        f"Kinds of exposure that you dread and that are never proposed: {', '.join(EXPOSURES)}.",
        '["talk"]',
    ),
)
"""Every setting, in the order in which `explain` writes them: top level first, then tables."""


# --- reading ------------------------------------------------------------------------------


def _read_file(place: Path) -> str:
    """Read the file's text, empty where there is none; a FIFO, a link or a giant is refused."""
    try:
        raw = _read_regular(place)
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as error:
        reason = "is a link: put the file itself here" if place.is_symlink() else error.strerror
        raise VaultnetError(f"{FILE}: cannot be read: {reason}") from error
    if len(raw) > LARGEST:
        raise VaultnetError(f"{FILE}: is larger than 64 KiB")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise VaultnetError(f"{FILE}:{line}: is not UTF-8: save it as UTF-8") from error


def _read_regular(place: Path) -> bytes:
    opened = os.open(place, _OPEN)
    if not stat.S_ISREG(os.fstat(opened).st_mode):
        os.close(opened)
        raise VaultnetError(f"{FILE}: is no regular file")
    with os.fdopen(opened, "rb") as file:
        return file.read(LARGEST + 1)


_OPEN = os.O_RDONLY
for _flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):
    _OPEN |= getattr(os, _flag, 0)  # not every system has them all


def _parse(text: str) -> Mapping[str, object]:
    for number, written in enumerate(text.split("\n"), start=1):
        if written.count(".") > _MOST_DOTS:
            bare = re.sub(_QUOTED, "", written).partition("#")[0]
            if bare.count(".") > _MOST_DOTS:
                raise VaultnetError(f"{FILE}:{number}: holds a name of too many parts")
    import tomllib  # noqa: PLC0415 - many a vault has no settings of its own

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(_PLACE, str(error))
        line = int(place[1]) if place else text.rstrip().count("\n") + 1
        message = re.sub(_PLACE, "", str(error)).replace(" (at end of document)", "")
        raise VaultnetError(f"{FILE}:{line}: is no TOML: {message}") from error
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits, 10,000 brackets
        raise VaultnetError(f"{FILE}: is no TOML that can be read") from error


_QUOTED = r"\"(?:[^\"\\]|\\.)*+\"|'[^']*+'"
_PLACE = r" \(at line (\d+), column \d+\)"


def _read_tables(found: Mapping[str, object]) -> tuple[dict[str, object], list[str]]:
    """Give the fields that are set, and a sentence for all that is wrong, in the file's order."""
    fields: dict[str, object] = {}
    faults: list[str] = []
    for key, value in _flatten(found):
        if len(faults) == _MOST_FAULTS:
            faults.append("and more")
            break
        option = _find_option(key)
        if option is None:
            faults.append(_unknown(key, value))
            continue
        try:
            understood = option.shape.read(value)
        except _Misfit as misfit:
            allowed = misfit.args[1] if len(misfit.args) > 1 else option.shape.allowed
            faults.append(f"'{key}' is {_show(misfit.args[0])}; it can be {allowed}")
            continue
        if option.shape is KIND_WORDS:
            words = fields.setdefault(option.field, {})
            words[key.partition(".")[2]] = understood  # type: ignore[index]  # the dict above
        else:
            fields[option.field] = understood
    return fields, faults


def _flatten(found: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Give the settings one by one, those of a known table under `table.name`."""
    for key, value in found.items():
        if key in _TABLES and isinstance(value, dict):
            yield from ((f"{key}.{name}", inner) for name, inner in value.items())
        else:
            yield key, value


_TABLES = (*dict.fromkeys(option.table for option in OPTIONS if option.table), "kinds")
_BY_KEY = {option.key: option for option in OPTIONS}


def _find_option(key: str) -> Option | None:
    table, _, name = key.partition(".")
    if table == "kinds":
        return _BY_KEY["kinds"] if name in KINDS else None
    return _BY_KEY.get(key)


def _unknown(key: str, value: object) -> str:
    if key in _TABLES:
        return f"'{key}' is {_show(value)}; it is a table: write [{key}], and its settings below"
    near = _find_nearest(key, _TABLES if isinstance(value, dict) else ())
    return f"unknown setting {_show(key)}" + (f" (did you mean '{near}'?)" if near else "")


def _find_nearest(key: str, tables: tuple[str, ...]) -> str:
    """Find the setting that was meant, by its whole key or by its name without the table."""
    import difflib  # noqa: PLC0415 - only where it goes wrong

    settings = [option.key for option in OPTIONS if option.shape is not KIND_WORDS]
    known = {name: name for name in (*settings, *(f"kinds.{kind}" for kind in KINDS))}
    if tables:
        known = {name: name for name in tables}
    elif "." not in key:
        known |= {name.rpartition(".")[2]: name for name in settings}
    near = difflib.get_close_matches(key[:100], known, n=1)
    return known[near[0]] if near else ""


# --- showing ------------------------------------------------------------------------------


def _show(value: object) -> str:
    """Show a value of the user's, shortened, and without a character that could act."""
    if isinstance(value, bool):
        return str(value).lower()
    return _SHORT.repr(value)


_SHORT = Repr()
_SHORT.maxstring = _SHORT.maxother = 60


def _as_toml(value: object) -> str:
    import json  # noqa: PLC0415 - only where settings are explained

    if isinstance(value, tuple):
        return f"[{', '.join(map(_as_toml, value))}]"
    return json.dumps(value, ensure_ascii=False)
