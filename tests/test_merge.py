"""The plan is one file that the user and vaultnet both write; no word of the user's is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

import pytest

from vaultnet.core.marks import find_untouched, hash_line
from vaultnet.core.merge import (
    close,
    find_damage,
    merge,
    offered_ids,
    point_at,
    standing_ids,
    wrap,
)
from vaultnet.core.removable import find_removable

WEEK = "2026-W48"
WEDNESDAY = date(2026, 11, 25)
BO = "- [ ] Write to [[Bo]], for no reason at all ^vn-write-bo\n\t- Friend.\n"
CY = "- [ ] Invite [[Cy]] for a walk ^vn-invite-cy\n\t- Last: coffee in April ([[2026-04-12]]).\n"
BODY = f"""# This week · 23–29 November

Two people, about 25 minutes.

## First (5 min)

- [ ] Answer [[Ann]] ^vn-answer-ann
\t- Wrote to you last Thursday ([[2026-11-19]]).
- You promised [[Di]]: "send the slides" ([[Di]]) ^vn-promise-di

## Two people

{BO}{CY}
Not this week: 2, none urgent: [[Ed]], [[Flo]]

> [!info]- Your network
> - 3 buddies, 0 strategic, 0 lukewarm, 0 cold.
"""
ROLES = {
    "# This week · 23–29 November": "title",
    "Two people, about 25 minutes.": "lead",
    "Two people, about 30 minutes.": "lead",
    "One people, about 25 minutes.": "lead",
    "## First (5 min)": "t.first",
    "## Two people": "t.people",
    "## One person": "t.people",
    "> [!info]- Your network": "t.network",
}
PLAN = wrap(WEEK, BODY, ROLES)


def merged(
    old: str, body: str = BODY, done: Mapping[str, str] | None = None, today: date = WEDNESDAY
) -> str:
    """Merge, and see to it that merging again changes nothing and that what is gone may go."""
    new = merge(old, body, ROLES, done or {}, today)
    assert merge(new, body, ROLES, done or {}, today) == new
    lost = Counter(old.split("\n")) - Counter(new.split("\n")) - find_removable(old, new)
    assert not "".join(lost).strip()
    return new


# --- markers ------------------------------------------------------------------------------


def test_a_plan_as_written_is_untouched_and_stays_as_it_is() -> None:
    """What nobody touched merges into the very same bytes."""
    assert merged(PLAN) == PLAN
    assert offered_ids(PLAN) == ("vn-answer-ann", "vn-promise-di", "vn-write-bo", "vn-invite-cy")
    assert standing_ids(PLAN) == frozenset(offered_ids(PLAN))


@pytest.mark.parametrize(
    ("text", "damage"),
    [
        ("my own plan\n", "it has no markers"),
        (PLAN.split("\n", 1)[1], "damaged or doubled"),
        (PLAN + PLAN, "damaged or doubled"),
        (PLAN.replace("%% vaultnet:end", "x %% vaultnet:end"), "damaged or doubled"),
        (PLAN.replace("begin 2026-W48", "begin 2026-W47"), "different weeks"),
        (wrap("2026-W47", BODY, ROLES), "those of 2026-W47"),
        (PLAN.replace(BO, f"<<<<<<< HEAD\n{BO}=======\n>>>>>>> theirs\n"), "merge conflict"),
    ],
)
def test_damaged_markers_are_told_and_nothing_is_merged(text: str, damage: str) -> None:
    """A problem says what is wrong; the note is left alone."""
    assert damage in find_damage(text, WEEK)
    assert find_damage(PLAN, WEEK) == ""


def test_text_that_is_no_plan_offers_nothing() -> None:
    """Without markers there is nothing to remember."""
    assert offered_ids("# My own plan\n") == ()
    assert standing_ids("# My own plan\n") == frozenset()
    assert close("# My own plan\n", WEDNESDAY) == "# My own plan\n"


# --- what nobody touched follows the vault ------------------------------------------------


def test_untouched_things_follow_the_vault() -> None:
    """A plan whose reasons changed reads as if it were new, there and back again."""
    other = (
        BODY.replace(CY, "")
        .replace("## Two people", "## One person")
        .replace("Two people, ab", "One people, ab")
    )
    assert merged(PLAN, other) == wrap(WEEK, other, ROLES)
    assert merged(merged(PLAN, other)) == PLAN


def test_a_new_section_comes_where_it_belongs() -> None:
    """Between its neighbours, and below what the user wrote there."""
    waiting = "## Waiting for a reply\n\n- [[Ed]]: you wrote.\n\n"
    other = BODY.replace("Not this week", f"{waiting}Not this week")
    assert merged(PLAN, other) == wrap(WEEK, other, ROLES)
    new = merged(PLAN.replace(CY, f"{CY}my own line\n"), other)
    assert f"{CY}my own line\n\n{waiting}Not this week" in new


def test_what_was_done_elsewhere_is_ticked_with_its_day_and_link() -> None:
    """It stays in its place, and is no word of the user's."""
    done = {"vn-write-bo": " ([[2026-11-24]]) ✅ 2026-11-24"}
    new = merged(PLAN, BODY.replace(BO, ""), done)
    ticked = (
        "- [x] Write to [[Bo]], for no reason at all ([[2026-11-24]]) ✅ 2026-11-24 ^vn-write-bo"
    )
    assert f"{ticked}\n\t- Friend.\n" in new
    assert "vn-write-bo" in find_untouched(new)
    assert merged(new) == PLAN


