"""The one reader of a workspace's log: whoever comes while others go is told all the same."""

import asyncio


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
