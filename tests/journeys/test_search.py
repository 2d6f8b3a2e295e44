"""Discussions are found by what is said in them: in any language, on either database, only by who may see them."""

from urllib.parse import quote

import pytest

from apropos import Invalid

RECORD = "forecast_line:FL-2027/Q3"
LANGUAGES = {
    "en": (
        "Which price do we lock for the invoices?",
        ["prices", "invoice", "lock pric", '"we lock"', "PRICE"], ["locker", "voice"],
    ),
    "de": (
        "Wir müssen die Rechnungen des Häuslers in Größe prüfen",
        ["rechnung", "RECHNUNGEN", "grosse", "haeusler", "prüfe"], ["richtung"]),
    "fr": ("L'accord sur les décisions n'est pas signé à l'hôtel", ["décision", "decisions", "l'accord", "hotel"], ["cordes"]),
    "es": ("La facturación de los camiones no está en el año", ["facturaciones", "facturacion", "camión", "ano"], ["factory"]),
    "it": ("La qualità delle fatture non è come i prezzi", ["fattura", "qualita", "prezzo"], ["frittata"]),
    "pl": ("Proszę o faktury za zamówienia z Łodzi", ["faktura", "FAKTURĘ", "zamowienie", "lodzi"], ["fakt ury"]),
    "ar": ("مُحَمَّد راجع الفاتورة اليوم", ["محمد", "فاتورة", "الفاتوره"], ["فندق"]),
    "he": (
        "\u05d4\u05d7\u05b6\u05e9\u05c1\u05d1\u05bc\u05d5\u05df",
        ["\u05d4\u05d7\u05e9\u05d1\u05d5\u05df"], ["\u05e9\u05dc\u05d5\u05dd"]),
    "ja": ("第3四半期の予算をサーバーで確認", ["四半期", "予算", "算", "ｻｰﾊﾞｰ", "確認"], ["半四", "東京"]),
    "th": ("ตรวจสอบราคาสินค้า", ["ราคา", "สินค้า"], ["ภาษา"]),
    "ko": ("서버를 확인하세요", ["서버", "확인"], ["버서"]),
    "ru": ("Ёлка и счёт готовы", ["елка", "СЧЕТ"], ["счастье"]),
    "figures": (
        "VT-400 costs 1,200,000 and e-mails follow",
        ["vt400", "vt 400", "VT-4", "1.200.000", "1200000", "email"], ["400000", "12000000"]),
    "note": ("I note that the car is here", ["notes", "cars"], ["not that zebra", "nota", "care"]),
}  # fmt: skip
"""A text, what finds it, and what does not; the same on each database."""


async def found(client, q, **which):
    return [thread.id async for thread in client.threads.list(q=q, **which)]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_words_are_found_however_they_are_written(visit, settled, language):
    text, finding, missing = LANGUAGES[language]
    ada = visit("ada")
    thread = await ada.threads.open("order:1", text)
    other = await ada.threads.open("order:1", "zzz")
    await settled()

    assert {q: await found(ada, q) for q in finding} == {q: [thread.id] for q in finding}
    assert {q: await found(ada, q) for q in missing} == {q: [] for q in missing}
    assert await found(ada, "zz") == [other.id]


async def test_everything_that_is_said_is_found_and_a_snippet_shows_where(host, visit, settled):
    ada = visit("ada")
    await host.records.describe(RECORD, title="Quarter of pumps")
    thread = await ada.threads.open(RECORD, "Which **figure** do we lock? <b>", title="Harvest", goal="Agree on marmalade")
    comment = await ada.threads.comment(thread.id, "Thirty in September & no figures more")
    await ada.actions.add(thread.id, "Call the zeppelin")
    await ada.threads.resolve(thread.id, "Locked at ninety")
    await settled()

    async def snippet(q):
        [one] = [one async for one in ada.threads.list(q=q)]
        return one.snippet.source, one.snippet.comment_id, one.snippet.html

    assert await snippet("september") == ("comment", comment.id, "Thirty in <mark>September</mark> &amp; no figures more")
    assert await snippet("figures lock") == (
        "comment", thread.comments[0].id, "Which <mark>figure</mark> do we <mark>lock</mark>? &lt;b&gt;",
    )  # fmt: skip
    assert await snippet("harvest marmalades") == (
        "thread", None, "<mark>Harvest</mark> Agree on <mark>marmalade</mark> Locked at ninety",
    )  # fmt: skip
    assert await snippet("zeppelin") == ("action", None, "Call the <mark>zeppelin</mark>")
    assert await snippet("pump") == ("record", None, "Quarter of <mark>pumps</mark> FL-2027/Q3")
    assert (await snippet("FL-2027/Q3"))[0] == "record"
    assert (await snippet("pump september ninety"))[0] in {"thread", "comment", "record"}
    assert await found(ada, "pump october") == []


