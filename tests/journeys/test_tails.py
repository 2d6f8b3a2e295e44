"""The one reader of a workspace's log: whoever comes while others go is told all the same."""

import asyncio
from contextlib import asynccontextmanager

from apropos_service.errors import Overloaded
from apropos_service.threads.model import Comment
from conftest import token_for
from listening import page


class Ear:
    """Listens to a record that nobody spoke of, and says nothing."""

    record, record_id = "invoice:1", None

    def hear(self, _):
        raise AssertionError("nothing happens here")

    def found(self, _):
        raise AssertionError("nobody speaks of it")


async def test_who_comes_while_the_last_one_goes_waits_for_nobody(service, world):
    tails = service.app.state.tails

    async def come_and_go():
        stays = Ear()
        coming = asyncio.create_task(tails.join(world.workspace, stays))
        await asyncio.sleep(0)  # it waits for the reader to start
        tails.leave(world.workspace, Ear())  # of a page that closes: nobody is in the room yet
        async with asyncio.timeout(20):
            position = await coming
        tails.leave(world.workspace, stays)
        return position

    assert await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(come_and_go(), service.loop)) > 0


async def test_what_was_read_is_told_though_the_database_went_before_the_reading_ended(service, world, visit, monkeypatch):
    database, cut = service.app.state.database, []
    reading = database.reading

    @asynccontextmanager
    async def cut_off_once(workspace_id, *, snapshot=False):
        async with reading(workspace_id, snapshot=snapshot) as look:
            yield look
            reader = asyncio.current_task().get_name() == f"tail {world.workspace}"
            if reader and not cut and await look.rows(Comment, "true LIMIT 1"):
                cut.append(workspace_id)
                raise Overloaded("The database does not answer now.")

    async with page(world.url, token_for(world, "bo")) as bo:
        await bo.subscribe("invoice:1")
        monkeypatch.setattr(database, "reading", cut_off_once)
        await visit("ada").threads.open("invoice:1", "here")
        frames = await bo.hear_events(2)

    assert [frame["event"]["seq"] for frame in frames] == [1, 2]
    assert cut == [world.workspace]
