"""The notes as git remembers them."""
