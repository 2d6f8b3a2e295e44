"""A workspace as files: written while it is in use, as of one moment, and read into another database."""
