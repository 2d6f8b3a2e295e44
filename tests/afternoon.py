"""An afternoon in a workspace in which much was said: everything that is done often, by people and by the host's systems.

Law: what is done is done as a page and a host's server do it, so that the databases hear what they hear from these. Left out is
what is worth going through much, and is bounded or waited for: erasing somebody or something wherever it is named; the log from
its beginning by a type that is seldom in it, or by who acted; words that half of all texts have; threads by a label, or by a type,
a status or dates that few have.
"""

from apropos import AsyncApropos
from apropos_service.app import READERS
from apropos_service.filling.filling import fill
from apropos_service.terminal import here
from calling import http_client
from conftest import token_for
from hosting import site
from listening import page, until
from scenes import SCENES, Cast

PEOPLE = 500
AGAIN = 7
"""So often is each thing done: PostgreSQL plans a statement anew five times, then takes a plan for all."""
MORE = """
UPDATE comment SET kind = 'question', answer_id = (SELECT a.id FROM comment a WHERE a.workspace_id = comment.workspace_id
  AND a.thread_id = comment.thread_id AND a.number = comment.number + 1) WHERE workspace_id = :workspace_id AND number % 9 = 1;
UPDATE comment SET kind = 'decision' WHERE workspace_id = :workspace_id AND number % 9 = 4;
UPDATE thread SET action_count = 1, recorded_count = 1 WHERE workspace_id = :workspace_id;
INSERT INTO mention SELECT c.workspace_id, c.id, t.opened_by, c.thread_id, c.number FROM comment c
  JOIN thread t ON t.workspace_id = c.workspace_id AND t.id = c.thread_id WHERE c.workspace_id = :workspace_id AND c.number % 5 = 0;
INSERT INTO reaction SELECT workspace_id, id, '👍', author, posted_at FROM comment
  WHERE workspace_id = :workspace_id AND number % 3 = 0;
INSERT INTO seen SELECT workspace_id, id, author, posted_at FROM comment WHERE workspace_id = :workspace_id AND number % 4 = 0;
INSERT INTO vote SELECT workspace_id, id, author, 'agree', NULL, posted_at, seq FROM comment
  WHERE workspace_id = :workspace_id AND kind = 'decision';
INSERT INTO decision SELECT workspace_id, id, thread_id, author, posted_at, seq, NULL, NULL, 0 FROM comment
  WHERE workspace_id = :workspace_id AND kind = 'decision';
INSERT INTO action SELECT workspace_id, 'act_' || substr(id, 5), thread_id, number, id, body, author, NULL, 'open', NULL, NULL,
  NULL, author, posted_at, 1, '' FROM comment WHERE workspace_id = :workspace_id AND number % 9 = 7;
INSERT INTO record_watch SELECT workspace_id, id, 'person-' || substr(name, 8), 'all', 0 FROM record
  WHERE workspace_id = :workspace_id;
INSERT INTO record_name SELECT workspace_id, 'former:' || substr(name, 6), id, false FROM record WHERE workspace_id = :workspace_id;
INSERT INTO inbox_mark SELECT workspace_id, person_id, thread_id, 0, 0, NULL, NULL, false FROM inbox_entry
  WHERE workspace_id = :workspace_id;
INSERT INTO alarm SELECT workspace_id, 'due', id, '', id, 9000000000000, 9000000000000 FROM thread
  WHERE workspace_id = :workspace_id"""
