"""Standings, plans and problems become JSON, or lines on a terminal."""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from vaultnet.core.calendar import ago, date_in_words
from vaultnet.core.model import (
    Contact,
    Direction,
    Fact,
    Interaction,
    PastMove,
    Problem,
    Ring,
    Rung,
    Severity,
    Standing,
)
from vaultnet.core.text import clean, escape_json, printable, short

if TYPE_CHECKING:
    from vaultnet.app import Draft, Written
    from vaultnet.app.keeping import Kept
    from vaultnet.app.notes import LogDraft
    from vaultnet.app.questions import Stock
    from vaultnet.app.remnants import Remnant, Restored
    from vaultnet.core.trend import Trend, TrendWeek
    from vaultnet.demo import Demo
    from vaultnet.reading import Reading
    from vaultnet.remembered import History, Progress
    from vaultnet.writer import Leftover

Json = Mapping[str, object]


def dump(value: object) -> str:
    """Write JSON that acts nowhere: control and bidirectional characters are escaped."""
    import json  # noqa: PLC0415 - only for --json

    encoding = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "")
    return escape_json(json.dumps(value, ensure_ascii=encoding != "utf8", indent=2))


def standing_as_json(standing: Standing, told: Sequence[Interaction] | None = None) -> Json:
    """Give a standing as `rings --json` shows it; with interactions, as `show --json` does."""
    found: dict[str, object] = {
        "name": standing.contact.title,
        "path": standing.contact.path,
        "ring": standing.ring.word,
        "pinned": standing.pinned,
        "rung": standing.rung.word if standing.rung is not None else None,
        "warmth": standing.warmth.value,
        "last_touch": _day(standing.last_touch),
        "last_exchange": _day(standing.last_exchange),
        "due": _day(standing.due),
        "cadence_days": standing.cadence_days,
        "status": standing.contact.status.value if standing.contact.status else None,
        "because": [str(fact) for fact in standing.because],
        "missing": list(standing.missing),
    }
    if told is not None:
        found["interactions"] = [
            {
                "date": i.day.isoformat(),
                "kind": i.kind,
                "direction": i.direction.value,
                "face_to_face": i.face_to_face,
                "text": "" if i.private else i.text,
                "source": i.source,
                "line": i.line,
            }
            for i in reversed(told)
        ]
    return found


def plan_as_json(reading: Reading, draft: Draft) -> Json:
    """Give a plan as `plan --json` shows it."""
    plan = draft.plan

    def name(path: str) -> str | None:
        contact = reading.network.contacts.get(path)
        return contact.title if contact else None

    return {
        "week": plan.week,
        "path": draft.path,
        "budget": plan.budget,
        "asked_per_week": plan.asked_per_week,
        "rings": dict(plan.rings),
        "actions": [*_standing_actions(reading, draft, name)],
        "not_this_week": [name(path) for path in plan.not_this_week],
        "problems": plan.problems,
    }


def _standing_actions(
    reading: Reading, draft: Draft, name: Callable[[str], str | None]
) -> Iterator[Json]:
    """Give the plan's actions with what the user made of them, then those only the note holds."""
    plan = draft.plan
    standing = frozenset(draft.text.split())
    ticks = {t.id: t for t in reading.network.evidence.ticks if t.week == plan.week}
    for action in plan.actions:
        tick = ticks.pop(action.id, None)
        yield {
            "id": action.id,
            "section": action.section,
            "verb": action.verb,
            "contact": name(action.contact),
            "path": action.contact or None,
            "ring": action.ring.word if action.ring is not None else None,
            "text": draft.texts[action.id],
            "because": [str(fact) for fact in action.because],
            "state": tick.state if tick else "open",
        }
    for tick in ticks.values():
        if tick.state == "open" and f"^{tick.id}" not in standing:
            continue
        placed = reading.standings.get(tick.about or tick.contact)
        yield {
            "id": tick.id,
            "section": tick.section,
            "verb": tick.verb,
            "contact": name(tick.contact),
            "path": tick.contact or None,
            "ring": placed.ring.word if placed else None,
            "text": tick.text,
            "because": [],
            "state": "done" if tick.id in plan.done else tick.state,
        }


