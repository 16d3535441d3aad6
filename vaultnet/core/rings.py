"""Network, day -> Standings: where each contact stands, and why (the contract, section 4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from itertools import pairwise
from operator import attrgetter

from vaultnet.core.calendar import count, date_in_words, days_after, month, years_before
from vaultnet.core.frozen import frozen
from vaultnet.core.model import (
    Answer,
    Contact,
    Direction,
    Evidence,
    Fact,
    Interaction,
    Network,
    Problem,
    Ring,
    Rung,
    Severity,
    Standing,
    Status,
    Warmth,
)

_RELATIONSHIPS: Mapping[str, Rung] = {
    "mentee": Rung.WHAT,
    "professional body": Rung.WHAT,
    "friend": Rung.WORK,
    "close colleague": Rung.WORK,
    "associate": Rung.WORK,
    "colleague": Rung.WORK,
    "manager": Rung.WORK,
    "client": Rung.WORK,
    "mentor": Rung.WORK,
    "sponsor": Rung.WORK,
    "coach": Rung.WORK,
}
"""What a relationship proves; any other proves `name`."""
_CLOSE = frozenset({"friend", "close colleague", "associate"})
_INTENT = frozenset({"mentor", "sponsor", "coach", "mentee", "professional body"})
_SET_ASIDE = frozenset({Status.ARCHIVED, Status.DO_NOT_CONTACT, Status.DIED})

_CADENCE = {Ring.BUDDY: 84, Ring.STRATEGIC: 56, Ring.LUKEWARM: 182}
"""Days; the cold have the approach instead."""
_COLD_WINDOW = 28
_SHORTEST, _LONGEST = 14, 364
_REST = 182
_DORMANT_YEARS = 3
_AWAITS_ANSWER = frozenset({"message", "ask"})

_KNOWS = {
    Rung.NOTHING: "has not heard of you yet",
    Rung.NAME: "knows of you",
    Rung.WHAT: "knows what you do",
    Rung.WORK: "knows your work",
    Rung.RECOMMEND: "would recommend you",
}
_TOLD = {
    "gave": "something you gave",
    "received": "something they gave you",
    "saw-my-work": "saw your work",
    "work": "worked together",
    "endorsement": "put in a word for you",
    "note": "log entry",
    "last-contact": "last contact",
}
"""How a kind is told where its own word would not read well before `on 3 March 2026`."""
_LONGEST_WORD = 40


def place(
    network: Network, today: date, known: tuple[Network, Mapping[str, Standing]] | None = None
) -> dict[str, Standing]:
    """Find where every contact stands on a day, by path, in the order of paths.

    What happened after `today` does not exist yet. In each `because` the ring's facts come first,
    the most telling ahead, and the last fact is always the one on warmth. Of a network that is
    `known`, with the standings of the same day, those are taken that rest on the same evidence.
    """
    if known is None:
        return place_some(network, sorted(network.contacts), today)
    before, standings = known
    answers = answers_by_contact(network.evidence)
    answers_before = answers_by_contact(before.evidence)
    placed = {}
    for path in sorted(network.contacts):
        contact, told = network.contacts[path], network.with_contact(path)
        same = before.contacts.get(path) == contact and before.with_contact(path) == told
        if same and answers.get(path) == answers_before.get(path):
            placed[path] = standings[path]
        else:
            placed[path] = stand(contact, told, today, answers.get(path, ()))
    return placed


def place_some(network: Network, paths: Iterable[str], today: date) -> dict[str, Standing]:
    """Find where some contacts stand on a day, by path."""
    answers = answers_by_contact(network.evidence)
    return {
        path: stand(
            network.contacts[path], network.with_contact(path), today, answers.get(path, ())
        )
        for path in paths
    }


def stand(
    contact: Contact,
    interactions: Iterable[Interaction],
    today: date,
    answers: Iterable[Answer] = (),
) -> Standing:
    """Find where one contact stands on a day, from all interactions with them in any order."""
    story = _tell(contact, interactions, today, answers)
    rung = _find_rung(story)
    deserved = _find_ring(story, rung)
    ring = _decide_ring(contact, deserved)
    cadence_days, rhythm = _find_cadence(story, ring)
    warmth = _feel_warmth(story, ring, rhythm)
    return Standing(
        contact=contact,
        ring=ring,
        rung=rung,
        warmth=warmth,
        last_touch=story.last_touch,
        last_exchange=story.days[-1] if story.days else None,
        due=_find_due(story, ring, warmth, rhythm),
        cadence_days=cadence_days,
        why=story,
    )


def find_ring(
    contact: Contact,
    interactions: Iterable[Interaction],
    today: date,
    answers: Iterable[Answer] = (),
) -> Ring:
    """Find only the ring in which `stand` places one contact."""
    story = _tell(contact, interactions, today, answers)
    return _decide_ring(contact, _find_ring(story, _find_rung(story)))


def is_fixed(contact: Contact, ring: Ring) -> bool:
    """Whether more touches leave a contact in the ring in which they stand, but for an endorsement."""
    if contact.ring is not None or ring in {Ring.BUDDY, Ring.ASIDE}:
        return True
    unintended = not contact.purpose and _INTENT.isdisjoint(contact.relationships)
    return ring is Ring.LUKEWARM and unintended


def explain_ring(
    contact: Contact,
    interactions: Iterable[Interaction],
    today: date,
    answers: Iterable[Answer] = (),
) -> tuple[Fact, ...]:
    """Find only the facts on which the ring rests in which `stand` places one contact."""
    story = _tell(contact, interactions, today, answers)
    rung = _find_rung(story)
    return _tell_ring(story, rung, _find_ring(story, rung))


def next_turn(
    contact: Contact, interactions: Sequence[Interaction], day: date, answers: Iterable[Answer] = ()
) -> date:
    """Find the first day after `day` on which the ring, or what it rests on, may be another.

    Until then only warmth changes, if the notes do not. The calendar's last day stands for never.
    """
    turn, last = date.max, None
    for answer in answers:
        if day < answer.day < turn:
            turn = answer.day
    for told in interactions:
        if told.day > day:
            turn = min(turn, told.day)
        elif told.exchange and (last is None or told.day > last):
            last = told.day
    for known in (contact.last_contact, contact.met, last and _lapse(last)):
        if known and day < known < turn:
            turn = known
    return turn


@lru_cache(maxsize=4096)
def _lapse(last: date) -> date:
    """Find the first day on which an exchange lies more than a year back."""
    lapse = days_after(last, 365)
    while years_before(lapse, 1) <= last and lapse < date.max:
        lapse = days_after(lapse, 1)
    return lapse


def place_turned(
    network: Network, day: date, today: date, paths: Iterable[str] | None = None
) -> dict[str, Standing]:
    """Find where those stood on an earlier `day` whose ring may have changed by `today`.

    Only of these `paths`, if some are given.
    """
    answers = answers_by_contact(network.evidence)
    placed = {}
    for path in network.contacts if paths is None else paths:
        contact = network.contacts[path]
        told, answered = network.with_contact(path), answers.get(path, ())
        if next_turn(contact, told, day, answered) <= today:
            placed[path] = stand(contact, told, day, answered)
    return placed


def find_pin_hints(network: Network, today: date) -> tuple[Problem, ...]:
    """Find the pinned rings with which the evidence disagrees.

    Notes that say too little disagree with nothing: a pin is how one tells vaultnet more.
    """
    answers = answers_by_contact(network.evidence)
    hints: list[Problem] = []
    for path in sorted(network.contacts):
        contact = network.contacts[path]
        if contact.ring is None or _set_aside(contact):
            continue
        story = _tell(contact, network.with_contact(path), today, answers.get(path, ()))
        rung = _find_rung(story)
        deserved = _find_ring(story, rung)
        if deserved in {contact.ring, Ring.UNPLACED}:
            continue
        facts = _tell_deserved(story, rung, deserved)
        message = (
            f"pinned as {contact.ring.word}, but the notes speak for {deserved.word} "
            f"({facts[0].text}): take `ring` out"
        )
        if contact.ring < deserved:
            wanted = " and ".join(_justify(story, contact.ring))
            message = f"{message}, or add what is missing: {wanted}"
        line = contact.lines.get("ring", 0)
        hints.append(Problem(path, line, "pinned-ring", message, Severity.HINT))
    return tuple(hints)


def unanswered(interactions: Iterable[Interaction], today: date) -> tuple[Interaction, ...]:
    """Find the messages and asks of yours since the last exchange, oldest first.

    What was written on the day of an exchange counts as part of it.
    """
    return tuple(_since_last_exchange(_touches_until(interactions, today)))


def resting_until(interactions: Iterable[Interaction], today: date) -> date | None:
    """Find the day until which to leave someone who has not answered twice; None: no rest.

    Two messages of one day are one attempt. A rest that is over is none.
    """
    end = _rest_end(unanswered(interactions, today))
    return end if end and end > today else None


def answers_by_contact(evidence: Evidence) -> dict[str, list[Answer]]:
    """Sort the answers to questions by whom they are about."""
    found: dict[str, list[Answer]] = {}
    for answer in evidence.answers:
        found.setdefault(answer.contact, []).append(answer)
    return found


# --- what the notes tell ------------------------------------------------------------------


@frozen(eq=False, slots=False)
class _Story:
    """What the notes tell of one contact up to a day.

    Why they stand where they do is put in words when it is asked, and of most nobody asks.
    """

    contact: Contact
    today: date
    touches: Sequence[Interaction]
    """Oldest first."""
    days: Sequence[date]
    """Of exchanges, each once, oldest first."""
    proof: Interaction | None
    """The latest touch that proves the highest rung of all that touches prove."""
    proved: Rung
    """That rung."""
    answers: Sequence[Answer]
    """Those of yours that count."""
    relationships: Sequence[str]
    """In words, those by your answers last."""
    wished: bool
    """Whether anything makes the person wanted."""
    last_touch: date | None

    def latest_exchange(self, on: date | None = None) -> Interaction:
        """Find the latest exchange of a day, else of all days; there is one."""
        day = on or self.days[-1]
        return next(
            touch for touch in reversed(self.touches) if touch.day == day and touch.exchange
        )

    @cached_property
    def because(self) -> tuple[Fact, ...]:
        """The facts on which it rests; the last is always the one on warmth."""
        rung = _find_rung(self)
        deserved = _find_ring(self, rung)
        ring = _decide_ring(self.contact, deserved)
        warmth = _feel_warmth(self, ring, _find_cadence(self, ring)[1])
        return (*_tell_ring(self, rung, deserved), _tell_warmth(self, warmth))

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """What would bring them nearer, or justify the pin."""
        deserved = _find_ring(self, _find_rung(self))
        return _find_missing(self, _decide_ring(self.contact, deserved), deserved)

    def __eq__(self, other: object) -> bool:
        """Compare what is told, not what it is told by: more notes may tell the same."""
        if not isinstance(other, _Story):
            return NotImplemented
        return (self.because, self.missing) == (other.because, other.missing)

    def __hash__(self) -> int:
        return hash((self.because, self.missing))

    def __repr__(self) -> str:
        return f"{type(self).__name__}(because={self.because!r}, missing={self.missing!r})"


def _tell(
    contact: Contact, interactions: Iterable[Interaction], today: date, answers: Iterable[Answer]
) -> _Story:
    touches = _touches_until(interactions, today)
    relationships: Sequence[str] = contact.relationships
    wished = bool(contact.want_to_meet or contact.purpose or contact.ask)
    valid = _valid_answers(contact, answers, today) if answers else ()
    if valid:
        said = [answer.answer for answer in valid]
        relationships = [*relationships, *(word for word in said if word in _RELATED)]
        wished = wished or _WISHED in said
    wanted = wished or contact.they_know is Rung.NOTHING
    days: list[date] = []
    proof, proved = None, Rung.NOTHING
    for touch in touches:
        rung = touch.proves
        if touch.direction is not Direction.OUT:
            rung = rung or Rung.NAME
            if not days or touch.day != days[-1]:
                days.append(touch.day)
        elif wanted and touch.kind == "note":
            # a line about someone you would like to meet tells of your wish, not of what they know
            continue
        if rung and rung >= proved:
            proof, proved = touch, rung
    touched, floor = touches[-1].day if touches else None, _last_contact(contact, today)
    return _Story(
        contact=contact,
        today=today,
        touches=touches,
        days=days,
        proof=proof,
        proved=proved,
        answers=valid,
        relationships=relationships,
        wished=wished,
        last_touch=max(touched, floor) if touched and floor else touched or floor,
    )


_RELATED = frozenset({"friend", "colleague"})
_WISHED = "would like to know better"
_in_order = attrgetter("day", "source", "line", "kind", "direction")


def _touches_until(interactions: Iterable[Interaction], today: date) -> list[Interaction]:
    touches = [interaction for interaction in interactions if interaction.day <= today]
    if len(touches) > 1:
        touches.sort(key=_in_order)
    return touches


def _valid_answers(contact: Contact, answers: Iterable[Answer], today: date) -> list[Answer]:
    """Keep the answers of the latest day, where the note itself does not say who they are."""
    if contact.relationships or contact.they_know is not None or contact.ring is not None:
        return []
    known = [answer for answer in answers if answer.day <= today]
    latest = max((answer.day for answer in known), default=today)
    return sorted(
        (answer for answer in known if answer.day == latest),
        key=lambda answer: (answer.source, answer.line, answer.answer),
    )


def _last_contact(contact: Contact, today: date) -> date | None:
    day = contact.last_contact
    return day if day and day <= today else None


# --- the ladder and the ring --------------------------------------------------------------


def _find_rung(story: _Story) -> Rung | None:
    """Find the highest rung that anything proves (4.1)."""
    contact = story.contact
    highest = contact.they_know
    for word in story.relationships:
        rung = _RELATIONSHIPS.get(word, Rung.NAME)
        if not highest or rung > highest:
            highest = rung
    if story.proof and (not highest or story.proved > highest):
        highest = story.proved
    if not highest and (_has_met(story) or _last_contact(contact, story.today)):
        return Rung.NAME
    return highest


def _has_met(story: _Story) -> bool:
    met = story.contact.met
    return met <= story.today if met else bool(story.contact.met_context)


def _find_ring(story: _Story, rung: Rung | None) -> Ring:
    """Find the ring that the evidence speaks for (4.2, rules 2 to 6)."""
    if rung is Rung.RECOMMEND or not _CLOSE.isdisjoint(story.relationships):
        return Ring.BUDDY
    if (
        len(story.days) > 1
        and _is_intended(story)
        and story.days[-1] >= years_before(story.today, 1)
    ):
        return Ring.STRATEGIC
    if rung:
        return Ring.LUKEWARM
    if rung is Rung.NOTHING or story.wished or _written(story):
        return Ring.COLD
    return Ring.UNPLACED


def _is_intended(story: _Story) -> bool:
    return bool(story.contact.purpose) or not _INTENT.isdisjoint(story.relationships)


def _written(story: _Story) -> list[Interaction]:
    return [touch for touch in story.touches if touch.kind != "note"]


def _decide_ring(contact: Contact, deserved: Ring) -> Ring:
    """Let what the user decided stand above the evidence: set aside first, then the pin."""
    if _set_aside(contact):
        return Ring.ASIDE
    return deserved if contact.ring is None else contact.ring


def _set_aside(contact: Contact) -> tuple[Fact, ...]:
    """Say why a contact is set aside; empty: is not."""
    if contact.status and contact.status in _SET_ASIDE:
        return (_fact(contact, f"set aside: {contact.status}", "status"),)
    if "family" not in contact.relationships:
        return ()
    if contact.they_know is not None or contact.purpose or contact.ring is not None:
        return ()
    return (_fact(contact, "set aside: family", "relationship"),)


# --- warmth and due -----------------------------------------------------------------------


def _find_cadence(story: _Story, ring: Ring) -> tuple[int | None, int]:
    """Find the cadence to show, in days, and the one to reckon with where none is shown (4.3).

    Never, set aside, unplaced and cold show none but their own; they are reckoned by what their
    exchanges or their ring say, set-aside and unplaced people like lukewarm ones.
    """
    own = story.contact.cadence
    usual = (len(story.days) > 4 and _median_gap(story.days)) or _CADENCE.get(ring)
    if own and own.days:
        return own.days, own.days
    shown = None if own or ring >= Ring.UNPLACED else usual
    return shown, usual or _CADENCE[Ring.LUKEWARM]


def _median_gap(days: Sequence[date]) -> int:
    gaps = sorted((later - earlier).days for earlier, later in pairwise(days))
    half = len(gaps) // 2
    middle = (gaps[half] + gaps[~half] + 1) // 2
    return min(max(middle, _SHORTEST), _LONGEST)


def _feel_warmth(story: _Story, ring: Ring, rhythm: int) -> Warmth:
    if not story.days:
        return Warmth.NEW
    last = story.days[-1]
    if last < years_before(story.today, _DORMANT_YEARS):
        return Warmth.DORMANT
    window = _COLD_WINDOW if ring is Ring.COLD else rhythm
    gap = (story.today - last).days
    if gap <= window:
        return Warmth.WARM
    return Warmth.COOLING if gap <= 2 * window else Warmth.FADING


def _find_due(story: _Story, ring: Ring, warmth: Warmth, rhythm: int) -> date | None:
    contact, last = story.contact, story.last_touch
    if ring is Ring.ASIDE:
        return None
    if contact.not_before and (last is None or contact.not_before > last):
        return contact.not_before
    never = contact.cadence is not None and contact.cadence.days is None
    if never or warmth is Warmth.DORMANT or ring not in _CADENCE or contact.status is Status.PAUSED:
        return None
    if last is None:
        return days_after(story.today, -rhythm)
    due = days_after(last, rhythm)
    if story.days and story.days[-1] == last:
        return due  # they have answered
    rest = _rest_end(_since_last_exchange(story.touches))
    return max(due, rest) if rest else due


def _since_last_exchange(touches: Sequence[Interaction]) -> list[Interaction]:
    messages: list[Interaction] = []
    exchanged = date.min
    for touch in reversed(touches):
        if touch.exchange:
            exchanged = touch.day
            break
        if touch.kind in _AWAITS_ANSWER:
            messages.append(touch)
    return [message for message in reversed(messages) if message.day > exchanged]


def _rest_end(messages: Sequence[Interaction]) -> date | None:
    """Find the day until which to leave someone, by what they left unanswered, oldest first."""
    if not messages or messages[0].day == messages[-1].day:
        return None
    return days_after(messages[-1].day, _REST)


# --- why ----------------------------------------------------------------------------------


def _tell_ring(story: _Story, rung: Rung | None, deserved: Ring) -> tuple[Fact, ...]:
    """Give the facts on which the ring rests, what the user decided first."""
    contact = story.contact
    if aside := _set_aside(contact):
        return aside
    facts = _tell_deserved(story, rung, deserved)
    if contact.ring is None:
        return facts
    pin = _fact(contact, f"ring pinned by hand: {contact.ring.word}", "ring")
    return (pin,) if deserved is Ring.UNPLACED else (pin, *facts)


def _tell_deserved(story: _Story, rung: Rung | None, deserved: Ring) -> tuple[Fact, ...]:
    """Give the facts that speak for a ring."""
    if deserved is Ring.UNPLACED:
        silent = "the notes say too little: no log, no relationship"
        return (Fact(silent, story.contact.path),)
    proofs = _tell_proofs(story, rung)
    if deserved is Ring.BUDDY:
        close = [fact for word, fact in _tell_relationships(story) if word in _CLOSE]
        return _each_once((*(proofs if rung is Rung.RECOMMEND else ()), *close))
    if deserved is Ring.STRATEGIC:
        return (*_tell_intent(story), _tell_cultivation(story))
    if deserved is Ring.LUKEWARM:
        if len(story.days) > 1 and _is_intended(story):
            return _each_once((*proofs, *_tell_intent(story), _tell_silence(story)))
        return proofs
    written = [
        Fact(f"you wrote: {_event(last)}", last.source, last.line) for last in _written(story)[-1:]
    ]
    return (*proofs, *_tell_wishes(story), *written)


def _tell_proofs(story: _Story, rung: Rung | None) -> tuple[Fact, ...]:
    """Give the facts that prove just the highest rung (4.1)."""
    contact = story.contact
    proofs: list[tuple[Rung, Fact]] = []
    if contact.they_know is not None:
        fact = _fact(contact, _KNOWS[contact.they_know], "they_know")
        proofs.append((contact.they_know, fact))
    proofs += [
        (_RELATIONSHIPS.get(word, Rung.NAME), fact) for word, fact in _tell_relationships(story)
    ]
    if touch := story.proof:
        text = _event(touch)
        if touch.kind != "endorsement":
            text = f"{_KNOWS[story.proved]}: {text}"
        proofs.append((story.proved, Fact(text, touch.source, touch.line)))
    if _has_met(story):
        how = f"met on {_full_day(contact.met)}" if contact.met else "how you met is noted"
        name = "met" if contact.met else "met_context"
        proofs.append((Rung.NAME, _fact(contact, how, name)))
    if day := _last_contact(contact, story.today):
        fact = _fact(contact, f"last contact on {_full_day(day)}", "last_contact")
        proofs.append((Rung.NAME, fact))
    return _each_once(fact for proved, fact in proofs if proved is rung)


def _tell_relationships(story: _Story) -> list[tuple[str, Fact]]:
    contact = story.contact
    own = [
        (word, _fact(contact, _relationship_in_words(word, contact), "relationship"))
        for word in contact.relationships
    ]
    answered = [
        (said.answer, Fact(f"{said.answer}, by your answer", said.source, said.line))
        for said in story.answers
        if said.answer in _RELATED
    ]
    return [*own, *answered]


def _tell_wishes(story: _Story) -> list[Fact]:
    contact = story.contact
    wishes: list[Fact] = []
    if contact.want_to_meet:
        wishes.append(_fact(contact, "you would like to meet", "want_to_meet"))
    if contact.purpose:
        wishes.append(_fact(contact, "a purpose is noted", "purpose"))
    if contact.ask:
        wishes.append(_fact(contact, "an ask is noted", "ask"))
    text = "you would like to know them better, by your answer"
    answered = [said for said in story.answers if said.answer == _WISHED]
    return [*wishes, *(Fact(text, said.source, said.line) for said in answered)]


def _tell_intent(story: _Story) -> tuple[Fact, ...]:
    facts = [fact for word, fact in _tell_relationships(story) if word in _INTENT]
    if story.contact.purpose:
        facts.append(_fact(story.contact, "a purpose is noted", "purpose"))
    return _each_once(facts)


def _tell_cultivation(story: _Story) -> Fact:
    last = story.latest_exchange()
    earlier = story.latest_exchange(on=story.days[-2])
    days = count(len(story.days), "day")
    lately = ", lately" if len(story.days) > 2 else ":"
    text = f"exchanges on {days}{lately} {_event(earlier)}, {_event(last)}"
    return Fact(text, last.source, last.line)


def _tell_silence(story: _Story) -> Fact:
    last = story.latest_exchange()
    return Fact("no exchange for 12 months", last.source, last.line)


def _tell_warmth(story: _Story, warmth: Warmth) -> Fact:
    if story.days:
        last = story.latest_exchange()
        return Fact(f"{warmth}; last exchange: {_event(last)}", last.source, last.line)
    contact, day = story.contact, story.last_touch
    if day is None:
        return Fact(f"{warmth}; no exchange noted yet", contact.path)
    if story.touches and story.touches[-1].day == day:
        last = story.touches[-1]
        return Fact(f"{warmth}; last touch: {_event(last)}", last.source, last.line)
    return _fact(contact, f"{warmth}; last contact on {_full_day(day)}", "last_contact")


def _relationship_in_words(word: str, contact: Contact) -> str:
    """Tell a relationship; what is no word of ours is the user's text, and may be private."""
    ours = word in _RELATIONSHIPS or word in {"acquaintance", "family"}
    if ours or (not contact.private and len(word) <= _LONGEST_WORD):
        return word
    return "a relationship is noted"


