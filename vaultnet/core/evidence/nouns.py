"""Nouns of a kind and their people: `lunch with [[Ada]]`, `☕ [[Ada]]`, `[[Ada]]: call`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from vaultnet.core.evidence.clause import (
    REACH,
    Role,
    Sentence,
    begins_clause,
    close,
    find_behind,
    find_direct,
    find_light,
    find_owners,
    find_subject,
    is_done_form,
    list_ending,
    list_starting,
    part_at,
    skip,
    skip_back,
    text_at,
)
from vaultnet.core.evidence.truth import is_cancelled, noun_happened, verb_happened
from vaultnet.core.evidence.words import (
    ABOUT,
    ANSWERS,
    CHANNELS,
    CLAUSE_END,
    CLOSING,
    COMERS,
    HOMES,
    NOTELIKE,
    OCCASIONS,
    ONLY_WITH,
    ORDERS,
    STRONG,
    TALKED_OF,
    TASTES,
    VISITING,
    VOICEMAIL,
    WITH,
    Part,
    Unit,
)
from vaultnet.core.kinds import BOTH, IN, KIND_OF, OUT, Form, turn
from vaultnet.core.model import Direction, Given, Kind

_BETWEEN = frozenset({Part.AND, Part.FILLER, Part.WORD, Part.MINE, Part.THEIR, Part.PERSON})
"""What may stand between a noun and its people."""
_DOERS = frozenset({Part.PERSON, Part.ME, Part.THEM})
_MARKS = frozenset({Part.COMMA, Part.BREAK, Part.COLON, Part.BRACKET})
"""Behind a noun, before a list of its people."""
_AWAY = frozenset("before until till than without instead".split())
WARM = frozenset("big huge many special warm a".split())
"""Before thanks: they were given."""


class Reading(NamedTuple):
    """What a kind's word tells: of whom, which kind and way. Without people it is hushed."""

    people: tuple[str, ...]
    kind: Kind
    direction: Direction
    given: Given | None = None
    among: tuple[str, ...] = ()
    """Others who were there, of whom something else is told."""


HUSHED = Reading((), KIND_OF["note"], OUT)
"""The word is there, but it did not happen."""


class _Found(NamedTuple):
    people: tuple[str, ...]
    direction: Direction
    end: int


def read_noun(sentence: Sentence, at: int, told: Collection[str]) -> Reading | None:
    """Read a noun of a kind; nothing where it has no people, or none but those told of."""
    if sentence.owner in told and not sentence.named:
        return None  # an owner's log, who was told of, and nobody else is in sight
    kind, end = _compound(sentence, at)
    found = _find_people(sentence, at, end, kind)
    if found is None:
        return None
    if all(person in told for person in found.people) or _is_mere_thing(sentence, at, found.end):
        return None
    direction = found.direction
    if kind.word == "call" and is_written(sentence, end):
        kind, direction = KIND_OF["message"], BOTH
    named = turn(kind, direction)
    if named and noun_happened(sentence, at, found.end, kind):
        return Reading(found.people, named, direction, named.given)
    return HUSHED


def _is_mere_thing(sentence: Sentence, at: int, end: int) -> bool:
    """Say whether a word that needs `with` stands without it: `[[Ada]]: film about whales`."""
    units = sentence.units
    if units[at].text not in ONLY_WITH:
        return False
    if text_at(units, end) == "in" and any(u.text in {"it", "lead"} for u in units[end : end + 4]):
        return True  # a film with [[Ada]] in it
    return all(unit.text not in WITH for unit in units[at + 1 : end]) and find_light(units, at) < 0


def is_noun(sentence: Sentence, at: int) -> bool:
    """Say whether a word that can be noun and verb may be the noun here, not `call [[Ada]]`."""
    unit = sentence.units[at]
    if not unit.noun:
        return False
    if (
        unit.form is Form.BASE
        and text_at(sentence.units, at - 1) == "to"
        and is_done_form(sentence, at)
    ):
        return False  # got to talk to [[Ada]]
    if unit.text == "meeting" and skip_back(sentence.units, at - 1) < 0:
        return not _has_hour(sentence, at)
    following = skip(sentence.units, at + 1)
    acting = part_at(sentence.units, following) in _DOERS
    return not (unit.verb and acting and (unit.form is not Form.BASE or unit.verb in ORDERS))


