"""Asking the host, live, who may: `POST access_url` with `{person, checks: [{record, level}]}` gives `{allowed: [bool]}`.

Law: no answer within `DEADLINE` is no, and so is any answer that is not understood; a verdict is remembered for `REMEMBER`
seconds at most, never after the host took it back, and a failure never. Nothing is asked while a database connection is held.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import partial
from time import monotonic
from typing import Any, TypeVar

import orjson
import structlog

from ..called import Answer, Refused, Unreachable
from ..clock import Clock
from ..database import Database
from ..ids import new
from ..signing import signed
from .model import AccessChange, Workspace
from .secrets import Vault
from .verdicts import Question, Verdicts
from .workspaces import Workspaces

log = structlog.get_logger()
T = TypeVar("T")
Call = Callable[[str, Mapping[str, str], bytes], Awaitable[Answer]]
REMEMBER = 60.0
ROTATING = 86_400_000
AT_ONCE = 1_000
"""So many checks go into one request; more are asked in several at the same time."""
MOST, SHOWN = 100_000, 1_000
ROUNDS = 50
NAMES = {1: "read", 2: "comment", 3: "manage"}


@dataclass(slots=True)
class Memory:
    """What one workspace's host said, each with the moment until which it counts; `under_way` is what it is being asked."""

    url: str
    epoch: int
    known: dict[Question, tuple[float, bool]] = field(default_factory=dict)
    under_way: dict[Question, "asyncio.Task[dict[Question, bool]]"] = field(default_factory=dict)


