"""What Django installs: templates and tags; no models, no migrations."""

from django.apps import AppConfig


class AproposConfig(AppConfig):
    """`INSTALLED_APPS` takes the package's name, `apropos.integrations.django`."""

    name = "apropos.integrations.django"
    label = "apropos"
    verbose_name = "Apropos"
