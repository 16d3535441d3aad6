"""What is told of two texts of a plan."""

from __future__ import annotations

from vaultnet.core.changes import tell_changes

BEFORE = """\
%% vaultnet:begin 2026-W48 %%
# This week
- You promised [[Priyanka Wadekar]]: "Send her the guide" ([[2026-11-18]]) ^vn-promise-priyanka
- [ ] Answer [[Meera Tharakan|Meera]] ^vn-answer-meera
\t- Their message came last Tuesday.
- [x] Thank [[Ada]] ^vn-thank-ada
- [ ] Write to [[Bo]]: you could give them something ^vn-write-bo
%% vaultnet:end 2026-W48 v1 %%
"""
AFTER = """\
My own words
%% vaultnet:begin 2026-W48 %%
# This week
- [x] Answer [[Meera Tharakan|Meera]] ([[2026-11-24]]) ✅ 2026-11-24 ^vn-answer-meera
- [x] Thank [[Ada]] ✅ 2026-11-24 ^vn-thank-ada
- [ ] Write to [[Bo Ek]] ^vn-write-bo
- [ ] [Hal \\[x\\]](Hal%20%5Bx%5D.md) ^vn-write-hal
- [ ] friend ^vn-question-cy-friend
- [ ] colleague ^vn-question-cy-colleague
%% vaultnet:end 2026-W48 v1 %%
"""


def test_actions_that_came_went_or_changed_are_told() -> None:
    """By verb and person, without what is quoted; a question with four boxes is one."""
    assert tell_changes(BEFORE, AFTER) == (
        "Answer Meera done",
        "Thank Ada dated",
        "Write to Bo reworded",
        "Hal [x] added",
        "a question added",
        "You promised Priyanka Wadekar removed",
    )


def test_the_words_around_are_no_change() -> None:
    """Neither a bullet below an action nor a line outside the markers is told."""
    assert tell_changes(BEFORE, BEFORE.replace("Tuesday", "Monday") + "mine\n") == ()


def test_what_is_no_plan_has_no_actions() -> None:
    """A note that lost its markers says nothing; a new plan says all."""
    assert tell_changes("", "- [ ] Thank [[Ada]] ^vn-thank-ada\n") == ()
    assert tell_changes("", AFTER)[0] == "Answer Meera (2026-11-24) added"
