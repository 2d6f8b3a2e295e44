"""A discussion has an address: it opens from one, and its link is copied."""

from urllib.parse import quote

from playwright.sync_api import expect

STRANGE = "a/b%2F ü:عربي"


def test_an_address_opens_its_discussion(visit, host, case):
    thread = host.acting_as("tomasz").threads.open(case.record, "Can it wait?", field="priority", goal="Say whether it can wait")
    page = visit(f"{case.address}ines#apropos={thread.id}")
    heading = page.locator("apropos-panel").get_by_role("heading", name="Say whether it can wait")
    expect(heading).to_be_focused()
    expect(page.locator(case.pin).get_by_role("button")).to_have_attribute("data-state", "open")
    assert page.url.endswith(f"#apropos={thread.id}"), "the address is the host's, and stays as it was"


def test_an_address_that_changes_opens_another_discussion(visit, host, case):
    first, second = (host.acting_as("tomasz").threads.open(case.record, text, field="priority") for text in ("One", "Two"))
    page = visit(f"{case.address}ines#apropos={first.id}")
    panel = page.locator("apropos-panel")
    expect(panel.get_by_role("heading", name="One")).to_be_visible()
    page.evaluate("id => { location.hash = `#apropos=${id}` }", second.id)
    expect(panel.get_by_role("heading", name="Two")).to_be_visible()


def test_the_address_is_written_only_where_the_host_lets_us(visit, host, case, opened):
    thread = host.acting_as("tomasz").threads.open(case.record, "Here", field="priority")
    page = visit(f"{case.address}ines#section-2")
    panel = opened(page, case.pin)
    expect(panel.get_by_role("heading", name="Here")).to_be_visible()
    assert page.url.endswith("#section-2")
    page.evaluate("document.querySelector('apropos-app').setAttribute('deep-links', '')")
    panel.get_by_role("button", name="Close panel").click()
    opened(page, case.pin)
    page.wait_for_function("id => location.hash === `#section-2&apropos=${id}`", arg=thread.id)
    panel.get_by_role("button", name="Close panel").click()
    page.wait_for_function("location.hash === '#section-2'")


def test_a_link_is_copied(visit, host, case, opened):
    thread = host.acting_as("tomasz").threads.open(case.record, "Copy me", field="priority")
    page = visit(f"{case.address}ines", permissions=["clipboard-read", "clipboard-write"])
    panel = opened(page, case.pin)
    panel.get_by_role("button", name="More").first.click()
    panel.get_by_role("menuitem", name="Copy link").click()
    service = page.locator("apropos-app").get_attribute("endpoint")
    page.wait_for_function("async link => (await navigator.clipboard.readText()) === link", arg=f"{service}/t/{thread.id}")


def test_a_record_of_any_name_has_pins_news_and_an_address(visit, host):
    record, address = f"customer_request:{STRANGE}", f"/requests?as=ines&key={quote(STRANGE, safe='')}"
    thread = host.acting_as("tomasz").threads.open(record, "In any script", field="credit")
    page = visit(f"{address}#apropos={thread.id}")
    panel = page.locator("apropos-panel")
    expect(panel.get_by_role("heading", name="In any script")).to_be_visible()
    host.acting_as("tomasz").threads.comment(thread.id, "And it arrives")
    expect(panel.get_by_role("article").filter(has_text="And it arrives")).to_be_visible()
    panel.get_by_role("button", name="Close panel").click()
    host.acting_as("tomasz").threads.open(record, "On the pin", field="priority")
    pin = page.locator('apropos-pin[field="priority"]').get_by_role("button", name="unread")
    expect(pin).to_be_visible()