def _has_hour(sentence: Sentence, at: int) -> bool:
    """Say whether an hour follows, as in `meeting [[Ada]] at 5`: that is a plan."""
    units = sentence.units
    near = range(at + 1, min(len(units), at + 10))
    return any(units[j].text == "at" and text_at(units, j + 1).isdecimal() for j in near)


def read_treat(sentence: Sentence, at: int, told: Collection[str]) -> Iterator[Reading]:
    """Read a light verb with a person before the noun: `took A to lunch`, `A left me a voicemail`."""
    units = sentence.units
    start = skip(units, at + 1)
    if units[at].text in {"left", "dropped", "posted"}:
        yield from _read_note(sentence, at, start, told)
    if part_at(units, start) not in {Part.PERSON, Part.ME, Part.THEM, Part.MINE, Part.THEIR}:
        return
    role, subjects = find_subject(sentence, at)
    direction = OUT
    if part_at(units, start) == Part.ME and role is Role.THEM:
        people, end, direction = subjects, start + 1, IN
    elif role is Role.ME:
        found = find_direct(sentence, start)
        people, end = found.people, found.end
    else:
        return
    if not people or any(person in told for person in people):
        return
    for j in range(end, min(len(units), end + 6)):
        unit = units[j]
        if unit.noun is KIND_OF["message"] and units[at].text == "bought":
            return  # bought her a card
        kind = unit.noun or (KIND_OF["message"] if unit.text in NOTELIKE else None)
        if kind:
            way = BOTH if kind.direction is BOTH else direction
            named = turn(kind, way)
            true = verb_happened(sentence, at, j + 1, kind) and not is_cancelled(units, j, kind)
            yield Reading(people, named, way, named.given) if named and true else HUSHED
            return
        if (
            unit.part not in {Part.FILLER, Part.PREPOSITION, Part.WORD, Part.MINE}
            or unit.text in ABOUT
        ):
            return


def _read_note(sentence: Sentence, at: int, start: int, told: Collection[str]) -> Iterator[Reading]:
    """Read `left a note for A`."""
    units = sentence.units
    message = KIND_OF["message"]
    if text_at(units, start) in NOTELIKE and text_at(units, start + 1) in {"for", "to"}:
        found = find_behind(sentence, start + 2)
        mine = find_subject(sentence, at)[0] is Role.ME and not any(p in told for p in found.people)
        if mine and verb_happened(sentence, at, found.end, message):
            yield Reading(found.people, message, OUT)


def read_visit(sentence: Sentence, at: int, told: Collection[str]) -> Iterator[Reading]:
    """Read a visit from the preposition before their home: `went to A's`, `round at A and B's`."""
    units = sentence.units
    found = find_owners(units, at + 1)
    following = text_at(units, found.end)
    coffee = KIND_OF["met" if following in OCCASIONS else "coffee"]
    homely = part_at(units, found.end) in CLOSING or following in HOMES or following in OCCASIONS
    if not found.people or not homely or any(person in told for person in found.people):
        return
    start = at - 1
    while start > at - 4 and start >= 0 and units[start].part == Part.FILLER:
        if units[start].text in VISITING:
            break
        start -= 1
    if text_at(units, start) not in VISITING:
        return
    if find_subject(sentence, start)[0] not in {Role.ME, Role.US}:
        return
    undone = is_cancelled(units, found.end, coffee)
    if verb_happened(sentence, start, found.end, coffee) and not undone:
        yield Reading(found.people, coffee, BOTH)
    else:
        yield HUSHED


def is_written(sentence: Sentence, start: int) -> bool:
    """Say whether a talk was held in writing: `chatted on WhatsApp`."""
    units = sentence.units
    return any(
        units[j].text in CHANNELS and units[j - 1].text in {"on", "over", "via", "by", "through"}
        for j in range(max(1, start), min(len(units), start + 13))
    )


def _compound(sentence: Sentence, at: int) -> tuple[Kind, int]:
    """Read nouns that stand together as one: `lunch meeting`, `coffee chat`; and where they end."""
    units = sentence.units
    kind = units[at].noun or KIND_OF["note"]
    end = at + 1
    while end < min(len(units), at + REACH) and (following := units[end].noun):
        if kind.word not in STRONG:
            kind = following
        end += 1
    return kind, end


