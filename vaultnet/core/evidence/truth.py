"""Whether what a sentence says really happened: not planned, denied, cancelled, asked, long gone."""

from __future__ import annotations

from collections.abc import Sequence

from vaultnet.core.evidence.clause import (
    REACH,
    Mode,
    Role,
    Sentence,
    find_light,
    find_subject,
    is_done_form,
    is_past,
    part_at,
    skip_back,
    text_at,
)
from vaultnet.core.evidence.words import (
    ABOUT,
    ASKING,
    BROADCAST,
    CARRIERS,
    CLAUSE_END,
    CLOSING,
    DOABLE,
    DONE_BEFORE_ONGOING,
    ED_MODIFIERS,
    FROM_ELSEWHERE,
    LASTING,
    LIGHT,
    MOTION,
    NOBODYS,
    PAPERS,
    QUANTITIES,
    SENTENCE_END,
    TRACES,
    UNTRUE,
    VOICEMAIL,
    Part,
    Unit,
)
from vaultnet.core.kinds import Form
from vaultnet.core.model import Direction, Kind

_PARTING = frozenset({Part.COMMA, Part.BREAK, Part.BUT})
_AHEAD = frozenset({Part.PLAN, Part.FUTURE, Part.SET})
_DENYING = frozenset({Part.NOT, Part.CANCELLED, Part.MOVED, Part.LONG_AGO, Part.UNANSWERED})
_SPOILING = frozenset({Part.IS, Part.SET} | (_DENYING - {Part.UNANSWERED}))
_FOREIGN = frozenset({Part.THEIR, Part.THEY, Part.IS, Part.SET, Part.NOT})
"""Before a noun: it is not mine, or it was not."""
_GOING_ON = CLOSING | {Part.WHO, Part.ME, Part.THEY, Part.PERSON}
"""Behind a noun and its people: something else begins."""
YEAR_LEADS = frozenset("in since from of summer spring winter autumn".split())
"""Before a year: that is when it was."""
_MOST_WORDS = 6
"""Unknown words before a noun that may still be its adjectives."""


def noun_happened(sentence: Sentence, at: int, end: int, kind: Kind) -> bool:
    """Say whether the noun at `at`, its people ending at `end`, stands for something that happened."""
    return (
        _is_sure(sentence, at)
        and _stands(sentence, at)
        and not _is_spoiled(sentence, at, end)
        and not is_cancelled(sentence.units, end, kind)
        and not is_asked(sentence.units, at)
    )


def verb_happened(sentence: Sentence, at: int, end: int, kind: Kind) -> bool:
    """Say whether nothing around the verb at `at` takes back what it tells."""
    units = sentence.units
    if not _is_claimed(sentence, at) or not _is_left_alone(sentence, at, end):
        return False
    if kind.word == "call":
        return not is_unanswered(units, at) or left_word(units, at)
    if kind.word == "message" and _is_unsent(units, at):
        return False
    return not (units[0].text in ASKING and is_asked(units, at))


def tells(sentence: Sentence, at: int) -> bool:
    """Say whether the verb's form tells of something done: `called`, `got to meet`, `after calling`."""
    units = sentence.units
    form = units[at].form
    if form is Form.PAST or form is Form.PRESENT:
        return True
    if form is Form.BASE:
        return is_done_form(sentence, at)
    before = skip_back(units, at - 1)
    if before >= 0 and (units[before].part in {Part.HAD, Part.WAS} or units[before].text == "got"):
        return True
    if any(unit.text in DONE_BEFORE_ONGOING for unit in units[max(0, before) : at]):
        return True
    initial = before < 0 or units[before].part in CLAUSE_END
    lasting = units[at].verb in LASTING or any(
        unit.text in {"back and forth", "back-and-forth"} for unit in units[at : at + 4]
    )
    later = any(unit.part in {Part.FUTURE, Part.PLAN} for unit in units[at : at + REACH])
    return initial and lasting and not later


def is_passive(sentence: Sentence, at: int) -> bool:
    """Say whether a verb is in the passive voice: `was mentored by`, `introduced by`."""
    units = sentence.units
    if units[at].form is not Form.PAST:
        return False
    before = skip_back(units, at - 1)
    if before >= 0 and (units[before].part == Part.WAS or units[before].text == "got"):
        return True
    if text_at(units, at + 1) != "by" or units[at].verb.endswith("by"):
        return False
    return units[at].verb != "recommend" or "for" in {unit.text for unit in units[at : at + 8]}


