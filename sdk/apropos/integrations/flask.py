"""Flask: a blueprint that answers the widget's request for a token, and `{{ apropos_tags() }}` in every template.

    embedding = apropos.Embedding("https://apropos.example", workspace="wsp_…", secret="aps_…")

    def who() -> apropos.Showing | None:
        return {"person": {"id": g.user.id, "name": g.user.name}, "grants": {"forecast_line:*": "comment"}} if g.user else None

    app.register_blueprint(token_blueprint(embedding, who))

The secret stays on the server; a page gets a token alone.
"""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, jsonify
from markupsafe import Markup

from ..embed import Embedding, Showing


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
