"""The demo's story: who talks about what, told to the service through the SDK as if it had been lived.

The story begins while the third quarter stands at 1,200,000 and ends after it was lowered to 900,000. It is told to the
end, with what is late told to whom it is late for, before anybody looks.
"""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import apropos
from apropos.drafts import TemplateDraft

from .books import EXPENSES, OPPORTUNITY, PATHS, REQUEST, TITLES, Books


def _person(person_id: str, name: str, title: str, department: str) -> dict[str, str]:
    return {"id": person_id, "name": name, "title": title, "department": department}


PEOPLE = {
    one["id"]: one
    for one in (
        _person("ines", "Ines Marchetti", "Account manager", "Sales"),
        _person("tomasz", "Tomasz Wolny", "Planner", "Supply"),
        _person("amara", "Amara Osei", "Buyer", "Supply"),
        _person("jonas", "Jonas Ekberg", "Head of sales", "Sales"),
        _person("priya", "Priya Raman", "Controller", "Finance"),
        _person("lukas", "Lukas Brandt", "Test engineer", "Engineering"),
    )
}


TEMPLATES: list[TemplateDraft] = [
    {
        "record_type": "opportunity", "name": "Forecast line check", "goal": "Agree a figure before the forecast lock",
        "question": "Where does this figure come from?", "kind": "question", "sponsor_role": "sponsor", "due_in_days": 3,
    },
    {
        "record_type": "opportunity", "name": "Delivery risk", "goal": "Say what may slip and who should know",
        "question": "What may slip here, and who should know?", "sponsor_role": "owner", "due_in_days": 5,
    },
]  # fmt: skip


def tell(ap: apropos.Apropos, books: Books, address: str) -> None:
    """Describe the people and the records, and hold every discussion."""
    ap.people.describe(list(PEOPLE.values()))
    ap.templates.describe(TEMPLATES)
    for record in (OPPORTUNITY, EXPENSES, REQUEST):
        ap.records.describe(
            record, title=TITLES[record], url=f"{address}{PATHS[record]}", fields=books.values[record], owner="ines",
            roles={"sponsor": "jonas"},
        )  # fmt: skip
    late = _late(ap)
    _forecast(ap, books)
    _expenses(ap)
    _request(ap)
    _until_told(ap, late)


def _late(ap: apropos.Apropos) -> str:
    late = _opened(
        ap, "jonas", OPPORTUNITY, "close_date", "Kestrel's board meets on 4 February. Does 30 January still hold?",
        kind="question", goal="Set a close date that procurement confirms", sponsor="ines", due_at=_soon(),
    )  # fmt: skip
    _said(ap, late, "tomasz", "For the foundry either date works.")
    return late


def _forecast(ap: apropos.Apropos, books: Books) -> None:
    figure = _opened(
        ap, "priya", OPPORTUNITY, "q3/vt-400", "Can the foundry pour 40 pumps by September, or do we lock a lower figure?",
        kind="question", goal="Agree the Q3 VT-400 figure before the forecast lock", sponsor="jonas", due_at=_days(3),
    )  # fmt: skip
    asked = next(ap.threads.comments(figure)).id
    answer = _said(ap, figure, "tomasz", "30 by September. The mould for the last 10 comes in week 38.")
    _said(ap, figure, "amara", "Valmont confirms the same for the castings: 30, then 10 in October.")
    ap.acting_as("priya").comments.accept(asked, answer)
    for field, value in (("q3/vt-400", 900_000), ("q4/vt-400", 300_000)):
        ap.acting_as("ines").records.describe(OPPORTUNITY, fields={field: books.change(OPPORTUNITY, field, value)})
    decision = _said(
        ap, figure, "jonas", "Lock Q3 at 900,000 (30 pumps). Move 10 pumps to Q4.\n\nThe year stays at 1,800,000. We promise "
        "what the foundry can pour.", kind="decision",
    )  # fmt: skip
    for person in ("priya", "tomasz", "amara", "lukas"):
        ap.acting_as(person).comments.vote(decision, "agree")
    ap.acting_as("jonas").comments.record(decision)
    moved = _to_do(ap, figure, "Move PO-48213 to 30 + 10 pumps", "tomasz", decision)
    ap.acting_as("tomasz").actions.done(moved)
    _to_do(ap, figure, "Tell Kestrel that September delivers 30 pumps", "ines", decision, due_at=_days(2))
    _to_do(ap, figure, "Get a date for the second mould from Fonderie Valmont", "amara", decision, due_at=_days(9))
    _read(ap, "ines", figure)
    _said(
        ap, figure, "amara", "Valmont confirms the mould for week 36, two weeks earlier. That frees 4 pumps for September. "
        "<@ines>, do we want them in Q3 or keep the buffer?", kind="question",
    )  # fmt: skip
    hold = _said(ap, figure, "lukas", "Hold the buffer. Pumps from a new mould need a pressure test each, that is a week.")
    ap.acting_as("tomasz").comments.react(hold, "👍")

    agreed = _opened(ap, "ines", OPPORTUNITY, "q2/vt-400", "Is the 600,000 covered by the signed order?", kind="question")
    _said(ap, agreed, "priya", "Yes, PO-48213 covers 20 pumps.")
    _read(ap, "ines", agreed)
    ap.acting_as("ines").threads.resolve(agreed, "600,000 stands: 20 pumps are ordered.")

    drives = _opened(ap, "tomasz", OPPORTUNITY, "q3/vsd-75", "Drives follow the pumps: 30 in Q3?")
    for person, text in (("ines", "Yes, one a pump."), ("tomasz", "Then 276,000 is right."), ("priya", "Booked so.")):
        _said(ap, drives, person, text)
    _read(ap, "ines", drives)
    cabinets = _opened(ap, "lukas", OPPORTUNITY, "q2/cabinets", "Three cabinets in Q2 need the new breaker. Same price?")
    _said(ap, cabinets, "amara", "The supplier holds the price until March.")
    _said(ap, cabinets, "lukas", "Good, then I release the drawing.")
    _opened(ap, "priya", OPPORTUNITY, "q4/service", "Five years at 48,000. Is indexation in the contract?", kind="question")


