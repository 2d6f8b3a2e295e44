"""Tryton with its own web client: somebody opens a record, begins a discussion, and another person answers."""

import re

import pytest
from playwright.sync_api import expect

from programs import answers, serving
from trytons import PASSWORD, tryton

PARTY = "#tests/model/party.party/1"


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """Where Tryton answers; its people discuss in a workspace of their own."""
    folder = tmp_path_factory.mktemp("apropos")
    service = serving(f"sqlite:///{folder / 'apropos.db'}", folder)
    with service as running, tryton(running.workspace("tryton"), tmp_path_factory.mktemp("tryton")) as (address, process):
        answers(address, process)
        yield address


@pytest.fixture
def logged_in(visit, office):
    """Log somebody in and open the party, as a person does."""

    def come(login):
        page = visit(f"{office}/{PARTY}", expecting_failure=True)  # sao asks for files that its own package does not have
        page.get_by_role("textbox", name="User name").fill(login)
        page.get_by_role("button", name="Login").click()
        page.get_by_role("textbox", name=f"Password for {login}").fill(PASSWORD)
        page.get_by_role("button", name="OK").click()
        expect(page.get_by_role("textbox", name="Name:", exact=True).first).to_have_value("Kestrel Water Authority")
        return page

    return come


def test_two_people_discuss_a_party_beside_its_form(logged_in):
    ines, tomasz = logged_in("ines"), logged_in("tomasz")
    failures = []
    ines.on("pageerror", lambda error: failures.append(str(error)))
    for page in (ines, tomasz):
        page.locator("apropos-badge").get_by_role("button", name=re.compile("discussion")).click()
    mine, his = ines.locator("apropos-panel"), tomasz.locator("apropos-panel")
    mine.get_by_role("textbox").fill("Is this their new name?")
    mine.get_by_role("button", name="Send and start").click()
    expect(his.get_by_text("Is this their new name?").first).to_be_visible()
    his.get_by_role("textbox").fill("Since Monday.")
    his.get_by_role("button", name="Send").click()
    expect(mine.get_by_role("article", name="Tomasz Wolny")).to_contain_text("Since Monday.")
    assert failures == []


def test_the_clients_own_shortcuts_do_not_fire_while_somebody_writes(logged_in):
    page = logged_in("ines")
    page.locator("apropos-badge").get_by_role("button").click()
    panel = page.locator("apropos-panel")
    panel.get_by_role("textbox").last.press_sequentially("One")
    page.keyboard.press("Alt+n")  # a new record, in sao
    expect(page.get_by_role("textbox", name="Name:", exact=True).first).to_have_value("Kestrel Water Authority")
    expect(panel.get_by_role("textbox").last).to_have_value("One")