def is_cancelled(units: Sequence[Unit], start: int, kind: Kind) -> bool:
    """Say whether an event is taken back later in the line; another thing's end does not matter."""
    for j in range(start, min(len(units), start + 60)):
        if units[j].part == Part.UNANSWERED and kind.word in {"call", "coffee", "meeting", "met"}:
            return True
        if units[j].part == Part.CANCELLED and _is_of_the_event(units, j):
            return True
    return False


def is_unanswered(units: Sequence[Unit], at: int) -> bool:
    """Say whether a call found nobody."""
    return any(unit.part == Part.UNANSWERED for unit in units[at : at + 40])


def _is_unsent(units: Sequence[Unit], at: int) -> bool:
    """Say whether what was written stayed in the drawer: `wrote to A, didn't send it`."""
    return any(
        unit.part == Part.CANCELLED and unit.text.endswith(("send", "sent"))
        for unit in units[at : at + 40]
    )


def left_word(units: Sequence[Unit], at: int) -> bool:
    """Say whether a call that found nobody ended in a message left."""
    texts = [unit.text for unit in units[at : at + 40]]
    return "left" in texts and any(text in VOICEMAIL for text in texts)


def is_asked(units: Sequence[Unit], at: int) -> bool:
    """Say whether a word stands in a question; what follows a colon or a dash asks something else."""
    for j in range(at, min(len(units), at + 2 * REACH)):
        if units[j].part == Part.QUESTION:
            return True
        if units[j].part in {Part.STOP, Part.COLON, Part.BREAK}:
            return False
    return False


# --- nouns --------------------------------------------------------------------------------


def _is_sure(sentence: Sentence, at: int) -> bool:
    """Say whether nothing before a noun in its sentence puts it in doubt."""
    units = sentence.units
    near = True
    for j in range(at - 1, max(-1, at - REACH), -1):
        unit = units[j]
        part = unit.part
        if part in SENTENCE_END:
            return True
        if part in _PARTING:
            near = False
        if not near and is_past(unit):
            return True
        if part in _AHEAD and not sentence.forgives(unit):
            return False
        if near and part in _DENYING:
            return False
        determiner = unit.text == "that" and j > 0 and is_past(units[j - 1])  # had that long talk
        if near and part in {Part.WHO, Part.SAID} and j > 0 and not determiner:
            return False
    return True


def _stands(sentence: Sentence, at: int) -> bool:  # noqa: C901, PLR0911 - a ladder of cases, read from the top
    """Say whether what is left of a noun lets it stand for something that happened."""
    units = sentence.units
    if sentence.mode is Mode.PLANNED and find_light(units, at) < 0:
        return False
    words = 0
    for j in range(at - 1, max(-1, at - REACH), -1):
        unit = units[j]
        part = unit.part
        if part in CLOSING or part == Part.ME:
            return True
        if part == Part.HAD or unit.text in LIGHT or unit.text == "played":
            return find_subject(sentence, j)[0] is not Role.OTHER
        if part == Part.PREPOSITION:
            return _lets_happen(sentence, j)
        if part == Part.HAVE:
            return sentence.open and unit.text in DOABLE
        if part in _FOREIGN:
            return False
        if part == Part.PERSON:
            free = unit.person in sentence.topic or j == 0 or units[j - 1].part != Part.KIND
            return free and not unit.owns
        if part == Part.KIND and not unit.noun and not _is_modifier(units, j):
            return False
        if part == Part.WORD:
            words += 1
            foreign = unit.text.endswith("'s") and unit.text not in NOBODYS
            acting = unit.text.endswith("ed") and unit.text not in ED_MODIFIERS
            if words > _MOST_WORDS or foreign or acting:
                return False
    return True


def _is_modifier(units: Sequence[Unit], at: int) -> bool:
    """Say whether a verb's base form only modifies the noun behind it: `annual review meeting`."""
    noun = units[at + 1].noun
    if units[at].form is not Form.BASE or noun is None or units[at].verb in CARRIERS:
        return False
    if at == 0 or units[at - 1].part in CLAUSE_END:
        return noun.direction is Direction.BOTH or units[at + 1].text.startswith("back")
    return units[at - 1].part in {Part.WORD, Part.FILLER, Part.MINE}


