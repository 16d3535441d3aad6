"""Contacts and evidence become a network: who met whom, who knows whom, who could introduce you."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date, timedelta

from vaultnet.core.calendar import ago
from vaultnet.core.frozen import frozen, replace
from vaultnet.core.model import (
    Contact,
    Evidence,
    Fact,
    Given,
    Interaction,
    Mention,
    Network,
    Ring,
    Rung,
    Standing,
    Tie,
    Warmth,
)

ASKS_A_YEAR = 2
"""Nobody is asked for an introduction more often (contract, 4.4)."""
THANKS_DAYS = 30
"""How long thanks are owed (contract, 5.2)."""


def build_network(contacts: Iterable[Contact], evidence: Evidence) -> Network:
    """Bring contacts and evidence together; every tie stands with both its ends (contract, 4.4)."""
    by_path = {contact.path: contact for contact in sorted(contacts, key=lambda c: c.path)}
    met: dict[str, list[Interaction]] = {path: [] for path in by_path}
    for interaction in evidence.interactions:
        if interaction.contact in met:
            met[interaction.contact].append(interaction)
    interactions = {path: tuple(told) for path, told in met.items() if told}
    told = [tie for tie in evidence.ties if tie.a in by_path and tie.b in by_path]
    sat_in_crowds = {i.contact for i in evidence.interactions if i.others and _is_crowded(i)}
    naming = [contact for contact in by_path.values() if contact.knows or contact.introduced_by]
    named = [tie for contact in naming for tie in name_ties(contact, by_path)]
    return Network(
        contacts=by_path,
        interactions=interactions,
        mentions=_gather_mentions(evidence.mentions),
        ties=_tie_people((*told, *named)),
        crowded=_find_crowded(evidence.interactions),
        crowded_days={
            path: find_crowded_days(of_one)
            for path, of_one in interactions.items()
            if path in sat_in_crowds
        },
        evidence=replace(evidence, interactions=(), mentions=(), ties=()),
        by_key={contact.key: path for path, contact in by_path.items()},
    )


def _gather_mentions(mentions: Iterable[Mention]) -> dict[str, tuple[Mention, ...]]:
    found: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        found[mention.contact].append(mention)
    return {path: tuple(told) for path, told in found.items()}


def _find_crowded(interactions: Iterable[Interaction]) -> frozenset[tuple[str, int]]:
    """Find the places that tell of a crowd; a note on its own contact alone is none."""
    people: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    own: set[tuple[str, int]] = set()
    for i in interactions:
        place = i.source, i.line
        if i.source == i.contact:
            own.add(place)
        else:
            people[place].add(i.contact)
    return frozenset(
        [place for place, others in people.items() if len(others) + (place in own) >= CROWD]
    )


CROWD = 3
"""Contacts of whom one line tells; then nobody is thanked one by one."""


def find_crowded_days(interactions: Iterable[Interaction]) -> frozenset[date]:
    """Find the days on which one contact sat in a meeting of more than three."""
    return frozenset([i.day for i in interactions if _is_crowded(i)])


def _is_crowded(interaction: Interaction) -> bool:
    return len(interaction.others) >= 2 and interaction.kind == "meeting"


def name_ties(contact: Contact, contacts: Container[str]) -> Iterator[Tie]:
    """Name the ties that a contact's own properties tell of."""
    for how, others in (("knows", contact.knows), ("introduced by", contact.introduced_by)):
        line = contact.lines.get(how.replace(" ", "_"), 0) if others else 0
        for other in others:
            if other in contacts and other != contact.path:
                a, b = sorted((contact.path, other))
                yield Tie(a, b, how, contact.path, line)


def choose_ties(told: Iterable[Tie]) -> dict[tuple[str, str], Tie]:
    """Choose of all that is told of two people the freshest; what has no day yields to what has."""
    found: dict[tuple[str, str], Tie] = {}
    for tie in sorted(told, key=lambda t: (t.day or date.min, t.how, t.source, t.line)):
        if tie.a != tie.b:
            found[tie.a, tie.b] = tie
    return found


def _tie_people(told: Iterable[Tie]) -> dict[str, tuple[Tie, ...]]:
    found = choose_ties(told)
    ties: defaultdict[str, list[Tie]] = defaultdict(list)
    for pair in sorted(found):
        for end in pair:
            ties[end].append(found[pair])
    return {path: tuple(of_one) for path, of_one in ties.items()}


