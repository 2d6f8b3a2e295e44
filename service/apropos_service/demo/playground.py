"""The playground: every element with everything it can be told, on a stage of its own, and the tags to copy."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates

LANGUAGES = (
    ("en", "English"), ("de", "Deutsch"), ("fr", "Français"), ("es", "Español"), ("pt", "Português"), ("it", "Italiano"),
    ("nl", "Nederlands"), ("pl", "Polski"), ("ja", "日本語"), ("zh", "中文"), ("ar", "العربية"), ("he", "עברית"),
)  # fmt: skip
As = Annotated[str, Query(alias="as", pattern="^(ines|tomasz|amara|jonas)$")]


def playground(pages: Jinja2Templates, endpoint: str) -> APIRouter:
    """Return the playground's routes; `endpoint` is the service's address."""
    router = APIRouter(prefix="/playground")

    @router.get("")
    def desk(request: Request, person: As = "ines") -> HTMLResponse:
        return pages.TemplateResponse(request, "playground.html", {"endpoint": endpoint, "as": person, "languages": LANGUAGES})

    @router.get("/stage")
    def stage(request: Request, person: As = "ines") -> HTMLResponse:
        return pages.TemplateResponse(request, "stage.html", {"endpoint": endpoint, "as": person})

    return router
