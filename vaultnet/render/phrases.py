"""A file of phrases becomes what can be said: one macro for each phrase."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from vaultnet.core.frozen import fresh, frozen
from vaultnet.core.pattern import lazy_pattern

if TYPE_CHECKING:
    from jinja2 import nodes

    from vaultnet.render.sandbox import Sandbox

PHRASES = "phrases.md.j2"
LAYOUT = "plan.md.j2"
"""Names of the two templates."""

Values = Mapping[str, object]
Say = Callable[[Values], str]
T = TypeVar("T")

_VARIANT = lazy_pattern(r"_(\d+)\Z")
_MACRO = lazy_pattern(r"^\{% macro (\w+)\(.*?\{%-? endmacro %\}", re.MULTILINE | re.DOTALL)
"""A phrase of ours: they stand at the beginning of a line, and none calls another."""


class Safe(str):
    """Text that may enter a plan as it is: a link of ours, or what was said."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"Safe({super().__repr__()})"


@frozen
class Phrase:
    """A macro of a file of phrases, as it is written."""

    line: int
    takes: str
    """The name of what it takes, as `w`; empty: it does not take one thing."""
    values: frozenset[str]
    """What it uses of it: `who` of `{{ w.who }}`."""


@frozen(slots=False)
class Phrasebook:
    """The phrases of one file."""

    say: Mapping[str, Say] = fresh(factory=dict)
    """Name -> what says it."""
    phrases: Mapping[str, Phrase] = fresh(factory=dict)
    called: frozenset[str] = frozenset()
    """Names that the file itself calls."""

    @property
    def families(self) -> frozenset[str]:
        """The names of what it says, whatever the wordings."""
        return frozenset(map(family_of, self.phrases))

    def variants(self, name: str) -> tuple[str, ...]:
        """List a phrase's wordings: the one of that very name, else those that end in a number."""
        return self._variants.get(name, ())

    @cached_property
    def _variants(self) -> Mapping[str, tuple[str, ...]]:
        return _sort_variants(tuple(self.say))

    def without(self, family: str) -> Phrasebook:
        """Leave out a phrase, with all its wordings."""
        left = {name: say for name, say in self.say.items() if family_of(name) != family}
        return Phrasebook(left, self.phrases, self.called)


@lru_cache(maxsize=8)
def _sort_variants(names: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    numbered = sorted((int(n[1]), name) for name in names if (n := _VARIANT.search(name)))
    found: dict[str, tuple[str, ...]] = {}
    for _, name in numbered:
        family = family_of(name)
        found[family] = (*found.get(family, ()), name)
    return found | {name: (name,) for name in names}


def family_of(name: str) -> str:
    """Name the phrase that this is a wording of: `write_buddy` of `write_buddy_2`."""
    return _VARIANT.sub("", name)


def read_phrases(sandbox: Sandbox, text: str) -> Phrasebook:
    """Read a file of phrases; raises what Jinja2 raises, or `Refused`, where it is none."""
    from jinja2 import nodes  # noqa: PLC0415 - costs 40 ms

    tree = sandbox.parse_own(text, PHRASES)
    macros = {node.name: node for node in tree.body if isinstance(node, nodes.Macro)}
    phrases = {name: _describe(macro) for name, macro in macros.items()}
    calls = (call.node for call in tree.find_all(nodes.Call))
    called = frozenset(name.name for name in calls if isinstance(name, nodes.Name))
    return Phrasebook(sandbox.load_macros(tree, PHRASES, list(macros)), phrases, called)


@cache
def load_built_in() -> Phrasebook:
    """Load the phrases that come with vaultnet; each is compiled when it is first said."""
    text = read_built_in(PHRASES)
    macros = {found[1]: found for found in _MACRO.finditer(text)}

    def load(name: str) -> Say:
        sandbox = _built_in_sandbox()
        tree = sandbox.parse_own(macros[name][0], PHRASES)
        return sandbox.load_macros(tree, PHRASES, [name])[name]

    def describe(name: str) -> Phrase:
        lines_above = "\n" * text.count("\n", 0, macros[name].start())
        return read_phrases(_built_in_sandbox(), f"{lines_above}{macros[name][0]}").phrases[name]

    return Phrasebook(_OnDemand(macros, load), _OnDemand(macros, describe))


class _OnDemand(Mapping[str, T]):
    """Values that are made when they are asked for."""

    def __init__(self, names: Collection[str], make: Callable[[str], T]) -> None:
        self._names, self._make = names, make
        self._made: dict[str, T] = {}

    def __getitem__(self, name: str) -> T:
        if name not in self._made:
            if name not in self._names:
                raise KeyError(name)
            self._made[name] = self._make(name)
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


@cache
def _built_in_sandbox() -> Sandbox:
    from vaultnet.render.sandbox import Sandbox  # noqa: PLC0415 - jinja2 costs 40 ms

    return Sandbox()


@cache
def load_built_in_layout() -> Callable[[Values], str]:
    """Load the layout that comes with vaultnet."""
    return read_layout(_built_in_sandbox(), read_built_in(LAYOUT))


def read_layout(sandbox: Sandbox, text: str) -> Callable[[Values], str]:
    """Read a layout; raises as `read_phrases` does."""
    template = sandbox.load(sandbox.parse_own(text, LAYOUT), LAYOUT)
    return lambda values: sandbox.render(template, values)


def read_built_in(name: str) -> str:
    """Read a template: inside the package in a wheel, beside it in a checkout."""
    package = Path(__file__).parent.parent
    inside = package / "templates"
    folder = inside if inside.is_dir() else package.parent / "templates"
    return (folder / name).read_text(encoding="utf-8")


def _describe(macro: nodes.Macro) -> Phrase:
    from jinja2 import nodes  # noqa: PLC0415 - as above

    takes = macro.args[0].name if len(macro.args) - len(macro.defaults) == 1 else ""
    used = (node for node in macro.find_all(nodes.Getattr) if isinstance(node.node, nodes.Name))
    values = frozenset(node.attr for node in used if _is_called(node.node, takes))
    return Phrase(macro.lineno, takes, values)


def _is_called(node: nodes.Expr, name: str) -> bool:
    return bool(name) and getattr(node, "name", "") == name
