"""Orders in one file whose page htmx swaps in parts, with a pin in each row and a discussion in what is swapped in.

Run the service, make a workspace, then, with APROPOS_WORKSPACE, APROPOS_KEY and APROPOS_SIGNING_SECRET from its answer:
    npm ci --prefix examples
    pip install ./sdk flask && flask --app examples/htmx_orders/main run --port 8000
and open http://127.0.0.1:8000, or http://127.0.0.1:8000/?as=tomasz for somebody else.
"""

import os
from pathlib import Path

from flask import Flask, Response, render_template_string, request, send_from_directory

import apropos
from apropos.integrations.flask import token_blueprint

ORDERS = {"1041": ("Kestrel Water", 27_000), "1042": ("Fonderie Valmont", 8_450), "1043": ("Stadtwerke Lind", 12_300)}
PEOPLE = {
    "ines": {"id": "ines", "name": "Ines Marchetti", "department": "Sales"},
    "tomasz": {"id": "tomasz", "name": "Tomasz Wolny", "department": "Supply"},
}
HTMX = Path(__file__).parents[1] / "node_modules" / "htmx.org" / "dist"
PAGE = """<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Orders</title>
    <script src="/htmx.min.js"></script>
  </head>
  <body>
    {{ apropos_tags() }}
    <h1>Orders</h1>
    <input type="search" name="customer" aria-label="Customer"
      hx-get="/rows" hx-trigger="input delay:100ms" hx-target="tbody" hx-swap="innerHTML">
    <table><tbody hx-get="/rows" hx-trigger="load"></tbody></table>
    <section></section>
  </body>
</html>"""
ROWS = """{% for key, (customer, total) in orders %}
  <tr>
    <td><button type="button" hx-get="/order/{{ key }}" hx-target="section" hx-swap="innerHTML">{{ key }}</button></td>
    <td>{{ customer }}</td>
    <td>{{ "{:,}".format(total) }} EUR
      <apropos-pin record="order:{{ key }}" field="total" label="Total of {{ key }}"></apropos-pin></td>
  </tr>
{% endfor %}"""
ORDER = '<h2>{{ key }}</h2><apropos-thread record="order:{{ key }}"></apropos-thread>'

embedding = apropos.Embedding(
    os.environ.get("APROPOS_ENDPOINT", "http://127.0.0.1:8080"),
    os.environ["APROPOS_WORKSPACE"],
    os.environ["APROPOS_SIGNING_SECRET"],
)
app = Flask(__name__)


def current_user() -> apropos.Showing:
    """Return who is logged in. Here the page's address says it; in your application, the session does."""
    person = PEOPLE["tomasz" if "as=tomasz" in request.headers.get("referer", "") else "ines"]
    return {"person": person, "grants": {"order:*": "comment"}}


app.register_blueprint(token_blueprint(embedding, current_user))


@app.get("/")
def page() -> str:
    """Show the page: the session stands in it, outside of what is swapped."""
    return render_template_string(PAGE)


@app.get("/rows")
def rows() -> str:
    """Show the orders of customers whose names have what is looked for."""
    wanted = request.args.get("customer", "").lower()
    return render_template_string(ROWS, orders=[row for row in ORDERS.items() if wanted in row[1][0].lower()])


@app.get("/order/<key>")
def order(key: str) -> str:
    """Show the discussion of one order."""
    return render_template_string(ORDER, key=key)


@app.get("/htmx.min.js")
def htmx() -> Response:
    """Send htmx, as npm brought it."""
    return send_from_directory(HTMX, "htmx.min.js")
