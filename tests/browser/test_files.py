"""Files and the history of a message, in the screens of the demo."""

import re

from playwright.sync_api import expect

CABINETS = 'apropos-pin[field="q2/cabinets"]'
# One red pixel. Source: the PNG specification, smallest image of 8-bit truecolour.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)


def opened(page):
    page.locator(CABINETS).get_by_role("button").click()
    panel = page.locator("apropos-panel")
    panel.get_by_role("textbox").click()
    return panel


def pick(page, panel, name, kind, content):
    with page.expect_file_chooser() as chosen:
        panel.get_by_role("button", name="Attach a file").click()
    chosen.value.set_files({"name": name, "mimeType": kind, "buffer": content})


def test_a_picture_and_a_paper_go_with_a_message_and_can_be_taken_away(visit):
    page = visit("/crm?as=ines")
    panel = opened(page)
    pick(page, panel, "schedule.txt", "text/plain", b"Monday: pour\n")
    expect(panel.get_by_role("button", name="Remove schedule.txt")).to_be_visible()
    pick(page, panel, "mould.png", "image/png", PIXEL)
    expect(panel.get_by_text("mould.png")).to_be_visible()
    panel.get_by_role("textbox").fill("Both are here")
    send = panel.get_by_role("button", name="Send")
    expect(send).to_have_attribute("aria-disabled", "false")
    send.click()

    message = panel.get_by_role("article").filter(has_text="Both are here")
    expect(message.get_by_role("img", name="mould.png")).to_be_visible()
    with page.expect_download() as saved:
        message.get_by_role("button", name="schedule.txt", exact=True).click()
    assert saved.value.suggested_filename == "schedule.txt"
    message.get_by_role("button", name="Remove schedule.txt").click()
    expect(message.get_by_text("schedule.txt")).to_have_count(0)


def test_what_can_run_is_refused_in_words_and_the_text_stays(visit):
    page = visit("/crm?as=ines", expecting_failure=True)
    panel = opened(page)
    panel.get_by_role("textbox").fill("With a program")
    pick(page, panel, "setup.exe", "application/x-msdownload", b"MZ" + bytes(200))

    expect(panel.get_by_text(re.compile("setup.exe cannot be attached")).first).to_be_visible()
    expect(panel.get_by_role("textbox")).to_have_value("With a program")


def test_a_message_shows_what_it_said_before(visit):
    page = visit("/crm?as=tomasz")
    panel = opened(page)
    panel.get_by_role("textbox").fill("Delivery is in May")
    panel.get_by_role("button", name="Send").click()
    message = panel.get_by_role("article").filter(has_text="Delivery is in")
    message.hover()
    message.get_by_role("button", name="More").click()
    panel.get_by_role("menuitem", name="Edit").click()
    panel.get_by_role("textbox", name="Edit message").fill("Delivery is in June")
    panel.get_by_role("button", name="Save").click()
    expect(message.get_by_text("edited")).to_be_visible()
    message.hover()
    message.get_by_role("button", name="More").click()
    panel.get_by_role("menuitem", name="History").click()

    dialog = panel.get_by_role("dialog")
    expect(dialog.get_by_role("listitem")).to_have_count(2)
    expect(dialog).to_contain_text("June")
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)
