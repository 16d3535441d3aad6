"""The hall: what vaultnet does, told in the order in which it happens, one room for each thing."""

from __future__ import annotations

from vaultnet.app.plans import (
    Draft,
    Written,
    draft_plan,
    keep_spoken,
    look_at_earlier_plans,
    plan_path,
    recall_spoken,
    this_week_path,
    write_plan,
)

__all__ = [
    "Draft",
    "Written",
    "draft_plan",
    "keep_spoken",
    "look_at_earlier_plans",
    "plan_path",
    "recall_spoken",
    "this_week_path",
    "write_plan",
]
