"""`{% load apropos %}`: the script and the session once a page, then the widget's elements where they belong.

Where a tag takes a record it is a row of a model, or a name such as `order:4711`.
"""

from html import escape
from typing import Any

from django import template
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.utils.safestring import mark_safe

from ..records import record_of

register = template.Library()


@register.simple_tag
def apropos() -> str:
    """Bring the widget; once, anywhere in the body."""
    return str(mark_safe(settings.APROPOS.tags()))  # noqa: S308 its values are escaped there


@register.simple_tag
def apropos_pin(record: Any, field: str, label: str = "") -> str:
    """Put a pin on one value. `label` says what the value is; a model's field has a name of its own."""
    return _element("pin", record=record_of(record), field=field, label=label or _named(record, field))


@register.simple_tag
def apropos_badge(record: Any) -> str:
    """Count the discussions of a record."""
    return _element("badge", record=record_of(record))


@register.simple_tag
def apropos_thread(record: Any, field: str = "") -> str:
    """Show the discussion of a record, or of one of its values, in the page itself."""
    return _element("thread", record=record_of(record), field=field)


@register.simple_tag
def apropos_panel(record: Any, mode: str = "") -> str:
    """Say where discussions open: `dock`, `overlay` or `sheet`; by itself it takes what there is room for."""
    return _element("panel", record=record_of(record), mode=mode)


@register.simple_tag
def apropos_inbox(view: str = "page") -> str:
    """Show the inbox of whoever looks, as a `page` or a `drawer`."""
    return _element("inbox", view=view)


def _element(name: str, **attributes: str) -> str:
    given = "".join(f' {attribute}="{escape(value)}"' for attribute, value in attributes.items() if value)
    return str(mark_safe(f"<apropos-{name}{given}></apropos-{name}>"))  # noqa: S308 whatever Django thinks safe was escaped here


def _named(record: Any, field: str) -> str:
    if isinstance(record, str):
        return ""
    try:
        name = record._meta.get_field(field).verbose_name  # noqa: SLF001 Django's public name for it
    except FieldDoesNotExist:
        return ""
    return str(name)[:1].upper() + str(name)[1:]
