"""Notes as people write them, and the lines, properties and problems read from them."""

from __future__ import annotations

import re
import subprocess
import sys
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultnet.core.model import Form, Note, Problem, Property, Source
from vaultnet.core.notes import read_note

PATH = "People/Ada.md"


def read(text: str) -> Note:
    """Read a note written in a test's own indentation."""
    return read_note(Source(PATH, dedent(text).removeprefix("\n")))


def tell(text: str) -> list[str]:
    """Read a note and say its lines as `number form text`, nested ones with their parent's number."""
    lines = read(text).lines
    return [
        f"{line.number} {line.form} {line.text}"
        + (f" < {lines[line.parent].number}" if line.parent >= 0 else "")
        for line in lines
    ]


def test_a_note_is_read_whole() -> None:
    """Properties, tags, headings, items, tasks, links and block ids come with their places."""
    note = read("""
        ---
        type: person
        knows: [[Bob]]
        tags: [Friend, "#Work/Climate"]
        ---
        # Ada #engines
        Met at the [[Summit|summit]].

        ## Log ##
        - 2026-11-20 coffee: the job ^a-1
        \t- with [Bob](Bob%20Stone.md) #friend
        - [x] Send it ✅ 2026-11-20

        ### Later
        """)
    assert note.properties == (
        Property("type", "person", 2),
        Property("knows", [["Bob"]], 3),
        Property("tags", ["Friend", "#Work/Climate"], 4),
    )
    assert note.tags == ("friend", "work/climate", "engines")
    assert (note.healthy, note.template, note.plan, note.problems) == (True, False, "", ())
    assert [
        (line.number, line.form, line.text, line.level, line.box, line.heading, line.parent)
        for line in note.lines
    ] == [
        (6, Form.HEADING, "Ada #engines", 1, "", -1, -1),
        (7, Form.TEXT, "Met at the [[Summit|summit]].", 0, "", 0, -1),
        (9, Form.HEADING, "Log", 2, "", 0, -1),
        (10, Form.ITEM, "2026-11-20 coffee: the job", 0, "", 2, -1),
        (11, Form.ITEM, "with [Bob](Bob%20Stone.md) #friend", 0, "", 2, 3),
        (12, Form.TASK, "Send it ✅ 2026-11-20", 0, "x", 2, -1),
        (14, Form.HEADING, "Later", 3, "", 2, -1),
    ]
    assert [(link.target, link.shown) for line in note.lines for link in line.links] == [
        ("Summit", "summit"),
        ("Bob Stone", "Bob"),
    ]
    assert [line.block for line in note.lines if line.block] == ["a-1"]
    assert note.lines[4].tags == ("friend",)


def test_lists_nest_by_indentation() -> None:
    """Tabs or spaces nest; blank lines go on; a heading or a line at the margin ends the list."""
    assert tell("""
        * one
          - two

          still one
        \t1) three
             text of three
        + [>] four
         - five, one space in
        margin
          - six
            > quoted
            - seven
        # Head
            - eight
        """) == [
        "1 item one",
        "2 item two < 1",
        "4 text still one < 1",
        "5 item three < 1",
        "6 text text of three < 5",
        "7 task four",
        "8 item five, one space in",
        "9 text margin",
        "10 item six",
        "12 item seven < 10",
        "13 heading Head",
        "14 item eight",
    ]


def test_what_is_not_live_yields_no_line() -> None:
    """Code, math, quotes, comments, rules and embeds are left out; what stands around them is not."""
    assert tell("""
        a `- [[x]]` b
        ```py
        - code
        ~~~
        ```
        - item
          ~~~~
          - code
          ~~~
          ~~~~
          after
        > quote
        lazy quote
        ## Head
        > [!info]
        > ```
        plain
        $$
        - math
        $$
        ---
        * * *
        ![[embed]]

            - indented code

            more
        text
            goes on
        - ```
          code
          ```
        """) == [
        "1 text a   b",
        "6 item item",
        "11 text after < 6",
        "14 heading Head",
        "17 text plain",
        "28 text text",
        "29 text goes on",
        "30 item ",
    ]


def test_comments_hide_what_they_hold_and_no_more() -> None:
    """Comments of several lines end where they are closed; a stray mark within a line is text."""
    assert tell("""
        %%
        - hidden

        - hidden
        %% shown
        up by 100%% this year
        still there

        one <!-- two
        three --> four <!-- five --> six %% seven
        eight %%

        nine <!-- ten

        eleven -->
        <!--
        - hidden
        -->
        - %% open
        - in
        %%
        twelve %%never%%
        %% to the end
        - hidden
        """) == [
        "5 text shown",
        "6 text up by 100%% this year",
        "7 text still there",
        "9 text one",
        "10 text four   six",
        "13 text nine <!-- ten",
        "15 text eleven -->",
        "19 item ",
        "22 text twelve",
    ]