async def test_what_is_withdrawn_or_changed_is_not_found_from_that_moment(visit, settled):
    ada = visit("ada")
    thread = await ada.threads.open(RECORD, "The beginning")
    comment = await ada.threads.comment(thread.id, "a walrus")
    await settled()
    assert await found(ada, "walrus") == [thread.id]

    await ada.comments.edit(comment.id, "a penguin")
    assert await found(ada, "walrus") == []
    await settled()
    assert (await found(ada, "penguin"), await found(ada, "walrus")) == ([thread.id], [])

    await ada.comments.withdraw(comment.id)
    assert await found(ada, "penguin") == []
    await settled()
    assert await found(ada, "penguin") == []
    await ada.comments.restore(comment.id)
    await settled()
    assert await found(ada, "penguin") == [thread.id]


async def test_words_in_order_and_words_that_must_not_be_there(visit, settled):
    ada = visit("ada")
    straight = await ada.threads.open(RECORD, "net price rises")
    turned = await ada.threads.open(RECORD, "price of the net")
    await settled()

    assert await found(ada, "net price") == [turned.id, straight.id]
    assert await found(ada, '"net price"') == [straight.id]
    assert await found(ada, '"Net-Price"') == [straight.id]
    assert await found(ada, '"net prices"') == []
    assert await found(ada, "net -rises") == [turned.id]
    assert await found(ada, 'net -"net price"') == [turned.id]


async def test_searching_goes_with_every_filter_sort_and_page(visit, settled):
    ada = visit("ada")
    opened = [(await ada.threads.open(f"order:{n % 2}", "walrus", labels=["hot"] if n < 3 else [])).id for n in range(7)]
    await ada.threads.comment(opened[0], "again")
    await ada.threads.resolve(opened[1])
    await settled()

    assert await found(ada, "walrus") == opened[::-1]
    assert await found(ada, "walrus", record="order:1") == [opened[5], opened[3], opened[1]]
    assert await found(ada, "walrus", status="resolved") == [opened[1]]
    assert await found(ada, "walrus", label="hot") == opened[2::-1]
    assert (await found(ada, "walrus", sort="activity"))[:2] == [opened[1], opened[0]]


async def test_a_merged_record_is_found_by_either_name(host, visit, settled):
    ada = visit("ada")
    await host.records.describe("order:old", title="Walrus")
    await host.records.describe("order:new", title="Penguin")
    thread = await ada.threads.open("order:old", "x")
    await settled()
    await host.records.merge("order:old", "order:new")
    await settled()

    assert (await found(ada, "walrus"), await found(ada, "penguin")) == ([thread.id], [thread.id])


async def test_who_may_not_see_a_discussion_does_not_find_it(visit, settled):
    ada, eve, gil = visit("ada"), visit("eve", {"order:*": "read"}), visit("gil", guest=True)
    secret = await ada.threads.open(RECORD, "walrus", visibility="restricted", members=["bo"])
    inside = await ada.threads.open(RECORD, "walrus")
    await settled()

    assert await found(ada, "walrus") == [inside.id, secret.id]
    assert await found(visit("bo"), "walrus") == [inside.id, secret.id]
    assert await found(visit("cy"), "walrus") == [inside.id]
    assert (await found(eve, "walrus"), await found(gil, "walrus")) == ([], [])


@pytest.mark.parametrize(
    "q", ["", " ", "?!", "👍", "-walrus", '""', "\x00", "x" * 501, " ".join(f"w{n}" for n in range(13)), "\ud800"]
)
async def test_what_cannot_be_looked_for_is_refused_in_words(http, q):
    answer = await http.get(f"/v1/threads?q={quote(q.encode('utf-8', 'surrogatepass'))}")

    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["path"] == "q"


@pytest.mark.parametrize("q", [
    "walrus OR", "NEAR(walrus)", "wal*", "walrus & !x | y", "'walrus", '"walrus', "walrus:*", "words:walrus", "walrus')) --",
    "(walrus", "walrus^2", "{walrus}", "walrus\\", "%walrus%", "walrus -", "walrus --",
])  # fmt: skip
async def test_signs_mean_nothing(http, q):
    answer = await http.get("/v1/threads", params={"q": q})

    assert answer.status_code == 200, answer.text


async def test_the_sdk_says_what_is_wrong(visit):
    with pytest.raises(Invalid) as refusal:
        await found(visit("ada"), "?")

    assert refusal.value.errors[0]["path"] == "q"
