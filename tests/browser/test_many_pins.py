"""The pins of a whole table: a few of them in a task, so that the page goes on in between."""

import pytest
from playwright.sync_api import expect

MANY = 2_000
PIN = '<apropos-pin record="{record}" field="f"></apropos-pin>'
PAGE = PIN + "<div id=place></div>"
TASKS = """
    const task = () => new Promise((resolve) => setTimeout(resolve))
    const shows = (pin) => pin.shadowRoot?.querySelector('button')
"""
"""A script for pages: the end of a task, and whether a pin shows something."""


@pytest.fixture
def page(strange, case):
    """A page that knows how much is said on the record, with room for pins on it."""
    page = strange(PAGE.format(record=case.record))
    expect(page.locator("apropos-pin").get_by_role("button")).to_be_attached()
    page.evaluate(f"() => {{ globalThis.many = `{PIN.format(record=case.record)}`.repeat({MANY}) }}")
    return page


@pytest.mark.parametrize("inserted", [True, False])
def test_they_are_made_in_several_tasks(strange, page, case, inserted):
    if not inserted:  # the script comes to a page that has them
        page = strange(PIN.format(record=case.record) * MANY)
    made = page.evaluate(f"""async (inserted) => {{{TASKS}
        if (inserted) place.innerHTML = many
        const pins = [...document.querySelectorAll('apropos-pin')]
        const made = new Set()
        do {{
            await task()
            made.add(pins.filter(shows).length)
        }} while (!made.has(pins.length))
        return [...made]
    }}""", inserted)  # fmt: skip
    assert len(made) > 3
    assert made == sorted(made)


def test_those_taken_away_before_their_turn_are_never_made(page):
    gone, made, later = page.evaluate(f"""async () => {{{TASKS}
        place.innerHTML = many
        const pins = [...place.children]
        const made = () => pins.filter((pin) => pin.shadowRoot).length
        place.replaceChildren(pins.pop())
        const before = made()
        while (!shows(place.firstChild)) await task()
        return [pins.length, before, made()]
    }}""")  # fmt: skip
    assert made == later < gone


def test_rows_that_are_sorted_show_theirs_all_the_while(page):
    page.evaluate(f"""async () => {{{TASKS}
        place.innerHTML = many
        while (![...place.children].every(shows)) await task()
    }}""")  # fmt: skip
    shown = page.evaluate(f"""async () => {{{TASKS}
        const last = document.createElement('apropos-pin')
        last.setAttribute('record', document.querySelector('apropos-pin').getAttribute('record'))
        const shown = new Set()
        const pins = [...place.children]
        place.replaceChildren(...pins.toReversed())
        place.after(last)
        while (!shows(last)) {{
            shown.add(pins.filter(shows).length)
            await task()
        }}
        return [...shown]
    }}""")  # fmt: skip
    assert shown == [MANY]


def test_who_opens_one_meanwhile_waits_for_none_of_the_others(page):
    began, waiting = page.evaluate(f"""() => {{{TASKS}
        place.innerHTML = many
        document.querySelector('apropos-pin').shadowRoot.querySelector('button').click()
        return [document.querySelector('apropos-panel').session !== null, [...place.children].some((pin) => !shows(pin))]
    }}""")  # fmt: skip
    assert (began, waiting) == (True, True)
    expect(page.locator("apropos-panel").get_by_role("textbox")).to_be_visible()