"""What `apropos fill` leaves out: whatever people do with comments beside writing them."""
DELIVERED = """
INSERT INTO delivery SELECT workspace_id, 'dlv_' || substr(id, 5), :endpoint, position, id, type, 'delivered', NULL, 0, 1, at, at
  FROM entry WHERE workspace_id = :workspace_id;
INSERT INTO attempt SELECT workspace_id, id, 1, created_at, 5, 200, NULL, NULL, NULL FROM delivery
  WHERE workspace_id = :workspace_id;
INSERT INTO message SELECT workspace_id, position, data, record_id, at FROM entry WHERE workspace_id = :workspace_id"""
"""What a webhook was told of all that."""
LOOKS = (
    ("conversation", {"record": "{record}"}),
    ("conversation", {"record": "{record}"}),
    ("conversation", {"record": "{record}", "status": "open"}),
    ("conversation", {"record": "{former}"}),
    ("conversation", {"record": "{record}", "field": "q3"}),
    ("threads", {}),
    ("threads", {"sort": "activity"}),
    ("threads", {"record": "{record}"}),
    ("threads", {"status": "open"}),
    ("threads", {"participant": "{person}"}),
    ("threads", {"assignee": "{person}"}),
    ("threads", {"parent": "{record}"}),
    ("threads", {"q": "LOT-1234"}),
    ("threads", {"q": "LOT-1234 -walrus"}),
    ("threads", {"q": '"check LOT-1234"'}),
    ("threads", {"q": "walrus"}),
    ("threads/{thread}", {}),
    ("threads/{thread}/comments", {}),
    ("threads/{thread}/comments", {"before": "{comment}"}),
    ("threads/{thread}/actions", {}),
    ("inbox", {"filter": "for-you"}),
    ("inbox", {"filter": "followed"}),
    ("inbox", {"filter": "mentions"}),
    ("inbox", {"filter": "done"}),
    ("inbox", {"filter": "waiting"}),
    ("inbox", {"filter": "later"}),
    ("people", {"query": "person 3"}),
    ("people", {"query": "per", "record": "{record}"}),
    ("people", {"query": "per", "thread": "{thread}"}),
    ("records", {"record": "{record}"}),
    ("records/watch", {"record": "{record}"}),
    ("preferences", {}),
    ("templates", {"record": "{record}"}),
)
"""What a page looks at."""
LOOKS_OF_SERVERS = (
    ("events", {}),
    ("events", {"types": "comment.posted"}),
    ("events", {"types": "thread.resolved", "after": "{cursor}"}),
    ("audit", {}),
    ("audit", {"record": "{record}"}),
    ("audit", {"thread_id": "{thread}"}),
    ("comments/{comment}/history", {}),
    ("webhooks", {}),
    ("webhooks/{webhook}/deliveries", {}),
    ("webhooks/{webhook}/deliveries", {"state": "failed"}),
)
"""What a host's servers look at."""
DOES = (
    ("POST", "threads/{thread}/comments", {"body": "And **on** <@person-1>"}),
    ("PUT", "threads/{thread}/read", {"seq": 12}),
    ("PUT", "threads/{thread}/read", {"seq": 100000}),
    ("PUT", "comments/{comment}/seen", None),
    ("PUT", "comments/{comment}/reactions/👍", None),
    ("PATCH", "threads/{thread}", {"goal": "Lock it"}),
    ("PUT", "threads/{thread}/watch", {"level": "all"}),
    ("PUT", "records/watch", {"record": "{record}", "level": "all"}),
    ("POST", "threads", {"record": "{record}", "body": "Which figure?", "kind": "question"}),
    ("POST", "threads", {"record": "line:never described", "body": "Which figure?"}),
    ("POST", "threads/{thread}/actions", {"text": "Ask them", "assignee": "person-2"}),
    ("PUT", "inbox/{thread}/snooze", {"until": "2090-01-01T00:00:00Z"}),
    ("PUT", "inbox/{thread}/done", None),
    ("DELETE", "inbox/{thread}/done", None),
    ("POST", "inbox/read", {"thread_ids": ["{thread}"]}),
    ("POST", "inbox/read", {"all_before": "2090-01-01T00:00:00Z"}),
    ("POST", "inbox/unread", {"thread_ids": ["{thread}"]}),
)
"""What people do."""
NOT_NOW = {"notice.due_soon", "notice.overdue", "notice.review_due", "record.redacted", "record.erased"}
"""Scenes that wait for a time to come, or erase."""


