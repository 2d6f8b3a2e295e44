"""The admin, the list of orders, and the token of whoever looks."""

from django.contrib import admin
from django.urls import path
from orders.views import orders

from apropos.integrations.django import token_view

urlpatterns = [path("", orders), path("admin/", admin.site.urls), path("apropos-token", token_view())]
