"""The short way in: a request that is right goes straight to its route, past what FastAPI does to find out that it is.

FastAPI declares the routes, documents them, and answers whatever is not answered here. Law: only a request of the right
shape is answered here; what is refused for its shape is refused by FastAPI, in one voice.
"""

import re
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass, field
from inspect import Parameter, iscoroutinefunction, signature
from operator import itemgetter
from typing import Any, get_args, get_type_hints

from fastapi import Request, Response, params
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from .asked import is_list, said_in
from .errors import Problem
from .http import problem

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Call = Callable[..., Awaitable[Any]]
REQUEST, BODY = "request", "body"
_PARAMETER = re.compile(r"\{(\w+)\}")
_SAYS = (params.Param, params.Body, params.Depends)


@dataclass(frozen=True, slots=True)
class Read:
    """A value of the request: what it is called among all values, and whether it is a list."""

    name: str
    many: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A function, what takes its arguments out of the values, in their order, and where what it returns belongs."""

    call: Call
    given: Callable[[dict[str, Any]], Iterable[Any]]
    makes: str


@dataclass(frozen=True, slots=True)
class Door:
    """A route, ready to be called; its own function is the last step. What it reads is found by its name in each place."""

    route: APIRoute
    names: tuple[str, ...]
    steps: tuple[Step, ...]
    path: dict[str, Read]
    query: dict[str, Read]
    headers: dict[bytes, Read]
    shape: type[BaseModel]
    body: type[BaseModel] | None

    async def values(self, request: Request) -> dict[str, Any] | None:
        """Return what the functions ask of the request; `None` when it is not of the right shape."""
        found = self._found(request)
        try:
            values: dict[str, Any] = vars(self.shape.__pydantic_validator__.validate_python(found))
            if self.body is not None:
                if not request.headers.get("content-type", "").startswith("application/json"):
                    return None
                values[BODY] = self.body.__pydantic_validator__.validate_json(await request.body())
        except ValidationError:
            return None
        values[REQUEST] = request
        return values

    async def open(self, values: dict[str, Any]) -> Response:
        """Take the steps; a problem is an answer too."""
        try:
            for step in self.steps:
                values[step.makes] = await step.call(*step.given(values))
        except Problem as raised:
            return problem(raised)
        answer: Response = values[step.makes]
        return answer

    def _found(self, request: Request) -> dict[str, Any]:
        """Return what is there: of several in the query the last, of several headers the first, as FastAPI has it."""
        found: dict[str, Any] = {read.name: request.path_params[key] for key, read in self.path.items()}
        for key, value in said_in(request.scope["query_string"]) if self.query else ():
            read = self.query.get(key)
            if read is not None and read.many:
                found.setdefault(read.name, []).append(value)
            elif read is not None:
                found[read.name] = value
        for name, said in request.scope["headers"] if self.headers else ():
            if name in self.headers:
                found.setdefault(self.headers[name].name, said.decode("latin-1"))
        return found


@dataclass(slots=True)
class Node:
    """A place among the paths, and the doors there by method."""

    named: dict[str, "Node"] = field(default_factory=dict)
    any: "Node | None" = None
    doors: dict[str, Door] = field(default_factory=dict)


class Straight:
    """Answers requests of the right shape, and gives the others to `app`."""

    def __init__(self, app: Any, routes: Iterable[Any]) -> None:
        """`routes` are those that FastAPI has, in its order."""
        self._app = app
        self._root = Node()
        for route in routes:
            door = _door(route) if isinstance(route, APIRoute) else None
            if door is not None:
                self._hang(door)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Serve."""
        door = self._find(scope) if scope["type"] == "http" and not scope.get("root_path") else None
        if door is None:
            await self._app(scope, receive, send)
            return
        heard: list[Message] = []

        async def hear() -> Message:
            heard.append(await receive())
            return heard[-1]

        async def again() -> Message:
            return heard.pop(0) if heard else await receive()

        values = await door.values(Request(scope, hear if door.body else receive))
        if values is None:
            await self._app(scope, again, send)
            return
        scope["route"], scope["endpoint"] = door.route, door.route.endpoint
        answer = await door.open(values)
        await answer(scope, receive, send)

    def door(self, method: str, path: str) -> tuple[Door, dict[str, str]] | None:
        """Return what answers there, and what its path says; `None` where FastAPI does."""
        node, said = self._root, []
        for part in path.split("/")[1:]:
            following = node.named.get(part)
            if following is None:
                if node.any is None or not part:
                    return None
                said.append(part)
                following = node.any
            node = following
        door = node.doors.get(method)
        return (door, dict(zip(door.names, said, strict=True))) if door else None

    def _find(self, scope: Message) -> Door | None:
        door, scope["path_params"] = self.door(scope["method"], scope["path"]) or (None, {})
        return door

    def _hang(self, door: Door) -> None:
        node = self._root
        for part in door.route.path.split("/")[1:]:
            if _PARAMETER.fullmatch(part):
                node.any = node = node.any or Node()
            else:
                node = node.named.setdefault(part, Node())
        for method in door.route.methods or ():
            node.doors.setdefault(method, door)


