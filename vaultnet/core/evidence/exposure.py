"""Exposure: how people who do not know you come to know of you (contract, 2.4)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from vaultnet.core.evidence.ground import (
    Ground,
    Item,
    Place,
    day_of_note,
    done_day,
    is_private,
    is_skipped,
    normal,
    people_in,
    property_day,
    shown,
    tell,
)
from vaultnet.core.evidence.sentence import Telling
from vaultnet.core.evidence.tasks import check_done_day
from vaultnet.core.kinds import IN, KIND_OF
from vaultnet.core.model import Exposure, Form, Idea, Note, Problem, Severity, Tick, Value
from vaultnet.core.text import clean, slug

_KINDS = {
    "article": "article articles blog essay newsletter write-up writeup paper column".split(),
    "post": "post posts tips thread tweet linkedin".split(),
    "talk": """talk talks present presentation lightning conference speak speaker webinar podcast demo
        keynote panel""".split(),
    "mentoring": "mentoring mentor mentors coach coaching".split(),
    "offer": "offer offers workshop help brown-bag training".split(),
    "community": "community meetup group forum chapter volunteer channel open-source committee".split(),
}
"""Kind -> the words by which it is known; the first word of a text that is known decides."""
_WORD = r"[^\W_]+(?:-[^\W_]+)*"
_MINUTES = r"\b(\d{1,3})\s?(?:minutes?|mins?)\b"
_MOST = 1000
"""Ideas of the backlog that are considered, the first ones."""
_SLUG = 32
"""Characters of an idea's text in the id of its action."""


def is_backlog(ground: Ground, note: Note) -> bool:
    """Say whether this is the note of ideas for being seen."""
    return normal(note.path) in _backlog_paths(ground.settings.backlog)


def is_exposure(types: Iterable[Value]) -> bool:
    """Say whether what a note says of its type makes it an exposure: `type: exposure`."""
    return "exposure" in [
        normal(word.strip("[]#"))
        for value in types
        for word in (value if isinstance(value, list) else [value])
        if isinstance(word, str)
    ]


def read_exposure(ground: Ground, note: Note) -> Iterator[Item]:
    """Read a note with `type: exposure`, its `date`, its `kind` and its `audience`."""
    dated = property_day(note)
    day = dated[0] if dated else day_of_note(note, ground.obsidian)
    if day is None:
        yield Problem(
            note.path,
            1,
            "exposure-day",
            "an exposure needs its day: add date: YYYY-MM-DD",
            Severity.WARNING,
        )
        return
    if ground.lies_ahead(day):
        return
    properties = {normal(found.key): found for found in note.properties}
    kinds = properties.get("kind")
    words = str(kinds.value) if kinds and isinstance(kinds.value, str) else ""
    title = properties.get("title")
    text = str(title.value) if title and isinstance(title.value, str) else note.name
    audience = properties.get("audience")
    people = people_in(ground, note.path, audience) if audience else ()
    kind = kind_of_exposure((words,) if words else (), words or text)
    line = dated[1] if dated else 1
    yield Exposure(day, kind, shown(text), note.path, line, people)
    if audience:
        saw = KIND_OF["saw-my-work"]
        place = Place(note.path, audience.line, day, shown(text), is_private(note))
        yield from tell(ground, place, [Telling(person, saw, IN) for person in people])


def read_backlog(ground: Ground, note: Note) -> Iterator[Item]:
    """Read the backlog: open tasks are ideas, ticked ones were done on their day."""
    for line in note.lines:
        if line.form is not Form.TASK or is_skipped(line):
            continue
        text = shown(line.text)
        kind = kind_of_exposure(line.tags, text)
        if line.done:
            yield from check_done_day(ground, note, line)
            day = done_day(line)
            if day is None:
                yield Problem(
                    note.path,
                    line.number,
                    "exposure-day",
                    "ticked without its day, so it is not counted: add ✅ YYYY-MM-DD",
                    Severity.HINT,
                )
            elif not ground.lies_ahead(day):
                yield Exposure(day, kind, text, note.path, line.number)
        elif line.box != "-" and text:
            minutes = re.search(_MINUTES, text.lower())
            yield Idea(text, kind, note.path, line.number, int(minutes[1]) if minutes else None)


def settle_ideas(
    ideas: Sequence[Idea], exposures: Iterable[Exposure], ticks: Iterable[Tick]
) -> tuple[tuple[Idea, ...], tuple[Exposure, ...]]:
    """Take off the ideas that were ticked in a plan, and give those exposures the idea's kind."""
    done = {tick.id for tick in ticks if tick.verb == "seen" and tick.state == "done"}
    by_id = {f"vn-seen-{slug(idea.text, _SLUG) or 'idea'}": idea for idea in ideas}
    known = tuple(
        _with_kind(exposure, by_id[exposure.action].kind) if exposure.action in by_id else exposure
        for exposure in exposures
    )
    said = dict.fromkeys(_plain(exposure.text) for exposure in known if exposure.action)
    left = tuple(
        idea
        for idea in ideas[:_MOST]
        if f"vn-seen-{slug(idea.text, _SLUG) or 'idea'}" not in done
        and not _is_said(_plain(idea.text), said)
    )
    return left, known


def kind_of_exposure(tags: Sequence[str], text: str) -> str:
    """Say which kind of exposure this is: by its tag (`#article`), else by a word, else `other`."""
    for words in (tags, re.findall(_WORD, normal(text))):
        for word in words:
            last = normal(word).rpartition("/")[2]
            for kind, known in _KINDS.items():
                if last == kind or last in known:
                    return kind
    return "other"


@lru_cache(maxsize=4)
def _backlog_paths(setting: str) -> frozenset[str]:
    return frozenset({normal(setting), f"{normal(setting)}.md"})


def _is_said(idea: str, said: Iterable[str]) -> bool:
    return bool(idea) and any(idea in text for text in said)


def _with_kind(exposure: Exposure, kind: str) -> Exposure:
    return Exposure(
        exposure.day,
        kind,
        exposure.text,
        exposure.source,
        exposure.line,
        exposure.audience,
        exposure.action,
    )


def _plain(text: str) -> str:
    return f" {' '.join(re.findall(_WORD, clean(text).lower()))} "
