"""Plans on disk: what the user made of each action, as evidence (contract, 2.3, place 5; 5.4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from vaultnet.core.calendar import Week, parse_week
from vaultnet.core.evidence.exposure import kind_of_exposure
from vaultnet.core.evidence.ground import Ground, Item, done_day, is_skipped, linked, shown
from vaultnet.core.evidence.tasks import check_done_day, read_done
from vaultnet.core.kinds import KIND_OF, OUT, prove
from vaultnet.core.marks import hash_line
from vaultnet.core.model import Answer, Exposure, Form, Interaction, Line, Mention, Note, Tick

VERBS = {
    "write": "message",
    "answer": "message",
    "invite": "message",
    "tell": "message",
    "ask": "ask",
    "send": "gave",
    "thank": "thanks",
    "congratulate": "congratulations",
}
"""What an action's verb is evidence of; what the sentence says does not matter."""

ANSWERS = {
    "friend": "friend",
    "colleague": "colleague",
    "better": "would like to know better",
    "note": "just a note",
}
_STATES = {" ": "open", "x": "done", "X": "done", "-": "dropped", ">": "later", "/": "underway"}
_SECTIONS = (
    ("question", "question"),
    ("energy", "energy"),
    ("seen", "seen"),
    ("people", "people"),
    ("person", "people"),
    ("first", "first"),
)
"""A word of a heading -> the section it is of: `Three people`, `If you have the energy`."""


def read_plan(ground: Ground, note: Note) -> Iterator[Item]:
    """Read a plan's actions by their ids, and the user's own ticked tasks in it by their words."""
    week = parse_week(note.plan)
    if week is None:
        return
    for line in note.lines:
        # In a week that is over, an action that nobody touched stands without its box.
        listed = line.form in {Form.TASK, Form.ITEM}
        if listed and line.block.startswith("vn-") and not is_skipped(line):
            verb, _, key = line.block[3:].partition("-")
            if verb and key and verb != "promise":
                yield from _read_action(ground, note, line, week, verb, key)
        elif line.done and not line.block and not is_skipped(line) and week.monday <= ground.today:
            told = read_done(ground, note, line, _day_of(ground, line, week), None)
            yield from (item for item in told if not isinstance(item, Mention))


def _read_action(
    ground: Ground, note: Note, line: Line, week: Week, verb: str, key: str
) -> Iterator[Item]:
    state = _STATES.get(line.box, "open")
    day = _day_of(ground, line, week) if state == "done" else None
    people = linked(ground, note.path, line.links)
    if verb == "question":
        key, _, ending = key.rpartition("-")
        contact = _contact(ground, key, people or _people_above(ground, note, line))
    else:
        ending = ""
        contact = "" if verb == "seen" else _contact(ground, key, people)
    about = next((path for path in people if path != contact), "") if contact else ""
    text = shown(line.text)
    yield Tick(
        str(week),
        line.block,
        verb,
        key,
        contact,
        state,
        day,
        _section(note, line, verb),
        text,
        note.path,
        line.number,
        about,
    )
    if state != "done":
        return
    yield from check_done_day(ground, note, line)
    if day is None or day > ground.today or week.monday > ground.today:
        return
    if line.block in note.ours:
        return  # ticked by vaultnet itself: the other note is the evidence
    if verb == "seen":
        kind = kind_of_exposure(line.tags, text)
        yield Exposure(day, kind, text, note.path, line.number, action=line.block)
    elif verb == "question" and contact and ending in ANSWERS:
        yield Answer(contact, ANSWERS[ending], day, note.path, line.number)
    elif verb in VERBS and contact:
        kind_ = KIND_OF[VERBS[verb]]
        yield Interaction(
            day=day,
            contact=contact,
            kind=kind_.word,
            direction=OUT,
            face_to_face=kind_.face_to_face,
            text=text,
            source=note.path,
            line=line.number,
            proves=prove(kind_, OUT),
            given=kind_.given,
            action=line.block,
        )


def _day_of(ground: Ground, line: Line, week: Week) -> date | None:
    """Find the day of a tick: its own, else the earlier of today and the week's last day."""
    return done_day(line) or min(ground.today, week.sunday)


def _contact(ground: Ground, key: str, people: Sequence[str]) -> str:
    """Find whom an action means: the contact of that key, else the one its first link leads to."""
    known = ground.by_key.get(key)
    if known:
        return known.path
    return people[0] if people else ""


def _people_above(ground: Ground, note: Note, line: Line) -> tuple[str, ...]:
    return linked(ground, note.path, note.lines[line.heading].links) if line.heading >= 0 else ()


def _section(note: Note, line: Line, verb: str) -> str:
    if verb in {"seen", "question"}:
        return verb
    if line.heading < 0:
        return ""
    above = note.lines[line.heading]
    ours = note.titles.get(hash_line(f"{'#' * above.level} {above.text}"))
    if ours:
        return ours
    words = shown(above.text).lower().replace("(", " ").replace(":", " ").split()
    known = next((section for word, section in _SECTIONS if word in words), "")
    return known or (words[0] if words else "")