def _find_people(sentence: Sentence, at: int, end: int, kind: Kind) -> _Found | None:  # noqa: C901, PLR0911, PLR0912 - a ladder of cases, read from the top
    """Find whom a noun tells of: by its subject, to its right, to its left, or by the log."""
    units = sentence.units
    light = find_light(units, at)
    if text_at(units, end) == "only":  # [[Ada]] (video only)
        return None
    if light >= 0:
        if units[at].text == "talk" and units[light].text in TALKED_OF:
            return None
        role, subjects = find_subject(sentence, light)
        if role is Role.US:
            return _Found(subjects, BOTH, end)
        if role is Role.THEM:
            return _done_by_them(sentence, subjects, light, end, kind)
        if role is Role.OTHER:
            return None
    guests = _find_guests(sentence, at, kind)
    if guests:
        return _Found(guests, BOTH, end)
    found = _find_right(sentence, at, end, kind)
    if found:
        if not sentence.owner or sentence.owner in found.people:
            return found
        if text_at(units, end) in {"to", "from", "for", "by"}:
            return None  # email from somebody else
        return _Found((sentence.owner, *found.people), found.direction, found.end)
    before = _find_left(sentence, at, end)
    if before:
        return _Found(before, kind.direction, end)
    if sentence.topic and _is_head(sentence, at):
        return _Found(sentence.topic, _implied_direction(sentence, end, kind), end)
    if light >= 0 and units[light].text == "left" and units[at].text in VOICEMAIL:
        return _Found(tuple(sentence.named), OUT, end) if len(sentence.named) == 1 else None
    return None


def _find_guests(sentence: Sentence, at: int, kind: Kind) -> tuple[str, ...]:
    """Find who came: `A came for dinner`, `A and B over for tea`, `A stayed for a cuppa`."""
    units = sentence.units
    j = at - 1
    while j > at - 4 and part_at(units, j) in {Part.FILLER, Part.MINE, Part.WORD}:
        j -= 1
    if kind.word != "coffee" or text_at(units, j) not in {"for", "to"}:
        return ()
    for k in range(j - 1, max(-1, j - 5), -1):
        if units[k].text in COMERS:
            role, subjects = find_subject(sentence, k)
            return subjects if role is Role.THEM else ()
        if units[k].part not in {Part.FILLER, Part.WORD, Part.PREPOSITION, Part.ME}:
            return ()
    return ()


def _done_by_them(
    sentence: Sentence, subjects: tuple[str, ...], light: int, end: int, kind: Kind
) -> _Found | None:
    """Read `A had lunch with me`, `A gave me a call`; what they did without me is not ours."""
    units = sentence.units
    for j in range(light + 1, min(len(units), end + 3)):
        if units[light].text == "left" and units[end - 1].text in VOICEMAIL:
            return _Found(subjects, IN, end)
        if units[light].text == "stayed" and kind.word == "coffee":
            return _Found(subjects, BOTH, end)
        if units[j].part == Part.ME and units[j - 1].text != "without":
            called = kind.word == "call" and units[light].text != "had"
            mutual = kind.direction is BOTH and not called
            return _Found(subjects, BOTH if mutual else IN, end)
    return None


def _find_right(sentence: Sentence, at: int, end: int, kind: Kind) -> _Found | None:  # noqa: C901, PLR0911, PLR0912 - a ladder of cases, read from the top
    """Find the people to the right: `call this morning with A`, `lunch: A, B`, `☕ A`."""
    units = sentence.units
    j = end
    if text_at(units, j) in {"sent", "received", "written"}:
        j += 1
    furthest = min(len(units), end + 12)
    while j < furthest:
        unit = units[j]
        part = unit.part
        if part == Part.PREPOSITION:
            if j == end and _is_order(sentence, at, unit.text):
                return None
            direction = _direction_by(sentence, at, unit.text, kind)
            found = find_behind(sentence, j + 1)
            if found.people and direction:
                return _Found(found.people, direction, found.end)
            if (
                unit.text in {"at", "@"}
                and kind.direction is BOTH
                and (hosts := find_owners(units, j + 1)).people
            ):
                return _Found(hosts.people, BOTH, hosts.end)
            if unit.text in _AWAY:
                return None
        elif part == Part.PERSON and not unit.owns:
            if j == end:
                return _right_beside(sentence, at, j, kind)
            if part_at(units, j - 1) != Part.PREPOSITION and part_at(units, j - 1) not in CLOSING:
                return None
        elif part in _MARKS:
            return _find_listed(sentence, at, j, kind)
        elif part == Part.STOP:
            return _find_stated(sentence, j, kind)
        elif part not in _BETWEEN and not _is_thing(sentence, j):
            return None
        j += 1
    return None


