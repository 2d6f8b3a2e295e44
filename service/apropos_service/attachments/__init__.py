"""Files that go with comments: taken in, looked at, kept, and served so that nothing in them can run.

Law: this feature knows files, not discussions; who may have one is decided in `threads/filing.py`.
"""