# --- introductions ------------------------------------------------------------------------


@frozen
class Introducer:
    """Somebody who could introduce you to a person, and why they."""

    contact: Contact
    tie: Tie
    score: float
    """From 0 to 1; the higher the better."""
    because: tuple[Fact, ...]


def find_introducers(
    network: Network, standings: Mapping[str, Standing], target: str, today: date
) -> tuple[Introducer, ...]:
    """Find who could introduce you to `target`, best first (contract, 4.4).

    Anyone lukewarm or nearer who is tied to them and may be asked now; those who know your work
    come before those who do not, then ring, warmth and the freshness of the tie decide.
    """
    if standings[target].ring <= Ring.LUKEWARM:
        return ()
    found = []
    for tie in network.ties.get(target, ()):
        path = tie.b if tie.a == target else tie.a
        standing = standings[path]
        if standing.ring <= Ring.LUKEWARM and may_be_asked(network, standing, today):
            found.append(_introducer(standing, tie, today))
    return tuple(sorted(found, key=lambda i: (-i.score, i.contact.path)))


def _introducer(standing: Standing, tie: Tie, today: date) -> Introducer:
    knows_work = standing.rung is not None and standing.rung >= Rung.WORK
    nearness = {Ring.BUDDY: 1.0, Ring.STRATEGIC: 0.8}.get(standing.ring, 0.5)
    warmth = {Warmth.WARM: 1.0, Warmth.COOLING: 0.8, Warmth.FADING: 0.6}.get(standing.warmth, 0.4)
    fresh = 1.0 if tie.day is None or (today - tie.day).days <= 365 else 0.7
    score = (0.5 if knows_work else 0.0) + 0.5 * nearness * warmth * fresh
    how = {
        "knows": "your notes say they know each other",
        "introduced by": "one came to you through the other",
    }.get(tie.how, f"they met {ago(tie.day, today)}" if tie.day else "they met")
    facts = (Fact(how, tie.source, tie.line), *standing.because[:1])
    return Introducer(standing.contact, tie, round(score, 3), facts)


def may_be_asked(network: Network, standing: Standing, today: date) -> bool:
    """Whether somebody can be asked for an introduction now.

    Not more than twice a year, not while thanks are owed to them, not against the user's word.
    """
    contact = standing.contact
    if contact.status or (contact.not_before and contact.not_before > today):
        return False
    if contact.cadence and contact.cadence.days is None:
        return False
    asked = asked_for_introductions(network, contact.path, today)
    return len(asked) < ASKS_A_YEAR and owed_thanks(network, contact.path, today) is None


def asked_for_introductions(network: Network, path: str, today: date) -> tuple[date, ...]:
    """List the days of the last year on which you asked this contact for an introduction."""
    since = today - timedelta(days=365)
    days = {
        i.day
        for i in network.with_contact(path)
        if i.kind == "ask" and since < i.day <= today and (i.action or "intro" in i.text.lower())
    }
    return tuple(sorted(days))


def owed_thanks(network: Network, path: str, today: date) -> Interaction | None:
    """Find the latest advice, help, introduction or endorsement not yet thanked for (5.2).

    Thanks are owed for 30 days; a later `thanks` settles them, and so does one of the same day.
    """
    since = today - timedelta(days=THANKS_DAYS)
    owed = None
    for i in network.with_contact(path):
        if not since <= i.day <= today:
            continue
        if i.kind == "thanks":
            owed = None
        elif i.given is Given.RECEIVED and not in_a_crowd(network, i):
            owed = i
    if owed and any(
        i.kind == "thanks" and owed.day <= i.day <= today for i in network.with_contact(path)
    ):
        return None
    return owed


def in_a_crowd(network: Network, interaction: Interaction) -> bool:
    """Whether something happened in a meeting of more than three, where nobody is thanked one by one.

    What stands in the contact's own note was meant for you, however many were there.
    """
    if interaction.source == interaction.contact:
        return False
    if len(interaction.others) >= 2 or (interaction.source, interaction.line) in network.crowded:
        return True
    return interaction.day in network.crowded_days.get(interaction.contact, ())
