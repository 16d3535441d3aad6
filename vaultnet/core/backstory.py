"""The sample vault as it stands -> how it came to be, evening by evening.

Most of that stands in the notes: a dated note is written on its day, so is an entry of a log, and a
box is ticked on its done day. A person's note is begun with their first entry or with the first
dated note that links them. The tables tell the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from vaultnet.core.frozen import frozen

FIRST = date(2026, 5, 24)
"""A Sunday, on which all that is older is committed."""
LAST = date(2026, 11, 24)
"""The day for which the sample vault is written."""


@frozen
class Evening:
    """What was written on a day, and is committed on its evening."""

    day: date
    message: str
    written: Mapping[str, bytes]
    """Path -> what stands there from now on."""
    removed: tuple[str, ...]


def grow(vault: Mapping[str, bytes]) -> tuple[Evening, ...]:
    """Tell on which evenings the files of the sample vault, by their paths, became what they are."""
    evenings = []
    before: dict[str, bytes] = {}
    days = sorted({FIRST, LAST, *(day for day in _find_days(vault) if FIRST < day < LAST)})
    came = _find_beginnings(vault)
    for day in days:
        after = _look(vault, came, day)
        written = {path: raw for path, raw in after.items() if before.get(path) != raw}
        removed = tuple(sorted(before.keys() - after.keys()))
        if written or removed:
            message = f"Notes of {day.day} {day:%B}" if day > FIRST else "Notes so far"
            evenings.append(Evening(day, message, written, removed))
        before = after
    return tuple(evenings)


# --- what the notes do not tell themselves ------------------------------------------------


@frozen
class _Edit:
    """Words that were put into a note on a day, and those in whose place they came."""

    day: date
    path: str
    now: str
    before: str = ""


_BEGUN = {
    "People/Beatriz Folgado.md": FIRST,
    "People/Ilse Vandermolen.md": FIRST,
    "People/Nkechi Ubani.md": FIRST,
    "People/Uzoma Ikande.md": date(2026, 10, 1),
    "Companies/Smittskyddslabbet.md": date(2026, 11, 5),
    "Projects/Choir website.md": date(2026, 11, 23),
    "Projects/Warehouse move.md": date(2026, 11, 20),
    "Reading/How Small Towns Count.md": date(2026, 7, 22),
    "Reading/The Patient Index.md": date(2026, 10, 29),
    "Network/Network plan 2026-W47.md": date(2026, 11, 22),
}
_EDITS = (
    _Edit(
        date(2026, 6, 22),
        "People/Tobias Rautenkranz.md",
        "On leave with the new baby until spring; said himself that he will ring when he sleeps again.",
    ),
    _Edit(date(2026, 6, 22), "People/Tobias Rautenkranz.md", "status: paused\n"),
    _Edit(
        date(2026, 9, 2),
        "People/Beatriz Folgado.md",
        "  - close colleague\n",
        "  - colleague\n",
    ),
    _Edit(
        date(2026, 9, 11),
        "People/Samir Boukhalfa.md",
        "last_contact: 2026-09-11\nnext_contact: 2026-11-27\n"
        "ask: twenty minutes on how the registry wants its deliveries\n",
    ),
    _Edit(
        date(2026, 9, 11),
        "People/Samir Boukhalfa.md",
        ' "After the audit, please." The audit ends on the 26th.',
    ),
    _Edit(date(2026, 9, 22), "People/Ravindu Abeysena.md", 'knows: "[[Margit Eskelund]]"\n'),
    _Edit(
        date(2026, 9, 22),
        "People/Ravindu Abeysena.md",
        " in the same boat as [[Margit Eskelund]], seat four to her three",
    ),
    _Edit(
        date(2026, 10, 7),
        "People/Priyanka Wadekar.md",
        "looking_for: a calm on-call rota that a team of four can carry\n",
    ),
    _Edit(
        date(2026, 10, 29),
        "People/Beatriz Folgado.md",
        "- [ ] Lend her my copy of [[The Patient Index]] before she buys it\n\n",
    ),
    _Edit(
        date(2026, 11, 6),
        "People/Anselm Okwara.md",
        'company: "[[Smittskyddslabbet]]"\nrole: Head of data platforms\n',
    ),
    _Edit(
        date(2026, 11, 16),
        "People/Sólrún Tindmar.md",
        "purpose: Learn how a surveillance unit chooses its platform lead, "
        "from someone who chose three\n",
    ),
    _Edit(
        date(2026, 11, 23),
        "People/Uzoma Ikande.md",
        "---\nlinkedin: https://linkedin.example/in/uzoma-ikande\n---\n",
    ),
)


@frozen
class _Rename:
    """A note that bore another name until a day; as in Obsidian, links to it followed."""

    day: date
    path: str
    before: str


_RENAMES = (
    _Rename(
        date(2026, 10, 16), "People/Fatoumata Koulaye.md", "People/Fatoumata (four countries).md"
    ),
)
_GONE = {
    "People/Dagny Rehnqvist.md": (
        date(2026, 10, 19),
        """\