def _find_stated(sentence: Sentence, stop: int, kind: Kind) -> _Found | None:
    """Find who was there in a sentence of its own: `Leaving drinks! With A, B`, `Mtg. Present: A`."""
    units = sentence.units
    text = text_at(units, stop + 1)
    named = text in {"with", "present", "attending", "attendees"}
    if kind.direction is not BOTH or not named:
        return None
    found = list_starting(units, stop + 2 + (part_at(units, stop + 2) == Part.COLON))
    closed = part_at(units, found.end) in CLOSING
    return _Found(found.people, BOTH, found.end) if found.people and closed else None


def _is_thing(sentence: Sentence, at: int) -> bool:
    """Say whether a kind's word is a mere thing here: `dinner after the show`, `coffee and cake`."""
    unit = sentence.units[at]
    if unit.noun and not unit.verb:
        return True
    return unit.form is Form.BASE and text_at(sentence.units, at - 1) in {
        "the",
        "a",
        "an",
        "my",
        "our",
    }


def _right_beside(sentence: Sentence, at: int, start: int, kind: Kind) -> _Found | None:
    """Read `lunch A`, `1:1 A`; not the order `call A`, nor the address `thanks A`."""
    unit = sentence.units[at]
    ordered = unit.form is Form.BASE and unit.verb in ORDERS and not sentence.open
    if ordered or kind.word in {"thanks", "congratulations"}:
        return None
    found = list_starting(sentence.units, start)
    if not found.people or begins_clause(sentence.units, found.end):
        return None
    return _Found(found.people, kind.direction, found.end)


def _is_order(sentence: Sentence, at: int, preposition: str) -> bool:
    """Say whether a clause opens with an order rather than a noun: `reply to`, `catch up with`."""
    unit = sentence.units[at]
    ordered = unit.text in {"catch up", "talk"} or (preposition == "to" and unit.verb in ANSWERS)
    opens = at == 0 or sentence.units[at - 1].part in CLAUSE_END
    return ordered and unit.form is Form.BASE and opens and not sentence.open


def _find_listed(sentence: Sentence, at: int, mark: int, kind: Kind) -> _Found | None:
    """Find the people of `Lunch at Nero: A, B`, `Dinner, A and B`, `Call (A)`."""
    units = sentence.units
    start = _behind_aside(units, mark) + 1
    direction = kind.direction
    if part_at(units, start) == Part.PREPOSITION:
        turned = _direction_by(sentence, at, units[start].text, kind)
        if not turned:
            return None
        direction = turned
        start += 1
    label = units[mark].part == Part.COLON and skip_back(units, at - 1) < 0
    if label and part_at(units, start) == Part.PLAN:  # coffee: would [[Ada]] mentor me?
        found = list_starting(units, start + 1)
        return _Found(found.people, direction, found.end) if found.people else None
    found = list_starting(units, start)
    if not found.people:
        return None
    behind = found.end
    while part_at(units, behind) in {Part.FILLER, Part.WAS} and behind < len(units):
        behind += 1  # `both there`, `was there`
    closed = part_at(units, behind) in CLOSING or part_at(units, behind) == Part.PREPOSITION
    return _Found(found.people, direction, found.end) if closed else None


def _behind_aside(units: Sequence[Unit], mark: int) -> int:
    """Go past an aside between commas: `chat, two hours, with A`."""
    if units[mark].part != Part.COMMA:
        return mark
    j = mark + 1
    while j < mark + 5 and part_at(units, j) in {Part.WORD, Part.FILLER}:
        j += 1
    aside = j > mark + 1 and part_at(units, j) == Part.COMMA and text_at(units, j + 1) in WITH
    return j if aside else mark


