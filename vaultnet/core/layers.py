"""A mapping and what is new in it -> the mapping as it is now, made only as far as it is asked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, TypeVar

T = TypeVar("T")


class Layered(Mapping[str, T]):
    """A mapping whose values are found when they are asked for, and what was put over it since.

    What is empty stands for nothing: a path with it is not in the mapping.
    """

    def __init__(
        self, paths: Collection[str], find: Callable[[str], T], top: Mapping[str, T] | None = None
    ) -> None:
        """Take the paths that may have a value, and what finds it."""
        self._paths = paths
        self._find = find
        self.found: dict[str, T] = dict(top or {})
        """What was asked for so far, or put over it."""

    def over(self, now: Mapping[str, T]) -> Layered[T]:
        """Put something over it."""
        return Layered(self._paths, self._find, {**self.found, **now})

    def __getitem__(self, path: str) -> T:
        if path not in self.found:
            if path not in self._paths:
                raise KeyError(path)
            self.found[path] = self._find(path)
        if not self.found[path]:
            raise KeyError(path)
        return self.found[path]

    def __iter__(self) -> Iterator[str]:
        return (path for path in self._paths if path in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def put_over(before: Mapping[str, T], now: Mapping[str, T]) -> Mapping[str, T]:
    """Put what is new in its place, in the order in which things stand; what is empty is none."""
    if isinstance(before, Layered):
        return before.over(now)
    after: dict[str, Any] = {**before, **now}
    for path, found in now.items():
        if not found:
            after.pop(path, None)
    return after
