"""A CRM in one file that embeds Apropos: a description of the record, a token for whoever is logged in, and one page.

Run the service, make a workspace, then, with APROPOS_WORKSPACE, APROPOS_KEY and APROPOS_SIGNING_SECRET from its answer:
    pip install ./sdk fastapi uvicorn && uvicorn --app-dir examples/fastapi_crm main:app
and open http://127.0.0.1:8000, or http://127.0.0.1:8000/?as=tomasz for somebody else.
"""

import os
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse

import apropos
from apropos.integrations.fastapi import token_router

RECORD = "opportunity:OPP-20418"
PEOPLE = {
    "ines": {"id": "ines", "name": "Ines Marchetti", "department": "Sales"},
    "tomasz": {"id": "tomasz", "name": "Tomasz Wolny", "department": "Supply"},
}
embedding = apropos.Embedding(
    os.environ.get("APROPOS_ENDPOINT", "http://127.0.0.1:8080"),
    os.environ["APROPOS_WORKSPACE"],
    os.environ["APROPOS_SIGNING_SECRET"],
)
ap = apropos.Apropos(embedding.endpoint, key=os.environ["APROPOS_KEY"])


def current_user(request: Request) -> dict[str, Any]:
    """Return who is logged in. Here the page's address says it; in your application, the session does."""
    person = PEOPLE["tomasz" if "as=tomasz" in request.headers.get("referer", "") else "ines"]
    return {"person": person, "grants": {"opportunity:*": "comment"}}


app = FastAPI()
app.include_router(token_router(embedding, current_user))


@app.get("/", response_class=HTMLResponse)
def page() -> str:
    """Show the opportunity, after telling Apropos what it says."""
    amount = {"value": 900_000, "label": "Q3 VT-400", "type": "money", "unit": "EUR"}
    ap.records.describe(RECORD, title="Kestrel Water, phase 2", fields={"q3/vt-400": amount})
    return f"""<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Kestrel Water, phase 2</title>
  </head>
  <body>
    {embedding.tags()}
    <h1>Kestrel Water, phase 2 <apropos-badge record="{RECORD}"></apropos-badge></h1>
    <p>Q3 VT-400: 900,000 EUR <apropos-pin record="{RECORD}" field="q3/vt-400" label="Q3 VT-400"></apropos-pin></p>
  </body>
</html>"""
