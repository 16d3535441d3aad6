"""Text from notes can stand anywhere and do nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultnet.core.text import (
    clean,
    confidential,
    escape_json,
    inert,
    link,
    printable,
    short,
    slug,
)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[[Ada]] <b>x</b>", r"\[\[Ada\]\] \<b\>x\</b\>"),
        ("- [ ] not a task 📅 2026-11-23", r"\- \[ \] not a task 2026-11-23"),
        ("<% tp.file %> {{title}}", r"\< % tp.file % \> { {title} }"),
        ("due:: tomorrow `= this.x`", r"due: : tomorrow \`= this.x\`"),
        ("%% hidden %% ^vn-write-ada", r"% % hidden % % \^vn-write-ada"),
        ("see https://example.org/x", "see (link)"),
        ("snake_case and _emphasis_", r"snake_case and \_emphasis\_"),
        ("a\u202eb\x1b[31mc\nd", r"a b \[31mc d"),
        ("http:📅//example.org", "(link)"),
        ("see www.example.org", "see (link)"),
        ("__init__ and a__b", r"\_\_init\_\_ and a__b"),
        ("&#x202e; &lt; AT&T Ltd", r"\&\#x202e; \&lt; AT&T Ltd"),
        ("Johnson &lt", r"Johnson \&lt"),
        ("1. floor", r"1\. floor"),
        ("+ or -", r"\+ or -"),
        ("- - -", r"\- - -"),
        ("+49 170, -5 degrees, 3.5", "+49 170, -5 degrees, 3.5"),
        ("📅", "…"),
        ("", ""),
    ],
)
def test_what_could_act_is_escaped_or_gone(written: str, shown: str) -> None:
    """No link, tag, task sign, comment, template or field survives as such."""
    assert inert(written) == shown


@given(st.text(st.sampled_from("[]<>%{}:=`^#|\\~*_$ ab\n\u202e\x1b📅"), max_size=40))
def test_nothing_inert_can_act(text: str) -> None:
    """Whatever the text, no mark that a plugin or a Markdown reader acts on is left unescaped."""
    said = inert(text)
    bare = re.sub(r"\\.", "x", said)
    assert not re.search(r"[\[\]<>`#^|*]|%%|\{\{|::|==|~~|📅|[\x00-\x1f\u202e]", bare)


@given(st.text())
def test_clean_text_is_one_line_without_controls(text: str) -> None:
    """Cleaning twice changes nothing, and no control character is left."""
    assert clean(clean(text)) == clean(text)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", clean(text))


def test_short_text_ends_at_a_word() -> None:
    """A long text is cut at a word and says so; a short one stays."""
    assert short("one two three four", 12) == "one two…"
    assert short("one two", 12) == "one two"
    assert short("a" * 30, 10) == "a" * 9 + "…"


@pytest.mark.parametrize(
    ("target", "shown", "written"),
    [
        ("Ada Lovelace", "", "[[Ada Lovelace]]"),
        ("People/Tom", "", "[[People/Tom|Tom]]"),
        ("Chris (uni)", "", "[[Chris (uni)]]"),
        ("Ada", "Ada, Countess", "[[Ada|Ada, Countess]]"),
        ("A|B", "", r"[A\|B](A%7CB.md)"),
        ("100% [x]", "", r"[100% \[x\]](100%25%20%5Bx%5D.md)"),
        ("a^b#c", "", r"[a\^b\#c](a%5Eb%23c.md)"),
        ("{{title}}", "", "[{ {title} }](%7B%7Btitle%7D%7D.md)"),
        ("Ada", "x]] [[y", "[[Ada|x y]]"),
        ("Ada &lt;", "", r"[Ada \&lt;](Ada%20%26lt%3B.md)"),
        ("*Ada*", "", r"[\*Ada\*](%2AAda%2A.md)"),
        ("_Ada_", "", r"[\_Ada\_](_Ada_.md)"),
        ("📅", "", "[…](%F0%9F%93%85.md)"),
    ],
)
def test_a_link_leads_where_it_should(target: str, shown: str, written: str) -> None:
    """A name that could break a wikilink is linked percent-encoded."""
    assert link(target, shown) == written


@pytest.mark.parametrize(
    "text",
    ["she is leaving her husband", "his salary at Klima AG", "between us: she resigned", "Krebs"],
)
def test_what_sounds_confidential_is_recognised(text: str) -> None:
    """Words by which people tell things in confidence hold a quote back."""
    assert confidential(text)


def test_ordinary_talk_is_not_confidential() -> None:
    """Work talk can be quoted."""
    assert not confidential("ask for the band first, then for the title")


@pytest.mark.parametrize(
    ("text", "block"),
    [("Gerd Baumann", "gerd-baumann"), ("Élodie  Dupré!", "elodie-dupre"), ("李伟", "")],
)
def test_a_slug_fits_a_block_id(text: str, block: str) -> None:
    """Only ASCII letters, digits and dashes are left."""
    assert slug(text) == block


def test_json_holds_no_sign_that_could_act() -> None:
    """Each is written as JSON writes it, wherever it stands; ends of lines stay, and so does the rest."""
    for sign in map(chr, range(0x10000)):
        acts = sign == "\t" or (sign != "\n" and printable(sign) != sign)
        assert escape_json(f"a{sign}b\n") == (f"a\\u{ord(sign):04x}b\n" if acts else f"a{sign}b\n")


@given(st.text(st.sampled_from("aZé1 -/.,;!?'()…w:_&*#📅\u202e\u2460"), max_size=30))
def test_plain_text_is_seen_to_be_plain_and_stays(text: str) -> None:
    """What is found inert at a glance is what is found so sign by sign, as behind a star."""
    said = clean(text)
    if said[:1].isalpha():
        assert rf"\* {inert(said)}" == inert(f"* {said}")


@given(
    st.lists(
        st.sampled_from(
            "divorced,separate,separation,leaving his,leaving,affair,affairs,a tumor,burnt-out,"
            "burn,don't tell,dont tell,quits,quitter,a raise,hive,HIV,pay cut,pay,health scare,bo,nus".split(
                ","
            )
        )
    ),
    st.sampled_from(["", " ", ", "]),
)
def test_confidences_are_found_by_how_they_begin(said: list[str], between: str) -> None:
    """Whether a text could sound confidential is seen before it is searched, in ASCII alone."""
    text = between.join(said)

    assert confidential(text) == confidential(f"{text} é")
