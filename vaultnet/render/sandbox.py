"""Templates run here: on plain values, with few words, and never for long.

Jinja2's immutable sandbox, made smaller. A template is taken apart before it is compiled, and
refused unless every part of it is on the list; a value has no attributes, only keys; text can be
shown and compared, and nothing else. So nothing in a template can grow or go on without being counted:
the time a template takes is bounded by steps, not by a clock, and is the same on every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from types import TracebackType
from typing import Final

from jinja2 import StrictUndefined, Template, Undefined, nodes, pass_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from vaultnet.core.calendar import count
from vaultnet.core.text import in_command, inert
from vaultnet.render.phrases import Safe

MOST_TOKENS: Final = 16_000
"""Of a template: what takes no time to read. The built-in phrases have a third of it."""
MOST_NODES: Final = 5_000
"""Of a template, counted before it is compiled."""
DEEPEST: Final = 60
"""How deep its parts may lie in each other."""
LONGEST: Final = 1 << 14
"""Characters that a macro may give, or a list that is joined: longer texts take long to look at."""
STEPS: Final = 50_000
"""Nodes that may be gone through, each as often as its loop and its macro are; 16 characters
that are shown count as one."""

_WORDS = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.If,
    nodes.For,
    nodes.Macro,
    nodes.Assign,
    nodes.Call,
    nodes.Keyword,
    nodes.Filter,
    nodes.Test,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.CondExpr,
    nodes.List,
    nodes.Tuple,
)
"""All that a template can be made of."""
_REFUSED = {
    "Concat": "`~`",
    "Slice": "a slice, as in `[1:]`",
    "Dict": "a dictionary",
    "CallBlock": "`call`",
    "FilterBlock": "a `filter` block",
    "AssignBlock": "a `set` block",
    "Scope": "`autoescape`",
    "NSRef": "`namespace`",
    "FromImport": "`import`",
    "Import": "`import`",
    "Include": "`include`",
    "Extends": "`extends`",
}
"""What is not among them, as its author knows it."""
_FILTERS = "default length".split()
_TEXT_FILTERS: Final[Mapping[str, Callable[[str], str]]] = {
    "capitalize": lambda text: text.capitalize(),
    "lower": lambda text: text.lower(),
    "title": lambda text: text.title(),
    "trim": lambda text: text.strip(),
    "upper": lambda text: text.upper(),
}
"""They keep what is safe so, and what is not."""
_TESTS = "defined undefined none string number in eq ne lt le gt ge odd even".split()
LOOP: Final = frozenset("first last index index0 revindex length".split())
"""What a loop knows of itself."""

_EACH = "each one of"
_ENTER = "entering it"
"""Names of filters that no template can write: it is where the counting is put in."""


class Refused(Exception):  # noqa: N818 — no fault of ours: `own` makes a problem of it
    """A template, or what it does, is not allowed; the line is 0 where it is not known."""

    def __init__(self, line: int, message: str) -> None:  # noqa: D107 - the class says it
        super().__init__(message)
        self.line = line


class Spent(SecurityError):  # noqa: N818 — as above
    """A template takes too long, or gives too much."""


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment for one template; with `steps`, for one of a stranger's: looked over and counted."""

    def __init__(self, steps: int | None = None) -> None:
        """Take what a template may use, and no more."""
        super().__init__(
            undefined=StrictUndefined,
            autoescape=True,
            finalize=self._put_in,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            optimized=False,
            cache_size=0,
        )
        self._left = steps
        self.globals = {"count": count, "code": _code}
        self.tests = {name: self.tests[name] for name in _TESTS}
        self.filters = {name: self.filters[name] for name in _FILTERS}
        self.filters |= {"join": self._join, _EACH: self._each, _ENTER: self._enter}
        self.filters |= {name: self._counted(change) for name, change in _TEXT_FILTERS.items()}

    def parse_own(self, text: str, name: str) -> nodes.Template:
        """Take a template apart; `Refused` or a `TemplateSyntaxError` where it is none of ours."""
        if self._left is None:
            return self.parse(text, name)  # it is known to keep to the rules, and they take time
        for number, (line, _, _) in enumerate(self.lex(text, name)):
            if number > MOST_TOKENS:
                raise Refused(line, "it is too long for a template")
        tree = self.parse(text, name)
        self._check(tree)
        return tree

    def load(self, tree: nodes.Template, name: str) -> Template:
        """Compile a template that was taken apart, and put the counting into it."""
        self._mark(tree)
        return Template.from_code(self, self.compile(tree, name, name), self.make_globals(None))

    def load_macros(
        self, tree: nodes.Template, file: str, names: Iterable[str]
    ) -> dict[str, Callable[[Mapping[str, object]], str]]:
        """Compile the macros of a template, each of which takes values and gives text."""
        module = self.load(tree, file).make_module()
        found = {name: getattr(module, name, None) for name in names}
        return {name: partial(_call, macro) for name, macro in found.items() if macro}

    def render(self, template: Template, values: Mapping[str, object]) -> str:
        """Render a template of this environment."""
        given = {name: _mark_safe(value) for name, value in values.items()}
        return "".join(template.root_render_func(template.new_context(given)))

    # --- before it is compiled ------------------------------------------------------------

    def _check(self, tree: nodes.Template) -> None:
        """Go through all parts of a template, without recursion: it is a stranger's."""
        waiting: list[tuple[nodes.Node, int, int]] = [(tree, 0, 1)]
        seen = 0
        while waiting:
            node, depth, line = waiting.pop()
            seen += 1
            if seen > MOST_NODES:
                raise Refused(line, "it is too long for a template")
            if depth > DEEPEST:
                raise Refused(line, "its parts lie too deep in each other")
            line = node.lineno or line
            if reason := _find_reason(node):
                raise Refused(line, f"{reason} cannot be used here")
            waiting += [(child, depth + 1, line) for child in node.iter_child_nodes()]

    def _mark(self, tree: nodes.Template) -> None:
        """Put the counting into loops and macros, and tell the author's own text from the notes'."""
        for loop in tree.find_all(nodes.For) if self._left is not None else ():
            loop.iter = self._filter(loop.iter, _EACH, _weigh(loop))
        for macro in tree.find_all(nodes.Macro) if self._left is not None else ():
            spend = self._filter(nodes.Const(""), _ENTER, _weigh(macro))
            macro.body.insert(0, nodes.Output([spend], lineno=macro.lineno))
        for const in tree.find_all(nodes.Const):
            if isinstance(const.value, str):
                const.value = Markup(const.value)  # noqa: S704 - the author's own words

    def _filter(self, node: nodes.Node, name: str, weight: int) -> nodes.Filter:
        return nodes.Filter(
            node,
            name,
            [nodes.Const(weight)],
            [],
            None,
            None,
            lineno=node.lineno or 1,
            environment=self,
        )

    # --- while it runs --------------------------------------------------------------------

    def _spend(self, steps: int) -> None:
        if self._left is None:
            return
        self._left -= steps
        if self._left < 0:
            raise Spent("it takes too many steps")

    @pass_context  # else a loop through constants would be counted once, when it is compiled
    def _each(self, _context: Context, value: object, weight: int) -> Sequence[object]:
        """Count what a loop will do, before it does it."""
        return self._go_through(value, weight)

    @pass_context
    def _enter(self, _context: Context, nothing: str, weight: int) -> str:
        """Count what a macro will do."""
        self._spend(weight)
        return nothing

    def _go_through(self, value: object, weight: int) -> Sequence[object]:
        if isinstance(value, Undefined):
            return list(value)  # says what is missing
        if not isinstance(value, (list, tuple)):
            raise TypeError(f"a loop goes through lists, and this is {_name(value)}")
        self._spend(weight * len(value))
        return value

    def _join(self, value: object, between: object = "", last: object = None) -> Markup:
        """Say a list with something between: `who|join(", ", " and ")`."""
        items = self._go_through(value, 1)
        parts = [self._put_in(item) for item in items]
        comma = self._put_in(between)
        ending = comma if last is None else self._put_in(last)
        self._spend(len(comma) * len(parts) >> 4)
        if len(parts) < 2:
            return Markup("").join(parts)
        return Markup(self.concat([comma.join(parts[:-1]), ending, parts[-1]]))  # noqa: S704

    def _put_in(self, value: object) -> Markup:
        """Make what comes from notes safe as it enters the text."""
        if isinstance(value, Markup):
            safe = value
        elif isinstance(value, (str, int, Undefined)):
            safe = Markup(inert(str(value)))  # noqa: S704 - `inert` is safe
        else:
            raise TypeError(f"only text and numbers can be shown, and this is {_name(value)}")
        self._spend(len(safe) >> 4)
        return safe

    def _counted(self, change: Callable[[str], str]) -> Callable[[object], str]:
        """Make a filter of a change of letters that counts them."""

        def filter_(value: object) -> str:
            text = value if isinstance(value, str) else str(value)
            self._spend(len(text) >> 4)
            return change(text)

        return filter_

    def concat(self, parts: Iterable[str]) -> str:
        """Put together what a macro gives, unless it is a giant."""
        kept = list(parts)
        if self._left is not None and sum(map(len, kept)) > LONGEST:
            raise Spent("it gives too much text")
        return "".join(kept)

    def getattr(self, obj: object, attribute: str) -> object:
        """Look a key up: values have no attributes."""
        return self.getitem(obj, attribute)

    def getitem(self, obj: object, argument: object) -> object:
        """Look up a key of a dictionary, a place in a list, or what a loop knows of itself."""
        if isinstance(obj, Undefined):
            return getattr(obj, str(argument))  # says what is missing
        if isinstance(obj, LoopContext):
            if argument in LOOP:
                return getattr(obj, str(argument))
        elif isinstance(obj, Mapping):
            if argument in obj:
                return obj[argument]
            there = ", ".join(sorted(map(str, obj))) or "nothing"
            return self.undefined(f"there is no '{argument}' here, but {there}")
        elif isinstance(obj, (list, tuple)) and isinstance(argument, int):
            return obj[argument] if 0 <= argument < len(obj) else self.undefined(name="that place")
        return self.undefined(f"{_name(obj)} has nothing called '{argument}'")


