"""Golden files: texts that were read by a person and found good."""

from __future__ import annotations

from pathlib import Path


class Golden:
    """Compares a text with its golden file."""

    def __init__(self, *, renew: bool) -> None:
        """Compare, or renew."""
        self.renew = renew

    def __call__(self, name: str, text: str) -> None:
        """Assert that a text is as its golden file has it."""
        place = Path(__file__).parent / "golden" / name
        if self.renew:
            place.parent.mkdir(exist_ok=True)
            place.write_text(text, encoding="utf-8", newline="")
        assert text == place.read_bytes().decode("utf-8")
