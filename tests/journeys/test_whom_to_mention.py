"""Whom one can mention: found however one types, the best first, and nobody who cannot see it."""

import pytest

from apropos import NotFound

RECORD, OTHER = "forecast_line:a/b%2F ü:عربي", "invoice:7"
HOUSE = [
    {"id": "ines", "name": "Ines Marchetti", "email": "i.marchetti@example.com"},
    {"id": "u7", "name": "Marc Ångström"},
    {"id": "anna", "name": "Ana-María O'Brien"},
    {"id": "marta.z", "name": "Żółta Łuna"},
    {"id": "u9", "name": "Rosemarie Weiß"},
    {"id": "x/100%_", "name": "Grand_Mal 100%"},
    {"id": "u10", "name": "Ὀδυσσεύς"},
    {"id": "u11", "name": "王小明"},
    {"id": "u12", "name": "مُنى"},
]


@pytest.fixture
async def house(host):
    """Everybody of the house."""
    await host.people.describe(HOUSE)


async def found(person, query="", **where):
    return [one.id for one in await person.people.search(query, limit=100, **where)]


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("mar", ["u7", "anna", "ines", "marta.z", "u9"]),  # a name, words of names, an id, within a name
        ("MAR", ["u7", "anna", "ines", "marta.z", "u9"]), ("már", ["u7", "anna", "ines", "marta.z", "u9"]),
        ("angstrom", ["u7"]), ("Ångström", ["u7"]), ("ångstro\u0308m", ["u7"]), ("marc  a", ["u7"]), ("ana mar", ["anna"]),
        ("o'br", ["anna"]), ("zolta luna", ["marta.z"]), ("weiss", ["u9"]), ("WEISS", ["u9"]), ("οδυσ", ["u10"]), ("ΟΔΥΣ", ["u10"]),
        ("小明", ["u11"]), ("منى", ["u12"]), ("%", ["x/100%_"]), ("100%", ["x/100%_"]), ("_", ["x/100%_"]), ("!", []),
        ("u1", ["u10", "u12", "u11"]), ("example", []), ("nobody", []), ("\\", []), ("🎉", []),
    ],
)  # fmt: skip
async def test_people_are_found_however_one_types_the_best_first(visit, typed, ids):
    assert await found(visit("ada"), typed) == ids


@pytest.mark.usefixtures("house")
async def test_the_host_finds_people_by_email_too(host, visit):
    assert await found(host, "I.Marchetti@example") == ["ines"]
    assert await found(visit("ada"), "i.marchetti@example") == []


async def test_only_those_who_can_see_the_record_are_found(host, visit):
    people = ["mo", "gus", "gil", "eve", "lea"]
    await host.people.describe([{"id": one, "name": one.title(), "guest": one in ("gus", "gil")} for one in people])
    await host.people.groups({"id": "sales", "name": "Sales", "members": ["lea"]})
    ada = visit("ada", {"*": "manage"}, name="Ada")
    for access, seen in (
        (None, {"ada", "mo", "eve", "lea"}),
        ({"people": {"mo": "read", "gus": "comment"}}, {"mo", "gus"}),
        ({"groups": {"sales": "read"}}, {"lea"}),
        ({"everyone": "read"}, {"ada", "mo", "eve", "lea"}),
        ({"everyone": "read", "people": {"gil": "read"}}, {"ada", "mo", "eve", "lea", "gil"}),
        ({"people": {"mo": "read"}, "groups": {"sales": "comment"}}, {"mo", "lea"}),
    ):
        await host.records.describe(RECORD, access=access)
        assert set(await found(ada, record=RECORD)) == {*seen, "ada"}, access
        assert set(await found(host, record=RECORD)) == {*seen, "ada"}, access
    assert set(await found(ada, record=OTHER)) == {"ada", "mo", "eve", "lea"}, "nobody spoke of it"


async def test_in_a_discussion_only_those_who_can_see_it_first_those_who_wrote(host, visit):
    people = ["mo", "gus", "gil", "eve"]
    await host.people.describe([{"id": one, "name": f"Mo {one}", "guest": one in ("gus", "gil")} for one in people])
    everybody = dict.fromkeys([*people, "ada"], "comment")
    await host.records.describe(RECORD, access={"people": everybody})
    ada = visit("ada", name="Mo Ada")
    internal = await ada.threads.open(RECORD, "x")
    shared = await ada.threads.open(RECORD, "x", visibility="shared")
    restricted = await ada.threads.open(RECORD, "x", visibility="restricted", members=["gil", "eve"])
    await visit("mo", {}).threads.comment(internal.id, "y")
    await visit("gus", {}, guest=True).threads.comment(shared.id, "y")

    assert await found(ada, "mo", thread_id=internal.id) == ["ada", "mo", "eve"]
    assert await found(ada, "mo", thread_id=shared.id) == ["ada", "gus", "eve", "gil", "mo"]
    assert await found(ada, thread_id=restricted.id) == ["ada", "eve", "gil"]


