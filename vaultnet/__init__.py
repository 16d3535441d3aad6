"""A career network kept warm in plain Markdown notes."""
