"""In the pages of hosts that never heard of us: whatever they do to a page, the widget holds, and leaves theirs as it was."""

import re

import pytest
from playwright.sync_api import expect

PIN = '<apropos-pin record="{record}" field="{field}" label="{label}"></apropos-pin>'
RESET = """<style>
* { all: unset !important; font: 40px fantasy !important; color: red !important; display: block !important;
    letter-spacing: 9px !important; text-transform: uppercase !important; visibility: visible !important }
html { font-size: 10px !important }
button, textarea, input { background: lime !important; border: 9px solid red !important; padding: 30px !important }
style, script, head, title, meta { display: none !important }
</style>"""
LOOKS = """() => {
    const found = {}
    const seen = (name, one) => {
        const all = getComputedStyle(one)
        found[name] = ['color', 'font', 'letter-spacing', 'text-transform', 'display', 'background-color', 'padding', 'border']
            .map((each) => all.getPropertyValue(each))
    }
    const panel = document.querySelector('apropos-panel').shadowRoot
    for (const name of ['.ap', '.ap-head', 'h2', 'article', 'textarea', '.ap-btn']) {
        const one = panel.querySelector(name)
        if (one) seen(name, one)
    }
    seen('pin', document.querySelector('apropos-pin').shadowRoot.querySelector('button'))
    return found
}"""


def pins(case, *names):
    return "".join(
        f"<p>{name} {PIN.format(record=case.record, field=name.lower(), label=name)}</p>"
        for name in names or ("Priority", "Credit")
    )


@pytest.fixture
def asked(host, case):
    return host.acting_as("tomasz").threads.open(case.record, "When?", field="priority", goal="Say when")


def say(panel, text="On Monday"):
    panel.get_by_role("textbox").last.fill(text)
    panel.get_by_role("button", name="Send").click()
    expect(panel.get_by_role("article").filter(has_text=text)).to_have_count(1)


@pytest.mark.usefixtures("asked")
def test_resets_that_are_important_and_a_small_root_change_nothing_of_ours(strange, case, opened):
    plain, reset = strange(pins(case)), strange(pins(case), head=RESET)
    for page in (plain, reset):
        expect(opened(page, case.pin).get_by_role("article")).to_be_visible()
        page.mouse.move(0, 0)
    expect(reset.locator("apropos-panel").get_by_role("textbox")).to_be_visible()
    assert reset.evaluate(LOOKS) == plain.evaluate(LOOKS)
    say(reset.locator("apropos-panel"))


@pytest.mark.usefixtures("asked")
def test_from_right_to_left_inside_what_is_turned_and_cut(strange, case, opened):
    cut = "transform: rotate(2deg) scale(.9); overflow: hidden; height: 60px; width: 300px; contain: paint; filter: blur(0)"
    page = strange(f'<div dir="rtl" style="{cut}">{pins(case)}</div><script>document.dir = "rtl"</script>')
    panel = opened(page, case.pin)
    say(panel)
    assert panel.locator(".ap").first.evaluate("one => one.matches(':dir(rtl)')")
    assert panel.locator(".ap").first.bounding_box()["x"] == 0
    panel.get_by_role("button", name="More", exact=True).first.click()
    menu = panel.get_by_role("menu")
    expect(menu.get_by_role("menuitem").first).to_be_visible()
    box = menu.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= page.viewport_size["width"]


