"""Which SDK this is; the package and the `User-Agent` say the same."""

__version__ = "0.1.0"
