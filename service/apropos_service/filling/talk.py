"""Discussions made up: the rows that people, records, discussions and comments would have left.

Law: every row is as commands and readers would have written it; `tests/journeys/test_filling.py` does the same by posting and
compares. Discussions go on beside each other, as among people, so that what belongs together does not lie together.
"""

from collections import defaultdict
from collections.abc import Iterator
from random import Random

import orjson

from ..access.policy import Caller
from ..database.loading import Brought
from ..events import catalog as events
from ..events.event import Event
from ..events.log import Entry
from ..events.sealing import Sealing
from ..ids import new
from ..people.model import Person
from ..records.model import Record
from ..rows import Row, depth
from ..search.model import SaidWords, tag
from ..threads.model import Comment, Thread
from ..threads.said import text_of
from .discussion import Discussion
from .texts import Text, found_by, texts

BESIDE = 400
"""So many discussions go on beside each other."""
LENGTHS = (1, 2, 3, 4, 6, 9, 14, 21, 40, 100)
"""Comments of a discussion, each as often as another: 20 on average."""
WRITERS = 4
YEAR = 365 * 86_400_000


def in_order(talk: "Talk") -> Iterator[list[Brought]]:
    """Yield the rows by table, those that others point to first."""
    for rows in talk.rows():
        kinds: dict[type[Row], list[Row]] = defaultdict(list)
        for row in rows:
            kinds[type(row)].append(row)
        classes = sorted(kinds, key=lambda cls: depth(cls.table.name))
        yield [(cls.table, list(map(cls.table.values_of, kinds[cls]))) for cls in classes]


class Talk:
    """What is said in a workspace; `rows` gives it in lists that stand by themselves."""

    def __init__(self, caller: Caller, comments: int, people: int, sealing: Sealing, now: int, position: int, seal: str) -> None:
        """All is said within the year before `now`, milliseconds since 1970; the log goes on after `position` and its `seal`."""
        self._position, self._seal = position, seal
        self._whence, self._comments, self._sealing = (caller.key, caller.origin), comments, sealing
        self._here, self._tag = caller.workspace_id, tag(caller.workspace_id)
        self._chance = Random(comments)  # noqa: S311 it keeps no secret
        self._texts: list[tuple[Text, str]] = []
        self._at, self._step = now - YEAR, max(1, YEAR // comments)
        self._people = [f"person-{number}" for number in range(people)]
        self._rows: list[Row] = []

    def rows(self) -> Iterator[list[Row]]:
        """Yield the rows, once."""
        self._texts = [(text, self._tagged(text.words)) for text in texts(self._chance)]
        for number, person_id in enumerate(self._people):
            self._describe_person(person_id, f"Person {number}")
        missing, lines = self._comments, 0
        while missing:
            lengths: list[int] = []
            while missing and len(lengths) < BESIDE:
                lengths.append(min(missing, self._chance.choice(LENGTHS)))
                missing -= lengths[-1]
            many = (len(lengths) + 1) // 2
            self._discuss([self._describe_record(lines + at) for at in range(many)], lengths)
            lines += many
            rows, self._rows = self._rows, []
            yield rows

    def _discuss(self, records: list[Record], lengths: list[int]) -> None:
        """Let discussions, two on each record, go on beside each other until each is as long as it is to be."""
        turns = [place for place, length in enumerate(lengths) for _ in range(length)]
        self._chance.shuffle(turns)
        begun: dict[int, Discussion] = {}
        for place, said in zip(turns, self._chance.choices(self._texts, k=len(turns)), strict=True):
            self._at += self._step
            if place not in begun:
                begun[place] = self._open(records[place // 2], lengths[place])
            self._post(begun[place], *said)
        for one in begun.values():
            self._rows += one.rows()

    def _open(self, record: Record, length: int) -> Discussion:
        writers = self._chance.sample(self._people, min(WRITERS, len(self._people)))
        thread = Thread(
            self._here, new("thr"), record.id, None, None, "open", "internal", [], None, None, None, None, [], {}, None, None,
            writers[0], opened_at=self._at, last_activity_at=self._at, comment_count=0, last_number=0, question_count=0, version=1,
            seq=0, opened_on=record.id, opened_on_seq=record.seq,
        )  # fmt: skip
        self._rows.append(thread)
        return Discussion(thread, [writers[0], *self._chance.choices(writers, k=length - 1)])

    def _post(self, one: Discussion, text: Text, found: str) -> None:
        thread, comment_id = one.thread, new("cmt")
        author = one.writers[thread.last_number]
        if not thread.seq:
            self._append(events.ThreadOpened(comment_id), thread, author, thread.record_id, thread.id)
        thread.last_number = thread.comment_count = thread.last_number + 1
        thread.last_activity_at = self._at
        one.said(self._append(events.CommentPosted(comment_id), thread, author, thread.record_id, thread.id), comment_id)
        self._rows.append(Comment(
            self._here, comment_id, thread.id, thread.last_number, thread.seq, "comment", author, text.body, text.html, text.nodes,
            [], None, None, posted_at=self._at, edited_at=None, withdrawn_at=None, version=1,
        ))  # fmt: skip
        self._rows.append(SaidWords(self._here, comment_id, thread.record_id, thread.id, found))

    def _describe_person(self, person_id: str, name: str) -> None:
        person = Person.stranger(self._here, person_id)
        person.name = name
        person.fold()
        self._append(events.PersonDescribed(person_id), person, None)
        self._rows.append(person)

    def _describe_record(self, number: int) -> Record:
        record = Record(
            self._here, new("rec"), f"line:L-{number}", "line", f"Line {number}", None, None, {}, None, None, [], {}, None, seq=0,
            version=1,
        )  # fmt: skip
        self._append(events.RecordDescribed(), record, None, record.id)
        self._rows.append(record)
        self._rows.append(SaidWords(self._here, record.id, record.id, None, self._tagged(found_by(text_of(record)))))
        return record

    def _append(
        self, event: Event, on: Person | Record | Thread, actor: str | None, record: str | None = None, thread: str | None = None
    ) -> Entry:
        on.seq, self._position = on.seq + 1, self._position + 1
        entry = Entry(
            self._here, self._position, new("evt"), event.type, record, thread, on.seq, actor, self._at,
            orjson.dumps(event.facts()).decode(), *self._whence,
        )  # fmt: skip
        entry.seal = self._seal = self._sealing.seal(entry, self._seal)
        self._rows.append(entry)
        return entry

    def _tagged(self, found: tuple[str, ...]) -> str:
        return " ".join(f"{self._tag}{word}" for word in found)
