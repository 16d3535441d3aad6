"""Front matter by YAML 1.2's core schema."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultnet.core import yaml12
from vaultnet.core.model import Property, Value
from vaultnet.core.yaml12 import YamlFault, load_properties, split_front_matter


@pytest.fixture(params=["plain", "libyaml", "pure"], autouse=True)
def _loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every example holds as all is read, by PyYAML alone, and by PyYAML without libyaml."""
    if request.param != "plain":
        monkeypatch.setattr(yaml12, "read_plain", lambda text, first_line: None)  # noqa: ARG005 - nothing is plain
    if request.param == "pure":
        monkeypatch.setattr(yaml12, "GuardedLoader", yaml12.PureLoader)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("no", "no"),
        ("on", "on"),
        ("12:30", "12:30"),
        ("2026-11-20", "2026-11-20"),
        ("=", "="),
        ("1_000", "1_000"),
        ("tRue", "tRue"),
        ("", None),
        ("~", None),
        ("Null", None),
        ("TRUE", True),
        ("false", False),
        ("012", 12),
        ("-3", -3),
        ("0o17", 15),
        ("0x1F", 31),
        ("0o9", "0o9"),
        ("1.", 1.0),
        ("-.5e1", -5.0),
        (".inf", math.inf),
        ("-.INF", -math.inf),
        (".nan", math.nan),
        ("1" * 400, "1" * 400),
        ("'12'", "12"),
        ('"a\\nb"', "a\nb"),
        ("!!str 12", "12"),
        ("!!int '12'", 12),
        ("!!int 1.5", "1.5"),
        ("! 12", "12"),
        ("!mine 12", "12"),
        ("!mine [a]", ["a"]),
        ("[[Ada]]", [["Ada"]]),
        ("{a: 1, b}", {"a": 1, "b": None}),
        ("|\n  two\n  lines", "two\nlines\n"),
        ("first\u2028second", "first\u2028second"),
        ("[x\u2028, {\ufeff: y\x85}]", ["x\u2028", {"\ufeff": "y\x85"}]),
        ("first\rsecond \ue000", "first\rsecond \ue000"),
    ],
)
def test_values_are_those_of_yaml_1_2(written: str, expected: Value) -> None:
    """Only null, true, false and numbers are more than text, as in Obsidian."""
    (found,) = load_properties(f"key: {written}\n")
    assert found == Property("key", expected, 1)


