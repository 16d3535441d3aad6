"""What is packed by columns is what comes out of them, and nothing else can."""

from __future__ import annotations

import marshal
from datetime import date
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultnet.core.model import (
    Cadence,
    Contact,
    Direction,
    Fact,
    Interaction,
    Kind,
    Problem,
    Ring,
    Rung,
    Severity,
    Status,
)
from vaultnet.index.columns import lay_out, make_again
from vaultnet.index.sealed import seal, unseal
from vaultnet.reading import Memory, read_vault, recall

SAMPLE = Path(__file__).parent.parent / "sample_vault"
TODAY = date(2026, 11, 25)

TEXT = st.text(max_size=3)
PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT
OURS = (
    st.sampled_from([*Ring, *Rung, *Direction, *Status, *Severity])
    | st.dates()
    | st.builds(Fact, TEXT, TEXT, st.integers(0, 9))
    | st.builds(Cadence, st.none() | st.integers(1, 400))
    | st.builds(Problem, TEXT, st.integers(0, 9), TEXT, TEXT, st.sampled_from(Severity))
    | st.builds(
        Interaction,
        day=st.dates(),
        contact=TEXT,
        kind=TEXT,
        direction=st.sampled_from(Direction),
        face_to_face=st.booleans(),
        text=TEXT,
        source=TEXT,
        line=st.integers(0, 9),
        proves=st.none() | st.sampled_from(Rung),
        others=st.lists(TEXT, max_size=2).map(tuple),
    )
    | st.builds(
        Contact,
        path=TEXT,
        name=TEXT,
        cadence=st.none() | st.builds(Cadence, st.none() | st.integers(1, 400)),
        met=st.none() | st.dates(),
        birthday=st.none() | st.tuples(st.integers(1, 12), st.integers(1, 31)),
        lines=st.dictionaries(TEXT, st.integers(0, 9), max_size=2),
    )
    | st.builds(Kind, TEXT, st.just(()), st.sampled_from(Direction))
)
VALUES = st.recursive(
    PLAIN | OURS,
    lambda inner: (
        st.lists(inner, max_size=3).map(tuple)
        | st.lists(inner, max_size=3)
        | st.dictionaries(TEXT, inner, max_size=3)
        | st.frozensets(st.sampled_from([*Ring, "a", None, 1.5]), max_size=3)
    ),
    max_leaves=12,
)


def exactly(value: object) -> object:
    """Say a value so that what only equals it is said in another way: 1 and True, 0 and a ring."""
    if isinstance(value, (tuple, list)):
        return type(value), [exactly(each) for each in value]
    if isinstance(value, dict):
        return [(exactly(key), exactly(each)) for key, each in value.items()]
    if isinstance(value, frozenset):
        return sorted(map(repr, value))
    return type(value), repr(value)


@given(st.lists(VALUES, max_size=6))
def test_what_is_laid_out_is_made_again(values: list[object]) -> None:
    """Whatever stands beside whatever in a column comes back as it was, each of its own class."""
    column = marshal.loads(marshal.dumps(lay_out(values)))  # noqa: S302 - made in the same line
    assert [*map(exactly, make_again(column))] == [*map(exactly, values)]


def test_a_vault_comes_back_as_it_was() -> None:
    """Whatever notes of every kind came to is the same after it was packed."""
    memory: Memory = recall(SAMPLE, TODAY, TODAY)
    read_vault(SAMPLE, TODAY, TODAY, memory)
    found = {path: tuple(gist) for path, gist in memory.gists.items()}
    key, column = unseal(seal("key", lay_out([found])))
    (again,) = make_again(column)
    assert (key, repr(again)) == ("key", repr(found))


@pytest.mark.parametrize(
    "column",
    [
        ("members", ("os", "system"), ["touch no"]),
        ("values", ("subprocess", "Popen"), [], []),
        ("values", ("vaultnet.core.model", "date"), [], []),
        ("values", ("vaultnet.core.frozen", "fresh"), [], []),
        ("values", ("vaultnet.core.model", "Fact"), [("too", "few")], []),
        ("eval", "1"),
        (),
    ],
)
def test_nothing_but_values_of_ours_is_made(column: Any) -> None:  # noqa: ANN401 - whatever a file holds
    """A file that names anything else is worth nothing, even with a checksum that is right."""
    raw = marshal.dumps(("key", column))
    with pytest.raises((KeyError, TypeError, ValueError)):
        make_again(unseal(crc32(raw).to_bytes(4, "big") + raw)[1])


def test_what_is_none_of_ours_cannot_be_packed() -> None:
    """A value of another kind is refused when it is packed, not when it is missed."""
    with pytest.raises(TypeError):
        lay_out([Path("x")])
