"""Which routes the short way serves, and which it leaves to FastAPI."""

from typing import Annotated

import pytest
from fastapi import APIRouter, Body, Depends, Response, UploadFile
from pydantic import BaseModel

from apropos_service.straight import Straight


class Draft(BaseModel):
    text: str


async def one(draft: Draft) -> Response: ...
async def optional(draft: Draft | None = None) -> Response: ...
async def two(draft: Draft, other: Draft) -> Response: ...
async def anything(draft: dict) -> Response: ...
async def file(draft: UploadFile) -> Response: ...
async def embedded(draft: int = Body()) -> Response: ...
async def unmade(draft: int) -> Draft: ...
def blocking() -> Response: ...
async def opened():
    yield


async def depends(given: Annotated[int, Depends(opened)]) -> Response: ...


@pytest.mark.parametrize(
    ("endpoint", "short"),
    [(one, True), *((each, False) for each in (optional, two, anything, file, embedded, unmade, blocking, depends))],
    ids=lambda given: getattr(given, "__name__", ""),
)
def test_what_only_fastapi_knows_how_to_serve_is_left_to_it(endpoint, short):
    router = APIRouter()
    router.add_api_route("/{place}", endpoint, methods=["POST"])
    straight = Straight(None, router.routes)

    assert (straight.door("POST", "/here") is not None) is short
    assert straight.door("GET", "/here") is None
    assert straight.door("POST", "/here/there") is None
