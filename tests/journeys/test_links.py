"""Links to a discussion: where they lead, and that they tell nothing else."""

import pytest

from apropos import Invalid
from apropos._ids import new_id
from calling import http_client

HOSTILE = "forecast_line:a/b%2F ü:عربي"


@pytest.fixture
async def anybody(world):
    """Somebody with a link and nothing else."""
    async with http_client(world.url) as client:
        yield client


async def test_a_link_leads_to_the_record_in_its_host_wherever_that_went(host, visit, anybody):
    ada = visit("ada")
    await host.records.describe(HOSTILE, url="https://crm.example/lines/7?a=1#top")
    await host.records.describe("forecast_line:other", url="https://crm.example/lines/8")
    thread = await ada.threads.open(HOSTILE, "x", visibility="restricted")

    first = await anybody.get(f"/t/{thread.id}")
    await host.records.rename(HOSTILE, "forecast_line:new")
    renamed = await anybody.get(f"/t/{thread.id}")
    await host.records.merge("forecast_line:new", "forecast_line:other")
    merged = await anybody.head(f"/t/{thread.id}")

    assert (first.status_code, first.headers["location"]) == (302, f"https://crm.example/lines/7?a=1#apropos={thread.id}")
    assert renamed.headers["location"] == first.headers["location"]
    assert (merged.status_code, merged.headers["location"]) == (302, f"https://crm.example/lines/8#apropos={thread.id}")
    assert first.headers["cache-control"] == "no-store"
    assert first.content == b""


async def test_a_link_that_leads_nowhere_looks_like_one_to_nothing(host, visit, anybody):
    thread = await visit("ada").threads.open(HOSTILE, "x")
    gone = await visit("ada").threads.open("forecast_line:gone", "x")
    await host.records.describe("forecast_line:gone", url="https://crm.example/9")
    await host.records.erase("forecast_line:gone")

    pages = [await anybody.get(f"/t/{one}") for one in (thread.id, gone.id, new_id("thr"), thread.id.upper(), "nonsense", "%00")]

    assert {page.status_code for page in pages} == {404}
    assert len({page.content for page in pages}) == 1
    assert "There is no discussion here that you can see." in pages[0].text
    assert pages[0].headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in pages[0].headers["content-security-policy"]
    assert "http" not in pages[0].text


async def test_an_address_cannot_break_out_of_the_answer(host, visit, anybody):
    with pytest.raises(Invalid):
        await host.records.describe(HOSTILE, url="https://crm.example/\r\nSet-Cookie: a=b\r\n\r\n<script>ü")
    await host.records.describe(HOSTILE, url='https://crm.example/ \x85\u2028"<script>ü')
    thread = await visit("ada").threads.open(HOSTILE, "x")

    led = await anybody.get(f"/t/{thread.id}")

    assert led.status_code == 302
    assert "set-cookie" not in led.headers
    assert led.headers["location"] == f"https://crm.example/%20%C2%85%E2%80%A8%22%3Cscript%3E%C3%BC#apropos={thread.id}"
