"""The playground shows each element as it is told to be, and gives the tags that make it so."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

MANIFEST = json.loads((Path(__file__).parents[2] / "widget" / "custom-elements.json").read_text())
ELEMENTS = [each["tagName"] for each in MANIFEST["modules"][0]["declarations"] if each["tagName"] != "apropos-app"]
PLACE = "&a.record=opportunity:OPP-20418&a.field=q3/vt-400&a.open=open"


@pytest.mark.parametrize("element", ELEMENTS)
def test_each_element_stands_on_its_stage(visit, element):
    page = visit(f"/playground?as=jonas&element={element}{PLACE}")
    stage = page.frame_locator("iframe")
    shown = stage.locator(element)
    expect(shown.get_by_role("button").or_(shown.get_by_role("group")).first).to_be_visible()
    expect(page.locator("code")).to_contain_text(f"<{element}")


def test_what_is_turned_is_shown_and_is_in_the_tags_and_the_address(visit, demo):
    page = visit(f"/playground?as=jonas&element=apropos-pin{PLACE}")
    page.get_by_label("Language").select_option("de")
    page.get_by_label("Direction").select_option("rtl")
    page.get_by_label("--apropos-brand").fill("rebeccapurple")
    page.get_by_label("Host name").fill("Fieldline")
    page.get_by_label("Deep links").check()
    page.get_by_label("Width").select_option("375")
    stage = page.frame_locator("iframe")
    expect(stage.get_by_role("button", name=re.compile("Nachricht|Diskussion"))).to_be_visible()
    expect(stage.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("iframe")).to_have_css("width", "375px")
    expect(page.locator("code")).to_contain_text('lang="de"')
    expect(page.locator("code")).to_contain_text('<html dir="rtl">')
    expect(page.locator("code")).to_contain_text('host-name="Fieldline" deep-links>')
    expect(stage.locator("apropos-app[host-name=Fieldline][deep-links]")).to_have_count(1)
    expect(page.locator("code")).to_contain_text("--apropos-brand: rebeccapurple;")
    again = visit(page.url.removeprefix(demo))
    expect(again.get_by_label("Language")).to_have_value("de")
    expect(again.get_by_label("Deep links")).to_be_checked()
    expect(again.locator("code")).to_contain_text("rebeccapurple")


def test_the_playground_fits_a_phone(visit):
    page = visit(f"/playground?element=apropos-pin{PLACE}", viewport={"width": 375, "height": 667})
    expect(page.frame_locator("iframe").get_by_role("button").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
