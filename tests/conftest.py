"""What all tests share: the flag that renews golden files, and how property tests run."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

from goldens import Golden

# No test asserts how long something takes; on a fresh machine the samples are always the same ones.
settings.register_profile("vaultnet", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("vaultnet")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--renew-golden`: write what is, then read the diff."""
    parser.addoption("--renew-golden", action="store_true", help="rewrite tests/golden")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare a text with a golden file."""
    return Golden(renew=bool(request.config.getoption("--renew-golden")))
