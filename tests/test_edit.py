"""One line goes into a note, and nothing else changes."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultnet.core.contacts import read_contacts
from vaultnet.core.edit import (
    Change,
    Entry,
    Refused,
    add_people,
    append_entry,
    read_value,
    set_property,
)
from vaultnet.core.evidence import find_evidence
from vaultnet.core.links import index_links
from vaultnet.core.model import Evidence, Obsidian, Settings, Source, Value
from vaultnet.core.notes import read_note

PATH = "People/Ada.md"
DAY = date(2026, 11, 24)


def tell(paths: tuple[str, ...], text: str) -> Evidence:
    """Find what Ada's note would tell if this were its text."""
    notes = [read_note(Source(path, "")) for path in paths]
    links = index_links(paths, notes)
    people = read_contacts(notes, Settings(), Obsidian(), links.resolve)
    note = read_note(Source(PATH, text))
    return find_evidence(
        [note], people.contacts, links.resolve, Settings(), Obsidian(), date(2026, 11, 30), DAY
    )


TELL = partial(tell, (PATH, "People/Bo.md"))


def log(text: str, words: str = "coffee: the job", day: date = DAY) -> Change | Refused:
    """Log something in Ada's note."""
    return append_entry(
        Source(PATH, text), Entry(day, words), Settings().log_headings, "YYYY-MM-DD", TELL
    )


@pytest.mark.parametrize(
    ("old", "piece"),
    [
        ("## Log\n- 2026-11-20 call\n@", "- 2026-11-24 coffee: the job\n"),
        ("## Log\n- 2026-11-20: call@", "\n- 2026-11-24: coffee: the job"),
        ("## Log\r\n* **2026-11-20:** call\r\n@", "* **2026-11-24:** coffee: the job\r\n"),
        ("# Log\n+ **2026-11-20** – call\n@\n# Facts\n", "+ **2026-11-24** – coffee: the job\n"),
        (
            "## Log\n- [[2026-11-20]] call\n\t- her team\n\n\t- grows\n@\n## Facts\n",
            "- [[2026-11-24]] coffee: the job\n",
        ),
        (
            "## Log\n@- 2026-11-20 call\n- 2026-10-01 call\n- 2026-12-24 lunch\n",
            "- 2026-11-24 coffee: the job\n",
        ),
        (
            "## Log\n- 2026-11-01 call\n- 2026-11-20 call\nand more\n@- 2026-12-24 lunch\n",
            "- 2026-11-24 coffee: the job\n",
        ),
        (
            "## Log\n- 2026-11-01 call\n\n- 2026-11-20 call\n@\nThe end\n",
            "\n- 2026-11-24 coffee: the job\n",
        ),
        ("## Log\n- 2026\n  - 2026-11-20 call\n@- 2025\n", "  - 2026-11-24 coffee: the job\n"),
        ("## Log\n9. 2026-11-20 call\n@", "10. 2026-11-24 coffee: the job\n"),
        (
            "## Log\n\n@### 2026-11-20 Lunch\nFish.\n\n### 2026-10-01 Call\n",
            "### 2026-11-24 coffee: the job\n\n",
        ),
        ("## Log\n\n### 2026-11-20 Lunch\nFish.\n@", "\n### 2026-11-24 coffee: the job\n"),
        ("## Log\n2026/11/20 call\n@", "\n2026/11/24 coffee: the job\n"),
        (
            "## Log\n| Date | Type | Notes |\n|---|---|---|\n| 2026-11-20 | call | x |\n@",
            "| 2026-11-24 | coffee | the job |\n",
        ),
        ("## Log\nDate | Notes\n---|---\n@\nEnd\n", "2026-11-24 | coffee: the job\n"),
        ("- 2026-01-10 dinner\n@\n## Facts\n", "- 2026-11-24 coffee: the job\n"),
        ("## Log\n@\n## Facts\n* likes lighthouses\n", "* 2026-11-24 coffee: the job\n"),
        ("## Log\n\n@", "- 2026-11-24 coffee: the job\n"),
        ("## Log\nHow we speak.\n@\n# Facts\n", "\n- 2026-11-24 coffee: the job\n"),
        ("## Meetings\n- 2026-11-20 call\n\n## Log\n@", "- 2026-11-24 coffee: the job\n"),
        ("@", "## Log\n- 2026-11-24 coffee: the job\n"),
        ("\ufeff@- 2026-11-25 lunch", "- 2026-11-24 coffee: the job\n"),
        ("\ufeffA poet.@", "\n\n## Log\n- 2026-11-24 coffee: the job"),
        ("---\na: 1\n---\r\n@", "## Log\r\n- 2026-11-24 coffee: the job\r\n"),
        (
            "## Family\n- 2020-02-02 her son was born\n@",
            "\n## Log\n- 2026-11-24 coffee: the job\n",
        ),
        (
            "## Log\n- [[Daily/2026/11/2026-11-20]] call\n@",
            "- 2026-11-24 coffee: the job\n",
        ),
    ],
)
def test_an_entry_is_written_as_the_others_are(old: str, piece: str) -> None:
    """Bullet, day, order, gaps, indentation and line ends are those of the note."""
    before, _, after = old.partition("@")
    change = log(before + after)
    assert isinstance(change, Change)
    assert change.text == before + piece + after
    assert change.added in piece.replace("\r\n", "\n").split("\n")


