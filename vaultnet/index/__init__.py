"""What was read last time, so that only changed notes are read again.

Of a vault whose path has the checksum H the cache folder holds `H.plan`, what `plan` had to say and
how every file stood then (`listing`), `H.notes/`, what each note came to (`gists`, packed by
`columns`), `H.past`, where everybody stood when last week ended, `H.spoken`, what the built-in
templates said in the plan, `H.weeks`, the weeks of the past that are over, and `H.history`, what
`history` had to say. Nothing in it is believed unless the disk, or git, bears it out; all of it can
be deleted, and costs one reading.
"""
