"""The audit log: the workspace's whole log, told to whoever answers for it: who did what, when, by what right, from where.

Law: it is the log itself, so nothing is written twice and nothing can be left out; and it holds no text of anybody's.
"""
