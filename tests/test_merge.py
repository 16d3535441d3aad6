"""A plan's text between its markers, and whether it is still ours."""

from __future__ import annotations

from vaultnet.core.merge import is_untouched, offered_ids, point_at, wrap

PLAN = wrap(
    "2026-W48",
    "# This week\n\n- [ ] Write to [[Gerd]] ^vn-write-gerd\n",
    {"vn-write-gerd": "Write to [[Gerd]]"},
)


def test_a_plan_lies_between_its_markers() -> None:
    """The end marker carries the week, the hash of the whole and each offer's id and hash."""
    first, *_, last = PLAN.splitlines()
    assert first == "%% vaultnet:begin 2026-W48 %%"
    assert last.startswith("%% vaultnet:end 2026-W48 ")
    assert offered_ids(PLAN) == ("vn-write-gerd",)


def test_a_plan_as_written_is_untouched() -> None:
    """What vaultnet wrote it may write again."""
    assert is_untouched(PLAN)


def test_any_word_of_the_users_makes_it_theirs() -> None:
    """A tick, an added line, a line outside, another line ending: all are the user's."""
    for touched in (
        PLAN.replace("[ ]", "[x]"),
        PLAN.replace("\n\n", "\nmine\n", 1),
        PLAN + "my notes\n",
        "my notes\n" + PLAN,
        PLAN.replace("\n", "\r\n"),
        PLAN.replace("2026-W48", "2026-W49", 1),
        PLAN.rstrip("\n"),
        "",
        "just a note\n",
    ):
        assert not is_untouched(touched)


def test_text_that_is_no_plan_offers_nothing() -> None:
    """Without an end marker there is nothing to remember."""
    assert offered_ids("# My own plan\n") == ()


def test_this_week_points_at_the_plan_and_keeps_what_the_user_added() -> None:
    """Only the embed changes; a note without one is the user's own and stays."""
    name = "Network plan 2026-W48"
    assert point_at("Network plan", None, name) == "![[Network plan 2026-W48]]\n"
    assert (
        point_at("Network plan", "Mine\r\n![[Network plan 2026-W47]]\r\nMore", name)
        == "Mine\r\n![[Network plan 2026-W48]]\r\nMore"
    )
    assert point_at("Network plan", "all mine\n", name) is None