async def much(state, world, comments):
    """Fill a workspace; called on the service's own loop."""
    caller, names = here(world.workspace), [reader.name for reader in READERS]
    nobody = lambda *_: None  # noqa: E731
    await fill(state.database, state.vault.sealing, caller, lambda: names, comments=comments, people=PEOPLE, told=nobody)
    await run(state, world, MORE)


async def run(state, world, statements, **given):
    """Run statements that change many rows; called on the service's own loop."""

    async def all_of_them(tx):
        for statement in statements.split(";"):
            await tx.execute(statement, **given)

    await state.database.write(world.workspace, all_of_them, alone=True)


async def spend(world, delivered):
    """Do everything that is done often, each thing several times; `delivered(webhook)` notes what it was told before."""
    async with site() as system, AsyncApropos(world.url, key=world.key, retries=20) as host, _asking(world) as http:
        system.says["/hook"] = 204
        hook = await host.webhooks.create(f"{system.url}/hook")
        await delivered(hook.id)
        records = [one["record"] for one in (await _ask(http, "GET", "threads", limit=100))["data"]]
        for number, record in enumerate(list(dict.fromkeys(records))[:AGAIN]):
            about = {"record": record, "former": record.replace("line:", "former:"), "webhook": hook.id}
            await _round(world, http, f"person-{number}", about)
        for many in (50, 500):
            for _ in range(AGAIN):
                await _ask(http, "POST", "counts", {"records": [f"line:L-{number}" for number in range(many)]})
        told = len(system.asked)
        await _act(world, host)
        await until(lambda: _more(system, told))


async def _round(world, http, person, about):
    """Let a person, who has the record open, look at everything and do everything once, and the host's servers look."""
    token = token_for(world, person)
    shown = await _ask(http, "GET", "conversation", record=about["record"])
    thread = max(shown["threads"], key=lambda one: one["comment_count"])
    about |= {"thread": thread["id"], "comment": thread["comments"][0]["id"], "person": person, "cursor": shown["cursor"]}
    async with _asking(world, token) as own, page(world.url, token) as opened:
        cursor = await opened.subscribe(about["record"])
        for path, query in LOOKS:
            await _ask(own, "GET", path, about=about, **query)
        for method, path, body in DOES:
            await _ask(own, method, path, body, about=about)
        await opened.hear_events(3)
        async with page(world.url, token) as late:
            await late.subscribe(about["record"], cursor)
            await late.hear_events(3)
    for path, query in LOOKS_OF_SERVERS:
        await _ask(http, "GET", path, about=about, **query)


async def _act(world, host):
    """Let everything happen that can, beside the rest."""
    async with (
        AsyncApropos(world.url, token=token_for(world, "ada")) as ada,
        AsyncApropos(world.url, token=token_for(world, "bo")) as bo,
    ):
        cast = Cast(host, ada, bo, ("ada", "bo"), "line:scene", "a word", about={"visibility": "shared"})
        for name, scene in SCENES.items():
            if name not in NOT_NOW:
                cast.record = f"line:{name}"
                await cast.open(field="q3/amount")
                await scene(cast)


def _asking(world, bearer=None):
    return http_client(f"{world.url}/v1/", bearer or world.key)


async def _ask(http, method, path, body=None, *, about=None, **query):
    """Return what is answered; where `about` is given, it stands for the names in braces."""
    path, body, query = (_filled(one, about or {}) for one in (path, body, query))
    answer = await http.request(method, path, json=body, params=query)
    assert answer.status_code < 300, (method, path, query, body, answer.text)
    return answer.json() if answer.content else None


def _filled(value, about):
    if isinstance(value, dict):
        return {name: _filled(one, about) for name, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, about) for one in value]
    return value.format(**about) if isinstance(value, str) else value


async def _more(system, told):
    return len(system.asked) > told
