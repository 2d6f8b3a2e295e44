"""Django: tags for templates, the view that answers the widget's request for a token, a mixin for the admin.

In the settings:

    INSTALLED_APPS = [..., "apropos.integrations.django"]
    APROPOS = apropos.Embedding("https://apropos.example", workspace="wsp_…", secret="aps_…")

In the URLs, `path("apropos-token", token_view())`, and for a webhook
`path("apropos-webhook", webhook_view(apropos.webhooks.Receiver(APROPOS_WEBHOOK_SECRET, handle)))`; in a template:

    {% load apropos %}{% apropos %}
    <td>{{ order.total }} {% apropos_pin order "total" %}</td>
    {% apropos_thread order %}

and in `admin.py`, `class OrderAdmin(DiscussionMixin, admin.ModelAdmin)` from `apropos.integrations.django.admin`.
"""

from .records import record_of, type_of
from .views import by_permission, token_view
from .webhooks import webhook_view

__all__ = ["by_permission", "record_of", "token_view", "type_of", "webhook_view"]
