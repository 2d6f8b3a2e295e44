"""A CRM in one file that embeds Apropos: a token for whoever is logged in, a description of the record, and one page.

Run the service, make a workspace, then, with APROPOS_WORKSPACE, APROPOS_KEY and APROPOS_SIGNING_SECRET from its answer:
    pip install ./sdk fastapi uvicorn && uvicorn --app-dir examples/fastapi_crm main:app
and open http://127.0.0.1:8000, or http://127.0.0.1:8000/?as=tomasz for somebody else.
"""

import os
from pathlib import Path
from typing import Annotated

from fastapi import Depends, FastAPI, Request
from fastapi.responses import FileResponse

import apropos

app = FastAPI()
ap = apropos.Apropos("http://127.0.0.1:8080", key=os.environ["APROPOS_KEY"])


PEOPLE = {
    "ines": {"id": "ines", "name": "Ines Marchetti", "department": "Sales"},
    "tomasz": {"id": "tomasz", "name": "Tomasz Wolny", "department": "Supply"},
}


def current_user(request: Request) -> dict[str, str]:
    """Return who is logged in. Here the page's address says it; in your application, the session does."""
    return PEOPLE["tomasz" if "as=tomasz" in request.headers.get("referer", "") else "ines"]


@app.get("/")
def page() -> FileResponse:
    """Show the opportunity, after telling Apropos what it says."""
    amount = {"value": 900_000, "label": "Q3 VT-400", "type": "money", "unit": "EUR"}
    ap.records.describe("opportunity:OPP-20418", title="Kestrel Water, phase 2", fields={"q3/vt-400": amount})
    return FileResponse(Path(__file__).parent.parent / "plain.html")


@app.get("/apropos-token")
def apropos_token(user: Annotated[dict[str, str], Depends(current_user)]) -> dict[str, str]:
    """Say who is looking and what they may do; lasts ten minutes."""
    token = apropos.person_token(
        os.environ["APROPOS_SIGNING_SECRET"], workspace=os.environ["APROPOS_WORKSPACE"],
        person=user, grants={"opportunity:*": "comment"},
    )  # fmt: skip
    return {"token": token}
