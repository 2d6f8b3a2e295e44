"""The SDK, awaited; written by hand. `_sync` is derived from it by `sdk/derive.py`."""