def test_every_property_has_its_line() -> None:
    """Keys come in the order of the file, as they are written, each with its line."""
    text = (
        "\n# about\ntype: person\naliases:\n  - Ada\n  - &a Countess\n\nN.GN: *a\n"
        '"EMAIL[WORK]": x\n<<: {no: 1}\n12: x\n[a, b]: y\n'
    )
    assert load_properties(text) == (
        Property("type", "person", 3),
        Property("aliases", ["Ada", "Countess"], 4),
        Property("N.GN", "Countess", 8),
        Property("EMAIL[WORK]", "x", 9),
        Property("<<", {"no": 1}, 10),
        Property("12", "x", 11),
        Property("[a, b]", "y", 12),
    )


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1.10: x", {"1.1": "x"}),
        ("012: x", {"12": "x"}),
        ("1e21: x\n1e-7: y\n1e20: z", {"1e+21": "x", "1e-7": "y", "1" + "0" * 20: "z"}),
        ("-0: x\n-1: y", {"0": "x", "-1": "y"}),
        (".inf: x\n-.inf: y\n.nan: z\n.NAN: z", {"Infinity": "x", "-Infinity": "y", "NaN": "z"}),
        ("True: x\n~: y", {"true": "x", "": "y"}),
        ("1: x\n'1': y", {"1": "y"}),
        ("a: &b 1.0\n*b : x", {"a": 1.0, "1": "x"}),
        ("a: &b [c]\n*b : x", {"a": ["c"], "*b": "x"}),
    ],
)
def test_keys_are_text_in_the_words_of_javascript(written: str, expected: dict[str, Value]) -> None:
    """A key that is a number or a word of YAML's becomes the text that it is in Obsidian."""
    assert {prop.key: prop.value for prop in load_properties(written)} == expected


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "~", "\n\ufeff\n"])
def test_front_matter_may_be_empty(text: str) -> None:
    """Nothing, or nothing but comments, holds no properties."""
    assert load_properties(text) == ()


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "'a' stands twice: keep one"),
        ("a:\n  b: 1\n  b: 2\n", 3, "'b' stands twice: keep one"),
        ("a: x\nb: c: d\n", 2, "a value that holds ': ' needs quotes around it"),
        (
            "a: @home\n",
            1,
            "a value that begins with @, % or ` needs quotes; indentation needs spaces",
        ),
        ("a: x\nb: 'open\nc: y\n", 2, "the quote that opens here is never closed"),
        ("a: x\njunk\nb: y\n", 2, "this line needs a colon and a space, as in `key: value`"),
        (
            "a: x\nb: [[Ada]], [[Bob]]\n",
            2,
            "the whole value needs quotes around it, or the indentation is uneven",
        ),
        ("a: *home\n", 1, "a value that begins with * needs quotes around it"),
        ("a: &x [*x]\n", 1, "a value that begins with * needs quotes around it"),
        ("- a\n- b\n", 1, "it holds no properties: write `key: value` lines"),
        ("\njust text\n", 2, "it holds no properties: write `key: value` lines"),
        ("a: 1\n--- b\n", 2, "a second document begins here"),
        ("a: 1\nb: \x07\n", 2, "it holds a control character"),
        ("1: x\n1.0: y\n", 2, "'1' stands twice: keep one"),
        ("a: 'x'#y\n", 1, "a comment needs a space before its #"),
        ("a: [x]#y\n", 1, "a comment needs a space before its #"),
        ("a: [x,#y\n  z]\n", 1, "a comment needs a space before its #"),
        ("a: x\nb: [c,\nd]\n", 2, "what goes on below its first line must be indented there"),
        ("a: 'b\n\nc'\n", 1, "what goes on below its first line must be indented there"),
        ("a:\n|\n b", 2, "what goes on below its first line must be indented there"),
        ("a: [?b]\n", 1, "a value that begins with ? needs quotes around it"),
        ("a: [-]\n", 1, "a value that is a dash needs quotes around it"),
        ("a: !!set {b}\n", 1, "a value that begins with ! needs quotes around it"),
        ("&a: b\n", 1, "an anchor needs a space behind it"),
        ("a: &b c\n*b: d\n", 2, "an alias needs a space behind it"),
        ("%YAML 1.1\n--- {a: yes}\n", 1, "a line that begins with % is no property"),
        ("a: x\n" + "b: " + "[" * 40, 2, "it is nested more than 32 levels deep"),
        ("a: " + "[" * 60_000, 1, "it is nested more than 32 levels deep"),
        ("- " * 30_000, 1, "it holds no properties: write `key: value` lines"),
        ("a: [" + "x," * 11_000, 1, "it holds more than 10000 values"),
        ("a: &a x\nb: [" + "*a, " * 100 + "]", 2, "it holds more than 99 aliases"),
        ("a: " + "x" * 70_000, 1, "it is longer than 64 KiB"),
    ],
)
def test_a_fault_has_its_line_and_says_what_to_do(text: str, line: int, message: str) -> None:
    """What cannot be read, or is too much, is refused at its line and in a user's words."""
    with pytest.raises(YamlFault) as caught:
        load_properties(text)
    assert (caught.value.line, caught.value.message) == (line, message)


def test_a_billion_laughs_are_never_built() -> None:
    """Aliases of aliases are counted for what they stand for."""
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    with pytest.raises(YamlFault, match="more than 10000 values"):
        load_properties("\n".join(levels))


def test_aliases_do_not_nest_deeper_than_brackets() -> None:
    """A chain of aliases, each one level deeper, meets the same limit as brackets do."""
    chain = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 60)]
    with pytest.raises(YamlFault, match="32 levels"):
        load_properties("\n".join(chain))


def test_half_a_character_never_gets_in() -> None:
    """A lone surrogate, which no file could hold, is refused."""
    with pytest.raises(YamlFault):
        load_properties('a: "\\ud800"\n')


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\na: b\n---\nbody\n---\n", ("\na: b\n", "\nbody\n---\n")),
        ("--- \n---\t\n", ("\n", "\n")),
        ("---\n----\n  ---\n---", ("\n----\n  ---\n", "")),
        ("---\na: b\n", None),
        ("---", None),
    ],
)
def test_a_note_is_split_at_its_boundaries(text: str, expected: tuple[str, str] | None) -> None:
    """Front matter ends at the next line that is nothing but three dashes."""
    assert split_front_matter(text) == expected


SYNTAX = (
    "a b é 1 . e 0x : - [ ] { } , *a &a !x !!int ? ' \" | > # % @ \\ --- ... << \U0001f331".split(
        " "
    )
)
SPACE = [
    " ",
    "  ",
    "\n",
    "\t",
    ": ",
    "- ",
    ", ",
    " #",
    "\r",
    "\x00",
    "\x85",
    "\u2028",
    "\ufeff",
    "\ud800",
]
NASTY = st.lists(st.sampled_from([*SYNTAX, *SPACE, '"\\ud800"', '"\\U00110000"'])).map("".join)


@given(st.one_of(st.text(st.characters()), NASTY))
def test_no_front_matter_raises_anything_else(text: str) -> None:
    """Whatever the text: properties with different keys, or one fault; each on a line of it."""
    last = text.count("\n") + 1
    try:
        found = load_properties(text)
    except YamlFault as fault:
        lines = [fault.line]
    else:
        lines = [prop.line for prop in found]
        assert len({prop.key for prop in found}) == len(found)
    assert all(1 <= line <= last for line in lines)