class _Winding(Exception):
    """The route asks for what only FastAPI knows how to give."""


class _Plan:
    """What a route's function and those it depends on ask for, gathered."""

    def __init__(self, path: str) -> None:
        self.names = tuple(_PARAMETER.findall(path))
        self.steps: list[Step] = []
        self.path: dict[str, Read] = {}
        self.query: dict[str, Read] = {}
        self.headers: dict[bytes, Read] = {}
        self.fields: dict[str, Any] = {}
        self.body: type[BaseModel] | None = None
        self._made: dict[Call, str] = {}

    def add(self, call: Call) -> str:
        """Add a function after those it depends on, once; return where among the values its result is."""
        if call in self._made:
            return self._made[call]
        if not iscoroutinefunction(call):
            raise _Winding
        hints, given = get_type_hints(call, include_extras=True), []
        for name, parameter in signature(call).parameters.items():
            if name not in hints or isinstance(parameter.default, _SAYS) or parameter.kind is not Parameter.POSITIONAL_OR_KEYWORD:
                raise _Winding
            says = next((each for each in getattr(hints[name], "__metadata__", ()) if isinstance(each, _SAYS)), None)
            if isinstance(says, params.Depends) and says.dependency is not None:
                given.append(self.add(says.dependency))
            else:
                given.append(self._given(name, hints[name], parameter.default, says))
        self._made[call] = f"step {len(self.steps)}"
        self.steps.append(Step(call, _taking(given), self._made[call]))
        return self._made[call]

    def _given(self, name: str, hint: Any, default: Any, says: Any) -> str:
        if hint is Request:
            return REQUEST
        shape = get_args(hint)[0] if isinstance(says, params.Body) and says.default_factory else hint  # where it may be left out
        if isinstance(shape, type) and issubclass(shape, BaseModel) and self.body is None and default is Parameter.empty:
            self.body = shape
            return BODY
        if isinstance(says, params.Depends | params.Body | params.Cookie) or getattr(says, "alias", None):
            raise _Winding
        many = is_list(hint)
        if name in self.names:
            where = f"path {name}"
            self.path[name] = Read(where, many)
        elif isinstance(says, params.Header):
            if many:
                raise _Winding
            where = f"header {name}"
            self.headers[name.replace("_", "-").encode()] = Read(where, many)
        else:
            where = f"query {name}"
            self.query[name] = Read(where, many)
        self.fields[where] = (hint, ... if default is Parameter.empty else default)
        return where


def _taking(places: list[str]) -> Callable[[dict[str, Any]], Iterable[Any]]:
    """Return what takes the values in these places out."""
    return itemgetter(*places) if len(places) > 1 else lambda values: [values[place] for place in places]


def _door(route: APIRoute) -> Door | None:
    plan = _Plan(route.path)
    try:
        plan.add(route.endpoint)
    except _Winding:
        return None
    body = route.body_field and route.body_field.field_info.annotation
    if body is not plan.body or route.dependencies or get_type_hints(route.endpoint).get("return") is not Response:
        return None
    shape = create_model("Given", __config__=ConfigDict(arbitrary_types_allowed=True), **plan.fields)
    return Door(route, plan.names, tuple(plan.steps), plan.path, plan.query, plan.headers, shape, plan.body)
