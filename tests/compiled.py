"""Keeps compiled templates: to compile them takes most of a small plan's time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from unittest import mock

from jinja2 import Environment


@contextmanager
def templates_once() -> Iterator[None]:
    """Compile each template once for as long as this process, and those it forks, live."""
    with mock.patch.object(Environment, "compile", _compile):
        yield


def _compile(environment: Environment, source: str, name: str, filename: str) -> object:
    _environments[:] = [environment]
    return _compile_source(source, name, filename)


@cache
def _compile_source(source: str, name: str, filename: str) -> object:
    return _real(_environments[0], source, name, filename)


_real = Environment.compile
_environments: list[Environment] = []
"""The one that asked last: in vaultnet they are all alike."""