def problem_as_json(problem: Problem) -> Json:
    """Give a problem as `check --json` shows it."""
    return {
        "path": problem.path,
        "line": problem.line,
        "severity": problem.severity.value,
        "code": problem.code,
        "message": problem.message,
    }


def history_as_json(moves: Iterable[PastMove]) -> list[Json]:
    """Give what `history --json` shows, oldest first."""
    return [
        {
            "date": move.day.isoformat(),
            "week": move.week,
            "contact": move.contact.title,
            "path": move.path,
            "from": _ring(move.before),
            "to": _ring(move.after),
            "direction": move.direction,
            "because": [
                *(str(fact) for fact in move.because),
                *(f"before: {fact}" for fact in move.was),
            ],
            "commit": move.commit or None,
        }
        for move in moves
    ]


def trend_as_json(trend: Trend) -> list[Json]:
    """Give what `trend --json` shows, oldest first."""
    return [
        {
            "week": week.week,
            "size": week.size,
            "rings": {ring.word: number for ring, number in week.rings.items()},
            "inward": week.inward,
            "outward": week.outward,
            "new": week.new,
            "gone": week.gone,
            "touches": week.touches,
            "exchanges": week.exchanges,
            "exposures": week.exposures,
        }
        for week in trend.weeks
    ]


def how_trend_was_written(path: str, *, wrote: bool) -> str:
    """Say what came of writing the note."""
    return clean_line(f"Wrote {path}" if wrote else f"{path} is up to date; nothing was written.")


def _ring(ring: Ring | None) -> str | None:
    return ring.word if ring is not None else None


