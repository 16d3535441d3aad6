"""What all tests share: one flag that renews the golden files."""

from __future__ import annotations

import pytest

from goldens import Golden


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--renew-golden`: write what is, then read the diff."""
    parser.addoption("--renew-golden", action="store_true", help="rewrite tests/golden")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare a text with a golden file."""
    return Golden(renew=bool(request.config.getoption("--renew-golden")))
