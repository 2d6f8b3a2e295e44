"""Django: a view that answers the widget's request for a token, and a context processor for the tags.

    embedding = apropos.Embedding("https://apropos.example", workspace="wsp_…", secret="aps_…")

    def who(request) -> apropos.Showing | None:
        user = request.user
        return {"person": {"id": str(user.pk), "name": user.get_full_name()}, "grants": {"order:*": "comment"}}

    urlpatterns = [path("apropos-token", token_view(embedding, who))]

With `tags = context_processor(embedding)` in a module of yours, named in `TEMPLATES["OPTIONS"]["context_processors"]`,
`{{ apropos_tags }}` brings the widget.
"""

# mypy: disable-error-code="import-not-found, import-untyped", allow-untyped-decorators

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from ..embed import Embedding, Showing


def token_view(embedding: Embedding, who: Callable[[HttpRequest], Showing | None]) -> Callable[[HttpRequest], HttpResponse]:
    """Return a view for `token_url`. `who` says who is logged in, `None` for nobody: then it is 401."""

    @require_GET
    def apropos_token(request: HttpRequest) -> HttpResponse:
        showing = who(request)
        if showing is None:
            return HttpResponse(status=401)
        return JsonResponse({"token": embedding.token(showing)}, headers={"Cache-Control": "no-store"})

    view: Callable[[HttpRequest], HttpResponse] = apropos_token
    return view


def context_processor(embedding: Embedding) -> Callable[[HttpRequest], dict[str, Any]]:
    """Return a context processor that gives every template `apropos_tags`."""

    def tags(_: HttpRequest) -> dict[str, Any]:
        return {"apropos_tags": mark_safe(embedding.tags())}  # noqa: S308 its values are escaped there

    return tags