@pytest.mark.usefixtures("asked")
def test_in_a_modal_dialog_of_the_host_the_panel_is_in_it_too(strange, case, opened):
    page = strange(f"<dialog id=theirs>{pins(case)}</dialog><apropos-panel></apropos-panel>")
    page.evaluate("theirs.showModal()")
    page.locator(case.pin).get_by_role("button").click()
    panel = page.locator("#theirs apropos-panel")
    expect(panel.get_by_role("heading", name="Say when")).to_be_focused()
    say(panel)
    panel.get_by_role("button", name="More", exact=True).first.click()
    panel.get_by_role("menuitem", name="Copy link").hover()
    page.keyboard.press("Escape")
    expect(panel.get_by_role("menu")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(panel.get_by_role("heading")).to_have_count(0)
    assert page.evaluate("theirs.open"), "our Escape is not the dialog's"
    page.keyboard.press("Escape")
    assert not page.evaluate("theirs.open")
    page.evaluate("theirs.before(theirs.firstElementChild)")
    opened(page, case.pin)
    expect(page.locator("body > apropos-panel").get_by_role("heading", name="Say when")).to_be_visible()


def test_a_grid_that_recycles_and_sorts_its_rows(strange, host, case, opened):
    for name in ("a", "b", "c"):
        host.acting_as("tomasz").threads.open(case.record, f"Row {name}?", field=name)
    row = "<tr><td>{name}<td>" + PIN + "</tr>"
    rows = "".join(row.format(name=name, record=case.record, field=name, label=f"Row {name}") for name in ("a", "b", "c", "d"))
    page = strange(f"<table><tbody id=rows>{rows}</tbody></table>")
    panel = opened(page, 'apropos-pin[field="a"]')
    expect(panel.get_by_role("article")).to_contain_text("Row a?")
    page.evaluate("rows.append(...[...rows.children].reverse())")
    expect(page.locator('apropos-pin[field="a"]').get_by_role("button")).to_have_attribute("aria-expanded", "true")
    page.evaluate("""() => {
        const [first] = document.querySelectorAll('apropos-pin')
        first.setAttribute('field', 'b')
        first.setAttribute('label', 'Row b')
        document.querySelector('apropos-pin[field="a"]').remove()
    }""")
    recycled = page.locator("apropos-pin").first.get_by_role("button")
    expect(recycled).to_have_accessible_name(re.compile("Row b"))
    recycled.click()
    expect(panel.get_by_role("article")).to_contain_text("Row b?")
    page.keyboard.press("Escape")
    expect(recycled).to_be_focused()


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("query", ["", "?version=2"])
def test_a_second_copy_of_the_script_joins_the_first(strange, case, opened, query):
    second = f'<script type="module" src="{{endpoint}}/widget/apropos.js{query}"></script>'
    page = strange(pins(case) + second)
    say(opened(page, case.pin))
    expect(page.locator("apropos-panel")).to_have_count(1)
    assert page.evaluate("Object.keys(apropos)") == ["configure"]


@pytest.mark.usefixtures("asked")
def test_a_page_that_swaps_what_is_in_it(strange, case, opened):
    page = strange(f"<main id=swapped>{pins(case)}</main>")
    panel = opened(page, case.pin)
    expect(panel.get_by_role("article").first).to_be_visible()
    page.evaluate("swapped.innerHTML = swapped.innerHTML")  # as htmx does
    expect(page.locator(case.pin).get_by_role("button")).to_have_attribute("aria-expanded", "true")
    say(panel)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator(case.pin).get_by_role("button")).to_be_focused()
    page.evaluate("""() => {
        const next = document.createElement('body')
        next.innerHTML = document.body.innerHTML
        document.documentElement.replaceChild(next, document.body)
    }""")  # as Turbo does with each visit
    panel = opened(page, case.pin)
    expect(panel.get_by_role("article").filter(has_text="On Monday")).to_be_visible()


@pytest.mark.usefixtures("asked")
def test_the_hosts_single_letters_are_the_hosts_and_ours_are_ours(strange, case, opened):
    listens = """<script>
        window.fired = []
        addEventListener('keydown', ({ key, target }) => { if (!target.matches('input, textarea')) fired.push(key) })
        document.addEventListener('keydown', ({ key }) => { if (key === 'e') fired.push('E!') }, false)
    </script><input id=theirs>"""
    page = strange(listens + pins(case))
    panel = opened(page, case.pin)
    expect(panel.get_by_role("heading", name="Say when")).to_be_focused()
    field = panel.get_by_role("textbox")
    field.press_sequentially("joke")
    assert page.evaluate("fired") == []
    expect(field).to_have_value("joke")
    page.locator("#theirs").press_sequentially("je")
    expect(page.locator("#theirs")).to_have_value("je")
    page.evaluate("fired.length = 0; document.activeElement.blur()")
    page.keyboard.press("j")
    page.keyboard.press("e")
    assert page.evaluate("fired") == ["j", "E!", "e"]
    expect(panel.get_by_text("Seen by you")).to_have_count(0)