def stock_as_json(stock: Stock) -> Json:
    """Give what `status --json` shows."""
    return {
        "vault": str(stock.root),
        "notes": stock.notes,
        "people": stock.people,
        "rings": dict(stock.rings),
        "interactions": stock.interactions,
        "me": stock.me,
        "doubtful": [{"path": path, "reason": reason} for path, reason in stock.doubtful],
        "unplaced": list(stock.unplaced),
        "sample": [
            {
                "date": i.day.isoformat(),
                "contact": i.contact,
                "kind": i.kind,
                "direction": i.direction.value,
                "text": "" if i.private else i.text,
                "source": i.source,
                "line": i.line,
            }
            for i in stock.sample
        ],
        "unlinked": [
            {"path": u.source, "line": u.line, "contact": u.contact} for u in stock.unlinked
        ],
        "would_write": list(stock.would_write),
        "problems": stock.problems,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def diff(path: str, old: str, new: str) -> str:
    """Show what would change, as a unified diff; empty where nothing would."""
    import difflib  # noqa: PLC0415 - only for --diff

    lines = difflib.unified_diff(
        old.splitlines(), new.splitlines(), f"a/{path}", f"b/{path}", lineterm=""
    )
    return "".join(f"{clean_line(line)}\n" for line in lines)


def clean_line(line: str) -> str:
    """Drop what could act on a terminal; blanks and tabs stay."""
    return printable(line)


def clean_lines(text: str) -> str:
    """Drop what could act on a terminal from a text of several lines."""
    return "\n".join(clean_line(line.removesuffix("\r")) for line in text.split("\n"))


_SAID = {
    "ask": "an ask",
    "met": "having met",
    "introduction": "an introduction",
    "saw-my-work": "work of yours that they saw",
    "work": "work together",
    "mentoring": "mentoring",
    "gave": "something you gave",
    "received": "something they gave you",
    "endorsement": "an endorsement",
    "thanks": "thanks",
    "congratulations": "congratulations",
}
_WAYS = {Direction.OUT: "from you", Direction.IN: "from them", Direction.BOTH: "both ways"}


def how_it_was_read(draft: LogDraft, contacts: Mapping[str, Contact]) -> str:
    """Say how a log entry was read, as in `Read as a coffee, both ways`."""
    own = [i for i in draft.told if i.contact == draft.path]
    if draft.coming:
        return "Read as an appointment."
    if not own:
        return "Read as nothing that happened: it sounds like a plan, or like something called off."
    first = own[0]
    said = _SAID.get(first.kind, f"a {first.kind}")
    if first.kind == "note":
        return "Read as a plain note, from you: no kind of interaction was recognised in it."
    names = [contacts[i.contact].title for i in draft.told if i.contact != draft.path]
    others = f", with {' and '.join(dict.fromkeys(names))} too" if names else ""
    return clean(f"Read as {said}, {_WAYS[first.direction]}{others}.")


def tell_plan(draft: Draft, wrote: Written) -> list[str]:
    """Tell what `plan` did: the plan's path first, then what goes to standard error."""
    lines = [draft.path]
    lines += [f"Wrote {path}" for path in wrote.paths]
    lines += [f"Left alone: {problem}" for problem in wrote.problems]
    if not wrote.paths:
        lines.append("It is up to date; nothing was written.")
    if draft.plan.problems:
        lines.append(mending(draft.plan.problems))
    return [clean_line(line) for line in lines]


def tell_demo(demo: Demo, folder: Path) -> list[str]:
    """Tell what was made, what is missing of it, and what to try next."""
    today = f"--today {demo.today}"
    lines = [f"{demo.notes} notes about invented people, written for {date_in_words(demo.today)}."]
    if demo.lacking:
        lines.append(f"They have no past in git: {clean(demo.lacking)}.")
    else:
        lines.append(f"Git remembers half a year of them, in {demo.commits} commits.")
    return [
        *lines,
        "Try next:",
        f"  cd {_in_shell(str(folder))}",
        f"  vaultnet plan {today}     the page for this week",
        f"  vaultnet rings {today}    everybody, ring by ring",
        f"  vaultnet history {today}  who moved, when and why",
        f"  vaultnet trend {today}    is it growing, is it getting closer?",
        f"  vaultnet watch {today}    then edit a note, and look at the page",
    ]


def _in_shell(path: str) -> str:
    """Write a path so that it can be pasted; what could act on the terminal itself is spelled out."""
    if re.fullmatch(r"[\w@%+=:,./\\-]+", path):
        return path
    import shlex  # noqa: PLC0415 - only where a path has to be quoted

    return f'"{escape(path)}"' if os.name == "nt" else shlex.quote(escape(path))


def tell_kept(kept: Kept, last: Kept | None) -> str:
    """Say why a plan was looked at, and what came of it: `Ada.md changed: plan brought up to date`.

    Nothing where nothing moved and nothing was written, where the plan has to wait, or where the same
    was said of the last look: whoever types saves every other second.
    """
    if not kept.told or (not kept.wrote and kept.moved == frozenset()):
        return ""
    if last and last.told and not (kept.wrote or last.wrote) and kept.moved == last.moved:
        return ""
    why = ["a new day"] if last and last.today != kept.today else []
    if kept.moved is None:
        why = ["start"]
    elif kept.moved:
        why.append(_count_changed(kept.moved))
    elif not why:
        why = ["you left the plan alone"]
    others = [_file(path) for path in kept.wrote if path != kept.path]
    if kept.path not in kept.wrote:
        what = "plan as it was"
    elif kept.changes is None:
        what = f"{_file(kept.path)} written"
    elif kept.changes:
        more = [f"{len(kept.changes) - 5} more"] if len(kept.changes) > 5 else []
        what = f"plan brought up to date ({', '.join([*kept.changes[:5], *more])})"
    else:
        what = "plan brought up to date (no action changed)"
    also = f"; wrote {' and '.join(others)}" if others else ""
    return clean(f"{' and '.join(why)}: {what}{also}")


def faults_of(kept: Kept, said: frozenset[str]) -> frozenset[str]:
    """List what is wrong with the notes and the plan now, a line each.

    `said` is what was wrong before, which still holds where the notes could not be read.
    """
    problems = said if kept.problems is None else {clean_line(str(p)) for p in kept.problems}
    return frozenset(filter(None, [*problems, clean_lines(kept.fault)]))


def _count_changed(paths: Iterable[str]) -> str:
    """Name what changed: `Ada.md`, `Ada.md and Bo.md`, `Ada.md and 11 more`."""
    names = list(map(_file, sorted(paths)))
    if len(set(names)) < len(names):  # a note that was moved
        names = sorted(paths)
    first, *others = names
    more = others if len(others) < 2 else [f"{len(others)} more"]
    return f"{' and '.join([first, *more])} changed"


def _file(path: str) -> str:
    return path.rpartition("/")[2]


def mending(problems: int) -> str:
    """Point at the problems."""
    what = "One problem" if problems == 1 else f"{problems} problems"
    return f"{what} in your notes: `vaultnet check` shows where."


# --- the terminal -------------------------------------------------------------------------

_RING_NAMES = {
    Ring.BUDDY: "Buddies",
    Ring.STRATEGIC: "Strategic alliances",
    Ring.LUKEWARM: "Lukewarm",
    Ring.COLD: "Cold",
    Ring.UNPLACED: "Not placed yet",
    Ring.ASIDE: "Set aside",
}
_WARMTH_COLOURS = {"warm": "green", "cooling": "yellow", "fading": "red", "new": "cyan"}


def _is_terminal() -> bool:
    # Standard output can be closed: then there is none.
    at_one = sys.stdout is not None and sys.stdout.isatty()
    return at_one and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def print_rings(standings: Sequence[Standing]) -> None:
    """Print a table for each ring: coloured on a terminal, plain in a pipe."""
    for ring, of_ring in groupby(standings, key=lambda s: s.ring):
        people = list(of_ring)
        rows = [
            (
                s.contact.title,
                s.warmth.value,
                _day(s.last_exchange) or "–",
                _day(s.due) or "–",
                s.because[0].text if s.because else "",
            )
            for s in people
        ]
        _print_table(f"{_RING_NAMES[ring]} ({len(people)})", rows)
    if not standings:
        print("Nobody fits.", file=sys.stderr)  # noqa: T201 - this is the terminal's module


_HEAD = ("name", "warmth", "last exchange", "due", "because")


def _print_table(title: str, rows: Sequence[tuple[str, ...]]) -> None:
    shown = [tuple(clean(cell) for cell in row) for row in rows]
    if _is_terminal():
        _print_rich_table(title, shown)
        return
    widths = [max(len(cell) for cell in column) for column in zip(_HEAD, *shown, strict=True)]
    _say(title)
    for row in (_HEAD, *shown):
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        _say(f"  {'  '.join(cells)}".rstrip())
    _say("")


def _print_rich_table(title: str, rows: Sequence[tuple[str, ...]]) -> None:
    from rich.console import Console  # noqa: PLC0415 - only on a terminal
    from rich.table import Table  # noqa: PLC0415 - only on a terminal
    from rich.text import Text  # noqa: PLC0415 - only on a terminal

    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for column in _HEAD:
        table.add_column(
            column, overflow="fold" if column == "because" else "ellipsis", header_style="dim"
        )
    for row in rows:
        table.add_row(*(Text(cell, style=_WARMTH_COLOURS.get(cell, "")) for cell in row))
    console = Console(highlight=False)
    console.print(table)
    console.print()


def print_standing(standing: Standing, told: Sequence[Interaction], today: date) -> None:
    """Print one person: the standing, its because, what is missing, the interactions."""
    contact = standing.contact
    rung = f"; {_KNOWS[standing.rung]}" if standing.rung is not None else ""
    pinned = ", pinned by hand" if standing.pinned else ""
    _say("", contact.title, f"  {contact.path}")
    _say(f"{standing.ring.word}{pinned}, {standing.warmth.value}{rung}")
    for label, day in (
        ("last exchange", standing.last_exchange),
        ("last touch", standing.last_touch),
        ("due", standing.due),
    ):
        if day:
            _say(f"  {label}: {day} ({ago(day, today)})" if label != "due" else f"  due: {day}")
    _print_list("Because", [str(fact) for fact in standing.because])
    _print_list("To come nearer", standing.missing)
    _print_list(
        f"Interactions ({len(told)})",
        [
            f"{i.day}  {i.kind}{_ARROWS[i.direction]}  {_quote(i, 70)}  {i.source}:{i.line}"
            for i in reversed(told[-20:])
        ],
    )
    if len(told) > 20:
        _say(f"  … and {len(told) - 20} earlier: --json shows all")


_KNOWS = {
    Rung.NOTHING: "has not heard of you",
    Rung.NAME: "knows of you",
    Rung.WHAT: "knows what you do",
    Rung.WORK: "knows your work",
    Rung.RECOMMEND: "would recommend you",
}
_ARROWS = {Direction.OUT: " →", Direction.IN: " ←", Direction.BOTH: " ↔"}


def _quote(told: Interaction, width: int) -> str:
    return "(private)" if told.private else short(told.text, width)


def print_problems(problems: Iterable[Problem]) -> None:
    """Print problems as `path:line: severity: message`."""
    counted = dict.fromkeys(Severity, 0)
    for problem in problems:
        counted[problem.severity] += 1
        place = f"{problem.path}:{problem.line}" if problem.line else problem.path
        _say(f"{clean(place)}: {problem.severity}: {clean(problem.message)}")
    said = ", ".join(f"{n} {s.value}{'' if n == 1 else 's'}" for s, n in counted.items() if n)
    print(said or "No problems.", file=sys.stderr)  # noqa: T201 - this is the terminal's module


def print_stock(stock: Stock) -> None:
    """Print what vaultnet sees, for somebody who does not trust it yet."""
    _say("", f"{stock.root}")
    rings = ", ".join(f"{n} {ring}" for ring, n in stock.rings.items() if n)
    _say(
        f"{_count(stock.notes, 'note')}, {stock.people} of them people"
        + (f": {rings}." if rings else ".")
    )
    _say(f"{stock.interactions} interactions read." + (f" {stock.me} is you." if stock.me else ""))
    if not stock.people:
        _say("")
        _say("No people found. A note is a person's when it has the tag #person, the property")
        _say("`type: person`, or lies in a folder named People, Persons, Contacts or CRM.")
    _print_list("Not placed yet (the notes say too little)", stock.unplaced[:10])
    _say_more(len(stock.unplaced) - 10)
    _print_list(
        "Ten of the interactions read: are they right?"
        if len(stock.sample) > 9
        else "Interactions read: are they right?",
        [
            f"{i.day}  {stock.names[i.contact]}: {i.kind}{_ARROWS[i.direction]}  "
            f"{_quote(i, 60)}  {i.source}:{i.line}"
            for i in stock.sample
        ],
    )
    _print_list(
        "Lines that name somebody without a link (not read)",
        [f"{u.source}:{u.line}: {stock.names[u.contact]}" for u in stock.unlinked[:10]],
    )
    _say_more(len(stock.unlinked) - 10)
    _print_list(
        f"Worth a look ({len(stock.doubtful)}): are these people?",
        [f"{path}: {reason}" for path, reason in stock.doubtful[:10]],
    )
    _say_more(len(stock.doubtful) - 10)
    _print_list("`vaultnet plan` would write", stock.would_write)
    _say("")
    _say("Nothing was written." + (f" {mending(stock.problems)}" if stock.problems else ""))


# --- the trend ----------------------------------------------------------------------------

_INNER = (Ring.BUDDY, Ring.STRATEGIC, Ring.LUKEWARM)
_BLOCKS = "█▓░"
_SIGNS = "#=-"
"""For a terminal that has no blocks."""
_FIGURES = "  in  out  exchanges  seen"
_NARROW = 60
"""A terminal of fewer columns shows the bars without figures, and says so."""


def print_trend(trend: Trend, sentences: Iterable[str]) -> None:
    """Print the answers, and a bar for each week as wide as the terminal has room for."""
    for sentence in sentences:
        head, _, rest = sentence.partition(":")
        _say("", f"{head}:", rest)
    if not any(map(_has_something, trend.weeks)):
        return
    import shutil  # noqa: PLC0415 - only for the bars of `trend`

    width = shutil.get_terminal_size().columns
    figures = width >= _NARROW
    largest = max(week.size for week in trend.weeks)
    digits = len(str(largest))
    room = max(10, width - len("2026-W48~  ") - digits - 2 - (len(_FIGURES) if figures else 0))
    each = max(1, -(-largest // room))
    signs = _signs()
    _say("")
    if figures:
        used = -(-largest // each)
        _say(f"{'week':11}{'':{digits}}  {'':{used}}{_FIGURES}")
    for week in trend.weeks:
        bar = _draw_bar(week.rings, each, signs)
        line = f"{week.week}{' ' if week.remembered else '~'}  {week.size:{digits}}  {bar}"
        if figures:
            cells = (week.inward, week.outward, week.exchanges, week.exposures)
            line = f"{line:{11 + digits + 2 + used}}" + "".join(
                f"{number or '':>{space}}"
                for number, space in zip(cells, (4, 5, 11, 6), strict=True)
            )
        _say(line.rstrip())
    _say("")
    legend = [f"{signs[0]} buddies, {signs[1]} strategic, {signs[2]} lukewarm"]
    legend += ["one sign is one person" if each == 1 else f"one sign is up to {each} people"]
    if not all(week.remembered for week in trend.weeks):
        legend.append("~ told by dated logs alone")
    if figures:
        _say("; ".join(legend))
        return
    for line in (*legend, f"with {_NARROW} columns: moves, exchanges, seen"):
        _say(line)


def _has_something(week: TrendWeek) -> bool:
    """Whether there is something to draw, or to count beside it."""
    return any((week.size, week.inward, week.outward, week.exchanges, week.exposures))


def _draw_bar(rings: Mapping[Ring, int], each: int, signs: str) -> str:
    """Draw a sign for each so many people, the inner rings first; the last one may be for fewer."""
    bar, people = "", 0
    for sign, ring in zip(signs, _INNER, strict=True):
        people += rings[ring]
        bar += sign * (-(-people // each) - len(bar))
    return bar


def _signs() -> str:
    try:
        _BLOCKS.encode(getattr(sys.stdout, "encoding", None) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return _SIGNS
    return _BLOCKS


# --- what a write left behind -------------------------------------------------------------


def remnant_as_json(remnant: Remnant, text: str | None = None) -> Json:
    """Give a remnant as `recover --json` shows it; with its text, as `recover ID --json` does."""
    left = remnant.leftover
    found: dict[str, object] = {
        "id": left.id,
        "kind": "displaced" if left.kept else "left",
        "path": left.note or None,
        "file": left.file or None,
        "when": left.when.strftime("%Y-%m-%dT%H:%M:%SZ") if left.when else None,
        "own": remnant.own,
        "lost": len(remnant.lost),
        "lines": list(remnant.lines),
        "fault": remnant.fault or None,
    }
    return found if text is None else {**found, "text": text}


def print_remnants(remnants: Sequence[Remnant], hidden: int) -> None:
    """Print what there is to have back; `hidden` more are not worth it."""
    for remnant in remnants:
        left = remnant.leftover
        _say(f"{left.id}  ", escape(left.note or left.file))
        _say(f"          {_tell_remnant(remnant)}")
        for line in remnant.lines[:_SHOWN]:
            _say(f"            {short(escape(line), 76)}")
        if more := len(remnant.lost) - len(remnant.lines[:_SHOWN]):
            said = f"… and {more} more" if remnant.lines else "(private: not shown here)"
            _say(f"            {said}")
        if remnant.lost and not left.kept:
            whose = "what vaultnet was about to write"
            other = "not what vaultnet was about to write: it may be your newest edit"
            _say(f"          It is {whose if remnant.own else other}.")
    for line in _sum_up(remnants, hidden):
        print(line, file=sys.stderr)  # noqa: T201 - this is the terminal's module


_SHOWN = 3


def _tell_remnant(remnant: Remnant) -> str:
    left = remnant.leftover
    how = "replaced" if left.kept else "left by an interrupted write"
    when = f" on {_local(left.when)}" if left.when else ""
    return f"{how}{when}; {_tell_loss(remnant)}"


def _tell_loss(remnant: Remnant) -> str:
    if remnant.fault:
        return f"{remnant.fault}."
    if remnant.empty:
        return "it is empty."
    if remnant.lost:
        lines = _count(len(remnant.lost), "line")
        if not remnant.there:
            return f"the note is gone, and this holds {lines}:"
        return f"the note lacks {lines} of it:"
    if remnant.ours:
        return "the note lacks nothing of yours in it."
    return "the note holds every line of it."


def _local(when: datetime) -> str:
    try:
        return f"{when.astimezone():%Y-%m-%d at %H:%M}"
    except (OverflowError, OSError):  # a time that this machine's calendar does not reach
        return f"{when:%Y-%m-%d at %H:%M} UTC"


def _sum_up(remnants: Sequence[Remnant], hidden: int) -> Iterator[str]:
    spare = sum(remnant.spare and not remnant.leftover.kept for remnant in remnants)
    if remnants:
        yield "`vaultnet recover ID` prints one; --diff, --restore or --drop say what to do with it."
    else:
        yield "Nothing was left behind, and nothing of yours that was replaced is missing."
    if spare:
        yield f"{_count(spare, 'leftover')} can go without a loss: --tidy does that."
    if hidden:
        texts = _count(hidden, "replaced text")
        yield f"{texts} left out, with nothing more of yours: --all lists everything."


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def how_it_was_restored(restored: Restored) -> str:
    """Say what putting a text back came to."""
    if not restored.wrote:
        return "The note held it already; nothing was written."
    kept = " What stood there is kept for 30 days: see `vaultnet recover`."
    return f"Restored.{kept if restored.displaced else ''}"


def how_it_was_dropped(dropped: Sequence[Leftover]) -> str:
    """Say what was removed."""
    if not dropped:
        return "There was nothing that could go without a loss."
    return "\n".join(f"Removed {escape(left.file or left.note)} ({left.id})" for left in dropped)


def escape(text: str) -> str:
    r"""Write what could act on a terminal as `\x1b`, line ends included; all else as it is."""
    return "".join(
        char if char in {" ", "\t"} or clean(f".{char}.") == f".{char}." else _spell(char)
        for char in text
    )


def _spell(char: str) -> str:
    if unicodedata.category(char) == "Zs":  # a blank that keeps words together, a wide one
        return " "
    return char.encode("unicode_escape", "backslashreplace").decode("ascii")


def escape_lines(text: str) -> str:
    """Escape a text of several lines, which stay lines."""
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    return "".join(f"{escape(line)}\n" for line in lines)


# --- the past -----------------------------------------------------------------------------

_NEWCOMERS = 5


def tell_history(history: History) -> Iterator[str]:
    """Say who moved, came and went, a line for each move; newcomers of a week in one."""
    for week in history.weeks:
        for move in week.moves:
            if move.direction != "new":
                yield clean_line(f"{week.week}  {_tell_move(move)}{_commit(history, move)}")
        came = (move for move in week.moves if move.direction == "new")
        for _, told in groupby(came, key=lambda move: move.commit):
            new = list(told)
            names = [move.contact.title for move in new]
            more = f" and {len(names) - _NEWCOMERS} more" if len(names) > _NEWCOMERS else ""
            are = "are" if len(names) > 1 else "is"
            who = clean(f"{', '.join(names[:_NEWCOMERS])}{more} {are} new")
            yield clean_line(f"{week.week}  {who}{_commit(history, new[0])}")


def print_past(
    history: History, contact: Contact, told: Sequence[Interaction], ring: Ring | None
) -> None:
    """Print one person's past: the moves, and all of `told` that happened before and between them."""
    now = f"{ring.word} today" if ring is not None else "gone"
    _say("", contact.title, f"  {contact.path}, {now}")
    moves = [move for move in history.moves if move.contact.path == contact.path]
    left = list(told)
    for move in moves:
        before = [i for i in left if i.day <= move.day]
        left = left[len(before) :]
        _print_between(before)
        _say(f"{move.day}  {_tell_move(move, name=False)}{_commit(history, move)}")
        for fact in move.was:
            _say(f"              {clean(f'before: {fact}')}")
    _print_between(left)


def _print_between(told: Sequence[Interaction]) -> None:
    """Print what happened between two moves, newest last; of much, the last of it."""
    if len(told) > _EARLIER:
        _say(f"            … {len(told) - _EARLIER} earlier")
    for i in told[-_EARLIER:]:
        cells = (f"{i.kind}{_ARROWS[i.direction]}", _quote(i, 60), f"{i.source}:{i.line}")
        _say(f"{i.day}    {'  '.join(map(clean, cells))}")


_EARLIER = 8


def _tell_move(move: PastMove, *, name: bool = True) -> str:
    """Say what a move was, as in `Ada Lovelace moved in, lukewarm → buddy: friend (People/Ada.md:3)`."""
    why = "; ".join(str(fact) for fact in move.because)
    what = {
        "inward": f"moved in, {_ring(move.before)} → {_ring(move.after)}: {why}",
        "outward": f"moved out, {_ring(move.before)} → {_ring(move.after)}: {why}",
        "new": f"new, {_ring(move.after)}: {why}",
        "gone": f"gone, was {_ring(move.before)}: {why}",
    }[move.direction]
    return clean(f"{move.contact.title} {what}" if name else what)


def _commit(history: History, move: PastMove) -> str:
    """Name the commit of a move; what dated logs alone tell has none."""
    if move.commit:
        return f"; commit {move.commit[:8]}"
    last = history.weeks[-1].week
    return "; not committed" if history.by_git and move.week == last else ""


@contextmanager
def progress(title: str) -> Iterator[Progress | None]:
    """Show on a terminal how far a long walk has come, and nothing once it is over."""
    if sys.stderr is None or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 - only on a terminal
    from rich.progress import Progress as Bar  # noqa: PLC0415 - only on a terminal

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, count: bar.update(task, completed=done, total=count)


def _say_more(count: int) -> None:
    if count > 0:
        _say(f"  … and {count} more")


def _print_list(title: str, entries: Iterable[str | Fact]) -> None:
    lines = [clean(str(entry)) for entry in entries]
    if lines:
        _say("")
        _say("", title)
        for line in lines:
            _say(f"  {line}")


def _say(text: str, bold: str = "", after: str = "") -> None:
    """Print a line, its middle bold on a terminal; nothing that comes from notes acts in it."""
    strong = clean_line(bold)
    if strong and _is_terminal():
        strong = f"\x1b[1m{strong}\x1b[0m"
    print(f"{clean_line(text)}{strong}{clean_line(after)}")  # noqa: T201 - this is the terminal's module
