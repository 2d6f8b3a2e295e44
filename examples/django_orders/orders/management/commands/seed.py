"""Two people and an order to begin with: `python manage.py seed`."""

import datetime as dt
import secrets
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandParser

from ...models import Order


class Command(BaseCommand):
    """Make what is not there yet."""

    help = "Make two people who may do everything, and an order."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a password; without one, one is made and printed."""
        parser.add_argument("--password", default="")

    def handle(self, **options: Any) -> None:
        """Do it."""
        password = options["password"] or secrets.token_urlsafe(9)
        for name, first, last in (("ines", "Ines", "Marchetti"), ("tomasz", "Tomasz", "Wolny")):
            if not User.objects.filter(username=name).exists():
                User.objects.create_superuser(name, f"{name}@orders.example", password, first_name=first, last_name=last)
                self.stdout.write(f"{name}: {password}")
        due = dt.date(2027, 1, 30)
        Order.objects.get_or_create(customer="Kestrel Water", defaults={"due": due, "total": Decimal("27000.00")})
