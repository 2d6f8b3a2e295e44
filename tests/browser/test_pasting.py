"""What is pasted into a message becomes its text: a table Markdown, anything else what its plain text says; undo takes it back."""

import pytest
from playwright.sync_api import expect

COPY = """({ plain, html }) => navigator.clipboard.write([new ClipboardItem({
    "text/plain": new Blob([plain], { type: "text/plain" }), "text/html": new Blob([html], { type: "text/html" }),
})])"""
CELLS = 'Line\tQ3\nVT-400\t900|000\n"Service\nagreement"\t62\n'
SHEET = "<table><tr><td>Line</td><td>Q3</td></tr></table>"
TABLE = "| Line | Q3 |\n| --- | --- |\n| VT-400 | 900\\|000 |\n| Service agreement | 62 |\n\n"


@pytest.fixture
def field(visit, host, case, opened):
    """Where Ines writes, with all that it takes to paste."""
    host.acting_as("tomasz").threads.open(case.record, "Which figures?", field="priority")
    page = visit(f"{case.address}ines", permissions=["clipboard-read", "clipboard-write"])
    panel = opened(page, case.pin)
    panel.get_by_role("textbox").press_sequentially("These: ")
    expect(panel.get_by_role("button", name="Attach a file")).to_be_visible()
    return panel.get_by_role("textbox")


def paste(field, plain, html):
    field.page.evaluate(COPY, {"plain": plain, "html": html})
    field.press("Control+v")


def test_a_spreadsheets_cells_become_a_table_on_lines_of_its_own(field):
    paste(field, CELLS, SHEET)
    expect(field).to_have_value(f"These: \n\n{TABLE}")
    field.press("Control+z")
    expect(field).to_have_value("These: ")
    field.press("Control+y")
    expect(field).to_have_value(f"These: \n\n{TABLE}")

    field.press("Control+Enter")
    said = field.page.locator("apropos-panel").get_by_role("article").filter(has_text="These:")
    expect(said.get_by_role("cell", name="900|000")).to_be_visible()


def test_what_a_page_put_into_rich_text_stays_there(field):
    html = "<b style='position: fixed' onclick='document.title = 1'>Hold</b><img src=x onerror='document.title = 1'>"
    title = field.page.title()
    paste(field, "Hold it", html)
    expect(field).to_have_value("These: Hold it")
    field.press("Control+Enter")
    said = field.page.locator("apropos-panel").get_by_role("article").filter(has_text="These: Hold it")
    expect(said).to_be_visible()
    assert said.locator("img, b").filter(has_text="Hold").count() == 0
    assert field.page.title() == title
