"""What was read last time, so that only changed notes are read again.

Of a vault whose path has the checksum H the cache folder holds `H.plan`, what `plan` had to say and
how every file stood then (`listing`), and `H.notes/`, what each note came to (`gists`). Nothing in it
is believed unless the disk bears it out; all of it can be deleted, and costs one reading.
"""
