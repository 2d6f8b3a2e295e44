"""What waits for a person, as a page of the demo: by mouse, by keyboard, live."""

import re

from playwright.sync_api import expect


def row(page, text):
    return page.get_by_role("listitem").filter(has_text=text)


def test_what_waits_is_read_and_opened_beside_the_list(visit):
    page = visit("/inbox?as=amara")
    entry = row(page, "Agree the Q3 VT-400 figure")
    expect(entry).to_contain_text("900,000")
    entry.get_by_role("button", name="Agree the Q3").click()

    beside = page.locator("apropos-thread")
    expect(beside.get_by_role("heading", name="Agree the Q3 VT-400 figure before the forecast lock")).to_be_visible()


def test_what_is_unread_has_a_dot(visit):
    page = visit("/inbox?as=tomasz")
    dot = page.locator(".ap-item[data-unread] .ap-dot").first
    box = dot.bounding_box()
    assert box["width"] == box["height"] == 7
    expect(dot).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")


def test_paragraphs_in_a_row_stand_apart(strange, host, case):
    host.acting_as("tomasz").threads.open(case.record, "<@zoe>, in Q4.\n\nThe year after.", field="priority")
    entry = row(strange("<apropos-inbox></apropos-inbox>"), "The year after")
    apart = """([first, second]) => {
        const range = document.createRange()
        range.selectNodeContents(first)
        const end = range.getBoundingClientRect().right
        range.selectNodeContents(second.firstChild)
        return range.getBoundingClientRect().left - end
    }"""
    expect(entry).to_be_visible()
    assert entry.locator(".ap-item-x p").evaluate_all(apart) > 1


def test_the_inbox_is_worked_through_by_keyboard_alone(visit):
    page = visit("/inbox?as=tomasz")
    expect(page.get_by_role("listitem").first).to_be_visible()
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.shadowRoot?.activeElement?.className") == "ap-item-t":
            break
    first = page.get_by_role("listitem").first
    title = first.get_by_role("button").first.inner_text()
    page.keyboard.press("e")
    expect(first.get_by_role("button", name="Seen")).to_have_count(0)
    page.keyboard.press("r")
    page.keyboard.type("By keyboard")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("group").filter(has_text="Sent")).to_be_visible()
    first.get_by_role("button").first.focus()
    alike = page.get_by_role("listitem").filter(has_text=title)
    before = alike.count()
    page.keyboard.press("d")
    expect(alike).to_have_count(before - 1)
    page.get_by_role("button", name="Undo").click()
    expect(alike).to_have_count(before)


def test_an_entry_is_put_off_and_brought_back(visit):
    page = visit("/inbox?as=ines")
    entry = row(page, "Approve or correct the hotel")
    entry.get_by_role("button", name="Later").click()
    page.get_by_role("menuitem", name="Tomorrow").click()
    expect(entry).to_have_count(0)
    page.get_by_role("button", name=re.compile("^Later")).first.click()
    expect(entry.get_by_text(re.compile("^Back "))).to_be_visible()
    entry.get_by_role("button", name="Bring back").click()
    expect(entry).to_have_count(0)
    page.get_by_role("button", name=re.compile("^For you")).click()
    expect(entry).to_be_visible()


def test_a_discussion_is_found_by_what_was_said_in_it(visit, host, case):
    thread = host.acting_as("tomasz").threads.open(case.record, "Who has the keys of the pumphouse?", field="priority")
    host.acting_as("tomasz").threads.comment(thread.id, "Nobody; <script>alert(1)</script> the lock was changed.")
    page = visit("/inbox?as=amara")
    page.get_by_role("button", name="Search").press("/")
    field = page.get_by_role("searchbox", name="Search")
    expect(field).to_be_focused()
    field.fill("locks changing")
    found = row(page, "the lock was changed")
    expect(found.locator("mark")).to_have_text(["lock", "changed"])
    expect(page.get_by_role("status").filter(has_text="1 discussion found.")).to_have_count(1)
    found.get_by_role("button").click()
    expect(page.locator("apropos-thread").get_by_text("Who has the keys of the pumphouse?").first).to_be_visible()

    field.fill("pumphouse without a word that anybody said")
    expect(page.get_by_role("heading", name="Nothing has “pumphouse without a word that anybody said”.")).to_be_visible()
    field.press("Escape")
    expect(field).to_have_count(0)
    expect(page.get_by_role("button", name="Search")).to_be_focused()
    expect(page.get_by_role("listitem").first).to_be_visible()


def test_who_manages_is_told_who_asks_for_access_and_puts_it_away(visit, host, case):
    host.records.describe(case.record, title="Pumphouse keys", url="https://fieldline.example/keys")
    page = visit("/inbox?as=jonas")
    expect(page.get_by_role("navigation", name="Inbox views")).to_be_visible()
    host.acting_as("amara").access.request(case.record, person_id="olga", comment="She has the spare ones.")

    asked = row(page, "Pumphouse keys")
    expect(asked).to_contain_text("Amara Osei asks that olga may see this")
    expect(asked).to_contain_text("She has the spare ones.")
    expect(asked.get_by_role("link", name="Pumphouse keys")).to_have_attribute("href", "https://fieldline.example/keys")
    asked.get_by_role("button", name="Dismiss").click()

    expect(asked).to_have_count(0)
    expect(page.get_by_role("group").filter(has_text="Dismissed for everybody")).to_be_visible()
    [request] = [one for one in host.events.list(types=["access.closed"], limit=100).data if one.record == case.record]
    assert request.actor.id == "jonas"


def test_the_head_has_room_where_it_takes_two_lines(visit):
    head = visit("/inbox?as=amara", viewport={"width": 320, "height": 640}).locator(".ap-list-head")
    everything = head.get_by_role("button", name="Acknowledge all seen")
    expect(everything).to_be_visible()
    box, title, button = (each.bounding_box() for each in (head, head.get_by_role("heading"), everything))
    assert button["y"] > title["y"] + title["height"]
    assert title["y"] - box["y"] >= 8
    assert box["x"] + box["width"] - button["x"] - button["width"] < button["x"] - box["x"]


def test_a_discussion_beside_the_list_ends_where_the_inbox_ends(visit):
    page = visit("/inbox?as=amara")
    row(page, "Agree the Q3 VT-400 figure").get_by_role("button", name="Agree the Q3").click()
    expect(page.get_by_role("button", name="Send")).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="all keys")).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollHeight === innerHeight")


def test_lines_of_either_direction_stand_at_the_same_edge(strange, host, case):
    host.people.describe({"id": "reads-hebrew", "name": "Dana Cohen"})
    tomasz = host.acting_as("tomasz")
    for goal, said in (("Agree the figure.", "When do we ship?"), ("לקבוע מועד", "מתי שולחים?")):
        tomasz.threads.open(case.record, f"<@reads-hebrew> {said}", field="priority", goal=goal)
    app = '<apropos-app endpoint="{endpoint}" token-url="/strange-token" lang="he"></apropos-app>'
    turned = '<script>document.documentElement.dir = "rtl"</script>'
    page = strange("<apropos-inbox view=page></apropos-inbox>", app=app, head=turned, person="reads-hebrew")
    expect(page.locator(".ap-item")).to_have_count(2)
    edge = """all => all.map(one => {
      const range = document.createRange()
      range.selectNodeContents(one)
      return Math.round(range.getBoundingClientRect().right)
    })"""
    for line in (".ap-item-t", ".ap-item-x"):
        assert len(set(page.locator(line).evaluate_all(edge))) == 1, line
