"""A page of one's own, with a pin on each value."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .models import Order


@login_required
def orders(request: HttpRequest) -> HttpResponse:
    """List the orders."""
    return render(request, "orders/list.html", {"orders": Order.objects.all()})
