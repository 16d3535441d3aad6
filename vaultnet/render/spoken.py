"""What was said before need not be said anew: Jinja2 takes longer to load than a plan to lay out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import cast

from vaultnet.render.phrases import Safe, Say, Values


class Spoken:
    """What the built-in templates say, by a hash of their name and of what went into them.

    Text that was said `before` is taken as it is; `now` holds what was asked for this time, and no
    more: so what is kept from one time to the next stays as small as a plan.
    """

    def __init__(self, before: Mapping[str, str] | None = None) -> None:
        """Take what was said before, under the same `name_library` and by the same vaultnet."""
        self.before = before or {}
        self.now: dict[str, str] = {}

    def say(self, name: str, values: Values, find: Callable[[], Say]) -> Safe:
        """Say a phrase; what says it is found where it must.

        Large numbers are put in behind it: no phrase of ours does more with one than to show it.
        """
        numbers: list[int] = []
        text = self._say(name, _take_numbers(values, numbers), find)
        for at, number in enumerate(numbers, _STAND_IN):
            text = text.replace(str(at), str(number))
        return Safe(text)

    def lay_out(self, name: str, values: Values, find: Callable[[], Say]) -> str:
        """Lay out the page of that name, and put the texts in behind it: it only says where they stand."""
        texts: list[str] = []
        first, *others = self._say(name, _take_texts(values, texts), find).split(_OPEN)
        return first + "".join(
            [f"{texts[int(at)]}{rest}" for at, _, rest in (o.partition(_CLOSE) for o in others)]
        )

    def _say(self, name: str, values: object, find: Callable[[], Say]) -> str:
        written = repr((name, values)).encode("utf-8", "surrogatepass")
        key = hashlib.sha256(written).hexdigest()
        if key not in self.now:
            found = self.before.get(key)
            self.now[key] = str(find()(cast("Values", values))) if found is None else found
        return self.now[key]


_LARGE = 100
"""From which number on one is like any other: `count` says the first in words, and a template may ask for some."""
_STAND_IN = 10**15
"""The first of the numbers that stand for large ones."""
_OPEN, _CLOSE = "\ufdd2", "\ufdd3"
"""Around the place of a text: they are no characters, so that no note can hold them."""


def _take_numbers(values: Values, numbers: list[int]) -> Values:
    """Put others in place of large numbers, where there is nothing else that could look like them."""
    if any(type(value) is not int for value in values.values()):
        return values
    shape: dict[str, object] = {}
    for key, value in values.items():
        shape[key] = value
        if isinstance(value, int) and value >= _LARGE:
            shape[key] = _STAND_IN + len(numbers)
            numbers.append(value)
    return shape


def _take_texts(value: object, texts: list[str]) -> object:
    """Put its place in place of each text that is laid out; what is empty stays, for a layout may ask."""
    if isinstance(value, Safe) and value:
        texts.append(value)
        return Safe(f"{_OPEN}{len(texts) - 1}{_CLOSE}")
    if isinstance(value, Mapping):
        return {key: _take_texts(inner, texts) for key, inner in value.items()}
    if isinstance(value, list):
        return [_take_texts(inner, texts) for inner in value]
    return value


def name_library() -> str:
    """Name the Jinja2 that is installed, without loading it: another one might say it in another way."""
    spec = find_spec("jinja2")
    if spec is None or spec.origin is None:
        return ""
    try:
        seen = Path(spec.origin).stat()
    except OSError:  # no file of its own: it lies in an archive
        return spec.origin
    return f"{spec.origin} {seen.st_size} {seen.st_mtime_ns}"
