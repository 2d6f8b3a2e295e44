"""Expense reports in one file that embed Apropos: receipts with a pin on each amount, and a token for whoever is logged in.

Run the service, make a workspace, then, with APROPOS_WORKSPACE, APROPOS_KEY and APROPOS_SIGNING_SECRET from its answer:
    pip install ./sdk flask && flask --app examples/flask_expenses/main run --port 8000
and open http://127.0.0.1:8000, or http://127.0.0.1:8000/?as=tomasz for somebody else.
"""

import os

from flask import Flask, render_template_string, request

import apropos
from apropos.integrations.flask import token_blueprint

RECORD = "expense_report:EXP-1187"
RECEIPTS = {"hotel": ("Hotel Brunnen, 2 nights", 418.00), "train": ("Rail, Basel to Kestrel and back", 164.40)}
PEOPLE = {
    "ines": {"id": "ines", "name": "Ines Marchetti", "department": "Sales"},
    "tomasz": {"id": "tomasz", "name": "Tomasz Wolny", "department": "Supply"},
}
PAGE = """<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Site visit Kestrel</title>
  </head>
  <body>
    {{ apropos_tags() }}
    <h1>Site visit Kestrel <apropos-badge record="{{ record }}"></apropos-badge></h1>
    <table>
      {% for field, (name, amount) in receipts.items() %}
        <tr>
          <td>{{ name }}</td>
          <td>{{ "%.2f" | format(amount) }} CHF
            <apropos-pin record="{{ record }}" field="{{ field }}" label="{{ name }}"></apropos-pin></td>
        </tr>
      {% endfor %}
    </table>
  </body>
</html>"""

embedding = apropos.Embedding(
    os.environ.get("APROPOS_ENDPOINT", "http://127.0.0.1:8080"),
    os.environ["APROPOS_WORKSPACE"],
    os.environ["APROPOS_SIGNING_SECRET"],
)
ap = apropos.Apropos(embedding.endpoint, key=os.environ["APROPOS_KEY"])
app = Flask(__name__)


def current_user() -> apropos.Showing:
    """Return who is logged in. Here the page's address says it; in your application, the session does."""
    person = PEOPLE["tomasz" if "as=tomasz" in request.headers.get("referer", "") else "ines"]
    return {"person": person, "grants": {"expense_report:*": "comment"}}


app.register_blueprint(token_blueprint(embedding, current_user))


@app.get("/")
def page() -> str:
    """Show the report, after telling Apropos what it says."""
    fields = {field: {"value": amount, "label": name, "type": "money", "unit": "CHF"} for field, (name, amount) in RECEIPTS.items()}
    ap.records.describe(RECORD, title="Site visit Kestrel, November", fields=fields)
    return render_template_string(PAGE, record=RECORD, receipts=RECEIPTS)