def _lets_happen(sentence: Sentence, at: int) -> bool:
    """Say whether a preposition lets the noun behind it have happened: `after`, not `before`."""
    units = sentence.units
    text = units[at].text
    before = text_at(units, at - 1)
    if text in {"to", "for"}:
        return before in MOTION or (sentence.open and before == "go")
    if text == "of":
        return before in QUANTITIES
    if text not in FROM_ELSEWHERE:
        return False
    role = find_subject(sentence, at)[0]
    return role in {Role.ME, Role.US} or (role is Role.OTHER and before in TRACES)


def _is_spoiled(sentence: Sentence, at: int, end: int) -> bool:  # noqa: C901, PLR0911, PLR0912 - a ladder of cases, read from the top
    """Say whether what follows takes a noun back: `lunch with [[Ada]] moved to Friday`."""
    units = sentence.units
    if units[at].text == "interview" and any(
        unit.text in BROADCAST for unit in units[end : end + 6]
    ):
        return True
    j = end
    furthest = min(len(units), end + REACH)
    while j < furthest:
        unit = units[j]
        part = unit.part
        if part in _GOING_ON:
            break
        if unit.text in ABOUT or unit.text == "to":
            break
        if part == Part.SET and unit.text in PAPERS and _is_determined(units, j):
            j += 1
            continue
        if part in _SPOILING:
            return True
        if part in {Part.PLAN, Part.FUTURE} and not sentence.forgives(unit):
            return True
        if part == Part.WAS and text_at(units, at - 1) == "last":
            return True
        if _is_old_year(units, j):
            return True
        if unit.text == "later" and find_light(units, at) < 0:
            return True
        j += 1
    if part_at(units, j) not in CLAUSE_END or j + 1 >= len(units):
        return False
    following = units[j + 1]
    if following.part == Part.CANCELLED:
        return _is_of_the_event(units, j + 1)
    if units[j].part == Part.COLON:  # what follows a kind and a colon is what was said
        return False
    if following.part == Part.FUTURE:
        return not following.text.endswith("'s") and not sentence.forgives(following)
    return following.part in {Part.MOVED, Part.SET}


def _is_determined(units: Sequence[Unit], at: int) -> bool:
    """Say whether a word is a thing here, by what stands before it: `the draft`, `my book`."""
    before = text_at(units, at - 1)
    return before in {"the", "a", "an"} or part_at(units, at - 1) in {Part.MINE, Part.THEIR}


def _is_of_the_event(units: Sequence[Unit], at: int) -> bool:
    """Say whether `cancelled` is said of the event: it has no object of its own."""
    following = part_at(units, at + 1)
    other = following in {Part.MINE, Part.THEIR, Part.WORD, Part.KIND}
    return not other and text_at(units, at + 1) not in {"the", "a", "an"}


def is_year(text: str) -> bool:
    """Say whether a number can be a year of the past: `in 2019`."""
    return len(text) == 4 and text.isdecimal() and text[:2] in {"19", "20"}


def _is_old_year(units: Sequence[Unit], at: int) -> bool:
    return is_year(units[at].text) and text_at(units, at - 1) in YEAR_LEADS


# --- verbs --------------------------------------------------------------------------------


def _is_claimed(sentence: Sentence, at: int) -> bool:
    """Say whether nothing left of a verb in its clause denies it."""
    units = sentence.units
    joined = mine = False
    for j in range(at - 1, max(-1, at - REACH), -1):
        unit = units[j]
        if unit.part in CLAUSE_END or (joined and unit.part == Part.ME):
            return True
        if unit.part == Part.AND:
            joined = True
        elif unit.part == Part.ME:
            mine = True
        elif unit.part in UNTRUE and not sentence.forgives(unit):
            beside = unit.part == Part.NOT and (
                (joined and unit.text.endswith("n't") and units[at].form is Form.PAST)
                or (mine and unit.text in {"instead of", "rather than"})
            )
            if not beside:
                return False
    return True


def _is_left_alone(sentence: Sentence, at: int, end: int) -> bool:
    """Say whether nothing right of a verb in its clause takes it back."""
    units = sentence.units
    for j in range(at + 1, min(len(units), end + 8)):
        unit = units[j]
        if unit.part == Part.QUESTION:
            return j > end
        if unit.part in CLAUSE_END or unit.part == Part.WHO or unit.text in ABOUT:
            return True
        if unit.part == Part.LONG_AGO or _is_old_year(units, j):
            return False
        if unit.part == Part.FUTURE and units[at].form is not Form.PAST:
            return sentence.forgives(unit)
    return True
