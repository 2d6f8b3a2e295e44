"""The short way in: a request that is right goes straight to its route, past what FastAPI does to find out that it is.

FastAPI declares the routes, documents them, and answers whatever is not answered here. Law: only a request of the right
shape is answered here; what is refused for its shape is refused by FastAPI, in one voice.
"""

import re
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass, field
from inspect import Parameter, iscoroutinefunction, signature
from typing import Any, get_args, get_origin, get_type_hints

from fastapi import Request, Response, params
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, ValidationError, create_model

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
    """A value of the request: the function's name for it, its place (path, query, headers) and name there, all of it or one."""

    name: str
    place: str
    key: str
    many: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A function, and where its arguments are found: among the values of the request, and what earlier steps returned."""

    call: Call
    given: tuple[tuple[str, str], ...]
    made: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Door:
    """A route, ready to be called; its own function is the last step."""

    route: APIRoute
    names: tuple[str, ...]
    steps: tuple[Step, ...]
    reads: tuple[Read, ...]
    shape: type[BaseModel]
    body: type[BaseModel] | None

    async def values(self, request: Request) -> dict[str, Any] | None:
        """Return what the functions ask of the request; `None` when it is not of the right shape."""
        found = {}
        for read in self.reads:
            source = getattr(request, read.place)
            value = source.getlist(read.key) if read.many else source.get(read.key)
            if value is not None and value != []:
                found[read.name] = value
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
        made: list[Any] = []
        try:
            for step in self.steps:
                given = {name: values[where] for name, where in step.given}
                given.update((name, made[place]) for name, place in step.made)
                made.append(await step.call(**given))
        except Problem as raised:
            return problem(raised)
        answer: Response = made[-1]
        return answer


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
        return None if door is None else (door, dict(zip(door.names, said, strict=True)))

    def _find(self, scope: Message) -> Door | None:
        found = self.door(scope["method"], scope["path"])
        if found is None:
            return None
        door, scope["path_params"] = found
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
        self.reads: dict[str, Read] = {}
        self.fields: dict[str, Any] = {}
        self.body: type[BaseModel] | None = None
        self._places: dict[Call, int] = {}

    def add(self, call: Call) -> int:
        """Add a function after those it depends on, once; return its place among the steps."""
        if call in self._places:
            return self._places[call]
        if not iscoroutinefunction(call):
            raise _Winding
        hints, given, made = get_type_hints(call, include_extras=True), [], []
        for name, parameter in signature(call).parameters.items():
            if name not in hints or isinstance(parameter.default, _SAYS):
                raise _Winding
            says = next((each for each in getattr(hints[name], "__metadata__", ()) if isinstance(each, _SAYS)), None)
            if isinstance(says, params.Depends) and says.dependency is not None:
                made.append((name, self.add(says.dependency)))
            else:
                given.append((name, self._given(name, hints[name], parameter.default, says)))
        self.steps.append(Step(call, tuple(given), tuple(made)))
        self._places[call] = len(self.steps) - 1
        return self._places[call]

    def _given(self, name: str, hint: Any, default: Any, says: Any) -> str:
        if hint is Request:
            return REQUEST
        if isinstance(hint, type) and issubclass(hint, BaseModel) and self.body is None and default is Parameter.empty:
            self.body = hint
            return BODY
        if isinstance(says, params.Depends | params.Body | params.Cookie) or getattr(says, "alias", None):
            raise _Winding
        place = "path_params" if name in self.names else "headers" if isinstance(says, params.Header) else "query_params"
        where, key = f"{place}_{name}", name.replace("_", "-") if place == "headers" else name
        self.reads[where] = Read(where, place, key, many=_is_list(hint))
        self.fields[where] = (hint, ... if default is Parameter.empty else default)
        return where


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
    return Door(route, plan.names, tuple(plan.steps), tuple(plan.reads.values()), shape, plan.body)


def _is_list(hint: Any) -> bool:
    inner = get_args(hint)[0] if hasattr(hint, "__metadata__") else hint
    return list in (get_origin(inner), *map(get_origin, get_args(inner)))
