"""What a request's body may be: JSON that every part of the service understands the same way. Pure.

Law: a number is a 64-bit integer or a finite double, a text is one that UTF-8 can carry, and nothing is nested without
end; what is not so is refused before any route sees it. Source: RFC 8259, sections 6 and 8.2; RFC 7493.
"""

import orjson

from .errors import UnsupportedMediaType, ValidationFailed


def understood(body: bytes, content_type: str) -> bytes:
    """Return the body as routes get it: JSON anew, whatever is no JSON as it came.

    Raises `ValidationFailed` when it claims to be JSON and is not, `UnsupportedMediaType` when nothing here takes it.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if not body or kind == "multipart/form-data":
        return body
    if kind != "application/json" and not (kind.startswith("application/") and kind.endswith("+json")):
        raise UnsupportedMediaType("Send JSON, and say so: Content-Type: application/json.")
    try:
        return orjson.dumps(orjson.loads(body))
    except orjson.JSONDecodeError as problem:
        raise ValidationFailed.at("body", f"is not JSON: {problem.msg} in line {problem.lineno}, column {problem.colno}") from None
    except TypeError:
        raise ValidationFailed.at("body", "is nested too deeply") from None
