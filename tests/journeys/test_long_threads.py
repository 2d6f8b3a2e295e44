"""Ten thousand comments read like ten: the end at once, the rest in stretches, both ways; and what stays in sight."""

import pytest

from apropos import Invalid, NotFound

HOSTILE = "forecast_line:a/b%2F ü:عربي"


@pytest.fixture
async def long(visit):
    """A thread of 45 comments, the first being number 1."""
    ada = visit("ada")
    thread = await ada.threads.open(HOSTILE, "1")
    for number in range(2, 46):
        await ada.threads.comment(thread.id, f"{number}")
    return thread


async def stretch(http, thread, **query):
    page = (await http.get(f"/v1/threads/{thread.id}/comments", params=query)).json()
    return [int(comment["body"]) for comment in page["data"]], page


async def test_a_thread_is_read_on_from_any_comment_both_ways(http, long):
    [middle] = (await stretch(http, long, limit=1, around=await place(http, long, 30)))[1]["data"]
    around, page = await stretch(http, long, limit=5, around=middle["id"])
    later, last = await stretch(http, long, limit=20, cursor=page["next"])
    earlier, first = await stretch(http, long, limit=20, cursor=page["previous"])
    start, beginning = await stretch(http, long, limit=20, cursor=first["previous"])

    assert (middle["body"], middle["number"]) == ("30", 30)
    assert around == [28, 29, 30, 31, 32]
    assert later == list(range(33, 46))
    assert last["next"] is None
    assert earlier == list(range(8, 28))
    assert start == list(range(1, 8))
    assert beginning["previous"] is None
    assert (await stretch(http, long, limit=20, cursor=last["previous"]))[0] == list(range(13, 33))


@pytest.mark.parametrize(
    ("asked", "number", "limit", "expected"),
    [
        ("around", 1, 4, range(1, 5)),
        ("around", 45, 4, range(42, 46)),
        ("around", 2, 5, range(1, 6)),
        ("around", 20, 100, range(1, 46)),
        ("after", 43, 5, range(44, 46)),
        ("after", 45, 5, ()),
        ("before", 3, 5, range(1, 3)),
        ("before", 1, 5, ()),
    ],
)
async def test_a_stretch_begins_where_it_is_asked_for(http, long, asked, number, limit, expected):
    found, page = await stretch(http, long, limit=limit, **{asked: await place(http, long, number)})

    assert found == list(expected)
    if found:
        assert (page["previous"] is None, page["next"] is None) == (found[0] == 1, found[-1] == 45)


async def test_cursors_stand_while_others_write(http, visit, long):
    _, page = await stretch(http, long, limit=5, before=await place(http, long, 20))
    for number in range(46, 49):
        await visit("bo").threads.comment(long.id, f"{number}")

    assert (await stretch(http, long, limit=5, cursor=page["previous"]))[0] == [10, 11, 12, 13, 14]
    found, cursor = [], page["next"]
    while cursor:
        more, page = await stretch(http, long, limit=10, cursor=cursor)
        found, cursor = found + more, page["next"]
    assert found == list(range(20, 49))


async def test_the_sdk_reads_on_from_a_comment(visit, long):
    ada = visit("ada")
    everything = [comment async for comment in ada.threads.comments(long.id, page=7)]
    thirty = everything[29]

    assert [comment.number for comment in everything] == list(range(1, 46))
    assert [one.number async for one in ada.threads.comments(long.id, after=thirty.id)] == list(range(31, 46))
    assert [one.number async for one in ada.threads.comments(long.id, around=thirty.id, page=10)] == list(range(26, 46))
    assert [one.number for one in await ada.threads.comments_before(long.id, thirty.id, limit=2)] == [28, 29]


async def test_a_place_in_another_thread_is_not_found_and_two_places_are_refused(visit, long):
    ada = visit("ada")
    other = await ada.threads.open(HOSTILE, "other")
    elsewhere, here = other.comments[0].id, long.comments[0].id

    with pytest.raises(NotFound):
        await anext(ada.threads.comments(long.id, around=elsewhere))
    with pytest.raises(Invalid) as refusal:
        await anext(ada.threads.comments(long.id, around=here, after=here))
    assert refusal.value.errors[0]["path"] == "around"


async def test_what_a_folded_thread_keeps_in_sight_comes_along(visit):
    ada, bo = visit("ada"), visit("bo", {"*": "manage"})
    thread = await ada.threads.open(HOSTILE, "first", kind="question")
    await bo.threads.comment(thread.id, "nothing special")
    answer = await bo.threads.comment(thread.id, "the answer")
    await ada.comments.accept(thread.comments[0].id, answer.id)
    open_question = await ada.threads.comment(thread.id, "open question", kind="question")
    replaced = await ada.threads.comment(thread.id, "replaced", kind="decision")
    await ada.comments.record(replaced.id)
    standing = await ada.threads.comment(thread.id, "standing", kind="decision")
    await ada.comments.record(standing.id, replaces=replaced.id)
    await ada.threads.comment(thread.id, "proposed", kind="decision")
    short = await ada.threads.get(thread.id)
    for number in range(20):
        await bo.threads.comment(thread.id, f"{number}")

    long = await ada.threads.get(thread.id)
    again = await ada.threads.comment(open_question.thread_id, "one more")
    [painted] = (await ada.conversation(HOSTILE)).threads

    assert (short.highlights, len(short.comments)) == ([], 7)
    assert [comment.body for comment in long.highlights] == ["first", "the answer", "standing"]
    assert long.highlights[0].answer_id == answer.id
    assert [comment.body for comment in long.comments] == [f"{number}" for number in range(20)]
    assert painted.highlights == long.highlights
    assert painted.comments[-1].id == again.id
    assert {"ada", "bo"} <= set(long.people)


async def test_a_long_thread_is_read_in_part(visit, long):
    bo = visit("bo")
    thread = await bo.threads.get(long.id)
    middle = [comment async for comment in bo.threads.comments(long.id)][29]

    read = await bo.threads.read(thread.id, middle.seq)
    await bo.threads.comment(thread.id, "mine")
    await visit("ada").comments.withdraw(thread.comments[-1].id)
    further = await bo.threads.read(thread.id, thread.comments[-3].seq)

    assert (thread.viewer.unread, read.unread, further.unread) == (45, 15, 1)
    assert (await bo.counts([HOSTILE]))[HOSTILE].unread == 1


async def place(http, thread, number):
    """Return the id of the comment with this number."""
    found = (await http.get(f"/v1/threads/{thread.id}/comments", params={"limit": 100})).json()["data"]
    return found[number - 1]["id"]
