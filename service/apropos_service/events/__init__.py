"""The spine: what can happen, the log of what did, and those who read it."""
