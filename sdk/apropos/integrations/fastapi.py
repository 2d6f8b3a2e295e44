"""FastAPI: a router that answers the widget's request for a token.

    embedding = apropos.Embedding("https://apropos.example", workspace="wsp_…", secret="aps_…")

    def who(user: CurrentUser) -> apropos.Showing:
        return {"person": {"id": user.id, "name": user.name}, "grants": {"forecast_line:*": "comment"}}

    app.include_router(token_router(embedding, who))

In a template, `{{ embedding.tags() | safe }}` brings the widget.
"""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Response

from ..embed import Embedding, Showing


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
