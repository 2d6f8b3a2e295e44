"""Another system in one file that hears what happens in discussions: each event checked, typed, and written to the log once.

Run it, make a webhook with its address, then start it again with the secret from the answer:
    pip install ./sdk fastapi uvicorn
    python -c "import apropos; print(apropos.Apropos('http://127.0.0.1:8080', key='apk_…').webhooks.create('http://127.0.0.1:8000/apropos'))"
    APROPOS_WEBHOOK_SECRET=whsec_… uvicorn --app-dir examples webhook_receiver:app
The service calls addresses of this machine only where it is told to: `apropos serve --webhook-allow 127.0.0.1/32`.
"""

import logging
import os

from fastapi import FastAPI

import apropos
from apropos.events import CommentEvent, Event, ThreadEvent
from apropos.integrations.fastapi import webhook_router

log = logging.getLogger("uvicorn.error")


def handle(event: Event) -> None:
    """Take note of what happened. Whatever is raised here, the event comes again."""
    who = event.actor.name if event.actor else "the host"
    match event:
        case CommentEvent(type="comment.posted", data=about) if about.comment:
            log.info("%s: %s wrote %r", event.record, who, about.comment.body)
        case ThreadEvent(type="thread.resolved", data=about) if about.thread and about.thread.outcome:
            log.info("%s: %s closed it: %s", event.record, who, about.thread.outcome.summary)
        case _:
            log.info("%s: %s", event.record, event.type)


app = FastAPI()
app.include_router(webhook_router(apropos.webhooks.Receiver(os.environ["APROPOS_WEBHOOK_SECRET"], handle), "/apropos"))