def _call(macro: Callable[[object], str], values: Mapping[str, object]) -> str:
    return macro(_mark_safe(values))


def _mark_safe(value: object) -> object:
    """Tell Jinja2, in its own way, what is safe already, however deep it lies."""
    if isinstance(value, Safe):
        return Markup(value)  # noqa: S704 - as it says
    if isinstance(value, Mapping):
        return {key: _mark_safe(inner) for key, inner in value.items()}
    return [_mark_safe(inner) for inner in value] if isinstance(value, list) else value


def find_line(trace: TracebackType | None) -> int:
    """Find the innermost line of a template in a traceback; 0: none."""
    line = 0
    while trace:
        template = trace.tb_frame.f_globals.get("__jinja_template__")
        if template is not None:
            line = template.get_corresponding_lineno(trace.tb_lineno)
        trace = trace.tb_next
    return line


def _find_reason(node: nodes.Node) -> str:
    """Say what is wrong with a part of a template; empty: nothing."""
    if not isinstance(node, _WORDS):
        if isinstance(node, (nodes.BinExpr, nodes.UnaryExpr)):
            return f"arithmetic (`{node.operator}`)"
        name = type(node).__name__
        return _REFUSED.get(name, f"`{name.lower()}`")
    if isinstance(node, nodes.For) and node.recursive:
        return "`recursive`"
    if isinstance(node, nodes.Call) and not isinstance(node.node, nodes.Name):
        return "a method"
    if getattr(node, "dyn_args", None) or getattr(node, "dyn_kwargs", None):
        return "`*` and `**` in a call"
    return ""


def _weigh(node: nodes.Node) -> int:
    """Count the parts of a template's part, and what they say."""
    parts = list(node.find_all(nodes.Node))
    said = sum(len(part.data) for part in parts if isinstance(part, nodes.TemplateData))
    return 1 + len(parts) + (said >> 4)


def _name(value: object) -> str:
    """Name what a value is, as a template's author knows it."""
    names = (
        (str, "a text"),
        (int, "a number"),
        (Mapping, "a dictionary"),
        ((list, tuple), "a list"),
    )
    return next((name for type_, name in names if isinstance(value, type_)), "not text")


def _code(name: object) -> Markup:
    """Write a name as it can be pasted behind a command."""
    return Markup(in_command(str(name)))  # noqa: S704 - letters and digits