# --- what the user touched is the user's --------------------------------------------------


def test_a_tick_stays_and_gets_its_day() -> None:
    """Before the block id, at the end of the line; even where the reason is gone."""
    ticked = PLAN.replace(BO, BO.replace("[ ]", "[x]"))
    for body in (BODY, BODY.replace(BO, "")):
        new = merged(ticked, body)
        assert (
            "- [x] Write to [[Bo]], for no reason at all ✅ 2026-11-25 ^vn-write-bo\n\t- Friend.\n"
            in new
        )
    assert "vn-write-bo" not in find_untouched(merged(ticked))


@pytest.mark.parametrize(
    "touched",
    [
        BO.replace("[ ]", "[-]"),
        BO.replace("[ ]", "[>]"),
        BO.replace("[ ]", "[/]"),
        BO.replace("for no reason at all", "about the boat"),
        BO.replace("Friend.", "Friend, and how."),
        BO + "\t- he has moved\n",
        BO.replace("\t- Friend.\n", ""),
        BO.replace(" ^vn", " 📅 2026-11-27 ^vn"),
        BO.replace("- [ ]", "- [x]").replace(" ^vn", " [completion:: 2026-11-24] ^vn"),
        BO.replace("- [ ]", "- [x]").replace(" ^vn", " ✅ 2026-11-24 ^vn"),
    ],
)
def test_a_marked_or_edited_action_stays_byte_for_byte(touched: str) -> None:
    """Whatever the vault says meanwhile."""
    old = PLAN.replace(BO, touched)
    assert touched in merged(old)
    assert touched in merged(old, BODY.replace(BO, ""))


@pytest.mark.parametrize("gone", [BO, BO.split("\n", maxsplit=1)[0] + "\n"])
def test_a_deleted_action_does_not_come_back_and_its_bullets_go_with_it(gone: str) -> None:
    """However often the plan runs; the neighbours keep theirs."""
    new = merged(PLAN.replace(gone, ""))
    assert "vn-write-bo" not in standing_ids(new)
    assert "vn-write-bo" in offered_ids(new)
    assert "Friend." not in new
    assert CY in new
    below = merged(PLAN.replace(CY.split("\n", maxsplit=1)[0] + "\n", ""))
    assert "Last: coffee" not in below
    assert BO in below


def test_bullets_of_a_deleted_action_go_once_each() -> None:
    """The same words once more are the user's, wherever they stand."""
    head = BO.split("\n", maxsplit=1)[0] + "\n"
    twice = merged(PLAN.replace(BO, "\t- Friend.\n\t- Friend.\n"))
    assert twice.count("- Friend.") == 1
    mine = "- [ ] Ring her\n\t- Friend.\n"
    kept = merged(PLAN.replace(head, "").replace("Not this", f"{mine}\nNot this"))
    assert mine in kept
    assert kept.count("- Friend.") == 1


def test_a_deleted_line_of_another_sort_stays_away_too() -> None:
    """Until it has something else to say."""
    new = merged(PLAN.replace("Not this week: 2, none urgent: [[Ed]], [[Flo]]\n", ""))
    assert "Not this week" not in new
    assert "Not this week: 1" in merged(new, BODY.replace("week: 2", "week: 1"))


def test_lines_added_anywhere_stay_where_they_are() -> None:
    """Above, between, below, inside and outside the markers."""
    old = "before\n\n" + PLAN.replace("## Two people\n", "## My people\n\nhello\n")
    old = old.replace("Not this week", "mine\n\nNot this week") + "\nafter\n"
    new = merged(old, BODY.replace("about 25", "about 30"))
    assert new.startswith("before\n\n%% vaultnet:begin")
    assert new.endswith("%%\n\nafter\n")
    assert "## My people\n\nhello\n\n- [ ] Write to [[Bo]]" in new
    assert f"{CY}\nmine\n\nNot this week" in new
    assert "about 30" in new
    assert "## Two people" not in new


def test_a_copy_without_its_id_and_a_second_copy_with_it_are_the_users() -> None:
    """A line that was copied is not taken for the original."""
    plain = BO.replace(" ^vn-write-bo", "")
    assert plain in merged(PLAN.replace(BO, BO + plain))
    twice = merged(PLAN.replace("Not this", BO + "\nNot this"), BODY.replace(BO, ""))
    assert twice.count("^vn-write-bo") == 1


