"""A regular expression that is compiled when it is first asked: to start must not cost what few notes need."""

from __future__ import annotations

import re


def lazy_pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """Write down a pattern as `re.compile` does; no `Pattern` stands behind it until it is asked."""
    return _Later(text, flags)  # type: ignore[return-value]  # it answers as one


class _Later:
    """A pattern to be: once compiled, what it is asked goes straight to the pattern's own methods."""

    def __init__(self, text: str, flags: int) -> None:
        self._written = text, flags

    def __getattr__(self, name: str) -> object:
        """Answer what is asked for the first time."""
        compiled = re.compile(*self._written)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


_METHODS = ("search", "match", "fullmatch", "sub", "split", "findall", "finditer")