async def test_a_guest_who_was_let_in_to_write_is_found_there(visit):
    gus = visit("gus", guest=True, name="Gus")
    thread = await gus.threads.open(RECORD, "a guest asks")
    other = await visit("ada").threads.open(RECORD, "x", visibility="shared")

    assert "gus" in await found(visit("ada"), thread_id=thread.id)
    assert "gus" not in await found(visit("ada"), thread_id=other.id)
    assert "gus" not in await found(visit("ada"), record=RECORD)


@pytest.mark.usefixtures("house")
async def test_a_guest_finds_only_those_with_whom_they_share_a_discussion(host, visit):
    await host.people.groups({"id": "all", "name": "Ines and all", "members": ["ines", "gus"]})
    ada, gus = visit("ada", name="Ada"), visit("gus", guest=True, name="Gus")
    await host.threads.open(RECORD, "x", sponsor="ines")
    shared = await ada.threads.open(RECORD, "x", visibility="shared", sponsor="u7")
    inside = await visit("anna").threads.open(RECORD, "x", visibility="restricted", members=["gus"])
    await visit("u9").threads.open(RECORD, "x", visibility="restricted", members=["ines"])
    await ada.threads.open(OTHER, "x", visibility="shared", sponsor="ines")

    assert await found(gus) == ["gus"]
    assert set(await found(gus, record=RECORD)) == {"ada", "u7", "anna", "gus"}
    assert set(await found(gus, thread_id=shared.id)) == {"ada", "u7", "gus"}
    assert set(await found(gus, thread_id=inside.id)) == {"anna", "gus"}
    assert await gus.people.search_groups("all", record=RECORD) == []


async def test_groups_are_found_with_how_many_of_them_can_see_it(host, visit):
    await host.people.describe([{"id": "gus", "name": "Gus", "guest": True}, {"id": "mo", "name": "Mo"}])
    await host.people.groups([
        {"id": "fin", "name": "Équipe Finance", "members": ["mo", "gus", "undescribed"]},
        {"id": "finland", "name": "Helsinki", "members": ["gus"]},
        {"id": "f3", "name": "Finishing", "members": []},
    ])  # fmt: skip
    await host.records.describe(RECORD, access={"people": {"ada": "comment", "mo": "read", "gus": "read"}})
    ada = visit("ada")
    internal = await ada.threads.open(RECORD, "x")

    async def groups(query, **where):
        return [(one.id, one.member_count, one.reach) for one in await ada.people.search_groups(query, **where)]

    assert await groups("fin") == [("fin", 3, 3), ("finland", 1, 1)], "a word of the name comes before the id"
    assert await groups("equipe", record=RECORD) == [("fin", 3, 2)]
    assert await groups("fin", thread_id=internal.id) == [("fin", 3, 1)]
    assert await groups("fin", record=OTHER) == [("fin", 3, 2)]
    assert await groups("") == []


async def test_what_one_may_not_see_finds_nobody(http, visit):
    thread = await visit("ada").threads.open(RECORD, "x", visibility="restricted")
    eve = visit("eve", {"invoice:*": "manage"})
    for where in ({"record": RECORD}, {"thread_id": thread.id}):
        with pytest.raises(NotFound):
            await eve.people.search("a", **where)
    with pytest.raises(NotFound):
        await visit("mo").people.search("a", thread_id=thread.id)
    wrong = await http.get("/v1/people", params={"thread": thread.id, "record": OTHER})
    assert (wrong.status_code, wrong.json()["errors"][0]["path"]) == (422, "record")


async def test_paging_neither_skips_nor_repeats_while_people_begin_to_write(http, host, visit):
    crowd = [f"p{number:02}" for number in range(45)]
    await host.people.describe([{"id": one, "name": "The Same" if one < "p20" else f"The {one}"} for one in crowd])
    thread = await visit("p44", name="The p44").threads.open(RECORD, "x")
    pages, cursor = [], None
    while cursor is not None or not pages:
        query = {"query": "the", "thread": thread.id, "limit": 10, **({"cursor": cursor} if cursor else {})}
        answer = (await http.get("/v1/people", params=query)).json()
        pages.append([one["id"] for one in answer["data"]])
        await visit(f"p{40 - len(pages)}", name=f"The p{40 - len(pages)}").threads.comment(thread.id, "y")
        cursor = answer["next"]

    told = [one for page in pages for one in page]
    assert told[0] == "p44"
    assert sorted(told) == crowd
    assert [len(page) for page in pages] == [10, 10, 10, 10, 5]
