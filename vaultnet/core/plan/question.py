"""One question: how you know somebody of whom the notes say too little."""

from __future__ import annotations

from datetime import timedelta

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
    offered = [id_ for id_ in view.kept if id_.startswith("vn-question-")]
    path = _asked_now(view, offered)
    if path is None and view.untouched.issuperset(offered):
        path = _whom(view)
    if path is None:
        return Section("question")
    contact = view.contact(path)
    met = len(view.mentions.get(path, ()))
    because = Fact(
        f"met {met} times in your notes" if met > 1 else "the notes say too little", path
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
    return Section("question", Words("title_question", {"who": refer(contact)}), actions)


def _asked_now(view: View, offered: list[str]) -> str | None:
    """Find whom this week's plan asks about already: one question a week, answered or not."""
    keys = {id_.removeprefix("vn-question-").rpartition("-")[0] for id_ in offered}
    by_key = (path for path, contact in view.network.contacts.items() if contact.key in keys)
    linked = (view.ticks_now[id_].contact for id_ in offered if id_ in view.ticks_now)
    return next((path for path in (*by_key, *linked) if path), None)


def _whom(view: View) -> str | None:
    answered = {answer.contact for answer in view.network.evidence.answers}
    asked: dict[str, set[str]] = {}
    for tick in view.ticks_before():
        if tick.verb == "question":
            asked.setdefault(tick.contact, set()).add(tick.week)
    open_ = [
        path
        for path, standing in view.standings.items()
        if standing.ring is Ring.UNPLACED
        and path not in answered
        and len(asked.get(path, ())) < IGNORED
        and view.open_to(path)
    ]
    return max(open_, key=lambda path: _how_often(view, path), default=None)


def _how_often(view: View, path: str) -> tuple[int, int]:
    """Count the days of the last year on which the notes mention somebody, then all mentions."""
    told = view.mentions.get(path, ())
    since = view.monday - timedelta(days=365)
    days = {m.day for m in told if m.day and m.day >= since} | {
        i.day for i in view.network.with_contact(path) if since <= i.day <= view.today
    }
    return len(days), len(told)