@pytest.mark.parametrize(
    ("old", "line"),
    [
        ("```\nnever closed\n", 2),
        ("## Log\n<!-- never closed\n", 2),
        ("---\na: 1\n", 2),
        ("## Log\n- 2026-11-20 call\n```\n- 2026-11-21 x\n", 4),
    ],
)
def test_where_an_entry_would_not_be_read_it_is_refused(old: str, line: int) -> None:
    """The refusal has the place and the line to add by hand."""
    refused = log(old)
    if isinstance(refused, Change):  # the entry found a place before what is never closed
        assert refused.line == 3
        return
    assert (refused.path, refused.line) == (PATH, line)
    assert str(refused).endswith("Add by hand:\n  - 2026-11-24 coffee: the job")


def test_a_log_by_years_keeps_its_years() -> None:
    """An entry stands under its own year, and is refused where that has no heading yet."""
    old = "## Log\n### 2027\n\n### 2026\n- 2026-11-20 call\n- 2026-11-02 call\n"
    change = log(old)
    assert isinstance(change, Change)
    assert change.line == 5
    change = log(old, day=date(2027, 1, 2))
    assert isinstance(change, Change)
    assert change.line == 3
    refused = log(old, day=date(2025, 1, 2))
    assert isinstance(refused, Refused)
    assert str(refused).startswith(
        "People/Ada.md:1: the log has a heading for each year, and none for 2025 yet; nothing"
    )


def test_words_that_would_swallow_the_next_line_are_refused() -> None:
    """An entry cannot hide or change what stands below it."""
    old = "## Log\n- 2026-12-01 lunch %% with nuts\n"
    assert isinstance(log(old, "coffee %% and more"), Refused)


def test_who_else_was_there_is_said_where_it_is_read() -> None:
    """Behind the kind, and all of them in one breath."""
    assert add_people("coffee: the job", ["[[Bo]]"]) == "coffee with [[Bo]]: the job"
    assert add_people("had lunch.", ["[[Bo]]", "[[Cy]]"]) == "had lunch with [[Bo]] and [[Cy]]"
    change = log("", add_people("coffee: the job", ["[[Bo]]"]))
    assert isinstance(change, Change)
    told = [(i.contact, i.kind) for i in TELL(change.text).interactions]
    assert told == [(PATH, "coffee"), ("People/Bo.md", "coffee")]


LINES = st.sampled_from(
    """
    ## Log|# Facts|### 2026|### 2026-11-02 Lunch|## Family|- 2026-11-20 call|- 2026-10-01 coffee|  - nested
    * **2026-11-21:** email from her|- [[2026-11-19]] lunch with [[Bo]]|	- more|1. 2026-01-01 met
    - [ ] send it 📅 2026-12-01|- [x] call ✅ 2026-11-01|```|~~~|%%|<!--|-->|$$|---|> quoted
    2026-11-11: call|plain text|[[Bo]]|- |    deep|a %% b|#vn/skip|- 2026-12-24 lunch|===||a: [1
    type: person|## Log|## Log|- 2026-11-20: call
    """.strip()
    .replace("\n    ", "|")
    .split("|")
) | st.just("| Date | Notes |\n|---|---|\n| 2026-11-03 | call |")
NOTES = st.builds(
    lambda head, lines, end, last: head + end.join(lines) + last,
    st.sampled_from(["", "\ufeff", "---\na: 1\n---\n", "---\r\na: 1\r\n---\r\n", "---\n"]),
    st.lists(LINES, max_size=9),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "\n", "\n\n"]),
)
WORDS = st.sampled_from(
    [
        "coffee: the job",
        "called",
        "email from her",
        "need to call",
        "x | y",
        "a %% b",
        "`c`",
        "#vn/skip",
    ]
) | st.text(st.characters(categories=["L", "P", "S", "Zs"]), min_size=1).filter(str.strip)
DAYS = st.dates(date(2026, 9, 1), date(2026, 12, 31))


