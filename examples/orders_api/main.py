"""The back end of the Vue, Angular and React examples: a few orders, a token for whoever is logged in, and the built pages.

Run the service, make a workspace, then, with APROPOS_WORKSPACE, APROPOS_KEY and APROPOS_SIGNING_SECRET from its answer:
    npm ci --prefix examples && npm run build --prefix examples --workspace vue_orders
    pip install ./sdk fastapi uvicorn && PAGES=examples/vue_orders/dist uvicorn --app-dir examples/orders_api main:app
and open http://127.0.0.1:8000, or http://127.0.0.1:8000/?as=tomasz for somebody else.
"""

import os
from typing import Any

from fastapi import FastAPI, Request
from fastapi.staticfiles import StaticFiles

import apropos
from apropos.integrations.fastapi import token_router

ORDERS = {"1041": ("Kestrel Water", 27_000), "1042": ("Fonderie Valmont", 8_450), "1043": ("Stadtwerke Lind", 12_300)}
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
    return {"person": person, "grants": {"order:*": "comment"}}


app = FastAPI()
app.include_router(token_router(embedding, current_user))


@app.get("/api/orders")
def orders() -> dict[str, Any]:
    """Return the orders and where the service is, after telling Apropos what they say."""
    for key, (customer, total) in ORDERS.items():
        amount = {"value": total, "label": f"Total of {key}", "type": "money", "unit": "EUR"}
        ap.records.describe(f"order:{key}", title=f"{key}, {customer}", fields={"total": amount})
    rows = [{"key": key, "customer": customer, "total": total} for key, (customer, total) in ORDERS.items()]
    return {"endpoint": embedding.endpoint, "orders": rows}


app.mount("/", StaticFiles(directory=os.environ.get("PAGES", "examples/vue_orders/dist"), html=True))
