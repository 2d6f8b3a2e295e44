"""Asking as a route does, noting the statements."""

import asyncio


class Counting:
    """A place to look that notes the statements it is asked; there is no other way to look."""

    def __init__(self, look):
        self.look, self.asked = look, []

    async def fetch(self, sql, **params):
        self.asked.append(sql)
        return await self.look.fetch(sql, **params)


async def on_the_services_loop(service, work):
    return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, service.loop))
