"""The console: an operator's pages, and those of a workspace's admins.

Law: it has no way of its own to change or to see anything. Each page calls what the API's routes call, as the caller that its
session stands for, and shows what they answer; what they refuse is refused here.
"""
