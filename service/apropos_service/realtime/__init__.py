"""Live delivery: entries of the log become frames on WebSockets and server-sent events."""