def test_a_list_put_in_another_order_stays_so() -> None:
    """The user's order holds, and new things find their place in it."""
    old = PLAN.replace(BO + CY, CY + BO)
    assert merged(old) == old
    new = merged(old, BODY.replace("Friend.", "Old friend."))
    assert new.index("vn-invite-cy") < new.index("Old friend.")


def test_a_title_stays_as_long_as_something_of_the_users_stands_below_it() -> None:
    """A ticked action does not slip under the heading above it."""
    old = merged(PLAN.replace(BO, BO.replace("[ ]", "[x]")))
    new = merged(old, BODY.replace(f"## Two people\n\n{BO}{CY}\n", ""))
    assert "## Two people\n\n- [x] Write to [[Bo]]" in new


# --- what editors and plugins do ----------------------------------------------------------


def test_line_ends_and_a_missing_last_one_are_kept() -> None:
    """CRLF stays CRLF, in new lines too; a file without final newline keeps none."""
    old = PLAN.replace("\n", "\r\n").replace("[ ] Write", "[x] Write")
    new = merged(old, BODY.replace("about 25", "about 30"))
    assert "\n" not in new.replace("\r\n", "")
    assert "about 30" in new
    assert "✅ 2026-11-25" in new
    assert merged(PLAN.removesuffix("\n")) == PLAN.removesuffix("\n")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("- [ ]", "* [ ]"),
        ("- [ ]", "+ [ ]"),
        ("\t- ", "    - "),
        ("\t- ", "  * "),
        ("[[Bo]]", "[[People/Bo Baker|Bo Baker]]"),
        ("[[2026-04-12]]", "[April](Journal/2026-04-12.md)"),
        (".\n", ".  \n"),
    ],
)
def test_what_programs_rewrite_is_no_edit(old: str, new: str) -> None:
    """Bullets, indentation, trailing blanks, and links that Obsidian rewrote on a rename."""
    rewritten = PLAN.replace(old, new)
    assert {"vn-write-bo", "vn-invite-cy"} <= find_untouched(rewritten)
    assert "vn-write-bo" not in standing_ids(merged(rewritten, BODY.replace(BO, "")))


def test_a_folded_callout_stays_folded_the_users_way() -> None:
    """Unfolding the box is an edit of its title, and it does not come twice."""
    old = PLAN.replace("[!info]- Your", "[!info]+ Your")
    assert merged(old).count("Your network") == 1


def test_a_hash_knows_a_line_by_what_it_says() -> None:
    """Its box counts, its bullet and its links' targets do not."""
    assert hash_line("- [ ] Write to [[Bo]] ^vn-write-bo") == hash_line("  * [ ] Write to [[B]]")
    assert hash_line("- [ ] Write to [[Bo]]") != hash_line("- [x] Write to [[Bo]]")


# --- when the week is over ----------------------------------------------------------------


def test_an_old_plan_rests() -> None:
    """Ticks get their day within the week; what stands open and untouched loses its box."""
    old = PLAN.replace(BO, BO.replace("[ ]", "[x]")).replace("[ ] Answer", "[/] Answer")
    new = close(old, date(2026, 12, 2))
    assert "- [x] Write to [[Bo]], for no reason at all ✅ 2026-11-29 ^vn-write-bo" in new
    assert "- Invite [[Cy]] for a walk ^vn-invite-cy" in new
    assert "- [/] Answer [[Ann]] ^vn-answer-ann" in new
    assert close(new, date(2026, 12, 9)) == new


def test_this_week_points_at_the_plan_and_keeps_what_the_user_added() -> None:
    """Only the embed changes; a note without one is the user's own and stays."""
    name = "Network plan 2026-W48"
    assert point_at("Network plan", None, name) == "![[Network plan 2026-W48]]\n"
    assert (
        point_at("Network plan", "Mine\r\n![[Network plan 2026-W47]]\r\nMore", name)
        == "Mine\r\n![[Network plan 2026-W48]]\r\nMore"
    )
    assert point_at("Network plan", "all mine\n", name) is None


def test_lines_that_differ_in_their_links_alone_are_told_apart() -> None:
    """Two people wait, one leaves, and after a rename nobody waits twice."""
    waits = "- [[Ed]]: you wrote.\n- [[Flo]]: you wrote.\n"
    body = BODY.replace("Not this week", f"## Waiting for a reply\n\n{waits}\nNot this week")
    old = merged(PLAN, body)
    assert waits in old
    gone = merged(old, body.replace("- [[Ed]]: you wrote.\n", ""))
    assert "[[Ed]]: you" not in gone
    assert "- [[Flo]]: you wrote.\n" in gone
    renamed = merged(
        old.replace("[[Flo]]: you", "[[Flora]]: you"),
        body.replace("[[Flo]]: you", "[[Flora]]: you"),
    )
    assert renamed.count("[[Flora]]: you wrote.") == 1
