"""Where somebody sits at a page of the console: who they are, what they sent, and how a page asks the API's routes.

Law: every page of the console is `seated`, but for the way in: without a session nothing is answered, and without the session's
own form nothing is changed.
"""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import parse_qs

import orjson
from fastapi import Request, Response
from pydantic import BaseModel, ValidationError

from ..errors import Problem, Unauthenticated, ValidationFailed
from ..http import Looking, Writing
from . import paper
from .sessions import Session, must_be_ours, session_of

D = TypeVar("D", bound=BaseModel)
Seated = Callable[["Desk"], Awaitable[Response]]
SAID = {
    "closed": "The discussion is closed.", "reopened": "The discussion goes on.", "archived": "The discussion is put away.",
    "revoked": "The key is revoked. Within five seconds no process takes it.", "removed": "The signing key is gone.",
    "saved": "Saved.", "described": "The template is described.", "template_removed": "The template is gone.",
    "tested": "A test is on its way; its delivery shows below what came of it.", "webhook_removed": "The webhook is gone.",
    "replayed": "What it heard of then is being sent again.", "redelivered": "It is being sent again.",
    "some_redelivered": "They are being sent again.",
    "none_chosen": "Nothing was chosen.",
    "erased": "The person is erased.", "callback_removed": "The host is no longer asked.",
}  # fmt: skip
"""What a page says after something was done, by the word in its address."""


class Desk:
    """One request of somebody who is signed in."""

    def __init__(self, request: Request, session: Session, sent: Mapping[str, list[str]]) -> None:
        """`sent` is what a form sent, empty for a page that is only looked at; `form` is the last value of each name."""
        self.request, self.session, self.sent = request, session, sent
        self.form = defaultdict(str, {name: values[-1] for name, values in sent.items()})
        self.caller = session.caller
        self.state = request.app.state
        self.look, self.write = Looking(request, self.caller), Writing(request, self.caller)

    @property
    def is_operator(self) -> bool:
        """Whether they may do what a full key may."""
        return self.caller.scope == "full"

    def asked(self, name: str) -> str:
        """Return what the address says of `name`, without spaces around it."""
        return self.request.query_params.get(name, "").strip()

    def draft(self, shape: type[D], **given: Any) -> D:
        """Return what a form describes. Raises `ValidationFailed` as the API does."""
        try:
            return shape.model_validate_json(orjson.dumps(given))
        except ValidationError as refused:
            errors = [
                {"path": ".".join(map(str, each["loc"])), "message": each["msg"].removeprefix("Value error, ")}
                for each in refused.errors()
            ]
            raise ValidationFailed("; ".join(f"{each['path']}: {each['message']}" for each in errors), errors=errors) from refused

    def page(self, name: str, *, status: int = 200, here: str, **facts: Any) -> Response:
        """Return a page of the place `here` in the navigation."""
        said = SAID.get(self.asked("done"), "")
        facts = {"said": said, "problem": None, **facts}
        return paper.page(name, status=status, desk=self, session=self.session, here=here, **facts)


async def said(answer: Awaitable[Response]) -> Any:
    """Return what a route of the API answers."""
    return orjson.loads((await answer).body)


def done(where: str, word: str) -> Response:
    """Return to a page, which says what was done."""
    return Response(status_code=303, headers={"Location": f"{where}{'&' if '?' in where else '?'}done={word}"})


def seated(answer: Seated) -> Callable[[Request], Awaitable[Response]]:
    """Let a page be answered to whoever is signed in; a refusal of the API is a page that says so."""

    @wraps(answer)
    async def sit(request: Request) -> Response:
        try:
            session = await session_of(request)
        except Problem as refused:
            return paper.page("enter", status=401, link="", problem=refused if request.method == "POST" else None)
        request.state.caller = session.caller
        desk = Desk(request, session, await _form(request) if request.method == "POST" else {})
        try:
            if request.method == "POST":
                must_be_ours(request, session, desk.form.get("form", ""))
            return await answer(desk)
        except Unauthenticated as refused:
            return paper.page("enter", status=401, link="", problem=refused)
        except Problem as refused:
            return desk.page("refused", status=refused.status, here="", refused=refused)

    sit.__annotations__ = {"request": Request, "return": Response}
    del sit.__wrapped__
    return sit


async def _form(request: Request) -> dict[str, list[str]]:
    sent = parse_qs((await request.body()).decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=200)
    return {name: [value.strip() for value in values] for name, values in sent.items()}
