"""Why somebody should hear from you now: what you can give, news, your heading, an ask, a door."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from vaultnet.core.frozen import frozen
from vaultnet.core.model import (
    Contact,
    Fact,
    Interaction,
    Mention,
    Ref,
    Ring,
    Rung,
    Said,
    Standing,
    Words,
)
from vaultnet.core.pattern import lazy_pattern
from vaultnet.core.plan.view import RECENT, View, refer
from vaultnet.core.text import clean, confidential

_NEWS = lazy_pattern(
    r"(?i)\b(?:has |have |just |is |was |got |recently )*"
    r"(?P<what>(?:joined|joining|joins|started (?:at|as|with)|starting (?:at|as)|moved to|now at|now with|"
    r"promoted to|promoted|appointed|became|becomes|new (?:job|role|position|post)|founded|launched|"
    r"published|won|awarded|made (?:partner|professor|head|lead)|takes over|took over|"
    r"hiring|looking to hire|opened)\b[^.;!?]*)"
)
_OPEN_WORDS = (
    r"\b(?:follow(?:ing)? up|get back to|let (?:me|her|him|them) know|next time|to be continued|"
    r"promised|will send|would send|open question|left open|still to|how (?:it|that) (?:goes|went)|"
    r"starts? (?:her|his|their|a|the) (?:course|project|training|search)|to hear (?:about|how)|"
    r"waiting to hear|pick (?:it|this) up again|wants? to (?:see|hear|know|talk|meet)|curious)\b"
)
_OPEN = lazy_pattern(_OPEN_WORDS, re.IGNORECASE)
_OPEN_IN_SMALL = lazy_pattern(_OPEN_WORDS)
_STOPWORDS = frozenset(
    "a an and any are as at be become best by for from get good great have head help her his i in into "
    "is it its job just lead leading leader looking me more my new of on one or other our out people "
    "person position role senior some somebody someone something team than that the their them they "
    "thing this to up us want wants was we what who will with work working would you your".split()
)
_CUT = 6
"""Letters by which words are compared, so that `engineers` and `engineering` meet."""


@frozen
class Reason:
    """Why now: its name, how it is said, and the facts it rests on."""

    name: str
    """give, news, heading, ask, door, open or day."""
    bullets: tuple[Words, ...]
    facts: tuple[Fact, ...]


def find_reasons(view: View, standing: Standing) -> tuple[Reason, ...]:
    """Find all reasons to turn to one contact this week, the strongest first (contract, 5.2)."""
    contact = standing.contact
    found = (
        contact.not_before and _day(view, standing),
        contact.needs and _give(view, standing),
        _may_be_news(view, standing) and _news(view, standing),
        view.settings.heading and _heading(view, standing),
        contact.ask and _ask(view, standing),
        contact.path in view.network.ties and _door(view, standing),
        standing.last_exchange and _open(view, standing),
    )
    return tuple([reason for reason in found if reason])


def may_press(view: View, standing: Standing) -> bool:
    """Whether there may be a reason that does not wait for somebody's time: a need, or news."""
    return bool(standing.contact.needs) or _may_be_news(view, standing)


def _may_be_news(view: View, standing: Standing) -> bool:
    last = standing.last_touch
    recent = last is not None and last >= view.recent
    return recent or standing.contact.path in view.network.mentions


_BY_URGENCY = ("day", "give", "news", "heading", "ask", "door", "open")


def find_urgency(reasons: Iterable[Reason]) -> int:
    """Rank reasons by the best of them: 0 for a day you set, the highest number for none.

    Then, as the contract has it (5.2): something to give, news, heading, an ask that is ready.
    """
    return min((_BY_URGENCY.index(reason.name) for reason in reasons), default=len(_BY_URGENCY))


def _day(view: View, standing: Standing) -> Reason | None:
    contact = standing.contact
    day = contact.not_before
    if day is None or not view.monday - timedelta(weeks=4) <= day <= view.sunday:
        return None
    if standing.last_touch and standing.last_touch >= day:
        return None
    fact = Fact("you set this time yourself", contact.path, contact.lines.get("not_before", 0))
    return Reason("day", (), (fact,))


def _news(view: View, standing: Standing) -> Reason | None:
    contact = standing.contact
    since = view.monday - RECENT
    told_of: list[Interaction | Mention] = [
        *view.network.mentions.get(contact.path, ()),
        *view.network.with_contact(contact.path),
    ]
    heard = [told for told in told_of if told.day and since <= told.day <= view.today]
    for told in sorted(heard, key=lambda t: (t.day or date.min, t.source, t.line), reverse=True):
        what = _news_in(told, contact)
        if not what:
            continue
        if any(
            i.kind != "note" and told.day and told.day <= i.day <= view.today
            for i in view.network.with_contact(contact.path)
        ):
            return None  # you have been in touch since, and will have said so
        quote = view.quote(what, private=told.private or contact.private)
        words = Words(
            "why_news",
            {"quote": quote, "source": Ref(told.source), "when": view.when(told.day or view.today)},
        )
        return Reason("news", (words,), (Fact("there is news", told.source, told.line),))
    return None


