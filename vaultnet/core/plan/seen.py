"""One way to be seen this month: from the backlog, else from the built-in ideas."""

from __future__ import annotations

from vaultnet.core.calendar import month
from vaultnet.core.model import Action, Fact, Idea, Ref, Section, Words
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
    under_way = _find_under_way(view)
    idea = under_way or (None if _is_done_this_month(view) else _pick(view))
    offered = {id_ for id_ in view.kept if id_.startswith("vn-seen-")}
    if offered:
        # What this week offered stays this week's; ticked or deleted, nothing takes its place.
        found = next((idea for idea in _all_ideas(view) if _id_of(idea) in offered), None)
        idea = found or (idea if view.untouched.issuperset(offered) else None)
    if idea is None:
        return Section("seen", title)
    bullets = (Words("seen_backlog", {"source": Ref(idea.source)}),) if idea.source else ()
    first_step = None if idea.minutes or under_way else Words(f"seen_step_{idea.kind}")
    action = Action(
        id=_id_of(idea),
        section="seen",
        verb="seen",
        contact="",
        words=Words("seen_on" if under_way else "seen", {"idea": clean(idea.text)}),
        bullets=(*((first_step,) if first_step else ()), *bullets),
        because=(Fact("from your backlog", idea.source, idea.line),)
        if idea.source
        else (Fact("a built-in idea: your backlog holds none"),),
        minutes=idea.minutes or 20,
    )
    return Section("seen", title, (action,))


def _is_done_this_month(view: View) -> bool:
    """Whether something of the month was done before the plan's week began."""
    first = view.monday.replace(day=1)
    return any(first <= e.day < view.monday for e in view.network.evidence.exposures)


def _find_under_way(view: View) -> Idea | None:
    """Find the idea that the last plan left under way (`[/]`): it goes on."""
    marked = {
        tick.id
        for tick in view.ticks_before
        if tick.verb == "seen" and tick.state == "underway" and tick.week == str(view.week.previous)
    }
    return next((idea for idea in _all_ideas(view) if _id_of(idea) in marked), None)


def _all_ideas(view: View) -> tuple[Idea, ...]:
    built_in = (Idea(text, kind, "", 0) for kind, text in BUILT_IN)
    return (*view.network.evidence.ideas, *built_in)


def _id_of(idea: Idea) -> str:
    return f"vn-seen-{slug(idea.text, 32) or 'idea'}"


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
