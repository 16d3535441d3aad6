"""Values of the core become plain ones that `marshal` takes, and are made again: column by column.

Of all values of a class one field makes a column. So it is found once for a column what it holds, and
what costs something is done for columns, not for values. Fields of which the type says that they hold
nothing but plain values are taken together, as they are.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from functools import cache
from itertools import chain, compress, islice
from operator import attrgetter
from types import NoneType
from typing import Any, NamedTuple, TypeAlias

from vaultnet.core.frozen import names_of

Column: TypeAlias = tuple[Any, ...]
"""What it holds, see `_MAKERS`, and of what that is made again."""

_PLAIN = frozenset({NoneType, bool, int, float, str, bytes})
_PLAIN_TYPE = r"(?:str|int|bool|float|None|tuple|Mapping|frozenset|[\[\], .|])+"
_HOLDERS = frozenset({"rows", "tuples", "lists", "dicts", "mixed"})
_OURS = "vaultnet.core."


def lay_out(values: Sequence[Any]) -> Column:
    """Lay out a column of plain values and those of the core; `TypeError` where there are others."""
    kinds = set(map(type, values))
    if kinds <= _PLAIN:
        return "plain", values
    members = [kind for kind in kinds if issubclass(kind, Enum)]
    if members and kinds <= {NoneType, *members[:1]}:
        return _lay_out_members(members[0], values)
    column = _lay_out_mixed(kinds, values) if len(kinds) > 1 else _lay_out(kinds.pop(), values)
    # What holds nothing but plain values, however deep, is plain itself.
    plain = column[0] in _HOLDERS and all(inner[0] == "plain" for inner in column[-1])
    return ("plain", values) if plain else column


def make_again(column: Column) -> Sequence[Any]:
    """Make the values of a column again; raises whatever fits where it is none."""
    how, *parts = column
    return _MAKERS[how](*parts)


# --- laying out ---------------------------------------------------------------------------


def _lay_out(kind: type, values: Sequence[Any]) -> Column:  # noqa: PLR0911 - a ladder of classes
    """Lay out values of one class."""
    if kind is tuple:
        lengths = list(map(len, values))
        if lengths[0] and len(set(lengths)) == 1:
            return "rows", list(map(lay_out, zip(*values, strict=True)))
        return "tuples", lengths, [lay_out(list(chain.from_iterable(values)))]
    if kind is dict:
        keys, held = chain.from_iterable(values), chain.from_iterable(map(dict.values, values))
        return "dicts", list(map(len, values)), [lay_out(list(keys)), lay_out(list(held))]
    if kind is list:
        return "lists", [lay_out(list(map(tuple, values)))]
    if kind is frozenset:
        return "sets", lay_out(list(map(tuple, values)))
    if kind is date:
        return "days", list(map(date.toordinal, values))
    fields = _fields_of(kind)
    rows = list(map(attrgetter(*fields.plain), values)) if fields.plain else []
    others = [lay_out(list(map(attrgetter(name), values))) for name in fields.others]
    return "values", _name(kind), rows, others


def _lay_out_members(kind: type[Enum], values: Iterable[Enum | None]) -> Column:
    """Lay out members of an enumeration, by their values; None stands for itself."""
    known = {None: None} | {member: member.value for member in kind}
    return "members", _name(kind), list(map(known.__getitem__, values))


def _lay_out_mixed(kinds: Iterable[type], values: Sequence[Any]) -> Column:
    """Lay out values of several classes: a column for each, but one for all that is plain."""
    others = [kind for kind in kinds if kind not in _PLAIN]
    number = dict.fromkeys(_PLAIN, 0) | {kind: n for n, kind in enumerate(others, 1)}
    which = bytes(map(number.__getitem__, map(type, values)))
    parts = [list(compress(values, map(n.__eq__, which))) for n in range(len(others) + 1)]
    return "mixed", which, list(map(lay_out, parts))


# --- making again -------------------------------------------------------------------------


def _make_rows(columns: Iterable[Column]) -> Sequence[Any]:
    return list(zip(*map(make_again, columns), strict=True))


def _make_tuples(lengths: Iterable[int], columns: Iterable[Column]) -> Sequence[Any]:
    (inner,) = columns
    rest = iter(make_again(inner))
    return [tuple(islice(rest, length)) for length in lengths]


def _make_dicts(lengths: Iterable[int], columns: Iterable[Column]) -> Sequence[Any]:
    rest = zip(*map(make_again, columns), strict=True)
    return [dict(islice(rest, length)) for length in lengths]


def _make_mixed(which: bytes, columns: Iterable[Column]) -> Sequence[Any]:
    take = [iter(make_again(column)).__next__ for column in columns]
    return [take[number]() for number in which]


def _make_members(name: tuple[str, str], values: Iterable[object]) -> Sequence[Any]:
    known = {None: None} | {member.value: member for member in _find_class(*name)}
    return list(map(known.__getitem__, values))


def _make_values(
    name: tuple[str, str], rows: Sequence[Any], others: Sequence[Column]
) -> Sequence[Any]:
    kind = _find_class(*name)
    fields = _fields_of(kind)
    found = dict(zip(fields.others, map(make_again, others), strict=True))
    if len(fields.plain) == 1:
        found[fields.plain[0]] = rows
    else:
        found |= zip(fields.plain, zip(*rows, strict=True), strict=True)
    return list(map(kind, *(found[name] for name in fields.names)))


_MAKERS: Mapping[str, Callable[..., Sequence[Any]]] = {
    "plain": lambda values: values,
    "rows": _make_rows,
    "tuples": _make_tuples,
    "dicts": _make_dicts,
    "lists": lambda columns: list(map(list, make_again(*columns))),
    "sets": lambda inner: list(map(frozenset, make_again(inner))),
    "days": lambda days: list(map(date.fromordinal, days)),
    "members": _make_members,
    "values": _make_values,
    "mixed": _make_mixed,
}


# --- classes ------------------------------------------------------------------------------


class _Fields(NamedTuple):
    names: tuple[str, ...]
    plain: tuple[str, ...]
    """Those that hold nothing but plain values, by their types."""
    others: tuple[str, ...]


@cache
def _fields_of(kind: type) -> _Fields:
    """Find the fields of a class of values, or of named tuples."""
    names: tuple[str, ...] = names_of(kind) or getattr(kind, "_fields", ())
    if not names:
        raise TypeError(f"{kind.__name__} is no value")
    types = kind.__dict__["__annotations__"]  # noqa: RUF063 - inspect takes long to import
    plain = tuple(name for name in names if re.fullmatch(_PLAIN_TYPE, _type(types[name])))
    return _Fields(names, plain, tuple(name for name in names if name not in plain))


def _type(annotation: object) -> str:
    """Give a type as it is written; a named tuple wraps it."""
    return str(getattr(annotation, "__forward_arg__", annotation))


def _name(kind: type) -> tuple[str, str]:
    if not kind.__module__.startswith(_OURS):
        raise TypeError(f"{kind.__name__} is none of ours")
    return kind.__module__, kind.__name__


def _find_class(module: str, name: str) -> Any:  # noqa: ANN401 - a class of ours
    """Find a class of the core; whatever else a file names makes the file worthless."""
    if not module.startswith(_OURS):
        raise ValueError(module)
    __import__(module)
    found = getattr(sys.modules[module], name)
    if not isinstance(found, type):
        raise TypeError(name)
    return found
