"""Behind proxies that break WebSockets, or hold streams back too, a discussion is live still; and a socket comes back."""

import pytest
from playwright.sync_api import expect

from proxying import BREAKS, THROUGH, proxy_of

PATIENCE = 60_000


@pytest.fixture
def proxy(endpoint):
    with proxy_of(endpoint) as proxy:
        yield proxy


@pytest.fixture
def discussion(visit, host, case, opened, proxy):
    """A way to open a discussion through the proxy; returns the panel, and `says(text)`: Tomasz writes, and it is seen once."""
    tomasz = host.acting_as("tomasz")
    thread = tomasz.threads.open(case.record, "When?", field="priority", goal="Say when")

    def begin():
        page = visit(f"{case.address}ines", expecting_failure=True)
        expect(page.locator(case.pin).get_by_role("button")).to_be_visible()
        page.locator("apropos-app").evaluate("(app, there) => app.setAttribute('endpoint', there)", proxy.address)
        proxy.wait(lambda it: ("/v1/counts", 200) in it.heard)
        panel = opened(page, case.pin)
        expect(panel.get_by_text("When?")).to_be_visible()

        def says(text):
            tomasz.threads.comment(thread.id, text)
            expect(panel.get_by_role("article").filter(has_text=text)).to_have_count(1, timeout=PATIENCE)
            expect(panel.get_by_text("You are offline.")).to_have_count(0)

        return panel, says

    return begin


def all_once(panel, *texts):
    expect(panel.get_by_role("article")).to_have_count(len(texts))
    for text in texts:
        expect(panel.get_by_role("article").filter(has_text=text)).to_have_count(1)


@pytest.mark.parametrize("how", BREAKS)
def test_where_websockets_are_broken_it_comes_by_a_stream_until_one_holds(discussion, proxy, how):
    proxy.upgrades = how
    panel, says = discussion()
    proxy.wait(lambda it: it.streams == 1)
    says("On the stream")
    says("And again")

    proxy.upgrades = THROUGH
    proxy.wait(lambda it: it.sockets == 1 and it.streams == 0)
    says("On a socket")
    all_once(panel, "When?", "On the stream", "And again", "On a socket")
    assert {status for path, status in proxy.heard if path == "/v1/stream"} == {200}


def test_where_streams_are_held_back_too_it_comes_by_looking(discussion, proxy):
    proxy.upgrades, proxy.holds_streams = 502, True
    panel, says = discussion()
    proxy.wait(lambda it: it.held > 0)
    says("Looked for")
    proxy.wait(lambda it: ("/v1/conversation", 304) in it.heard)
    assert "/v1/stream" not in {path for path, _ in proxy.heard}

    proxy.upgrades = THROUGH
    panel.page.evaluate("dispatchEvent(new Event('online'))")  # it would try by itself, later
    proxy.wait(lambda it: it.sockets == 1)
    says("On a socket")
    all_once(panel, "When?", "Looked for", "On a socket")


def test_where_all_goes_through_nobody_takes_a_detour(discussion, proxy):
    panel, says = discussion()
    proxy.wait(lambda it: it.sockets == 1)
    says("On a socket")
    all_once(panel, "When?", "On a socket")
    assert "/v1/stream" not in {path for path, _ in proxy.heard}
