"""One question: how you know somebody of whom the notes say too little."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from vaultnet.core.model import Action, Fact, Ring, Section, Words
from vaultnet.core.plan.view import View, refer

ANSWERS: tuple[tuple[str, str], ...] = (
    ("friend", "friend"),
    ("colleague", "colleague"),
    ("better", "would like to know better"),
    ("note", "just a note"),
)
"""End of the block id, and what the box says."""
IGNORED = 2
"""Who was asked about so often without an answer is not asked about again."""


def fill_question(view: View, _so_far: tuple[Section, ...]) -> Section:
    """Ask about the unplaced person met most often in the notes (contract, 5.1)."""
    whom = _whom(view)
    return _ask(view, "question", whom[0]) if whom else Section("question")


def fill_second_question(view: View, so_far: tuple[Section, ...]) -> Section:
    """Ask about one more, in a week that has nobody to turn to."""
    whom = _whom(view)
    busy = any(s.actions for s in so_far if s.name in {"first", "people", "energy"})
    offered = {view.ticks_now[id_].contact for id_ in view.kept if id_ in view.ticks_now}
    if len(whom) > 1 and (whom[1] in offered or not busy):
        return _ask(view, "question-too", whom[1])
    return Section("question-too")


def _ask(view: View, name: str, path: str) -> Section:
    contact = view.contact(path)
    met = len(view.network.mentions.get(path, ()))
    because = Fact(
        f"named {met} times in your notes" if met > 1 else "the notes say too little", path
    )
    actions = tuple(
        Action(
            id=f"vn-question-{contact.key}-{ending}",
            section="question",
            verb="question",
            contact=path,
            words=Words("answer", {"answer": said}),
            because=(because,),
            minutes=0,
            ring=Ring.UNPLACED,
        )
        for ending, said in ANSWERS
    )
    phrase = "title_question" if name == "question" else "title_question_too"
    return Section(name, Words(phrase, {"who": refer(contact)}), actions)


def _whom(view: View) -> list[str]:
    """Find whom to ask about: those this week's plan asks about, else the most often met first.

    One answered, or twice ignored, is not asked about again.
    """
    offered = [id_ for id_ in view.kept if id_.startswith("vn-question-")]
    if offered and not view.untouched.issuperset(offered):
        return _asked_now(view, offered)
    asked_now = _asked_now(view, offered)
    wanted = max(2, len(asked_now))
    return list(dict.fromkeys([*asked_now, *islice(_most_met(view), wanted + len(asked_now))]))[
        :wanted
    ]


def _most_met(view: View) -> Iterator[str]:
    """Give those of whom the notes tell most often, one after the other; of equals by path.

    There may be thousands, and two of them are wanted.
    """
    left = view.ahead.often
    while left:
        most = max(left.values())
        yield from sorted(path for path, often in left.items() if often == most)
        left = {path: often for path, often in left.items() if often != most}


def foresee_question(view: View, path: str) -> tuple[bool, int, int] | None:
    """Say how often the notes tell of somebody unplaced to whom the plan may turn.

    None: they are not asked about.
    """
    if path in view.answered:
        return None
    ticks = view.ticks_before_with.get(path, ())
    asked = {tick.week for tick in ticks if tick.verb == "question"}
    return _how_often(view, path) if len(asked) < IGNORED else None


def _asked_now(view: View, offered: list[str]) -> list[str]:
    """Find whom this week's plan asks about already: no more than that a week, answered or not."""
    found = []
    for id_ in offered:
        tick = view.ticks_now.get(id_)
        key = id_.removeprefix("vn-question-").rpartition("-")[0]
        found.append(view.network.by_key.get(key) or (tick.contact if tick else ""))
    return [path for path in dict.fromkeys(found) if path]


_FAR = frozenset(
    "author authors writer podcaster celebrity musician artist historical character doctor".split()
)


def _how_often(view: View, path: str) -> tuple[bool, int, int]:
    """Count the days of the last year on which the notes mention somebody, then all mentions.

    Authors and other people one reads of come last.
    """
    tags = view.contact(path).tags
    near = not tags or _FAR.isdisjoint([part for tag in tags for part in tag.split("/")])
    told = view.network.mentions.get(path, ())
    interactions = view.network.with_contact(path)
    if not told and not interactions:
        return near, 0, 0
    since = view.monday - timedelta(days=365)
    days = {m.day for m in told if m.day and m.day >= since}
    days |= {i.day for i in interactions if since <= i.day <= view.today}
    return near, len(days), len(told)
