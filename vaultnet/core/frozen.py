"""What makes a class of annotated fields a value: equal by its fields, and frozen to the type checker."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter, ge, gt, le, lt
from typing import Any, TypeVar, dataclass_transform, overload

T = TypeVar("T")


class _Fresh:
    """A default that is made anew for each value."""

    __slots__ = ("make",)

    def __init__(self, make: Callable[[], Any]) -> None:
        self.make = make


def fresh(*, factory: Callable[[], T]) -> T:
    """Give a field a default that is made anew for each value: `fresh(factory=dict)`."""
    return _Fresh(factory)  # type: ignore[return-value]  # it stands for what it makes


@overload
def frozen(cls: type[T], /) -> type[T]: ...
@overload
def frozen(
    *, eq: bool = True, order: bool = False, slots: bool = True
) -> Callable[[type[T]], type[T]]: ...


@dataclass_transform(frozen_default=True, field_specifiers=(fresh,))
def frozen(
    cls: type[T] | None = None, /, *, eq: bool = True, order: bool = False, slots: bool = True
) -> type[T] | Callable[[type[T]], type[T]]:
    """Make a class a value, as `@dataclass(frozen=True, slots=True)` does, but to be made quickly.

    A reading makes a million of them, and starting makes a hundred such classes. The type checker
    keeps them frozen, in the tests as well, so that nothing guards each field while a program runs;
    how a value is made is written when the first one is.
    """
    if cls is None:
        return lambda cls: _make(cls, eq=eq, order=order, slots=slots)
    return _make(cls, eq=eq, order=order, slots=slots)


@dataclass_transform(field_specifiers=(fresh,))
def filled(cls: type[T], /) -> type[T]:
    """Make a class whose fields are filled as one goes, as `@dataclass(slots=True)` does; it equals itself.

    What dataclasses need takes longer to import than all of the core's values.
    """
    return _make(cls, eq=False, order=False, slots=True)


def replace(old: T, /, **changes: object) -> T:
    """Make a value with some fields changed."""
    kind: Any = type(old)
    for name in kind.__match_args__:
        if name not in changes:
            changes[name] = getattr(old, name)
    made: T = kind(**changes)
    return made


def names_of(kind: type) -> tuple[str, ...]:
    """Name the fields of a value's class, in order; empty: it is none of ours."""
    found: tuple[str, ...] = kind.__dict__.get("__match_args__", ())
    return found


def _make(cls: type[T], *, eq: bool, order: bool, slots: bool) -> type[T]:
    names = tuple(cls.__dict__.get("__annotations__", ()))  # noqa: RUF063 - inspect takes long to import
    body = dict(cls.__dict__)
    defaults = {name: body.pop(name) for name in names if name in body}
    body.pop("__dict__", None)
    body.pop("__weakref__", None)
    body["__match_args__"] = names
    body["__init__"] = _write_init_later(names, defaults)
    body["__repr__"] = _show
    if slots:
        body["__slots__"] = names
    if eq:
        key = attrgetter(*names)
        body |= _compare(key)
        if order:
            for name, compare in (("lt", lt), ("le", le), ("gt", gt), ("ge", ge)):
                body[f"__{name}__"] = _order(key, compare)
    again: Any = type(cls)
    made: type[T] = again(cls.__name__, cls.__bases__, body)
    made.__qualname__ = cls.__qualname__
    return made


def _write_init_later(names: tuple[str, ...], defaults: dict[str, Any]) -> Callable[..., None]:
    def init(self: Any, *args: Any, **named: Any) -> None:  # noqa: ANN401 - whatever the fields are
        kind = type(self)
        kind.__init__ = _write_init(names, defaults)
        kind.__init__(self, *args, **named)

    return init


def _write_init(names: tuple[str, ...], defaults: dict[str, Any]) -> Callable[..., None]:
    taken = ", ".join(f"{name}=_{name}" if name in defaults else name for name in names)
    made = {name for name, default in defaults.items() if isinstance(default, _Fresh)}
    lines = [
        f" self.{name} = _{name}.make() if {name} is _{name} else {name}"
        if name in made
        else f" self.{name} = {name}"
        for name in names
    ]
    known: dict[str, Any] = {f"_{name}": default for name, default in defaults.items()}
    exec(f"def __init__(self, {taken}):\n" + "\n".join(lines), known)  # noqa: S102 - names of our own fields
    init: Callable[..., None] = known["__init__"]
    return init


def _compare(key: Callable[[object], object]) -> dict[str, object]:
    def equal(self: object, other: object) -> bool:
        return key(self) == key(other) if type(self) is type(other) else NotImplemented

    return {"__eq__": equal, "__hash__": lambda self: hash(key(self))}


def _order(
    key: Callable[[object], object], compare: Callable[[Any, Any], bool]
) -> Callable[[object, object], bool]:
    def ordered(self: object, other: object) -> bool:
        return compare(key(self), key(other)) if type(self) is type(other) else NotImplemented

    return ordered


def _show(self: object) -> str:
    told = ", ".join(f"{name}={getattr(self, name)!r}" for name in names_of(type(self)))
    return f"{type(self).__qualname__}({told})"
