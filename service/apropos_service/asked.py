"""What a request may say: the parameters and the body that its route asks for.

Law: what would be dropped in silence is refused: a name that the route does not know, one of two values where it takes one,
what a body says where it takes none.
"""

from collections import Counter
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any, get_args, get_origin
from urllib.parse import parse_qsl

import orjson
from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.dependencies.utils import get_dependant
from fastapi.routing import APIRoute

from .errors import ValidationFailed

SILENT = frozenset({"GET", "HEAD"})
SHORT = 300
"""Bytes of a query that is read once for all who ask the same."""


def must_hear_the_query(request: Request) -> None:
    """A misspelt filter must not silently filter nothing. `render` is known everywhere, so that pages may always send it."""
    query = request.scope["query_string"]
    if not query:
        return
    look = _wrong if len(query) <= SHORT else _wrong.__wrapped__
    wrong = look(request.scope["endpoint"], request.scope["route"].path, query)
    if wrong:
        raise ValidationFailed.at(*wrong)


async def must_hear_the_body(request: Request) -> None:
    """What is said where no body is taken must not be dropped; `{}` says nothing."""
    if request.method in SILENT or _takes_a_body(request.scope["route"]):
        return
    body = await request.body()
    said = body and _read(body)
    if said:
        errors = [{"path": str(name), "message": "is not a member we know"} for name in said]
        raise ValidationFailed("This takes no body.", errors=errors)


def said_in(query: bytes) -> tuple[tuple[str, str], ...]:
    """Return the names and values of a query, in their order."""
    return (_said if len(query) <= SHORT else _said.__wrapped__)(query)


def is_list(hint: Any) -> bool:
    """Tell whether a parameter of this type is a list, which is given as often as it has items."""
    inner = get_args(hint)[0] if hasattr(hint, "__metadata__") else hint
    return list in (get_origin(inner), *map(get_origin, get_args(inner)))


@lru_cache(2_000)
def _said(query: bytes) -> tuple[tuple[str, str], ...]:
    return tuple(parse_qsl(query.decode("latin-1"), keep_blank_values=True))


@lru_cache(2_000)
def _wrong(endpoint: Callable[..., Any], path: str, query: bytes) -> tuple[str, str] | None:
    """Return the first name, by the alphabet, that must not be there so, and why; `None` where all may."""
    known, given = _known_to(endpoint, path), Counter(name for name, _ in said_in(query))
    for name in sorted(given):
        if name not in known:
            return name, "is not a parameter we know here"
        if given[name] > 1 and not known[name]:
            return name, "is given more than once"
    return None


@cache
def _known_to(endpoint: Callable[..., Any], path: str) -> dict[str, bool]:
    """Return the names that a route knows in the query, and whether each is a list; those in its `path` are not among them."""
    return {"render": False, **_parameters(get_dependant(path=path, call=endpoint))}


def _parameters(dependant: Dependant) -> dict[str, bool]:
    """Return what a route and what it depends on ask of the query."""
    found = {param.alias: is_list(param.field_info.annotation) for param in dependant.query_params}
    for each in dependant.dependencies:
        found |= _parameters(each)
    return found


def _takes_a_body(route: APIRoute) -> bool:
    return route.body_field is not None or "requestBody" in (route.openapi_extra or {})


def _read(body: bytes) -> Any:
    """Return the members that a body says, all of it as `body` where it is no JSON object."""
    try:
        said = orjson.loads(body)
    except orjson.JSONDecodeError:
        return ["body"]
    return said if isinstance(said, dict) or said is None else ["body"]
