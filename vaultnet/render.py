"""A plan becomes Markdown, through Jinja2 and the templates that come with vaultnet."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count as count_up
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from vaultnet.core.calendar import count, parse_week, span
from vaultnet.core.marks import hash_line
from vaultnet.core.model import Action, Obsidian, Plan, Ref, Settings, Words
from vaultnet.core.text import in_command, inert, link

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

LinkText = Callable[[str], str]
"""Path of a note -> what a link to it names, without `.md`."""


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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


def render_plan(
    plan: Plan,
    link_text: LinkText,
    memory: Mapping[str, str] | None = None,
    fields: Fields = Fields(),
) -> Rendered:
    """Lay out a plan; a missing phrase or value raises, for that is our fault and not a note's.

    What stands in the plan on disk is said again in the words that its `memory` knows.
    """
    week = parse_week(plan.week)
    if week is None:
        raise ValueError(plan.week)
    due = fields.filter + fields.due.format(week.sunday)

    def end_of(action: Action) -> str:
        """Find what stands behind a sentence; a promise and a question's boxes are not due."""
        return due if action.boxed and action.section in _PARTS_WITH_DUE_DATES else ""

    environment = _environment(link_text)
    phrases = environment.get_template("phrases.md.j2").make_module()
    speaker = _Speaker({name: getattr(phrases, name) for name in dir(phrases)})
    for action in plan.actions:
        known = frozenset((memory or {}).get(action.id, "").split("."))
        speaker.say_again(action.words, known, "- [ ] " if action.boxed else "- ", end_of(action))
        for words in action.bullets:
            speaker.say_again(words, known, "- ")
    body = environment.get_template("plan.md.j2").render(
        plan=plan,
        say=speaker.say,
        span=span(week.monday, week.sunday),
        end_of=end_of,
    )
    texts = {action.id: str(speaker.say(action.words)) for action in plan.actions}
    done = {
        id_: f" ({link(link_text(told.path), told.shown)}){fields.done.format(day)}"
        for id_, (day, told) in plan.done.items()
    }
    roles = {}
    lines = []
    for line in _tidy(body).split("\n"):
        said, _, role = line.partition(_ROLE)
        lines.append(said.rstrip())
        if role:
            roles[said.rstrip()] = role
    return Rendered("\n".join(lines), texts, roles, done)


_ROLE = "\ufdd0"
"""Parts a line from its role while it is laid out: no character, so that no note can hold it."""


class _Speaker:
    """Says words: the same words always alike within one plan, and no phrase twice if it can vary."""

    def __init__(self, macros: Mapping[str, Callable[[Mapping[str, object]], Markup]]) -> None:
        self._macros = macros
        self._said: dict[int, Markup] = {}
        self._kept: list[Words] = []
        self._used: dict[str, set[int]] = {}

    def say(self, words: Words) -> Markup:
        """Find a phrase, or the variant that suits these words and was not used yet."""
        if id(words) not in self._said:
            variants = self._variants(words)
            used = self._used.setdefault(words.phrase, set())
            if len(used) >= len(variants):
                used.clear()
            seed = hashlib.sha256(repr(sorted(words.values.items())).encode()).digest()[0]
            turns = [(seed + n) % len(variants) for n in range(len(variants))]
            self._remember(words, next(n for n in turns if n not in used))
        return self._said[id(words)]

    def say_again(self, words: Words, known: frozenset[str], before: str, behind: str = "") -> None:
        """Settle on the variant that stands on disk already, between these two parts of a line."""
        variants = self._variants(words)
        for n, variant in enumerate(variants):
            if (
                len(variants) > 1
                and hash_line(f"{before}{self._macros[variant](words.values)}{behind}") in known
            ):
                self._remember(words, n)
                return

    def _remember(self, words: Words, n: int) -> None:
        self._kept.append(words)  # keeps its id from being given to other words
        self._used.setdefault(words.phrase, set()).add(n)
        self._said[id(words)] = self._macros[self._variants(words)[n]](words.values)

    def _variants(self, words: Words) -> tuple[str, ...]:
        if words.phrase in self._macros:
            return (words.phrase,)
        names = (f"{words.phrase}_{n}" for n in count_up(1))
        found = tuple(takewhile(self._macros.__contains__, names))
        if not found:
            raise KeyError(words.phrase)
        return found


def _environment(link_text: LinkText) -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - costs 40 ms
    from markupsafe import Markup  # noqa: PLC0415 - comes with jinja2

    def put_in(value: object) -> Markup:
        """Make what comes from notes safe as it enters the text."""
        if isinstance(value, Markup):
            return value
        if isinstance(value, Ref):
            return Markup(link(link_text(value.path), value.shown))  # noqa: S704 - `link` is safe
        return Markup(inert(str(value)))  # noqa: S704 - `inert` is safe

    environment = Environment(
        loader=FileSystemLoader(_templates()),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=put_in,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["count"] = count
    environment.globals["role"] = lambda name: Markup(f"{_ROLE}{name}")  # noqa: S704 - our own word
    environment.globals["code"] = lambda name: Markup(in_command(name))  # noqa: S704
    return environment


def _templates() -> Path:
    """Find the templates: inside the package in a wheel, beside it in a checkout."""
    here = Path(__file__).parent
    inside = here / "templates"
    return inside if inside.is_dir() else here.parent / "templates"


def _tidy(body: str) -> str:
    """Keep one blank line between parts, and none at the end."""
    lines: list[str] = []
    for line in body.splitlines():
        if line.strip() or (lines and lines[-1]):
            lines.append(line.rstrip())
    return "\n".join(lines).strip("\n")