class Asking:
    """Asks hosts, and remembers what they said."""

    def __init__(self, database: Database, workspaces: Workspaces, vault: Vault, clock: Clock, call: Call) -> None:
        """`call(url, headers, body)` posts by the safe client; it has to give up by itself."""
        self._database, self._workspaces, self._vault, self._clock, self._call = database, workspaces, vault, clock, call
        self._memories: dict[str, Memory] = {}

    async def settled(self, workspace_id: str, decide: Callable[[Verdicts | None], Awaitable[T]]) -> T:
        """Return what `decide` comes to once it misses no verdict; until then it is asked again, with what was missing.

        It is given `None` where the host is not asked live. Whatever it does before it must be undone or not matter.
        """
        workspace = await self._workspaces.find(workspace_id)
        if workspace is None or not workspace.access_url:
            return await decide(None)
        verdicts = Verdicts()
        for _ in range(ROUNDS):
            try:
                found = await decide(verdicts)
            except Exception:
                if not verdicts.missing:
                    raise
            else:
                if not verdicts.missing:
                    return found
            await self.fill(workspace_id, verdicts)
        verdicts.close()
        return await decide(verdicts)

    async def fill(self, workspace_id: str, verdicts: Verdicts) -> None:
        """Ask what these verdicts miss, all of it at the same time."""
        wanted = frozenset(verdicts.missing)
        memory = await self._memory(workspace_id)
        if memory is None:
            verdicts.learn(dict.fromkeys(wanted, False))
            return
        now = monotonic()
        known = {one: memory.known[one][1] for one in wanted if one in memory.known and memory.known[one][0] > now}
        verdicts.learn(known)
        self._ask(workspace_id, memory, wanted - known.keys())
        for task in {memory.under_way[one] for one in wanted - known.keys()}:
            said = await asyncio.shield(task)
            verdicts.learn({one: said[one] for one in wanted & said.keys()})

    async def tried(self, workspace_id: str, question: Question) -> dict[str, Any]:
        """Ask now, whatever is remembered, and return what came of it: `{allowed, problem, milliseconds, status, answer}`.

        `answer` is its beginning. What is asked in this way is not remembered.
        """
        workspace, began = await self._workspaces.find(workspace_id), monotonic()
        if workspace is None or not workspace.access_url:
            return {"problem": "There is no address to ask."}
        found: dict[str, Any] = {"allowed": None, "problem": None, "status": None, "answer": ""}
        try:
            answer = await self._send(workspace_id, workspace.access_url, [question])
            found |= {"status": answer.status, "answer": answer.body[:SHOWN].decode("utf-8", "replace")}
            found["allowed"] = _understood(answer, 1)[0]
        except (Refused, Unreachable, ValueError) as problem:
            found["problem"] = str(problem)
        return {**found, "milliseconds": round((monotonic() - began) * 1000)}

    def _ask(self, workspace_id: str, memory: Memory, wanted: Collection[Question]) -> None:
        """Begin to ask what is not being asked already."""
        by_person: dict[str, list[Question]] = defaultdict(list)
        for one in sorted(set(wanted) - memory.under_way.keys()):
            by_person[one[0]].append(one)
        for questions in by_person.values():
            for start in range(0, len(questions), AT_ONCE):
                some = questions[start : start + AT_ONCE]
                task = asyncio.create_task(self._verdicts(workspace_id, memory, some))
                memory.under_way |= dict.fromkeys(some, task)
                task.add_done_callback(partial(_landed, memory, some))

    async def _verdicts(self, workspace_id: str, memory: Memory, questions: Collection[Question]) -> dict[Question, bool]:
        try:
            allowed = await self._post(workspace_id, memory.url, questions)
        except (Refused, Unreachable, ValueError) as problem:
            log.warning("the host did not say who may", workspace=workspace_id, checks=len(questions), problem=str(problem))
            return dict.fromkeys(questions, False)
        said = dict(zip(questions, allowed, strict=True))
        if len(memory.known) > MOST:
            memory.known.clear()
        until, here = monotonic() + REMEMBER, asyncio.current_task()
        for one, verdict in said.items():
            if memory.under_way.get(one) is here:  # else it was taken back meanwhile
                memory.known[one] = until, verdict
        return said

    async def _post(self, workspace_id: str, url: str, questions: Collection[Question]) -> list[bool]:
        return _understood(await self._send(workspace_id, url, questions), len(questions))

    async def _send(self, workspace_id: str, url: str, questions: Collection[Question]) -> Answer:
        workspace = await self._workspaces.find(workspace_id)
        checks = [{"record": record, "level": NAMES[rank]} for _, record, rank in questions]
        body = orjson.dumps({"person": next(iter(questions))[0], "checks": checks})
        at = self._clock.now()
        headers = signed(body, self._secrets(workspace, at), message_id=new("req"), at=at // 1000) if workspace else {}
        return await self._call(url, {"Content-Type": "application/json", "Accept": "application/json", **headers}, body)

    def _secrets(self, workspace: Workspace, at: int) -> list[str]:
        kept = [workspace.access_secret, workspace.former_secret if workspace.rotated_at + ROTATING > at else None]
        opened = [self._vault.open("access secret", one) for one in kept if one]
        return [one.decode() for one in opened if one is not None]

    async def _memory(self, workspace_id: str) -> Memory | None:
        """Return what is remembered, without what the host took back; `None` where it is not asked."""
        workspace = await self._workspaces.find(workspace_id)
        if workspace is None or not workspace.access_url:
            self._memories.pop(workspace_id, None)
            return None
        memory = self._memories.get(workspace_id)
        if memory is None or memory.url != workspace.access_url:
            memory = self._memories[workspace_id] = Memory(workspace.access_url, workspace.epoch)
        if memory.epoch < workspace.epoch:
            async with self._database.reading(workspace_id) as look:
                changes = await look.rows(AccessChange, "epoch > :epoch", epoch=memory.epoch)
            memory.epoch = max(workspace.epoch, memory.epoch)
            for change in changes:
                _forget(memory, change)
        return memory


def _understood(answer: Answer, number: int) -> list[bool]:
    """Return the verdicts of an answer. Raises `ValueError` when it has not one for each check."""
    if answer.status != 200 or answer.cut:  # noqa: PLR2004
        raise ValueError(f"it answered {answer.status}" if not answer.cut else "its answer is too long")
    said: Any = orjson.loads(answer.body)
    allowed = said.get("allowed") if isinstance(said, dict) else None
    if not isinstance(allowed, list) or len(allowed) != number or not all(isinstance(one, bool) for one in allowed):
        raise ValueError('its answer is not {"allowed": [true or false for each check]}')
    return allowed


def _forget(memory: Memory, change: AccessChange) -> None:
    people, records = set(change.people), set(change.records)
    for kept in (memory.known, memory.under_way):
        for one in [one for one in kept if not (people or records) or one[0] in people or one[1] in records]:
            del kept[one]


def _landed(memory: Memory, questions: Collection[Question], task: "asyncio.Task[Any]") -> None:
    for one in questions:
        if memory.under_way.get(one) is task:
            del memory.under_way[one]
