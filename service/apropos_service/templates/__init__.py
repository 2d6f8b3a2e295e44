"""Templates of discussions, by type of record: what starting takes, so that one line is enough.

Law: a template may name whom a record does not have; it is then silent about that, and never in the way.
"""
