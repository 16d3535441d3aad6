"""A plan becomes Markdown, through Jinja2: the templates that come with vaultnet, or the vault's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from vaultnet.core.calendar import Week, parse_week, span
from vaultnet.core.frozen import frozen
from vaultnet.core.model import Action, Obsidian, Plan, Section, Settings, Words
from vaultnet.core.pattern import lazy_pattern
from vaultnet.core.text import link, printable
from vaultnet.render.own import BUILT_IN, Fault, Own, load_own
from vaultnet.render.phrases import Safe, Values
from vaultnet.render.proof import find_fault
from vaultnet.render.speaker import LinkText, Speaker
from vaultnet.render.spoken import Spoken, name_library

__all__ = [
    "Fields",
    "LinkText",
    "Own",
    "Rendered",
    "Spoken",
    "load_own",
    "name_library",
    "render_plan",
    "task_fields",
]


@frozen
class Fields:
    """What stands between a task's sentence and its block id, in the grammar of the Tasks plugin.

    The plugin reads a line from its end: fields in either of its two formats, in any order, and
    nothing between or behind them but the block id. Written as it writes them itself, in its own
    order (due before done) and with its own blanks, so that no line changes when it writes it again.
    """

    filter: str = ""
    """What makes the plugin see the task, as ` #task`: a part of the sentence."""
    due: str = ""
    """Form of the due day, as ` 📅 {}`; empty: the plan's tasks are not due."""
    done: str = " ✅ {}"
    """Form of the done day."""


FIELDS = Fields()
"""Of a vault without the plugin."""


def task_fields(settings: Settings, obsidian: Obsidian) -> Fields:
    """Choose how tasks end: by the settings, and by those of the Tasks plugin (contract, 5.4)."""
    due, done = _FORMS[obsidian.tasks_format]
    if not settings.due_dates:
        return Fields(done=done)
    return Fields(f" {obsidian.tasks_filter}".rstrip(), due, done)


_FORMS = {
    "emoji": (" 📅 {}", " ✅ {}"),
    "dataview": ("  [due:: {}]", "  [completion:: {}]"),
}
"""Format -> forms of the due and the done day. With one blank alone before the bracket, Obsidian's
editor would hide every other field."""
_PARTS_WITH_DUE_DATES = frozenset({"first", "people", "energy", "seen"})


@frozen
class Rendered:
    """A plan in Markdown."""

    body: str
    """Between the markers."""
    texts: Mapping[str, str]
    """Id -> what the action says, without box, bullets, fields and block id."""
    roles: Mapping[str, str]
    """Line of the body -> its role, for titles and the line below the first."""
    done: Mapping[str, str]
    """Id of an action done elsewhere -> what its line says then, behind the sentence."""
    own: Own
    """What was said in the vault's own way, once what fails was left out."""


def render_plan(
    plan: Plan,
    link_text: LinkText,
    memory: Mapping[str, str] | None = None,
    fields: Fields = FIELDS,
    own: Own = BUILT_IN,
    spoken: Spoken | None = None,
) -> Rendered:
    """Lay out a plan, in the vault's own way as far as that holds.

    What stands in the plan on disk is said again in the words that its `memory` knows, and what the
    built-in templates have `spoken` before is not asked of them again. A built-in phrase or value that is
    missing raises, for that is our fault and not a note's.
    """
    known = spoken or Spoken()
    while True:
        try:
            return _lay_out(plan, link_text, memory or {}, fields, own, known)
        except Fault as fault:
            own = own.without(fault)


def _lay_out(
    plan: Plan,
    link_text: LinkText,
    memory: Mapping[str, str],
    fields: Fields,
    own: Own,
    spoken: Spoken,
) -> Rendered:
    due = fields.filter + fields.due.format(_week_of(plan).sunday)

    def end_of(action: Action) -> str:
        """Find what stands behind a sentence; a promise and a question's boxes are not due."""
        return due if action.boxed and action.section in _PARTS_WITH_DUE_DATES else ""

    speaker = Speaker(link_text, own, spoken)
    for action in plan.actions:
        known = frozenset(memory.get(action.id, "").split("."))
        speaker.check_links(action.words)
        speaker.say_again(action.words, known, _bullet(action), end_of(action))
        for words in action.bullets:
            speaker.say_again(words, known, "- ")
    values = _put(plan, speaker, end_of)
    body = own.lay_out(values, spoken)
    lines, roles = _part_roles(_tidy(body))
    if own.layout or own.book.say:
        heads = {action.id: _head(action, speaker, end_of) for action in plan.actions}
        fault = find_fault(lines, heads, roles)
        if fault:
            raise Fault(fault, layout=own.layout is not None)
    texts = {action.id: str(speaker.say(action.words)) for action in plan.actions}
    done = {
        id_: f" ({link(link_text(told.path), told.shown)}){fields.done.format(day)}"
        for id_, (day, told) in plan.done.items()
    }
    return Rendered("\n".join(lines), texts, dict(roles), done, own)


def _put(plan: Plan, speaker: Speaker, end_of: Callable[[Action], str]) -> Values:
    """Say a plan, part by part, as the plain values of which a layout is made."""

    def say(words: Words | None, role: str = "") -> str:
        """Say something, with its line's role behind it."""
        return Safe(f"{speaker.say(words)}{_mark(role)}") if words else ""

    def put_action(action: Action) -> Values:
        head = Safe(_head(action, speaker, end_of))
        bullets = [speaker.say(words) for words in action.bullets]
        return {"line": head, "verb": action.verb, "bullets": bullets}

    def put_section(section: Section) -> Values:
        return {
            "name": section.name,
            "title": say(section.title, f"t.{section.name}"),
            "actions": [put_action(action) for action in section.actions],
            "notes": [say(words, words.role) for words in section.notes],
        }

    week = _week_of(plan)
    return {
        "week": plan.week,
        "span": Safe(f"{span(week.monday, week.sunday)}{_mark('title')}"),
        "lead": say(plan.lead, "lead"),
        "sections": [put_section(section) for section in plan.sections],
    }


def _week_of(plan: Plan) -> Week:
    week = parse_week(plan.week)
    if week is None:
        raise ValueError(plan.week)
    return week


def _head(action: Action, speaker: Speaker, end_of: Callable[[Action], str]) -> str:
    """Write an action's own line."""
    return f"{_bullet(action)}{speaker.say(action.words)}{end_of(action)} ^{action.id}"


def _bullet(action: Action) -> str:
    return "- [ ] " if action.boxed else "- "


_ROLE = lazy_pattern("\ufdd0([^\ufdd0\ufdd1]*)\ufdd1")
"""A line's role while it is laid out, between what is no character, so that no note can hold it."""


def _mark(role: str) -> str:
    return f"\ufdd0{role}\ufdd1" if role else ""


def _part_roles(lines: Iterable[str]) -> tuple[list[str], list[tuple[str, str]]]:
    """Take the roles off the lines that have one; gives the lines, and each such line's role."""
    said, roles = [], []
    for line in lines:
        if "\ufdd0" not in line:
            said.append(printable(line).rstrip())
            continue
        bare = printable(_ROLE.sub("", line)).rstrip()
        said.append(bare)
        roles += [(bare, role.lower()) for role in _ROLE.findall(line)[:1]]
    return said, roles


def _tidy(body: str) -> list[str]:
    """Keep one blank line between parts, and none at the end."""
    lines: list[str] = []
    for line in body.splitlines():
        if line.strip() or (lines and lines[-1]):
            lines.append(line.rstrip())
    return "\n".join(lines).strip("\n").split("\n")
