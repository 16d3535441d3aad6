"""A plan becomes Markdown, through Jinja2 and the templates that come with vaultnet."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vaultnet.core.calendar import count, parse_week, span
from vaultnet.core.model import Plan, Ref, Words
from vaultnet.core.text import clean, inert, link

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

LinkText = Callable[[str], str]
"""Path of a note -> what a link to it names, without `.md`."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A plan in Markdown."""

    body: str
    """Between the markers."""
    actions: Mapping[str, str]
    """Id -> the action's lines as they stand in the body, without its box's state."""
    texts: Mapping[str, str]
    """Id -> what the action says, without box, bullets and block id."""


def render_plan(plan: Plan, link_text: LinkText) -> Rendered:
    """Lay out a plan; a missing phrase or value raises, for that is our fault and not a note's."""
    environment = _environment(link_text)
    phrases = environment.get_template("phrases.md.j2").make_module()
    speaker = _Speaker({name: getattr(phrases, name) for name in dir(phrases)})
    week = parse_week(plan.week)
    if week is None:
        raise ValueError(plan.week)
    body = environment.get_template("plan.md.j2").render(
        plan=plan, say=speaker.say, span=span(week.monday, week.sunday)
    )
    texts = {action.id: str(speaker.say(action.words)) for action in plan.actions}
    actions = {
        action.id: "\n".join(
            [texts[action.id], *(str(speaker.say(words)) for words in action.bullets)]
        )
        for action in plan.actions
    }
    return Rendered(_tidy(body), actions, texts)


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
            self._kept.append(words)  # keeps its id from being given to other words
            self._said[id(words)] = self._macros[self._variant(words)](words.values)
        return self._said[id(words)]

    def _variant(self, words: Words) -> str:
        if words.phrase in self._macros:
            return words.phrase
        variants = 0
        while f"{words.phrase}_{variants + 1}" in self._macros:
            variants += 1
        if not variants:
            raise KeyError(words.phrase)
        used = self._used.setdefault(words.phrase, set())
        if len(used) == variants:
            used.clear()
        seed = hashlib.sha256(repr(sorted(words.values.items())).encode()).digest()[0]
        choice = next(
            n % variants for n in range(seed, seed + variants) if n % variants not in used
        )
        used.add(choice)
        return f"{words.phrase}_{choice + 1}"


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
    environment.globals["code"] = lambda name: Markup(clean(name).replace("`", "'"))  # noqa: S704
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