def _news_in(told: Interaction | Mention, contact: Contact) -> str:
    """Find what is new with the contact in a line; empty where it is about somebody else."""
    match = _NEWS.search(told.text)
    if match is None or confidential(told.text):
        return ""
    before = told.text[: match.start()].lower()
    names = {contact.name.lower(), contact.title.lower(), contact.name.split()[0].lower()}
    own_log = told.source == contact.path
    if re.search(r"\b(i|we|my|our|i've|we've|if|not|never|might|may|could)\b", before):
        return ""
    if own_log and not before.strip(" :,-–—"):
        return clean(match["what"])
    if own_log and re.search(r"\b(she|he|they|it)\b|:\s*$", before):
        return clean(match["what"])
    return clean(match["what"]) if any(before.strip().endswith(name) for name in names) else ""


def _give(view: View, standing: Standing) -> Reason | None:
    contact = standing.contact
    for need in contact.needs:
        said = view.quote(need, private=contact.private)
        if not said:
            continue
        if any(_covers(offer, need) for offer in view.settings.offers):
            fact = Fact("looks for what you offer", contact.path, contact.lines.get("needs", 0))
            return Reason("give", (Words("for_offer", {"need": said}),), (fact,))
        helper = _who_offers(view, contact, need)
        if helper:
            told = f"looks for what {helper.title} can give"
            fact = Fact(told, contact.path, contact.lines.get("needs", 0))
            words = Words("for_helper", {"need": said, "helper": refer(helper)})
            return Reason("give", (words,), (fact,))
    return None


def _who_offers(view: View, contact: Contact, need: str) -> Contact | None:
    for other in view.givers:
        if other.path != contact.path and any(_covers(offer, need) for offer in other.offers):
            return other
    return None


def _heading(view: View, standing: Standing) -> Reason | None:
    contact = standing.contact
    wanted = _stems(view.settings.heading)
    if not wanted or contact.private:
        return None
    for name, said in (
        ("role", (contact.role,)),
        ("company", (contact.company,)),
        ("offers", contact.offers),
        ("purpose", (contact.purpose,)),
        ("tags", contact.tags),
    ):
        for one in said:
            if one and wanted & _stems(one):
                return _fit_heading(view, contact, name, one)
    return None


def _fit_heading(view: View, contact: Contact, name: str, said: str) -> Reason:
    """Say what of a contact fits your heading."""
    tagged = name == "tags"
    wanted = _stems(view.settings.heading)
    offers = ", ".join(contact.offers) if name == "offers" else ""
    values: dict[str, Said] = {
        "role": "" if tagged else view.quote(contact.role, private=False),
        "company": "" if tagged else view.quote(contact.company, private=False),
        "tag": said if tagged else next((t for t in contact.tags if wanted & _stems(t)), ""),
        "offers": view.quote(offers, private=False),
        "purpose": view.quote(said, private=False) if name == "purpose" else "",
    }
    fact = Fact(f"{name} fits your heading", contact.path, contact.lines.get(name, 0))
    return Reason("heading", (Words("why_heading", values),), (fact,))


def _ask(view: View, standing: Standing) -> Reason | None:
    contact = standing.contact
    if not contact.ask or standing.rung is None or standing.rung < Rung.NAME:
        return None
    said = view.quote(contact.ask, private=contact.private)
    fact = Fact("your question is ready", contact.path, contact.lines.get("ask", 0))
    return Reason("ask", (Words("how_ask", {"ask": said}),) if said else (), (fact,))


def _door(view: View, standing: Standing) -> Reason | None:
    path = standing.contact.path
    for tie in view.network.ties.get(path, ()):
        other = view.standings[tie.b if tie.a == path else tie.a]
        if (
            other.ring is Ring.COLD
            and other.contact.want_to_meet
            and view.open_to(other.contact.path)
        ):
            words = Words("why_door", {"other": refer(other.contact), "source": Ref(tie.source)})
            fact = Fact(f"knows {other.contact.title}", tie.source, tie.line)
            return Reason("door", (words,), (fact,))
    return None


def _open(view: View, standing: Standing) -> Reason | None:
    for told in reversed(view.network.with_contact(standing.contact.path)):
        if told.exchange and told.day <= view.today:
            return _follow_up(view, told) if _leaves_open(told.text) else None
    return None


def _follow_up(view: View, told: Interaction) -> Reason:
    """Say that the last exchange left something open."""
    words = Words("why_open", {"when": view.when(told.day), "source": Ref(told.source)})
    return Reason("open", (words,), (Fact("something was left open", told.source, told.line),))


def _leaves_open(text: str) -> bool:
    if text.isascii():  # in small letters it is searched in half the time
        return _OPEN_IN_SMALL.search(text.lower()) is not None
    return _OPEN.search(text) is not None


def _covers(offer: str, need: str) -> bool:
    """Whether an offer is about what somebody needs: one says all that the other says."""
    given, wanted = _stems(offer), _stems(need)
    return bool(given and wanted) and (given <= wanted or wanted <= given)


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    return frozenset(_cut(re.findall(r"[^\W_]{3,}", text.casefold())))


def _cut(words: Iterable[str]) -> Iterable[str]:
    for word in words:
        if word not in _STOPWORDS:
            yield word[:_CUT].rstrip("s") if len(word) > 3 else word
