"""The view that takes what a webhook sends."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from ...errors import SignatureInvalid
from ...webhooks import Receiver


def webhook_view(receiver: Receiver) -> Callable[[HttpRequest], HttpResponse]:
    """Return a view: 204 for what was handled, now or before, 400 for what the service did not sign; so no CSRF token is needed."""

    @csrf_exempt
    @require_POST
    def apropos_webhook(request: HttpRequest) -> HttpResponse:
        try:
            receiver.receive(request.headers, request.body)
        except SignatureInvalid as problem:
            return HttpResponse(str(problem), status=400, content_type="text/plain")
        return HttpResponse(status=204)

    view: Callable[[HttpRequest], HttpResponse] = apropos_webhook
    return view
