"""The view that the widget asks for a token, `APROPOS.token_url` of the settings."""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from ...embed import Showing
from .records import type_of


def by_permission(request: HttpRequest) -> Showing | None:
    """Return who is logged in: they may discuss all rows of each model that Django's permissions let them view or change.

    For permissions on single rows, say it yourself: `{"person": {"id", "name"}, "grants": {"shop_order:17": "comment"}}`.
    """
    user: Any = request.user
    if not user.is_authenticated:
        return None
    person = {"id": str(user.pk), "name": user.get_full_name() or user.get_username(), "email": user.email or None}
    return {"person": person, "grants": {f"{type_of(model)}:*": "comment" for model in apps.get_models() if _may_view(user, model)}}


def token_view(who: Callable[[HttpRequest], Showing | None] = by_permission) -> Callable[[HttpRequest], HttpResponse]:
    """Return a view that answers `{"token": …}`. `who` says who is looking and what they may, `None` for nobody: then it is 401."""

    @require_GET
    def apropos_token(request: HttpRequest) -> HttpResponse:
        showing = who(request)
        if showing is None:
            return HttpResponse(status=401)
        return JsonResponse({"token": settings.APROPOS.token(showing)}, headers={"Cache-Control": "no-store"})

    view: Callable[[HttpRequest], HttpResponse] = apropos_token
    return view


def _may_view(user: Any, model: Any) -> bool:
    app, name = model._meta.app_label, model._meta.model_name  # noqa: SLF001 Django's public name for it
    return any(user.has_perm(f"{app}.{right}_{name}") for right in ("view", "change"))
