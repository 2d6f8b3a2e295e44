"""Flask: blueprints that answer the widget's request for a token and take what a webhook sends; `{{ apropos_tags() }}`.

    embedding = apropos.Embedding("https://apropos.example", workspace="wsp_…", secret="aps_…")

    def who() -> apropos.Showing | None:
        return {"person": {"id": g.user.id, "name": g.user.name}, "grants": {"forecast_line:*": "comment"}} if g.user else None

    app.register_blueprint(token_blueprint(embedding, who))

    app.register_blueprint(webhook_blueprint(apropos.webhooks.Receiver(APROPOS_WEBHOOK_SECRET, handle), "/apropos-webhook"))

In every template, `{{ apropos_tags() }}` brings the widget. The secrets stay on the server; a page gets a token alone.
"""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, jsonify, request
from markupsafe import Markup

from ..embed import Embedding, Showing
from ..errors import SignatureInvalid
from ..webhooks import Receiver


def token_blueprint(embedding: Embedding, who: Callable[[], Showing | None]) -> Blueprint:
    """Return a blueprint with `GET token_url`. `who` says who is logged in, `None` for nobody: then it is 401."""
    blueprint = Blueprint("apropos", __name__)

    @blueprint.get(embedding.token_url)
    def apropos_token() -> Response:
        showing = who()
        if showing is None:
            return Response(status=401)
        answer = jsonify(token=embedding.token(showing))
        answer.headers["Cache-Control"] = "no-store"
        return answer

    @blueprint.app_context_processor
    def tags() -> dict[str, Any]:
        return {"apropos_tags": lambda: Markup(embedding.tags())}  # noqa: S704 its values are escaped there

    return blueprint


def webhook_blueprint(receiver: Receiver, path: str) -> Blueprint:
    """Return a blueprint with `POST path`: 204 for what was handled, now or before, 400 for what the service did not sign."""
    blueprint = Blueprint("apropos_webhook", __name__)

    @blueprint.post(path)
    def apropos_webhook() -> Response:
        try:
            receiver.receive(dict(request.headers), request.get_data())
        except SignatureInvalid as problem:
            return Response(str(problem), status=400, mimetype="text/plain")
        return Response(status=204)

    return blueprint
