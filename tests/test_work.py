"""How much is done for a vault: what is not done at all is never slow. No clock is asked."""

from __future__ import annotations

import gc
import shutil
from datetime import date
from pathlib import Path

import pytest

from vaultnet.reading import Reading, read_vault

SAMPLE = Path(__file__).parent.parent / "sample_vault"
TODAY = date(2026, 11, 25)


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """Copy the sample vault."""
    shutil.copytree(SAMPLE, tmp_path / "vault")
    return tmp_path / "vault"


def read(vault: Path) -> Reading:
    """Read a vault as it is today."""
    return read_vault(vault, TODAY, TODAY)


def test_a_reading_holds_no_cycle(vault: Path) -> None:
    """Whatever a reading makes is freed when it is let go, without a search for cycles."""
    read(vault)  # what is loaded the first time has cycles of its own
    gc.collect()
    reading: Reading | None = read(vault)
    assert gc.collect() == 0
    del reading
    assert gc.collect() == 0


@pytest.mark.parametrize("searching", [True, False])
def test_the_search_for_cycles_goes_on_as_it_was(vault: Path, searching: bool) -> None:  # noqa: FBT001 - a parameter of pytest
    """Reading keeps the search for cycles away from itself alone."""
    was = gc.isenabled()
    try:
        (gc.enable if searching else gc.disable)()
        read(vault)
        assert gc.isenabled() is searching
    finally:
        (gc.enable if was else gc.disable)()
