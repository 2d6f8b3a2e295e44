"""Finding texts by their words: which words a text has, what somebody asks for, where it is found.

Law: words are made here, and the databases only compare them; so both give the same answers (docs/decisions/0015).
"""