def test_code_that_is_never_closed_goes_on_to_the_end() -> None:
    """A fence without an end hides the rest, as in Obsidian."""
    assert tell("a\n```\n- b\n\n# c\n") == ["1 text a"]


def test_a_table_has_rows_under_its_header() -> None:
    """Rows keep their bars and know their header; the delimiter is none; without one, no table."""
    assert tell(r"""
        | Date | Notes |
        |:-----|-------|
        | 2026-11-20 | met [[Ada\|her]] |
        no bar
        | a | b |

        a | b
        - | -
        1 | 2 `|`
        - item
        """) == [
        "1 row | Date | Notes |",
        r"3 row | 2026-11-20 | met [[Ada\|her]] | < 1",
        "4 text no bar",
        "5 text | a | b |",
        "7 row a | b",
        "9 row 1 | 2 < 7",
        "10 item item",
    ]


def test_a_plan_is_known_by_its_markers() -> None:
    """Between a week's markers lines are read as ever, and the note knows the week."""
    note = read("""
        # Mine
        %% vaultnet:begin 2026-W48 %%
        - [x] Write to [[Ada]] ^vn-write-ada
        %% vaultnet:end 2026-W48 {"a": "%%"} %%
        - mine
        """)
    assert note.plan == "2026-W48"
    assert [(line.text, line.box, line.block) for line in note.lines] == [
        ("Mine", "", ""),
        ("Write to [[Ada]]", "x", "vn-write-ada"),
        ("mine", "", ""),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "%% vaultnet:begin 2026-W48 %%\n- [ ] Write\n",
        "%% vaultnet:end %%\n%% vaultnet:begin 2026-W48 %%\n",
        "%% vaultnet:begin 2026-W48 %%\n%% vaultnet:end 2026-W47 x %%\n",
        "```\n%% vaultnet:begin 2026-W48 %%\n%% vaultnet:end %%\n```\n",
        "see %% vaultnet:begin 2026-W48 %%\n%% vaultnet:end %%\n",
    ],
)
def test_markers_that_do_not_match_make_no_plan(text: str) -> None:
    """Half a pair, another week's end, or markers shown as code mean nothing."""
    assert read(text).plan == ""


def test_a_stray_comment_mark_does_not_hide_a_plan() -> None:
    """A comment that was left open above the plan ends where the plan begins."""
    note = read("%% a thought\n%% vaultnet:begin 2026-W48 %%\n- a\n%% vaultnet:end %%\n")
    assert (note.plan, [line.text for line in note.lines]) == ("2026-W48", ["a"])


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (
            "---\na: b\n",
            1,
            "the front matter is never closed: put a line --- below the last property",
        ),
        (
            "---\na: b\n\na: c\n---\n",
            4,
            "the front matter cannot be read: 'a' stands twice: keep one",
        ),
        (
            "---\n- a\n---\n",
            2,
            "the front matter cannot be read: it holds no properties: write `key: value` lines",
        ),
    ],
)
def test_a_fault_in_front_matter_is_a_problem(text: str, line: int, message: str) -> None:
    """The problem has its line in the file, and the note holds no properties."""
    note = read(text)
    assert note.problems == (Problem(PATH, line, "front-matter", message),)
    assert (note.healthy, note.properties) == (False, ())


def test_the_body_below_a_fault_is_read() -> None:
    """Only where nobody knows where the body begins it is not read."""
    assert tell("---\na: [\n---\n- b\n") == ["4 item b"]
    assert tell("---\na: b\n- c\n") == []


@pytest.mark.parametrize("value", ["{{title}}", "<% tp.file.title %>", "[{{date}}, @x: y"])
def test_a_template_is_no_fault(value: str) -> None:
    """Front matter that nobody has filled in yet makes a template, without problem or property."""
    note = read(f"---\nname: {value}\n---\n# {value}\n")
    assert (note.template, note.healthy, note.properties, note.problems) == (True, True, (), ())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "---\n---\n",
        "---\n# nothing\n---",
        "----\na: b\n----\n",
        " ---\na: b\n---\n",
        "a\n---\n",
    ],
)
def test_front_matter_may_be_empty_or_missing(text: str) -> None:
    """It begins with three dashes on the first line, or there is none, which is fine."""
    note = read_note(Source(PATH, text))
    assert (note.healthy, note.properties, note.problems) == (True, (), ())


