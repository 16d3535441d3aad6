"""Plain front matter is read without a YAML library, and exactly as with it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awkward import read_cases
from mutate_front_matter import gather, mutate, read_vault
from vaultnet.core.model import Property
from vaultnet.core.plain import _read_property, read_plain, split_plain
from vaultnet.core.yaml12 import load_guarded, split_front_matter

SAMPLE = str(Path(__file__).parent.parent / "sample_vault")


def test_every_property_has_its_line() -> None:
    """Keys come in the order of the file, each with its line, blank lines and comments counted."""
    text = (
        "\n# about\ntype: person\naliases: [Ada, 'A. Lind', \"A: L\", 2.50]\n\ntags:\n- person\n"
        '# not: this\n- "#friend"\n"TEL[1:CELL]": +44 20 7946 0018\nEMAIL[WORK]: \nmet: 2026-11-20  \n'
        "private: true\nnote: 12:30, by https://example.org/a#b\nage: 0x29\nempty: []"
    )
    assert read_plain(text, 4) == (
        Property("type", "person", 6),
        Property("aliases", ["Ada", "A. Lind", "A: L", 2.5], 7),
        Property("tags", ["person", "#friend"], 9),
        Property("TEL[1:CELL]", "+44 20 7946 0018", 13),
        Property("EMAIL[WORK]", None, 14),
        Property("met", "2026-11-20", 15),
        Property("private", value=True, line=16),
        Property("note", "12:30, by https://example.org/a#b", 17),
        Property("age", 41, 18),
        Property("empty", [], 19),
    )


@pytest.mark.parametrize(
    "text",
    [
        "a: b: c",
        "a: b #c",
        "a: [[Ada]]",
        "a: |\n  b",
        "a: b\n  c",
        "a: b\n- c",
        "a:\n - b\n- c",
        "a:\n  -\n  - b",
        "a:\n  b: c",
        "a: 1\na: 2",
        "true: a",
        "12: a",
        "a : b",
        "a:b",
        "a: \tb",
        "a: b\u2028",
        "a: 'it''s'",
        'a: "\\n"',
        "a: [b, c",
        "a: [#b]",
        "a: &b c",
        " a: b",
        "just text",
        "---",
        "a: " + "x" * 40_000,
        "a:" + "\n- b" * 2000,
        "k" * 101 + ": a",
    ],
)
def test_what_is_not_plain_is_left_to_yaml(text: str) -> None:
    """At the least doubt nothing is read here."""
    assert read_plain(text) is None


def test_awkward_front_matter_is_read_alike() -> None:
    """What is read here at all is read as PyYAML's events are: values, types and lines."""
    texts = [f"\n{case.text}" for case in read_cases()]
    read = [text for text in texts if read_plain(text) is not None]
    assert len(read) > 80
    assert [text for text in read if repr(read_plain(text)) != repr(load_guarded(text))] == []


def test_changed_front_matter_is_read_alike() -> None:
    """The same for front matter that chance has changed; thousands more by the script's command."""
    chance = random.Random(3)  # noqa: S311 - no secret
    texts = gather([SAMPLE])
    mutated = [mutate(chance, texts) for _ in range(5000)]
    read = [text for text in mutated if read_plain(text) is not None]
    assert len(read) > 1000
    assert [text for text in read if repr(read_plain(text)) != repr(load_guarded(text))] == []


def test_the_notes_of_a_vault_are_plain() -> None:
    """Of the sample vault's notes at least nineteen of twenty need no YAML library."""
    texts = list(read_vault(SAMPLE))
    assert len(texts) > 40
    assert sum(read_plain(text) is not None for text in texts) >= 0.95 * len(texts)


KEYS = st.sampled_from(
    ["a", "tags", "N.GN", '"TEL[1:C]"', "b c", "true", "no", "é", "x#y", "1", ""]
)
SCALARS = st.one_of(
    st.sampled_from(
        "b 12 012 0x1f 0o7 1.5 1e3 .5 - + true no ~ null .inf 12:30 2026-11-20 x:y x# #x 'q' \"q\" "
        "'it''s' \"\\n\" 'x [x] {x} &x *x !x |x >x @x %x ?x =x <<".split(" ")
    ),
    st.text(st.sampled_from("ab1 -:#,'\"[]{}\\é\u00a0"), max_size=6),
)
LISTS = st.lists(SCALARS, max_size=3)
LINES = st.one_of(
    st.builds("{}: {}".format, KEYS, SCALARS),
    st.builds("{}: {}".format, KEYS, LISTS.map(", ".join).map("[{}]".format)),
    st.builds("{}:{}".format, KEYS, LISTS.map(lambda items: "".join(f"\n  - {i}" for i in items))),
    st.builds("{}- {}".format, st.sampled_from(["", " ", "  "]), SCALARS),
    st.sampled_from(["", " ", "# c", "  # c", "a:", "- ", "-", "---", "...", "b", "  b", "\t"]),
)


@given(st.lists(LINES, max_size=6).map("\n".join))
def test_whatever_is_plain_means_the_same_in_yaml(text: str) -> None:
    """No text is read here in another way than there, and none that is refused there."""
    found = read_plain(text, 3)
    assert found is None or repr(found) == repr(load_guarded(text, 3))


@given(
    st.lists(st.sampled_from(["---", "\n", "\n---\n", " ", "\t", "a: b", "-", "\r"])).map("".join)
)
def test_whatever_is_split_here_is_split_so_by_the_library(text: str) -> None:
    """No note is split at other lines than there."""
    found = split_plain(f"---{text}")
    assert found is None or found == split_front_matter(f"---{text}")


def test_what_many_notes_say_in_one_line_is_understood_once() -> None:
    """A thousand notes of the same five properties take five readings of a line."""
    text = "\ntype: person\nrole: baker of a thousand\nmet: 2020-01-01\ntags: [a, b]\nage: 7\n"
    read_plain(text)
    before = _read_property.cache_info().misses
    notes = {repr(read_plain(text)) for _ in range(1000)}
    assert (len(notes), _read_property.cache_info().misses) == (1, before)


def test_long_front_matter_is_read_as_well_and_not_remembered() -> None:
    """What is remembered of notes stays small, however long their lines are."""
    before = _read_property.cache_info().misses
    assert read_plain(f"a: {'x' * 3000}\nb:\n- c\n") == (
        Property("a", "x" * 3000, 1),
        Property("b", ["c"], 2),
    )
    assert _read_property.cache_info().misses == before
