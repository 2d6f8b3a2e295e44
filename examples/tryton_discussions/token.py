"""Tells sao where the service is and who looks: whoever is logged in discusses what Tryton lets them read, model by model."""

import json
from typing import Any

from trytond.config import config
from trytond.protocols.wrappers import Response, with_pool, with_transaction
from trytond.transaction import Transaction
from trytond.wsgi import app

import apropos


@app.route("/<string:database_name>/apropos-token", methods=["GET"])
@app.auth_required
@with_pool
@with_transaction(readonly=True, user="request")
def token(_request: Any, pool: Any) -> Response:
    """Answer `{endpoint, token, models}`. 401 for whoever is not logged in."""
    models = config.get("apropos", "models", default="").split()
    user = pool.get("res.user")(Transaction().user)
    access = pool.get("ir.model.access").get_access(models)
    person = {"id": user.login, "name": user.name, "email": user.email or None}
    grants = {f"{name.replace('.', '_')}:*": "comment" for name in models if access[name]["read"]}
    signed = apropos.person_token(
        config.get("apropos", "signing_secret"), workspace=config.get("apropos", "workspace"),
        person={name: value for name, value in person.items() if value}, grants=grants,
    )  # fmt: skip
    said = {"endpoint": config.get("apropos", "endpoint"), "token": signed, "models": models}
    return Response(json.dumps(said), content_type="application/json")
