"""The chain: each entry of a log carries a seal over itself and over the seal before it, so nobody changes the past unseen.

Law: what may have to go some day (who it was, from where, what somebody wrote) is in the chain by its mark or not at all.
An erasure leaves the mark in its place, and the chain holds. Seals and marks need the operator's secret, which no database has.
"""

import base64
import hmac
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import orjson

from .catalog import CATALOG

MARK = re.compile(r"~[A-Za-z0-9_-]{22}")


class Sealing:
    """Makes seals and marks with one key."""

    def __init__(self, key: bytes) -> None:
        """`key` is derived from the operator's secret."""
        self._key = key
        self.mark = lru_cache(maxsize=20_000)(self._mark)

    def __reduce__(self) -> tuple[Any, ...]:
        """Go to another process of ours by the key."""
        return Sealing, (self._key,)

    def seal(self, entry: Any, before: str) -> str:
        """Return the seal of an entry that has its position; `before` is the seal of the entry before it, '' for the first.

        A record is sealed only where it is the subject: a discussion takes its entries along when it moves to another record.
        """
        here, subject = entry.workspace_id, None if entry.thread_id else entry.record_id
        return self._sign("seal", orjson.dumps([
            before, here, entry.position, entry.id, entry.type, entry.thread_id, subject, entry.seq, entry.at, entry.caller,
            self.mark(here, entry.actor_id), self.mark(here, entry.origin), self._marked(here, kept(entry.type, entry.data)),
        ]))  # fmt: skip

    def forget(self, workspace_id: str, value: Any, what: str) -> Any:
        """Return JSON with the mark of a text in the place of each that is it."""
        return changed(value, lambda text: self.mark(workspace_id, text) if text == what else text)

    def _marked(self, workspace_id: str, facts: dict[str, Any]) -> Any:
        return changed(facts, lambda text: self._mark(workspace_id, text))

    def _mark(self, workspace_id: str, value: str | None) -> str | None:
        """Return what stands for a value once it is forgotten; the mark of a mark is itself."""
        if value is None or MARK.fullmatch(value):
            return value
        return f"~{self._sign(f'mark {workspace_id}', value.encode())[:22]}"

    def _sign(self, purpose: str, said: bytes) -> str:
        digest = hmac.digest(self._key, purpose.encode() + b"\n" + said, "sha256")
        return base64.urlsafe_b64encode(digest[:18]).decode()


def kept(kind: str, data: str) -> dict[str, Any]:
    """Return the facts of an entry that are sealed and shown: all but what somebody wrote."""
    says = CATALOG[kind].says if kind in CATALOG else ()
    return {name: value for name, value in orjson.loads(data).items() if name not in says}


def changed(value: Any, change: Callable[[str], Any]) -> Any:
    """Return JSON with every text in it changed, but for the names of members."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {name: changed(one, change) for name, one in value.items()}
    return [changed(one, change) for one in value] if isinstance(value, list) else value
