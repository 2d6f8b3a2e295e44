"""Orders in the admin, each with its discussion."""

from django.contrib import admin

from apropos.integrations.django.admin import DiscussionMixin

from .models import Order


@admin.register(Order)
class OrderAdmin(DiscussionMixin, admin.ModelAdmin):
    """A list of orders; a form, and the discussion under it."""

    list_display = ("customer", "due", "total")
