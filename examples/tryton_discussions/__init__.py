"""A Tryton module that brings discussions to the forms of the web client, for Tryton 8.

Link this folder as `trytond/modules/apropos`, and `custom.js` and `custom.css` into sao's folder; install `apropos-sdk` beside
trytond, and say in `trytond.conf`:

    [apropos]
    endpoint = https://apropos.example
    workspace = wsp_…
    signing_secret = aps_…
    models = party.party sale.sale

Then `trytond-admin -c trytond.conf -d DATABASE -u apropos`.
"""

from . import token  # noqa: F401 Tryton knows a module's routes once it is imported


def register() -> None:
    """Nothing: no model of Tryton's is changed."""
