"""A chronicle says week after week what each revision says when it is read by itself."""

from __future__ import annotations

import pytest

from lives import live


@pytest.mark.parametrize("seed", range(12))
def test_what_is_carried_on_is_what_is_read_anew(seed: int) -> None:
    """A sample of the sweep in `lives.py`."""
    live(seed, 40)
