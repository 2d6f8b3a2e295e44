"""What the pretended hosts have in their own books: three records and their values, kept in `host.json`."""

import json
from pathlib import Path
from typing import Any

OPPORTUNITY, EXPENSES, REQUEST = "opportunity:OPP-20418", "expense_report:EXP-1187", "customer_request:REQ-5521"
TITLES = {
    OPPORTUNITY: "Kestrel Water, phase 2 pumping stations",
    EXPENSES: "Site visit Kestrel, November",
    REQUEST: "Spare seals arrive after the maintenance window",
}
PATHS = {OPPORTUNITY: "/crm", EXPENSES: "/expenses", REQUEST: "/requests"}
Values = dict[str, dict[str, dict[str, Any]]]

LINES = (  # product line, what it is made of, Q1 to Q4
    ("vt-400", "VT-400 vertical pumps", "60 \u00d7 30,000", (None, 600_000, 1_200_000, 0)),
    ("vsd-75", "VSD-75 drives", "60 \u00d7 9,200", (None, 184_000, 276_000, 92_000)),
    ("cabinets", "Control cabinets", "8 \u00d7 45,000", (45_000, 135_000, 135_000, 45_000)),
    ("commissioning", "Commissioning, training", "Fixed price", (None, 38_000, 62_000, 80_000)),
    ("service", "Service agreement", "5 years", (None, None, None, 240_000)),
)
RECEIPTS = (
    ("hotel", "Hotel Brunnen, 2 nights", "12 Nov", 418.00),
    ("train", "Rail, Basel to Kestrel and back", "12 Nov", 164.40),
    ("dinner", "Dinner with E. Rowan and two engineers", "12 Nov", 236.50),
    ("taxi", "Taxi to Station 6", "13 Nov", 48.00),
)


class Books:
    """The hosts' values by record and field; a change is on disk when it returns."""

    def __init__(self, path: Path) -> None:
        """Open the books at `path`, with the values of the story's beginning when there are none."""
        self._path = path
        self.values: Values = json.loads(path.read_text()) if path.exists() else _beginning()

    def change(self, record: str, field: str, value: float | str) -> dict[str, Any]:
        """Set one value. Returns the field as the service is told it: `{value, label, type, unit}`."""
        self.values[record][field]["value"] = value
        self._path.write_text(json.dumps(self.values))
        return self.values[record][field]


def _beginning() -> Values:
    return {OPPORTUNITY: _forecast(), EXPENSES: _receipts(), REQUEST: _request()}


def _forecast() -> dict[str, Any]:
    quarters = {
        f"q{number}/{line}": {"value": amount, "label": f"Q{number} {name}", "type": "money", "unit": "EUR"}
        for line, name, _, amounts in LINES
        for number, amount in enumerate(amounts, 1)
        if amount is not None
    }
    return {**quarters, "close_date": {"value": "2027-01-30", "label": "Close date", "type": "date"}}


def _receipts() -> dict[str, Any]:
    return {line: {"value": amount, "label": name, "type": "money", "unit": "CHF"} for line, name, _, amount in RECEIPTS}


def _request() -> dict[str, Any]:
    return {
        "promised": {"value": "2026-12-14", "label": "Promised for", "type": "date"},
        "priority": {"value": "High", "label": "Priority", "type": "text"},
        "credit": {"value": 1_900, "label": "Credit offered", "type": "money", "unit": "EUR"},
    }
