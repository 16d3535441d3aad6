"""One way to be seen this month: from the backlog, else from the built-in ideas."""

from __future__ import annotations

from vaultnet.core.calendar import month
from vaultnet.core.model import Action, Exposure, Fact, Idea, Ref, Section, Words
from vaultnet.core.plan.view import View
from vaultnet.core.text import clean, slug

BUILT_IN: tuple[tuple[str, str], ...] = (
    ("post", "Write five tips from a piece of work you know well, and post them"),
    ("offer", "Offer another team an hour of what you know best"),
    ("community", "Answer one question in a forum or channel of your field"),
    ("mentoring", "Offer to mentor somebody who is starting out"),
    ("article", "Write one page about a mistake that taught you something"),
    ("post", "Share something you read, with two sentences on why it matters"),
    ("talk", "Offer your team a ten-minute talk about what you learned this year"),
)
"""Kind and idea: the quiet ways count as much as the stage."""


def fill_seen(view: View, _so_far: tuple[Section, ...]) -> Section:
    """Offer this month's one thing, never of a kind the user dreads (contract, 5.1).

    Once something of the month is done, the month has had its thing.
    """
    title = Words("title_seen", {"month": month(view.monday)})
    done = _done_this_month(view)
    if done is not None:
        return Section("seen", title)
    idea = _pick(view)
    if idea is None:
        return Section("seen", title)
    bullets = (Words("seen_backlog", {"source": Ref(idea.source)}),) if idea.source else ()
    first_step = Words(f"seen_step_{idea.kind}") if not idea.minutes else None
    action = Action(
        id=f"vn-seen-{slug(idea.text, 32) or 'idea'}",
        section="seen",
        verb="seen",
        contact="",
        words=Words("seen", {"idea": clean(idea.text)}),
        bullets=(*((first_step,) if first_step else ()), *bullets),
        because=(Fact("from your backlog", idea.source, idea.line),)
        if idea.source
        else (Fact("a built-in idea: your backlog holds none"),),
        minutes=idea.minutes or 20,
    )
    return Section("seen", title, (action,))


def _done_this_month(view: View) -> Exposure | None:
    """Find what was done this month before the plan's week began."""
    first = view.monday.replace(day=1)
    done = [e for e in view.network.evidence.exposures if first <= e.day < view.monday]
    return done[-1] if done else None


def _pick(view: View) -> Idea | None:
    avoid = {kind.lower() for kind in view.settings.avoid}
    for idea in view.network.evidence.ideas:
        if idea.kind not in avoid:
            return idea
    fitting = [(kind, text) for kind, text in BUILT_IN if kind not in avoid]
    if not fitting:
        return None
    kind, text = fitting[(view.monday.year * 12 + view.monday.month) % len(fitting)]
    return Idea(text, kind, "", 0)
