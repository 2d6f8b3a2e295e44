"""Pruning: the beginning of a log goes once it is older than the operator wants it kept, if anybody said so."""
