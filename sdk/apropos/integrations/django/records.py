"""What a row of a Django model is called as a record.

Law: two models never share a type, whichever apps they are of: a grant for one would open the other.
"""

from typing import Any


def type_of(model: Any) -> str:
    """Return the type of record of a model, its class or a row: `shop_order` for `Order` of the app `shop`."""
    return f"{model._meta.app_label}_{model._meta.model_name}".lower()  # noqa: SLF001 Django's public name for it


def record_of(thing: Any) -> str:
    """Return a record's name: a text says it itself, a row has its own in `apropos_record`, else it is `type:primary key`."""
    if isinstance(thing, str):
        return thing
    own = getattr(thing, "apropos_record", None)
    return str(own) if own else f"{type_of(thing)}:{thing.pk}"
