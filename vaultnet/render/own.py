"""The templates of a vault become what is said in place of the built-in, and problems where they fail."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from vaultnet.core.frozen import fresh, frozen, replace
from vaultnet.core.model import Problem, Severity, Source
from vaultnet.core.text import short
from vaultnet.render.phrases import (
    LAYOUT,
    PHRASES,
    Phrasebook,
    Values,
    family_of,
    load_built_in,
    load_built_in_layout,
    read_layout,
    read_phrases,
)
from vaultnet.render.spoken import Spoken


@frozen
class Own:
    """What a vault says in its own way; nothing, where it says nothing of its own."""

    layout: Callable[[Values], str] | None = None
    layout_path: str = ""
    book: Phrasebook = fresh(factory=Phrasebook)
    book_path: str = ""
    problems: tuple[Problem, ...] = ()
    """Why it does not say more of it."""

    def lay_out(self, values: Values, spoken: Spoken) -> str:
        """Lay a plan out in the vault's own way, else in the built-in one."""
        if not self.layout:
            return spoken.lay_out(LAYOUT, values, load_built_in_layout)
        try:
            return self.layout(values)
        except Exception as error:  # whatever a stranger's template makes of itself
            raise blame(error, layout=True) from error

    def without(self, fault: Fault) -> Own:
        """Let the built-in stand in for what failed."""
        message = str(fault)
        if fault.layout:
            problem = _problem(self.layout_path, fault.line, message, "layout")
            return replace(self, layout=None, problems=(*self.problems, problem))
        if not fault.phrase:
            problem = _problem(self.book_path, fault.line, message, "phrases")
            return replace(self, book=Phrasebook(), problems=(*self.problems, problem))
        written = self.book.phrases.get(fault.phrase)
        line = fault.line or (written.line if written else 0)
        known = family_of(fault.phrase) in load_built_in().families
        what = "phrase" if known else "macro"
        problem = _problem(self.book_path, line, f"'{fault.phrase}': {message}", what)
        book = self.book.without(family_of(fault.phrase))
        return replace(self, book=book, problems=(*self.problems, problem))


BUILT_IN: Final = Own()
"""Nothing is said in the vault's own way."""


class Fault(Exception):  # noqa: N818 — no fault of ours: it ends as a problem
    """A template of the vault's failed: its layout, one phrase, or else all of its phrases."""

    def __init__(  # noqa: D107 - the class says it
        self, message: str, line: int = 0, *, phrase: str = "", layout: bool = False
    ) -> None:
        super().__init__(message)
        self.line, self.phrase, self.layout = line, phrase, layout


def load_own(sources: Sequence[Source]) -> Own:
    """Load a vault's templates, known by the names of their files."""
    own = Own()
    for source in sources:
        name = source.path.rsplit("/", 1)[-1]
        if name == LAYOUT:
            own = _load_layout(replace(own, layout_path=source.path), source.text)
        elif name == PHRASES:
            own = _load_phrases(replace(own, book_path=source.path), source.text)
    return own


def _load_layout(own: Own, text: str) -> Own:
    from vaultnet.render.sandbox import STEPS, Sandbox  # noqa: PLC0415 - jinja2 costs 40 ms

    try:
        return replace(own, layout=read_layout(Sandbox(STEPS), text))
    except Exception as error:  # noqa: BLE001 - whatever it makes of itself
        return own.without(blame(error, layout=True))


def _load_phrases(own: Own, text: str) -> Own:
    from vaultnet.render.sandbox import STEPS, Sandbox  # noqa: PLC0415 - as above

    try:
        own = replace(own, book=read_phrases(Sandbox(STEPS), text))
    except Exception as error:  # noqa: BLE001 - as above
        return own.without(blame(error))
    for name in own.book.say:
        fault = _find_fault(own.book, name)
        if fault and name in own.book.say:
            own = own.without(Fault(fault, phrase=name))
    return own


def _find_fault(book: Phrasebook, name: str) -> str:
    """Say what is wrong with a phrase before it is used; empty: nothing."""
    import difflib  # noqa: PLC0415 - only where a vault has phrases of its own

    built_in = load_built_in()
    if family_of(name) not in built_in.families:
        near = difflib.get_close_matches(family_of(name), built_in.families, n=1)
        hint = f" (did you mean '{near[0]}'?)" if near else ""
        return "" if name in book.called else f"no phrase is called so{hint}"
    phrase = book.phrases[name]
    if not phrase.takes:
        return f"a phrase takes one thing: write {{% macro {name}(w) %}}"
    known = {v for other in built_in.phrases.values() for v in other.values}
    for value in sorted(phrase.values - known):
        near = difflib.get_close_matches(value, known, n=1)
        hint = f" (did you mean '{phrase.takes}.{near[0]}'?)" if near else ""
        return f"nothing is called '{phrase.takes}.{value}'{hint}"
    return ""


def blame(error: Exception, *, phrase: str = "", layout: bool = False) -> Fault:
    """Turn whatever a template raised into its fault; a limit concerns all phrases."""
    from jinja2 import TemplateSyntaxError  # noqa: PLC0415 - as above

    from vaultnet.render.sandbox import Refused, Spent, find_line  # noqa: PLC0415 - as above

    if isinstance(error, Fault):
        return error
    line = find_line(error.__traceback__)
    if isinstance(error, (Refused, TemplateSyntaxError)):
        line = error.line if isinstance(error, Refused) else error.lineno
    if isinstance(error, (RecursionError, MemoryError)):
        said = "it goes on without end"
    elif isinstance(error, (Refused, Spent)):
        said = str(error)
    else:
        said = str(getattr(error, "message", "") or error) or type(error).__name__
    if isinstance(error, (Spent, MemoryError)):
        phrase = ""
    return Fault(said, line, phrase=phrase, layout=layout)


_LONGEST: Final = 200
"""Characters of a message that a template may have had a part in."""
_STAND_IN: Final = {
    "layout": "the built-in template is used",
    "phrases": "the built-in phrases are used",
    "phrase": "the built-in phrase is used",
    "macro": "it is never used",
}


def _problem(path: str, line: int, message: str, what: str) -> Problem:
    said = short(message, _LONGEST).rstrip(".")
    return Problem(path, line, "template", f"{said}; {_STAND_IN[what]}", Severity.WARNING)