def _expenses(ap: apropos.Apropos) -> None:
    hotel = _opened(
        ap, "priya", EXPENSES, "hotel", "209 a night is above the 180 limit. Was nothing nearer to the station free?",
        kind="question", goal="Approve or correct the hotel", sponsor="priya", due_at=_days(2),
    )  # fmt: skip
    answer = _said(ap, hotel, "ines", "The trade fair took everything else. The booking page of that day is in the file.")
    ap.acting_as("priya").comments.react(answer, "👍")
    dinner = _opened(ap, "priya", EXPENSES, "dinner", "Who were the guests?", kind="question")
    _said(ap, dinner, "ines", "E. Rowan and two of her engineers.")
    ap.acting_as("priya").threads.resolve(dinner, "Three guests from Kestrel, within the rules.")


def _request(ap: apropos.Apropos) -> None:
    seals = _opened(
        ap, "ines", REQUEST, "promised", "Kestrel stops the pumps from 7 to 11 December. Can the seals be there on the 4th?",
        kind="question", goal="Get the seals there before the maintenance window", sponsor="amara", due_at=_days(1),
    )  # fmt: skip
    _said(ap, seals, "tomasz", "12 of 16 are in stock and leave tomorrow. The other four come from Valmont.")
    _said(ap, seals, "amara", "I asked Valmont for a courier. Answer by noon.")


def _opened(ap: apropos.Apropos, person: str, record: str, field: str, body: str, **purpose: Any) -> str:
    return ap.acting_as(person).threads.open(record, body, field=field, **purpose).id


def _said(ap: apropos.Apropos, thread_id: str, person: str, body: str, **kind: Any) -> str:
    return ap.acting_as(person).threads.comment(thread_id, body, **kind).id


def _read(ap: apropos.Apropos, person: str, thread_id: str) -> None:
    ap.acting_as(person).threads.read(thread_id, ap.threads.get(thread_id).seq)


def _to_do(ap: apropos.Apropos, thread_id: str, text: str, who: str, decision: str, **until: Any) -> str:
    return ap.acting_as("jonas").actions.add(thread_id, text, assignee=who, comment_id=decision, **until).id


def _soon() -> datetime:
    """A moment that is past before anybody looks: nobody may ask for something by a time that is past already."""
    return datetime.now(UTC) + timedelta(seconds=3)


def _until_told(ap: apropos.Apropos, thread_id: str) -> None:
    """Wait until whoever it is late for was told so; for ten seconds at most."""
    for _ in range(100):
        entries = ap.acting_as("ines").inbox.page("due").data
        if any(entry.thread.id == thread_id and any(why.event == "notice.overdue" for why in entry.reasons) for entry in entries):
            return
        time.sleep(0.1)


def _days(count: int) -> datetime:
    return datetime.now(UTC) + timedelta(days=count)