def _event(interaction: Interaction) -> str:
    """Say what happened: `coffee on 3 March 2026`; never in the note's own words."""
    kind = interaction.kind
    told = _TOLD.get(kind, kind)
    if kind == "message" and interaction.direction is Direction.IN:
        told = "message from them"
    return f"{told} on {_full_day(interaction.day)}"


def _full_day(day: date) -> str:
    return f"{date_in_words(day)} {day.year}"


def _fact(contact: Contact, text: str, name: str) -> Fact:
    """Say what a property of the contact's note tells."""
    return Fact(text, contact.path, contact.lines.get(name, 0))


def _each_once(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple(dict.fromkeys(facts))


# --- what is missing ----------------------------------------------------------------------


def _find_missing(story: _Story, ring: Ring, deserved: Ring) -> tuple[str, ...]:
    """Say what would bring a person one ring further in, or justify the pin (4.2)."""
    if ring is Ring.ASIDE:
        return ()
    if ring < deserved:
        return _justify(story, ring)
    if ring > deserved:
        return (f"the notes speak for {deserved.word}: take `ring` out to let them decide",)
    if ring is Ring.BUDDY:
        return ()
    if ring is Ring.UNPLACED:
        return ("tell vaultnet how you know them: `relationship:` or `they_know:`",)
    return _justify(story, Ring(ring - 1))


def _justify(story: _Story, ring: Ring) -> tuple[str, ...]:
    """Say what the notes lack to speak for a ring."""
    if ring is Ring.BUDDY:
        return ("a recommendation or endorsement from them, or `they_know: would recommend`",)
    if ring is Ring.STRATEGIC:
        return _justify_strategic(story)
    if ring is Ring.LUKEWARM:
        return (_justify_lukewarm(story),)
    return ("say that you would like to meet: `want_to_meet: true`, or `they_know: nothing`",)


def _justify_strategic(story: _Story) -> tuple[str, ...]:
    lacks: list[str] = []
    if not _is_intended(story):
        lacks.append("say why you want this relationship: `purpose:`")
    if not story.days:
        lacks.append("two exchanges, on different days")
    elif len(story.days) == 1:
        lacks.append("one more exchange, on another day")
    elif story.days[-1] < years_before(story.today, 1):
        last = story.days[-1]
        lacks.append(f"an exchange: the last was in {month(last)} {last.year}")
    return tuple(lacks)


def _justify_lukewarm(story: _Story) -> str:
    messages = _since_last_exchange(story.touches)
    if not messages:
        return "a reply, or meeting them once"
    step = f"a reply to what you wrote on {_full_day(messages[-1].day)}, or meeting them once"
    rest = _rest_end(messages)
    if rest is None or rest <= story.today:
        return step
    return f"{step}; let it rest until {_full_day(rest)}"
