"""Tells Apropos what an order says whenever it was saved, so that discussions show what it said then and says now."""

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_save

import apropos
from apropos.integrations.django import record_of


class OrdersConfig(AppConfig):
    """The orders."""

    name = "orders"

    def ready(self) -> None:
        """Listen for what is saved."""
        post_save.connect(
            lambda instance, **_: transaction.on_commit(lambda: describe(instance)), sender="orders.Order", weak=False
        )


def describe(order: Any) -> None:
    """Say what an order says now. That the service is away is no reason not to save an order."""
    fields = {
        "total": {"value": order.total, "label": "Total", "type": "money", "unit": "EUR"},
        "due": {"value": str(order.due), "label": "Due", "type": "date"},
    }
    try:
        settings.APROPOS_CLIENT.records.describe(record_of(order), title=str(order), fields=fields)
    except apropos.AproposError as problem:
        print(f"Apropos was not told of {order}: {problem}")  # noqa: T201 an example; yours has a log