COUNT = """(() => {
    const held = window.held = { listeners: new Map(), timers: new Set(), sockets: new Set() }
    const key = (target, type, heard, how) => [target, type, heard, typeof how === 'object' ? !!how?.capture : !!how]
    const same = (one, other) => one.every((each, at) => each === other[at])
    const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype
    EventTarget.prototype.addEventListener = function (type, heard, how) {
        const isTheirs = [window, document, document.body, document.documentElement].includes(this)
        if (isTheirs && new Error().stack.includes('/widget/')) {
            const made = key(this, type, heard, how)
            held.listeners.set(made, `${this.constructor.name} ${type}`)
            how?.signal && add.call(how.signal, 'abort', () => held.listeners.delete(made))
        }
        return add.call(this, type, heard, how)
    }
    EventTarget.prototype.removeEventListener = function (type, heard, how) {
        for (const made of held.listeners.keys()) if (same(made, key(this, type, heard, how))) held.listeners.delete(made)
        return remove.call(this, type, heard, how)
    }
    for (const [set, clear] of [['setTimeout', 'clearTimeout'], ['setInterval', 'clearInterval']]) {
        const [start, end] = [window[set], window[clear]]
        window[set] = (run, ...how) => {
            const id = start(() => { if (set === 'setTimeout') held.timers.delete(id); run() }, ...how)
            held.timers.add(id)
            return id
        }
        window[clear] = (id) => { held.timers.delete(id); end(id) }
    }
    const Real = WebSocket
    window.WebSocket = class extends Real {
        constructor(...given) {
            super(...given)
            held.sockets.add(this)
            add.call(this, 'close', () => held.sockets.delete(this))
        }
    }
})()"""
HELD = """() => ({
    listeners: [...held.listeners.values()].filter((one) => one !== 'Window apropos-open').sort(),
    timers: held.timers.size, sockets: held.sockets.size,
})"""
WORLD = """() => ({
    globals: Object.getOwnPropertyNames(window).filter((name) => name !== 'held').sort(),
    prototypes: [Object, Array, Function, String, Promise, Element, HTMLElement, Node, Event, Document]
        .map((one) => Object.getOwnPropertyNames(one.prototype).sort().join()).join(),
    styles: [...document.querySelectorAll('h1, p, td, input, a')].map((one) => {
        const all = getComputedStyle(one)
        return [...all].map((name) => name + all.getPropertyValue(name)).join()
    }),
    places: [...document.querySelectorAll('h1, p, td, input, a')].map((one) => JSON.stringify(one.getBoundingClientRect())),
    attributes: [document.documentElement, document.body].map((one) => one.outerHTML.slice(0, one.outerHTML.indexOf('>'))),
    title: document.title, hash: location.href, history: history.length,
})"""
THEIRS = "<h1>Theirs</h1><a href='#'>One</a> <input id=first> {pins}<table><tr><td>1<td>2</table><input id=last>"


@pytest.mark.usefixtures("asked")
def test_globals_prototypes_styles_and_layout_are_as_they_were(strange, case):
    without = strange(THEIRS.format(pins=pins(case)), script="", app="")
    before = without.evaluate(WORLD)
    page = strange(THEIRS.format(pins=pins(case)))
    expect(page.locator(case.pin).get_by_role("button")).to_be_visible()
    page.wait_for_timeout(300)
    after = page.evaluate(WORLD)
    assert set(after["globals"]) - set(before["globals"]) == {"apropos"}
    assert {**after, "globals": 0} == {**before, "globals": 0}


@pytest.mark.usefixtures("asked")
def test_the_order_of_focus_is_the_hosts_with_pins_where_they_stand(strange, case):
    page = strange(THEIRS.format(pins=pins(case, "Priority")))
    expect(page.locator(case.pin).get_by_role("button")).to_be_visible()
    assert page.evaluate("document.activeElement === document.body")
    reached = []
    for _ in range(4):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.localName"))
    assert reached == ["a", "first", "apropos-pin", "last"]


@pytest.mark.usefixtures("asked")
def test_what_is_taken_out_of_the_page_leaves_no_listener_timer_or_socket(strange, case, opened):
    badge = f'<apropos-badge record="{case.record}"></apropos-badge>'
    page = strange(
        f"<main id=ours>{pins(case)}{badge}</main>", head=f"<script>{COUNT}</script>", prepare=lambda page: page.clock.install()
    )
    say(opened(page, case.pin))
    assert page.evaluate(HELD)["sockets"] == 1
    page.evaluate("document.querySelectorAll('apropos-app, apropos-panel, #ours').forEach((one) => one.remove())")
    page.clock.run_for(46_000)  # after so long a silence it asks whether anybody is there, or goes where nobody listens
    page.wait_for_function("held.sockets.size === 0")
    page.clock.run_for(2_000)
    session = ["Window offline", "Window online", "Window online"]  # the page's, for what was written and is not sent
    assert page.evaluate(HELD) == {"listeners": session, "timers": 0, "sockets": 0}
    page.evaluate(f"""() => {{
        document.body.innerHTML = `<p>{PIN.format(record=case.record, field="priority", label="Priority")}</p>`
    }}""")
    expect(page.locator(case.pin).get_by_role("button")).to_be_visible()
    page.wait_for_function("held.sockets.size === 1")
