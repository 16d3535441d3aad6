"""Verbs of a kind, who did it, and to whom: `called [[Ada]]`, `[[Ada]] emailed`, `[[Ada]] and I met`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from vaultnet.core.evidence.clause import (
    Role,
    Sentence,
    acts,
    find_behind,
    find_direct,
    find_owner,
    find_subject,
    find_them,
    is_them,
    list_starting,
    part_at,
    rest_of_clause,
    skip,
    skip_back,
    text_at,
)
from vaultnet.core.evidence.nouns import HUSHED, Reading, is_written
from vaultnet.core.evidence.truth import (
    is_passive,
    is_unanswered,
    left_word,
    tells,
    verb_happened,
)
from vaultnet.core.evidence.words import (
    ABOUT,
    ALONE,
    ANSWERS,
    CALLING,
    CARRIERS,
    CLAUSE_END,
    CLOSING,
    GIVING,
    MEALS,
    NO_WORKS,
    NOT_AFTER,
    NOT_ALONE_ASKED,
    NOT_BEHIND,
    NOTELIKE,
    OWNED,
    PERFORMING,
    PLACES,
    PURPOSES,
    SAYING,
    SCREENS,
    TALKING,
    TWO_WAY,
    UNNAMED,
    VOICEMAIL,
    WEAK,
    WITH_THINGS,
    WORKS,
    Part,
    Unit,
)
from vaultnet.core.kinds import BOTH, IN, KIND_OF, OUT, Form, turn
from vaultnet.core.model import Direction, Kind

_FRAMES = ("", "to", "with", "for")
"""Which frame names the kind where no preposition does, first to last."""
_TO_AND_FRO = frozenset(["back and forth", "back-and-forth"])
_ANY_WORK = frozenset("read comment cite quote watch".split())
_BETTER = frozenset("coffee call mentoring".split())
_ELSEWHERE = CLAUSE_END | {Part.PLAN, Part.NOT, Part.HAD}
"""Behind these, a preposition belongs to something else."""
_THING = frozenset({Part.WORD, Part.MINE, Part.THEIR, Part.KIND, Part.PERSON})


class _Found(NamedTuple):
    people: tuple[str, ...]
    kind: Kind
    direction: Direction
    end: int


def read_verb(sentence: Sentence, at: int, told: Mapping[str, object]) -> Reading | None:
    """Read a verb of a kind; nothing where it is not about me and a contact."""
    if not tells(sentence, at):
        return None
    role, subjects = find_subject(sentence, at)
    found: _Found | None = None
    if role is Role.ME and sentence.units[at].form is not Form.PRESENT:
        passive = is_passive(sentence, at)
        found = _find_agent(sentence, at) if passive else _find_objects(sentence, at, told)
    elif role is Role.US:
        found = _find_company(sentence, at, subjects)
    elif role is Role.OTHER and _is_sent(sentence, at):
        found = _find_by_preposition(sentence, at, _frames(sentence, at))
    elif role is Role.THEM and not is_passive(sentence, at):
        found = _find_me(sentence, at, subjects)
    if found is None:
        return None
    if not verb_happened(sentence, at, found.end, found.kind):
        return HUSHED
    kind, direction = _refine(sentence, at, found.kind, found.direction)
    if kind.word in {"call", "coffee"} and is_unanswered(sentence.units, at):
        return HUSHED
    named = turn(kind, direction)
    return Reading(found.people, named, direction, named.given) if named else None


def _is_sent(sentence: Sentence, at: int) -> bool:
    """Say whether a thing was sent, by nobody else than me: `Self-tape sent to A`."""
    units = sentence.units
    if text_at(units, at + 1) != "to" or part_at(units, at + 2) != Part.PERSON:
        return False
    unnamed = all(unit.part in {Part.WORD, Part.FILLER, Part.KIND} for unit in units[:at])
    return unnamed and units[at].form is Form.PAST and units[at].verb in GIVING


# --- what I did to them -------------------------------------------------------------------


def _find_objects(sentence: Sentence, at: int, told: Mapping[str, object]) -> _Found | None:  # noqa: C901, PLR0911 - a ladder of cases, read from the top
    """Find to whom I did it: `called A`, `talked about jobs with A`, `replied to A's email`."""
    units = sentence.units
    verb = units[at].verb
    if verb == "see" and _is_on_screen(sentence, at):
        return None
    frames = _frames(sentence, at)
    start = after = skip(units, at + 1)
    label = skip_back(units, at - 1) < 0 or units[at - 1].part == Part.ME
    if label and part_at(units, start) in {Part.COLON, Part.BREAK}:
        start += 1  # Called: [[Ada]]
    if part_at(units, start) == Part.ME:
        return _done_to_me(sentence, at, _any(frames), start + 1)
    if verb in {"get", "receive"}:
        letter = _find_letter(sentence, start)
        if letter:
            return letter
    direct = frames.get("")
    if direct:
        found = find_direct(sentence, start)
        people = found.people or _find_team(sentence, start)
        if people:
            return _Found(_with_owner(sentence, people, ""), direct, _outward(direct), found.end)
    by_preposition = _find_by_preposition(sentence, at, frames)
    if by_preposition:
        return by_preposition
    if direct and verb in OWNED:
        owned = find_owner(
            sentence, start + (verb == "ask" and text_at(units, start) == "for"), verb
        )
        if owned.people:
            return _Found(
                _with_owner(sentence, owned.people, ""), direct, _outward(direct), owned.end
            )
    return _imply(sentence, at, after) if sentence.topic else _echo(sentence, at, told)


def _find_by_preposition(  # noqa: PLR0911 - a ladder of cases, read from the top
    sentence: Sentence, at: int, frames: Mapping[str, Kind]
) -> _Found | None:
    units = sentence.units
    verb = units[at].verb
    for j in range(at + 1, min(len(units), at + 12)):
        unit = units[j]
        if unit.part == Part.PREPOSITION and (unit.text in frames or unit.text == "with"):
            frame = _frame(frames, unit.text, verb)
            if frame and part_at(units, j + 1) == Part.ME:
                return _done_to_me(sentence, at, frame[0], j + 2)
            found = find_behind(sentence, j + 1)
            if not found.people:
                found = find_owner(sentence, j + 1, verb)
            if found.people and frame:
                people = _with_owner(sentence, found.people, unit.text)
                return _Found(people, *frame, found.end) if people else None
        if unit.part in _ELSEWHERE:
            return None
        if unit.part == Part.WHO and not _is_pointing(units, at, j):
            return None
        if unit.noun and unit.noun.direction is BOTH and part_at(units, j + 1) != Part.WORD:
            return None
        if unit.verb and acts(unit):
            return None
    return None


def _is_pointing(units: Sequence[Unit], at: int, j: int) -> bool:
    """Say whether `that` points at a thing rather than opening a clause: `wrote that letter to`."""
    noun = units[j + 1].noun if j + 1 < len(units) else None
    return units[j].text == "that" and j == at + 1 and noun is not None


def _frame(
    frames: Mapping[str, Kind], preposition: str, verb: str
) -> tuple[Kind, Direction] | None:
    """Say which kind and way a verb is with a preposition: `email with` is an exchange."""
    kind = frames.get(preposition)
    if preposition == "from" and kind:
        return kind, OUT if kind.word == "ask" else IN
    if preposition == "with" and verb in TWO_WAY:
        return KIND_OF["message"], BOTH
    return (kind, _outward(kind)) if kind else None


def _done_to_me(sentence: Sentence, at: int, kind: Kind | None, end: int) -> _Found | None:
    """Find who did it where only `me` is said: `…, sent me the deck`."""
    giver = find_them(sentence, at)
    return _Found((giver,), kind, _inward(kind), end) if giver and kind else None


def _find_letter(sentence: Sentence, start: int) -> _Found | None:
    """Find what was got from somebody: `got A's reply`."""
    units = sentence.units
    if start >= len(units) or not units[start].owns:
        return None
    at = skip(units, start + 1)
    noun = units[at].noun if at < len(units) else None
    if noun is None or noun.direction is BOTH:
        return None
    return _Found((units[start].person,), noun, IN, at + 1)


def _find_team(sentence: Sentence, start: int) -> tuple[str, ...]:
    """Find who a group was: `met the team: A, B`."""
    units = sentence.units
    j = start
    while j < start + 3 and part_at(units, j) in {Part.WORD, Part.MINE}:
        j += 1
    named = j > start and part_at(units, j) in {Part.COLON, Part.BREAK}
    return list_starting(units, j + 1).people if named else ()


def _with_owner(sentence: Sentence, people: tuple[str, ...], preposition: str) -> tuple[str, ...]:
    """In a log, others are only mentioned unless they were there too."""
    if not sentence.owner or sentence.owner in people:
        return people
    if preposition != "with":
        return ()
    units = sentence.units
    spoken_of = any(
        units[j].text in ABOUT and is_them(units, j + 1) for j in range(min(len(units), 60) - 1)
    )
    return people if spoken_of else (sentence.owner, *people)


def _imply(sentence: Sentence, at: int, start: int) -> _Found | None:
    """Find the person a log or a topic is about: `called about the job`, `sent the deck`."""
    units = sentence.units
    unit = units[at]
    if unit.verb in UNNAMED:
        return None
    frames = _frames(sentence, at)
    seen = _find_seen(sentence, at)
    if seen:
        return _Found(sentence.topic, seen, IN, start)
    if unit.verb == "connect":
        kind: Kind | None = KIND_OF["met"]
    elif unit.verb == "hear back":
        kind = frames.get("from")
    else:
        kind = next((frames[frame] for frame in _FRAMES if frame in frames), None)
    if kind is None:
        return None
    following = units[start] if start < len(units) else None
    thing = following is not None and following.part in _THING
    named = start > at + 1 and units[start - 1].text in {"a", "an", "the", "some", "this", "that"}
    if (thing or named) and unit.verb not in WITH_THINGS:
        return None
    if following is not None and following.person and following.person not in sentence.topic:
        return None
    direction = kind.direction if kind.direction is IN and not thing else _outward(kind)
    if kind.direction is IN:
        spoken = any(before.part == Part.ME for before in units[max(0, at - 4) : at])
        if spoken or text_at(units, start) in {"to", "for"}:
            direction = OUT
    return _Found(sentence.topic, kind, direction, start)


def _echo(sentence: Sentence, at: int, told: Mapping[str, object]) -> _Found | None:
    """Find the person of `[[Ada]] called, we talked`: the only one named."""
    units = sentence.units
    verb = units[at].verb
    kind = _any(_frames(sentence, at))
    if len(sentence.named) != 1 or kind is None:
        return None
    if not told and verb in TALKING and text_at(units, at - 1) == "we":
        person = find_them(sentence, at)
        return _Found((person,), kind, BOTH, at + 1) if person else None
    if told and (verb in TALKING or verb in ANSWERS):
        return _Found(tuple(told), kind, OUT if verb in ANSWERS else BOTH, at + 1)
    return None


def _is_on_screen(sentence: Sentence, at: int) -> bool:
    """Say whether somebody was only seen: on television, crossing the street."""
    units = sentence.units
    end = list_starting(units, skip(units, at + 1)).end
    doing = part_at(units, end) == Part.WORD and text_at(units, end).endswith("ing")
    doing = doing or text_at(units, end) in PERFORMING
    return doing or any(unit.text in SCREENS for unit in units[at + 1 : at + 8])


def _find_agent(sentence: Sentence, at: int) -> _Found | None:
    """Find who did it to me: `was mentored by A`."""
    units = sentence.units
    kind = _any(_frames(sentence, at))
    for j in range(at + 1, min(len(units), at + 12)):
        if units[j].text == "by" and kind:
            found = find_behind(sentence, j + 1)
            return _Found(found.people, kind, _inward(kind), found.end) if found.people else None
        if units[j].part in CLAUSE_END:
            break
    return None


# --- what we did, and what they did to me -------------------------------------------------


def _find_company(sentence: Sentence, at: int, subjects: tuple[str, ...]) -> _Found | None:
    """Read what we did: `A and I met`, `A and I worked on the parser`."""
    kinds = _frames(sentence, at).values()
    mutual = next((kind for kind in kinds if kind.direction is BOTH), None)
    kind = mutual or next((kind for kind in kinds if kind.word in {"message", "reply"}), None)
    return _Found(subjects, kind, BOTH, at + 1) if kind else None


def _find_me(sentence: Sentence, at: int, subjects: tuple[str, ...]) -> _Found | None:  # noqa: C901, PLR0911 - a ladder of cases, read from the top
    """Say whether what they did was meant for me: `A emailed`, `A sent me the deck`."""
    units = sentence.units
    verb = units[at].verb
    frames = _frames(sentence, at)
    start = skip(units, at + 1)
    seen = _find_seen(sentence, at)
    if seen:
        return _Found(subjects, seen, IN, start)
    kind = next((frames[frame] for frame in _FRAMES if frame in frames), None)
    if kind is None:
        return None
    answer = _Found(subjects, kind, _inward(kind), start)
    if start >= len(units):
        return answer if verb in ALONE else None
    if units[start].part == Part.ME:
        return answer
    if units[start].part == Part.MINE and (verb in ANSWERS or verb in {"review", "ask"}):
        return answer
    for j in range(start, min(len(units), start + 10)):
        unit = units[j]
        if unit.part in CLAUSE_END or unit.part == Part.WHO:
            break
        if unit.part == Part.PREPOSITION:
            behind = part_at(units, j + 1)
            if behind == Part.ME and unit.text in {"to", "with", "for", "on", "by", "at"}:
                meant = frames.get(unit.text, kind)
                return _Found(subjects, meant, _inward(meant), j + 2)
            if behind == Part.MINE and (verb in ANSWERS or verb in {"help", "review"}):
                return answer
            if unit.text == "to" and verb in GIVING:
                return None
    return answer if _is_meant_for_me(sentence, at, start) else None


def _is_meant_for_me(  # noqa: PLR0911 - a ladder of cases, read from the top
    sentence: Sentence, at: int, start: int
) -> bool:
    """Say whether a verb whose object is not me is meant for me all the same."""
    units = sentence.units
    verb = units[at].verb
    unit = units[start]
    named = start > at + 1 and units[start - 1].text in {
        "a",
        "an",
        "the",
        "some",
        "another",
        "all",
        "both",
    }
    if verb in {"send", "send over", "forward"}:
        return named or unit.part in {Part.WORD, Part.THEIR, Part.KIND} or start > at + 1
    if verb == "share":
        rest = rest_of_clause(units, at)
        return unit.part == Part.THEIR and all(each.text not in SCREENS for each in rest)
    if verb in {"let me know", "let us know"}:
        return True
    if verb in {"help", "help out"}:
        return unit.text in {"with", "out", "prepare"}
    if verb == "offer":
        return unit.text == "to"
    if verb in PLACES and unit.part in {Part.WORD, Part.MINE, Part.PREPOSITION}:
        return True
    return not named and verb in ALONE and _may_end(sentence, start, verb)


def _may_end(sentence: Sentence, at: int, verb: str) -> bool:  # noqa: PLR0911 - a ladder of cases, read from the top
    """Say whether a verb without object is complete here: `emailed about`, `called to say`."""
    units = sentence.units
    unit = units[at]
    if unit.part in CLOSING or unit.part in {Part.ME, Part.FUTURE}:
        return True
    if unit.part == Part.WHO:
        return True
    if unit.text == "to":
        following = units[at + 1] if at + 1 < len(units) else None
        return following is not None and (following.text in PURPOSES or following.form is Form.BASE)
    if unit.text == "for" and any(u.text in NOT_ALONE_ASKED for u in units[at : at + 5]):
        return False
    if unit.part == Part.PREPOSITION:
        return unit.text not in NOT_AFTER.get(verb, NOT_BEHIND)
    if verb in ANSWERS or verb in TWO_WAY:
        return unit.text in {"yes", "no", "sure", "positively"} or unit.text in SAYING
    return unit.text in SAYING or unit.form is Form.ONGOING


def _find_seen(sentence: Sentence, at: int) -> Kind | None:
    """Find `saw-my-work` where the verb is followed by a work of mine: `read my post`."""
    units = sentence.units
    frames = _frames(sentence, at)
    j = skip(units, at + 1)
    frame = " my"
    if part_at(units, j) == Part.PREPOSITION and j < len(units):
        frame = f"{units[j].text} my"
        j += 1
    if frame not in frames or part_at(units, j) != Part.MINE:
        return None
    following = [unit.text for unit in units[j + 1 : j + 6]]
    known = any(text in WORKS for text in following)
    any_work = units[at].verb in _ANY_WORK and following and following[0] not in NO_WORKS
    return frames[frame] if known or any_work else None


# --- what exactly -------------------------------------------------------------------------


def _refine(  # noqa: PLR0911 - a ladder of cases, read from the top
    sentence: Sentence, at: int, kind: Kind, direction: Direction
) -> tuple[Kind, Direction]:
    """Let what follows the verb name the kind more truly: `met A for coffee`, `sent A a note`."""
    units = sentence.units
    verb = units[at].verb
    texts = {unit.text for unit in rest_of_clause(units, at + 1)}
    message = KIND_OF["message"]
    if kind.word == "saw-my-work":
        return kind, direction
    if kind.word in {"message", "reply"} and not _TO_AND_FRO.isdisjoint(texts):
        return message, BOTH
    if verb in TWO_WAY and direction is IN and "back" in texts:
        return KIND_OF["reply"], IN
    if verb in CARRIERS:
        return _carried(sentence, at, kind, direction)
    if (
        verb in CALLING
        and direction is BOTH
        and (left_word(units, at) or _is_recorded(sentence, at))
    ):
        return message, OUT
    if verb in TALKING and is_written(sentence, at + 1):
        return message, BOTH
    if verb == "connect" and "linkedin" in texts:
        return message, IN if text_at(units, skip(units, at + 2)) in {"me", "us"} else OUT
    if kind.word == "message" and "by phone" in texts:
        return KIND_OF["call"], BOTH
    if verb in WEAK:
        better = _better(sentence, at)
        return (better, BOTH) if better else (kind, direction)
    return kind, direction


def _is_recorded(sentence: Sentence, at: int) -> bool:
    return any(unit.text in VOICEMAIL for unit in sentence.units[at + 1 : at + 8])


def _carried(
    sentence: Sentence, at: int, kind: Kind, direction: Direction
) -> tuple[Kind, Direction]:
    """Let the object name the kind: `gave A a call`, `A sent me a message`."""
    window = rest_of_clause(sentence.units, at + 1)
    for j, unit in enumerate(window):
        if unit.part == Part.PREPOSITION and unit.text not in {"to", "from"}:
            break
        if unit.text in NOTELIKE:
            return KIND_OF["message"], direction
        if unit.text in {"ring", "bell"}:
            return KIND_OF["call"], IN if direction is IN else BOTH
        if unit.noun and part_at(window, j + 1) != Part.WORD:
            if unit.noun.word == "call" or unit.text == "visit":
                return unit.noun, IN if direction is IN and unit.noun.word == "call" else BOTH
            if unit.noun.direction is not BOTH or unit.noun.word == "introduction":
                return unit.noun, direction
    return kind, direction


def _better(sentence: Sentence, at: int) -> Kind | None:
    """Find the noun that says what a weak verb was: `met A for coffee`, `talked over lunch`."""
    units = sentence.units
    for j in range(at + 1, min(len(units), at + 14)):
        unit = units[j]
        if unit.part in CLAUSE_END or unit.part == Part.WHO or unit.text in ABOUT:
            return None
        if unit.noun and unit.noun.word in _BETTER | {"meeting"}:
            back = j - 1
            while back > at and units[back].part in {Part.FILLER, Part.WORD, Part.MINE}:
                back -= 1
            by_purpose = units[back].text == "for" or unit.noun.word in _BETTER
            if units[back].text == "at" and unit.text not in MEALS:
                return None
            if by_purpose and units[back].text in {"for", "over", "at", "on", "via", "during"}:
                return unit.noun
    return None


def _frames(sentence: Sentence, at: int) -> Mapping[str, Kind]:
    return sentence.units[at].frames


def _any(frames: Mapping[str, Kind]) -> Kind | None:
    return frames.get("") or next(iter(frames.values()), None)


def _outward(kind: Kind) -> Direction:
    return BOTH if kind.direction is BOTH else OUT


def _inward(kind: Kind) -> Direction:
    """Say which way it is when they do it: a call of theirs is in, a visit of theirs is mutual."""
    return BOTH if kind.direction is BOTH and kind.word != "call" else IN
