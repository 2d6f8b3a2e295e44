"""FastAPI: a router that answers the widget's request for a token, and one that takes what a webhook sends.

    embedding = apropos.Embedding("https://apropos.example", workspace="wsp_…", secret="aps_…")

    def who(user: CurrentUser) -> apropos.Showing:
        return {"person": {"id": user.id, "name": user.name}, "grants": {"forecast_line:*": "comment"}}

    app.include_router(token_router(embedding, who))

    app.include_router(webhook_router(apropos.webhooks.Receiver(APROPOS_WEBHOOK_SECRET, handle), "/apropos-webhook"))

In a template, `{{ embedding.tags() | safe }}` brings the widget.
"""

import inspect
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from starlette.concurrency import run_in_threadpool

from ..embed import Embedding, Showing
from ..errors import SignatureInvalid
from ..webhooks import Receiver


def token_router(embedding: Embedding, who: Callable[..., Any]) -> APIRouter:
    """Return a router with `GET token_url`. `who` is a dependency that returns a `Showing`, or `None`: then it is 401."""
    router = APIRouter()

    @router.get(embedding.token_url, include_in_schema=False)
    def apropos_token(showing: Annotated[Showing | None, Depends(who)], response: Response) -> dict[str, str]:
        if showing is None:
            raise HTTPException(401, "Nobody is logged in.")
        response.headers["Cache-Control"] = "no-store"
        return {"token": embedding.token(showing)}

    return router


def webhook_router(receiver: Receiver, path: str) -> APIRouter:
    """Return a router with `POST path`: 204 for what was handled, now or before, 400 for what the service did not sign.

    What the receiver calls may be awaited; else it has a thread of its own.
    """
    router = APIRouter()

    @router.post(path, include_in_schema=False, status_code=204)
    async def apropos_webhook(request: Request) -> None:
        try:
            event = receiver.fresh(request.headers, await request.body())
        except SignatureInvalid as problem:
            raise HTTPException(400, str(problem)) from problem
        if event is not None:
            awaited = inspect.iscoroutinefunction(receiver.handle)
            await (receiver.handle(event) if awaited else run_in_threadpool(receiver.handle, event))
            receiver.done(event)

    return router