def _direction_by(sentence: Sentence, at: int, preposition: str, kind: Kind) -> Direction | None:  # noqa: PLR0911 - a ladder of cases, read from the top
    """Say which way a noun goes by the preposition before a person; None: that is no person of it."""
    noun = sentence.units[at].text
    mutual = kind.direction is BOTH
    if preposition in WITH:
        return BOTH if mutual or kind.word in {"message", "reply"} else None
    if preposition == "to" and not _is_meant(sentence, at, noun):
        return None
    if mutual and kind.word not in {"call", "work"} and noun != "visit":
        return None
    if preposition == "from" and kind.word == "call" and not noun.endswith(("call", "facetime")):
        return None  # a new phone from [[Ada]]
    if preposition == "from" or (preposition == "by" and not mutual):
        return BOTH if mutual and kind.word != "call" else IN
    if preposition == "to":
        return BOTH if mutual else OUT
    takes_for = kind.word in {"received", "endorsement", "gave", "work"} or noun in VOICEMAIL
    if preposition == "for" and takes_for:
        return BOTH if mutual else OUT
    return None


def _is_meant(sentence: Sentence, at: int, noun: str) -> bool:
    """Say whether thanks or wishes reached somebody: `big thank you to A for`, not `thanks to A I`."""
    units = sentence.units
    if noun == "happy birthday":
        return sentence.open
    if noun not in {"thanks", "thank you", "thx"} or find_light(units, at) >= 0:
        return True
    if text_at(units, at - 1) in WARM:
        return True
    behind = find_behind(sentence, at + 2).end
    return text_at(units, behind) in {"for", "by"}


def _find_left(sentence: Sentence, at: int, end: int) -> tuple[str, ...]:
    """Find the people of `A 1:1`, `A & B weekly sync`, `A (call)`."""
    units = sentence.units
    unit = units[at]
    if part_at(units, end) in {Part.WORD, Part.HAD, Part.IS, Part.HAVE} and end < len(units):
        return ()
    if unit.verb and unit.noun and unit.noun.direction is not BOTH:
        return ()
    if unit.form is Form.PRESENT or (unit.text.endswith("s") and end > at + 1):
        return ()  # [[Ada]] talks too much, [[Ada]] drinks tea
    words = 0
    j = at - 1
    if text_at(units, j) == "(" and close(units, j) in {end, end + 1, end + 2}:
        j -= 1
    while part_at(units, j) in {Part.FILLER, Part.WORD} and j >= 0:
        words += units[j].part == Part.WORD
        j -= 1
    if j < 0 or words > 1 or units[j].part != Part.PERSON or units[j].owns:
        return ()
    found = list_ending(units, j)
    start = skip_back(units, found.start - 1)
    return found.people if start < 0 or units[start].part in CLAUSE_END else ()


def _is_head(sentence: Sentence, at: int) -> bool:
    """Say whether a noun heads its clause, so that it can tell of a person not named in it."""
    units = sentence.units
    words = clauses = 0
    for j in range(at - 1, max(-1, at - REACH), -1):
        unit = units[j]
        if unit.part == Part.HAD:
            return True
        if unit.part in {Part.STOP, Part.BREAK, Part.COLON}:
            break
        if unit.part == Part.PERSON:
            return words <= 1 and clauses <= 1 and unit.person in sentence.topic
        if unit.part in {Part.THEY, Part.THEIR, Part.THEM, Part.IS} or words > 2 or clauses > 1:
            return False
        clauses += unit.part in {Part.COMMA, Part.BUT}
        words += unit.part == Part.WORD
        if unit.text in TASTES:
            return False
    return words <= 2 and clauses == 0


def _implied_direction(sentence: Sentence, end: int, kind: Kind) -> Direction:
    """Say which way a noun goes in a log: `email from her`, `email: from her`."""
    if kind.direction is BOTH and kind.word != "call":
        return BOTH
    units = sentence.units
    following = text_at(units, end + (part_at(units, end) == Part.COLON))
    if following in {"from", "by"}:
        return IN
    if following == "to" and kind.direction is not BOTH:
        return OUT
    return BOTH if following == "with" and kind.word == "message" else kind.direction