@pytest.mark.parametrize(
    ("written", "tags"),
    [
        ("tags: person, Work/Climate old", ("person", "work/climate", "old")),
        ("tags:\n- Person\n- 2026\n- null\n- close friend", ("person", "close friend")),
        ("Tag: '#one'\ntags: [two, one]", ("one", "two")),
        ("tags:", ()),
        ("tags: {a: b}", ()),
    ],
)
def test_tags_of_front_matter_are_written_in_many_ways(written: str, tags: tuple[str, ...]) -> None:
    """A list, or text split at commas and spaces; with `#` or without."""
    assert read_note(Source(PATH, f"---\n{written}\n---\n")).tags == tags


def test_a_byte_order_mark_and_foreign_line_ends_change_nothing() -> None:
    """What a note says does not depend on the editor that saved it."""
    text = "---\na: b\nc: |\n  d\n  e\n---\n- f\n\t- g\n\n```\nh\n```\n"
    expected = read_note(Source(PATH, text))
    assert read_note(Source(PATH, "\ufeff" + text.replace("\n", "\r\n"))) == expected


SYNTAX = (
    "- * 1. > # ## ``` ~~~ ` $$ %% <!-- --> --- *** === | |-| [[ ]] [ ] [x] ![[ ^a #tag ( ) \\ !"
).split()
MARKERS = ["%% vaultnet:begin 2026-W48 %%", "%% vaultnet:end %%", "{{", "}}", "---\na: b\n---\n"]
NASTY = st.lists(
    st.sampled_from([*SYNTAX, *MARKERS, " ", "  ", "\t", "\n", "\n", "\n\n", "Ada", ": ", "\x0b"])
).map("".join)


@settings(max_examples=400)
@given(st.one_of(st.text(), NASTY, NASTY.map("---\n{}".format)))
def test_no_text_makes_reading_fail(text: str) -> None:
    """Whatever the text, each line says only what stands in the file at its number."""
    note = read_note(Source(PATH, text))
    raw = text.split("\n")
    numbers = [line.number for line in note.lines]
    assert numbers == sorted(set(numbers))
    for index, line in enumerate(note.lines):
        assert all(word in raw[line.number - 1] for word in line.text.split())
        assert max(line.parent, line.heading) < index
        assert line.heading < 0 or note.lines[line.heading].form is Form.HEADING
        assert all(line.text[link.start] == "[" for link in line.links)
    assert note.healthy == (not note.problems)
    assert all(1 <= problem.line <= len(raw) for problem in note.problems)


@settings(max_examples=400)
@given(st.one_of(st.text(), NASTY, NASTY.map("---\n{}".format)))
def test_line_ends_do_not_matter(text: str) -> None:
    """A note saved with carriage returns reads the same."""
    text = text.replace("\r", "")
    assert read_note(Source(PATH, text)) == read_note(Source(PATH, text.replace("\n", "\r\n")))


@settings(max_examples=400)
@given(st.one_of(NASTY, NASTY.map("---\n{}".format)))
def test_items_are_read_alike_however_they_are_found(text: str) -> None:
    """A bullet with a blank is seen at a glance, one with a tab by the pattern for all items."""
    slowly = re.sub(r"^([ \t]*[-*+]) ", "\\1\t", text, flags=re.MULTILINE)
    assert read_note(Source(PATH, f"\n{text}")) == read_note(Source(PATH, f"\n{slowly}"))


@settings(max_examples=400)
@given(st.one_of(NASTY, NASTY.map("a: b\n{}\n---\nc".format)))
def test_front_matter_is_read_alike_however_it_is_found(text: str) -> None:
    """Bare dashes are seen at a glance; with a blank behind them it is the library that splits."""
    quickly, slowly = (read_note(Source(PATH, f"---{end}\n{text}")) for end in ("", " "))
    assert quickly == slowly


def test_yaml_is_imported_only_for_front_matter_that_needs_it() -> None:
    """Reading notes without properties or with plain ones, and starting up, do not wait for YAML."""
    program = (
        "import sys; from vaultnet.core.notes import read_note, Source\n"
        "read_note(Source('a.md', '# a'))\n"
        "read_note(Source('a.md', '---\\na: [b, c]\\n---\\n'))\n"
        "assert not {'yaml', 'frontmatter'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)  # noqa: S603 - our own words
