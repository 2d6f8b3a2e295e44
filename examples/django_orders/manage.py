"""A Django project that embeds Apropos: orders in the admin and in a page, each with its discussion.

Run the service, make a workspace, then, with APROPOS_WORKSPACE, APROPOS_KEY and APROPOS_SIGNING_SECRET from its answer:
    pip install ./sdk "django<6" && cd examples/django_orders
    python manage.py migrate && python manage.py seed && python manage.py runserver
and open http://127.0.0.1:8000/ as ines or tomasz; their password is what `seed` was told, or printed.
"""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
    execute_from_command_line(sys.argv)
