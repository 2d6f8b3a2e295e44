"""The SDK, not awaited; derived from `_async` by `sdk/derive.py`, all but `connection.py`."""
