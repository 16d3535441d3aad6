"""Whatever people and programs do to a plan: no line of theirs is lost, nothing comes twice."""

from __future__ import annotations

import random

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from plan_week import STEPS, Desk, step


class PlanMachine(RuleBasedStateMachine):
    """Somebody at a desk, doing one thing after the other; each run of the plan checks the laws."""

    def __init__(self) -> None:
        """Sit down."""
        super().__init__()
        self.desk = Desk()

    @rule(name=st.sampled_from(STEPS), pick=st.integers(0, 999))
    def do(self, name: str, pick: int) -> None:
        """Do one thing, then run the plan."""
        step(self.desk, name, pick)

    def teardown(self) -> None:
        """Run the plan a last time."""
        self.desk.run()


TestPlanMachine = PlanMachine.TestCase
TestPlanMachine.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)


@pytest.mark.parametrize("seed", range(4))
def test_a_long_while_at_the_desk(seed: int) -> None:
    """A sample of the sweep in `plan_week.py`."""
    dice = random.Random(seed)  # noqa: S311 - a sweep, not a secret
    desk = Desk()
    for _ in range(120):
        step(desk, dice.choice(STEPS), dice.randrange(10_000))
