"""A log that grew: reading only what is new tells what reading the whole note tells."""

from __future__ import annotations

import random
from datetime import date

import pytest

from vaultnet.core.contacts import read_contacts
from vaultnet.core.evidence import lay_ground, tell_note
from vaultnet.core.frozen import replace
from vaultnet.core.growth import Growth, find_growth, tell_growth
from vaultnet.core.kinds import entries
from vaultnet.core.links import index_links
from vaultnet.core.model import Interaction, Note, Obsidian, Rung, Settings, Source
from vaultnet.core.notes import read_note

ADA = "People/Ada.md"
NEW = (
    "- 2026-11-20 coffee: the loom", "- 2026-11-21: call", "- 2026-11-22 something", "- 2026-13-45 coffee",
    "- 2026-11-23 recommended me", "- 2030-01-01 lunch", "- 2026-11-24 wrote to her; she replied",
)  # fmt: skip
BODY = (
    *NEW, "## Log", "## Reading log", "# Family", "### 2026-11-19 Coffee", "#### [[2026-11-18]]", "  - nested call",
    "  and coffee", "", "", "plain text", "```", "~~~", "> quoted", "| Date | Type |", "|---|---|", "| 2026-11-01 | call |",
    "%%", "<!--", "-->", "%% out %%", "- [ ] task", "- [x] Called ✅ 2026-11-17", "* 2026-11-16 lunch", "- 2026-11-15",
    "\t- call", "    code", "1. 2026-11-14 call", "- 2026-11-13 with [[Bo]]", "  # inside", "## 2026-11-12", "---",
    "- 2026-11-11 coffee #private", "- 2026-11-10 coffee ^id", "$$", "2026-11-09 coffee", "##### Log", "#", "===",
)  # fmt: skip
HEADS = (
    "",
    "",
    "---\n---\n",
    "---\nwant_to_meet: true\n---\n",
    "---\nprivate: true\n# Log\n---\n",
    "---\n# Log\n---  \n---\n",
)
TODAY = date(2026, 11, 25)


def tell(note: Note, growth: Growth | None = None) -> list[Interaction]:
    """Find what a note tells, or what is new in it."""
    resolve = index_links([ADA, "People/Bo.md"], [note]).resolve
    people = read_contacts([note, Note("People/Bo.md")], Settings(), Obsidian(), resolve)
    ground = lay_ground(people.contacts, frozenset(), resolve, Settings(), Obsidian(), TODAY, TODAY)
    if growth:
        items = tell_growth(ground, ADA, note.properties, growth)
    else:
        items = tell_note(ground, note).items
    return [item for item in items if isinstance(item, Interaction)]


def tell_from_parts(old: Note, growth: Growth) -> list[Interaction]:
    """Put together what a note told, each line where it stands now, and what is new in it."""
    moved = [replace(i, line=i.line + growth.count * (i.line > growth.at)) for i in tell(old)]
    return in_order(moved + tell(old, growth))


def in_order(told: list[Interaction]) -> list[Interaction]:
    """Sort what happened."""
    return sorted(told, key=lambda i: (i.line, i.kind, i.contact, i.text))


@pytest.mark.parametrize("seed", range(3))
def test_what_is_new_and_what_was_is_all_there_is(seed: int) -> None:
    """Wherever entries are put into whatever note; if it might be otherwise, all of it is read."""
    dice = random.Random(seed)  # noqa: S311 - a sweep, not a secret
    seen = {True: 0, False: 0}
    for _ in range(1500):
        pool = BODY if dice.random() < 0.5 else (*NEW, "## Log", "## Notes", "", "  - nested call")
        lines = [dice.choice(pool) for _ in range(dice.randrange(7))]
        head, end = dice.choice(HEADS), dice.choice(("", "\n"))
        at = dice.randrange(len(lines) + 1)
        new = [*lines[:at], *dice.choices(NEW, k=dice.randrange(1, 3)), *lines[at:]]
        before = head + "\n".join(lines) + end
        after = head + "\n".join(new) + end
        growth = find_growth(before, after)
        seen[growth is not None] += 1
        if growth:
            whole = in_order(tell(read_note(Source(ADA, after))))
            parts = tell_from_parts(read_note(Source(ADA, before)), growth)
            assert (after, parts) == (after, whole)
    assert min(seen.values()) > 100


def test_a_line_in_the_log_is_growth() -> None:
    """At its end, at its beginning, or before another heading."""
    log = "---\nring: cold\n---\n# Ada\n## Log\n- 2026-01-01 call\n"
    new = "- 2026-11-20 coffee"
    headings = ("# Ada", "## Log")
    assert find_growth(log, f"{log}{new}\n") == Growth(6, 1, headings, (new,))
    assert find_growth(log[:-1], f"{log}{new}") == Growth(6, 1, headings, (new,))
    first = log.replace("Log\n", f"Log\n{new}\n{new}\n")
    assert find_growth(log, first) == Growth(5, 2, headings, (new, new))
    assert find_growth("# Ada", f"{new}\n# Ada\n") == Growth(0, 1, (), (new,))
    assert find_growth(f"{log}\n## More\n", f"{log}{new}\n\n## More\n") == Growth(
        6, 1, headings, (new,)
    )


def test_no_word_for_an_endorsement_is_passed_over() -> None:
    """In any of its forms, as the table has them."""
    words = [
        text
        for text, entry in entries({})
        if any(
            kind and kind.proves is Rung.RECOMMEND for kind in (entry.noun, *entry.frames.values())
        )
    ]
    assert len(words) > 30
    for word in words:
        assert Growth(0, 1, (), (f"- 2026-11-20 she {word.upper()} me",)).may_endorse(), word
    for hidden in ("re*comm*ended me", "re_comm_ended me", "ｒecommended me"):
        assert Growth(0, 1, (), (f"- 2026-11-20 {hidden}",)).may_endorse()
    assert not Growth(0, 1, (), ("- 2026-11-20 coffee, worked on the loom",)).may_endorse()


@pytest.mark.parametrize(
    "after",
    [
        "## Log\n- 2026-01-01 call\n",
        "## Log\n- 2026-01-01 call\n- 2026-11-20 died in 2024\n",
        "## Log\n- 2026-01-01 call\n- 2026-11-20 with [[Bo]]\n",
        "## Log\n- 2026-01-01 call\n- 2026-11-20 coffee\n  - nested\n",
        "## Log\n- 2026-01-01 a call\n- 2026-11-20 coffee\n",
        "## Log\n- 2026-01-01 call\ntext\n",
    ],
)
def test_anything_else_is_none(after: str) -> None:
    """Then the whole note is read."""
    assert find_growth("## Log\n- 2026-01-01 call\n", after) is None