@given(NOTES, WORDS, DAYS)
@settings(max_examples=150, deadline=None)
def test_nothing_but_the_insertion_changes(text: str, words: str, day: date) -> None:
    """Whatever the note: one run is put in, and read again it adds the entry and nothing else."""
    change = log(text, " ".join(words.split()), day)
    if isinstance(change, Refused):
        assert 1 <= change.line <= text.count("\n") + 1
        return
    assert change.old == text
    assert change.start == change.end
    assert change.text == text[: change.start] + change.piece + text[change.start :]
    assert change.piece.count("\r\n") in {0, change.piece.count("\n")}
    assert change.text.endswith("\n") == (text.endswith("\n") or not text.strip("\ufeff"))

    def told(text: str) -> Counter[tuple[date, str, str, str]]:
        return Counter((i.day, i.contact, i.kind, i.text) for i in TELL(text).interactions)

    new = told(change.text)
    new.subtract(told(text))
    assert min(new.values(), default=0) >= 0
    assert {found[0] for found in new.elements()} <= {day}
    lines = [line.text for line in read_note(Source(PATH, text)).lines]
    after = [line.text for line in read_note(Source(PATH, change.text)).lines]
    assert not Counter(lines) - Counter(after)
    assert len(after) - len(lines) in {1, 2}


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_no_text_makes_an_edit_raise(text: str) -> None:
    """Any text is changed by an insertion, or left alone."""
    for found in (log(text), set_property(Source(PATH, text), "role", "poet")):
        if isinstance(found, Change):
            assert found.text.startswith(text[: found.start])
            assert found.text.endswith(text[found.end :])


# --- properties ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "key", "value", "new"),
    [
        ("", "a", "x", "---\na: x\n---\n"),
        ("Text", "a", "[[Bo]]", '---\na: "[[Bo]]"\n---\nText'),
        ("---\n---\n", "a", 3, "---\na: 3\n---\n"),
        ("---\na: 1 # why\nb: 2\n---\n", "a", "x: y", '---\na: "x: y" # why\nb: 2\n---\n'),
        ("---\na: # why\n---\n", "a", "x", "---\na: x # why\n---\n"),
        ("---\na:\nb: 2\n---\n", "a", True, "---\na: true\nb: 2\n---\n"),
        (
            "---\r\ntags:\r\n  - a\r\n  - b\r\n# end\r\nb: 2\r\n---\r\n",
            "tags",
            ["x", "1"],
            '---\r\ntags: [x, "1"]\r\n# end\r\nb: 2\r\n---\r\n',
        ),
        ("---\na: |\n  b\n  c\nd: 1\n---\n", "a", "x", "---\na: x\nd: 1\n---\n"),
        ("---\nThey know: my name\n---", "they_know", "my work", "---\nThey know: my work\n---"),
        ("\ufeff---\n  a: 'b'\n---\nx", "c", "no", "\ufeff---\n  a: 'b'\n  c: no\n---\nx"),
    ],
)
def test_a_property_is_set_and_the_rest_stays(old: str, key: str, value: Value, new: str) -> None:
    """Comments, quotes, order, indentation and line ends are the user's."""
    change = set_property(Source(PATH, old), key, value)
    assert isinstance(change, Change)
    assert change.text == new


@pytest.mark.parametrize(
    "old",
    [
        "---\na: &x 1\nb: *x\n---\n",
        "---\na:\n  - b # mine\n  - c\n---\n",
        "---\na: 1\na: 2\n---\n",
        "---\na: {{title}}\n---\n",
        "---\na: 1\n",
        "---\n- a\n---\n",
    ],
)
def test_what_cannot_be_set_alone_is_refused(old: str) -> None:
    """Anchors, comments within a value, and front matter that nobody understands."""
    refused = set_property(Source(PATH, old), "a", "x")
    assert isinstance(refused, Refused)
    assert refused.by_hand == "a: x"


@given(
    st.lists(
        st.sampled_from(
            "a: 1|b: [x, y]|c: 'it''s'|d:|  - e # f|g: |  h: 1|# i|j: \"k: l\"|m: >|  n|  o||p: &q r".split(
                "|"
            )
        ),
        max_size=7,
    ),
    st.sampled_from(["a", "b", "d", "g", "m", "new one"]),
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=20)
    | st.lists(st.text(max_size=9)),
)
@settings(max_examples=150, deadline=None)
def test_setting_a_property_changes_no_other(lines: list[str], key: str, value: Value) -> None:
    """Read again, all the others are as they were."""
    text = "\n".join(["---", *lines, "---", "Body", ""])
    change = set_property(Source(PATH, text), key, value)
    if isinstance(change, Change):
        before = {found.key: found.value for found in read_note(Source(PATH, text)).properties}
        after = {
            found.key: found.value for found in read_note(Source(PATH, change.text)).properties
        }
        assert {**before, key: None} == {**after, key: None}
        assert [line for line in text.split("\n") if line.startswith("#")] == [
            line for line in change.text.split("\n") if line.startswith("#")
        ]


def test_values_are_read_as_they_are_typed() -> None:
    """Numbers, truth and lists; a link is text."""
    typed = ["true", "30", "[a, b c]", "[[Bo]]", "no", "2026-11-24", ""]
    assert [read_value(text) for text in typed] == [
        True, 30, ["a", "b c"], "[[Bo]]", "no", "2026-11-24", None,
    ]  # fmt: skip
