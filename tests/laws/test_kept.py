"""What is kept of a thread for whoever looks next is what would be looked up: after every operation."""

import pytest

from laws.test_tenancy import OPERATIONS, RECORD, ask, kept  # noqa: F401 a fixture
from operations import calls

CHANGING = [one for one in OPERATIONS if one[0] != "GET"]


@pytest.mark.parametrize("operation", CHANGING, ids=" ".join)
async def test_a_conversation_shows_its_threads_as_they_are_now(http, kept, operation):  # noqa: F811
    await conversation(http)

    await ask(http, operation, kept, {"Apropos-Actor": "ada"} if not calls(kept)[operation].host else {})

    for shown in await conversation(http):
        looked_up = (await http.get(f"/v1/threads/{shown['id']}")).json()
        del looked_up["people"]
        assert shown == looked_up


async def conversation(http):
    return (await http.get("/v1/conversation", params={"record": RECORD})).json()["threads"]
