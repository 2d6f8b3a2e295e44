"""The pretended host's back end: three screens, a token for whoever looks, and a form that changes a value.

Who looks is said by `?as=`, so that two people fit into one browser; a real host's own session says it.
"""

from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import FastAPI, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates

import apropos

from . import books as book
from .opening import Opened
from .playground import As, playground
from .story import PEOPLE

FOLDER = Path(__file__).parent / "screens"
VIEWERS = ("ines", "tomasz", "amara")
MANAGER = "jonas"
SCREENS = {"crm": book.OPPORTUNITY, "expenses": book.EXPENSES, "requests": book.REQUEST}


def create_host(keys: Opened, client: apropos.Apropos, books: book.Books, *, endpoint: str, address: str) -> FastAPI:
    """Return the host's application; `endpoint` is the service's address, `address` the host's own."""
    app = FastAPI(openapi_url=None)
    app.mount("/styles", StaticFiles(directory=FOLDER / "styles"))
    app.mount("/scripts", StaticFiles(directory=FOLDER / "scripts"))
    pages = Jinja2Templates(FOLDER)
    app.include_router(playground(pages, endpoint))
    pages.env.filters["amount"] = _amount

    def screen(request: Request, name: str, person: str, record: str) -> HTMLResponse:
        facts = {
            "endpoint": endpoint, "name": name, "record": record, "person": PEOPLE[person],
            "people": [PEOPLE[one] for one in VIEWERS],
            "values": books.values.get(record, {}), "lines": book.LINES, "sums": _sums(books.values[book.OPPORTUNITY]),
            "receipts": book.RECEIPTS,
            "title": book.TITLES.get(record, record.partition(":")[2]), "key": record.partition(":")[2], "as": person,
        }  # fmt: skip
        return pages.TemplateResponse(request, f"{name}.html", facts)

    @app.get("/")
    def first() -> RedirectResponse:
        return RedirectResponse("/crm?as=ines")

    @app.get("/apropos-token")
    def apropos_token(person: As = "ines") -> dict[str, str]:
        level: Any = "manage" if person == MANAGER else "comment"
        grants = dict.fromkeys(("opportunity:*", "expense_report:*", "customer_request:*"), level)
        return {"token": apropos.person_token(keys.signing_secret, workspace=keys.workspace, person=PEOPLE[person], grants=grants)}

    @app.get("/crm")
    def crm(request: Request, person: As = "ines") -> HTMLResponse:
        return screen(request, "crm", person, book.OPPORTUNITY)

    @app.get("/expenses")
    def expenses(request: Request, person: As = "ines") -> HTMLResponse:
        return screen(request, "expenses", person, book.EXPENSES)

    @app.get("/requests")
    def requests(request: Request, person: As = "ines", key: str = "REQ-5521") -> HTMLResponse:
        return screen(request, "requests", person, f"customer_request:{key}")

    @app.get("/inbox")
    def inbox(request: Request, person: As = "ines") -> HTMLResponse:
        return screen(request, "inbox", person, book.OPPORTUNITY)

    @app.post("/change")
    def change(
        screen: Annotated[str, Form(pattern="^(crm|expenses|requests)$")], field: Annotated[str, Form()],
        value: Annotated[str, Form(max_length=40)], person: As = "ines",
    ) -> RedirectResponse:  # fmt: skip
        record = SCREENS[screen]
        if field in books.values[record]:
            told = books.change(record, field, _typed(value, books.values[record][field]))
            client.acting_as(person).records.describe(
                record, title=book.TITLES[record], url=f"{address}{book.PATHS[record]}", fields={field: told}
            )
        return RedirectResponse(f"/{screen}?{urlencode({'as': person})}", status_code=303)

    return app


def _typed(text: str, field: dict[str, Any]) -> float | str:
    if field["type"] != "money":
        return text
    digits = text.replace(",", "").strip()
    return int(digits) if digits.isdigit() else field["value"]


def _sums(forecast: dict[str, Any]) -> list[float]:
    quarters = [sum(field["value"] for name, field in forecast.items() if name.startswith(f"q{number}/")) for number in range(1, 5)]
    return [*quarters, sum(quarters)]


def _amount(value: float) -> str:
    return f"{value:,.2f}".removesuffix(".00")
