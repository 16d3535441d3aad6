"""A career network kept warm in plain Markdown notes."""

__version__ = "0.1.0"
