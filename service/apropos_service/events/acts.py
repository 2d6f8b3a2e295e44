"""What is done to a workspace itself, beside what happens in its discussions: only the audit log tells of it.

An act is an entry of the log that counts for nothing (`seq` 0): it has its place and its seal, but no reader, page or webhook
hears of it. Law: its facts are ids and settings, never what a person wrote or how a record is called.
"""

from typing import Final

ACTS: Final[dict[str, str]] = {
    "workspace.created": "The workspace was made",
    "workspace.changed": "Settings of the workspace changed",
    "key.created": "A server key was made",
    "key.revoked": "A server key was revoked",
    "signing_key.added": "A signing key was added",
    "signing_key.removed": "A signing key was taken away",
    "access.changed": "Answers of the access callback were taken back",
    "group.described": "A group was described",
    "workspace.exported": "The workspace was exported",
    "workspace.imported": "The workspace came from an installation with another secret; its keys and secrets ended",
    "person.exported": "What is kept of a person was exported",
    "person.erased": "A person was erased",
    "log.pruned": "The beginning of the log was taken off it, since it is old",
    "template.described": "A template was described",
    "template.removed": "A template was taken away",
    "console.link_made": "A link to the console was made",
    "console.entered": "Somebody signed in to the console",
    "console.left": "Somebody signed out of the console",
    "webhook.created": "A webhook was made",
    "webhook.changed": "A webhook was changed",
    "webhook.removed": "A webhook was removed",
    "webhook.rotated": "A webhook got another secret",
    "webhook.replayed": "A part of the log is sent to a webhook again",
    "delivery.redelivered": "A delivery is sent again",
}
"""Every type of act, and what it means."""
