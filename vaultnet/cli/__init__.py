"""The door: one file per command; nothing is decided here."""
