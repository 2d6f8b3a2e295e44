"""Pages of the replay law (`tests/laws/test_replay.py`): what somebody read of a record, kept up by what they are told.

Law: a page knows nothing but its readings, its frames and what its viewer did on it.
"""

import replay

IN_PART = 0.5
"""How likely it is that somebody does not read a thread to its end."""


class Viewer:
    """A page that somebody looks at: a reading, kept up by frames. `steps` is what it read and was told."""

    def __init__(self, person, http, socket):
        self.person, self._http, self._socket = person, http, socket
        self.record, self.now, self.known_as = "", {}, ""
        self.steps, self.chosen = [], set()

    async def look(self, record):
        """Read a record, and hear what comes after."""
        self.record = record
        self._step({"reading": await self.reading(record)})
        await self.listen(self.now["cursor"])

    async def listen(self, cursor):
        """Hear of the record after a place in the log."""
        await self._socket.say({"subscribe": [{"record": self.record, "after": cursor}]})

    async def reading(self, record):
        """Return what a page reads of a record."""
        answer = await self._http.get("/v1/conversation", params={"record": record, "render": "nodes", "limit": 100})
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def keep_up(self, thread_id, seq):
        """Hear until a thread's event `seq`."""
        while not any(one["id"] == thread_id and one["seq"] >= seq for one in self.now["threads"]):
            frame = await self._socket.hear()
            assert "error" not in frame, frame
            if "resync" in frame:
                await self.look(self.now["record"]["record"])
                if self.known_as not in ("", self.now["record"]["record"]):
                    await self.look(self.known_as)
            elif "subscribed" in frame and frame["subscribed"]["can"] != self.now["viewer"]["can"]:
                await self.look(self.now["record"]["record"])
            elif "event" in frame:
                self._take(frame["event"])

    async def read_on(self, thread_id, luck):
        """Read a thread, when the page knows all of it: to its end, or up to a comment in sight."""
        answer = await self._http.get(f"/v1/threads/{thread_id}")
        if not answer.is_success or answer.json()["record"] != self.now["record"]["record"]:
            return
        seq = answer.json()["seq"]
        await self.keep_up(thread_id, seq)
        if luck.random() < IN_PART:
            [thread] = [one for one in self.now["threads"] if one["id"] == thread_id]
            seq = luck.choice(thread["comments"])["seq"]
        answer = await self._http.put(f"/v1/threads/{thread_id}/read", json={"seq": seq})
        assert answer.status_code == 200, answer.text
        self._step({"read": {"thread_id": thread_id, "seq": seq}})

    async def recorded(self, record):
        """Return what there is to play again: what it read and was told, and what it must come to."""
        later = await self.reading(record)
        return replay.canonical({"viewer": self.person, "chosen": sorted(self.chosen), "steps": self.steps, "later": later})

    def must_show(self, later):
        """Fail unless the page shows what a later reading does."""
        common = {"chosen": self.chosen, "people": set(later["people"])}
        assert list(replay.differences(replay.compared(self.now, **common), replay.compared(later, **common))) == [], self.person

    def _take(self, event):
        if event["type"] == "watch.changed" and event["data"]["person_id"] == self.person:
            self.chosen.add(event["thread_id"])
        self._step({"frame": event})

    def _step(self, step):
        self.now = replay.take(self.now, step)
        self.steps.append(step)
