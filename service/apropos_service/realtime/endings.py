"""Why a subscription ends that nobody ended."""


class Resync(Exception):
    """The listener has to read the record anew."""


class Lost(Exception):
    """The listener may not see the record any more."""