---
type: person
company: Rehnqvist Rekrytering
role: recruiter
---
Quick on the phone, slow with the pen. In October she closed the firm and asked to be forgotten by all databases.

## Log
- 2026-04-15 call: a platform role in Oslo, wrong country
""",
    ),
}
"""Notes that were deleted: path -> the day, and what stood there until then."""


# --- when something was written -----------------------------------------------------------

_DAY = r"(\d{4}-\d\d-\d\d)"
_IN_NAME = re.compile(rf"(?:^|/){_DAY}[^/]*\.md$")
_ENTRY = re.compile(rf"(?:- |### |\| )(?:\*\*|\[\[)?{_DAY}")
_TICKED = re.compile(rf"^([ \t]*- \[)x(\] .*) ✅ {_DAY}$", re.MULTILINE)
_LINK = re.compile(r"\[\[([^\[\]|#\\]+)")


def _find_days(vault: Mapping[str, bytes]) -> Iterator[date]:
    """Find the days on which something may have been written."""
    for path, raw in vault.items():
        if told := _IN_NAME.search(path):
            yield date.fromisoformat(told[1])
        if path.endswith(".md"):
            text = raw.decode()
            yield from (day for day, _ in _part_log(text) if day)
            yield from (date.fromisoformat(tick[3]) for tick in _TICKED.finditer(text))
    yield from _BEGUN.values()
    yield from (told.day for told in (*_EDITS, *_RENAMES))
    yield from (day for day, _ in _GONE.values())


def _find_beginnings(vault: Mapping[str, bytes]) -> Mapping[str, date]:
    """Find the day on which each file was begun."""
    linked: dict[str, date] = {}
    for path in sorted(vault):
        if told := _IN_NAME.search(path):
            day = date.fromisoformat(told[1])
            for name in _LINK.findall(vault[path].decode()):
                linked[name] = min(day, linked.get(name, day))
    return {path: _find_beginning(path, raw, linked) for path, raw in vault.items()}


def _find_beginning(path: str, raw: bytes, linked: Mapping[str, date]) -> date:
    if path in _BEGUN:
        return _BEGUN[path]
    if told := _IN_NAME.search(path):
        return date.fromisoformat(told[1])
    if not path.startswith("People/"):
        return FIRST
    days = [day for day, _ in _part_log(raw.decode()) if day]
    name = path.rpartition("/")[2].removesuffix(".md")
    return min([*days, *([linked[name]] if name in linked else [])], default=FIRST)


def _part_log(text: str) -> Iterator[tuple[date | None, str]]:
    """Part a note into the entries of its log, with their days, and what stands around them.

    An appointment, whose day is still to come, was written with the entry before it.
    """
    day: date | None = None
    part: list[str] = []
    heading = False
    for line in text.splitlines(keepends=True):
        if told := _ENTRY.match(line):
            yield day, "".join(part)
            found = date.fromisoformat(told[1])
            part, day = [], found if found <= LAST else day
            heading = line.startswith("#")
        elif day and not heading and line[:1] not in {" ", "\t"}:
            yield day, "".join(part)
            part, day = [], None
        part.append(line)
    yield day, "".join(part)


# --- how it stood -------------------------------------------------------------------------


def _look(vault: Mapping[str, bytes], came: Mapping[str, date], day: date) -> dict[str, bytes]:
    """Look at the vault as it stood on the evening of a day."""
    renames = [rename for rename in _RENAMES if day < rename.day]
    names = {rename.path: rename.before for rename in renames}
    there = {
        names.get(path, path): _look_at(path, raw, day, renames) if path.endswith(".md") else raw
        for path, raw in vault.items()
        if max(came[path], FIRST) <= day
    }
    gone = {path: text.encode() for path, (left, text) in _GONE.items() if day < left}
    return there | gone


def _look_at(path: str, raw: bytes, day: date, renames: Sequence[_Rename]) -> bytes:
    text = raw.decode()
    if day < LAST:
        text = "".join(part for told, part in _part_log(text) if told is None or told <= day)
        text = _TICKED.sub(lambda tick: _untick(tick, day), text)
        if not raw.endswith(b"\n\n"):
            text = text.rstrip("\n") + "\n" if text.strip() else text
    for edit in _EDITS:
        if edit.path == path and day < edit.day:
            head, _, tail = text.partition(edit.now)
            if len(head) == len(text):
                raise ValueError(f"{path} no longer says {edit.now!r}")
            text = head + edit.before + tail
    for rename in renames:
        text = text.replace(f"[[{_name(rename.path)}", f"[[{_name(rename.before)}")
    return text.encode()


def _untick(tick: re.Match[str], day: date) -> str:
    return tick[0] if date.fromisoformat(tick[3]) <= day else f"{tick[1]} {tick[2]}"


def _name(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".md")
