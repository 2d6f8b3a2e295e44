"""Telling other systems: endpoints, what is owed to each, and every attempt to pay it. Source: Standard Webhooks 1.0.

Law: what is owed is written in the log's order and outlives every process; it is paid at least once, under the event's own id.
"""
