"""What every feature's wire is made of: strict shapes in, RFC 3339 times out."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated, Any, Generic, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from .ids import is_id
from .records.names import check_field, parse_record

T = TypeVar("T")


def rfc3339(at: int) -> str:
    """Write milliseconds since 1970 as `2026-11-24T09:00:00.000Z`."""
    return datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def instant_of(value: Any) -> int:
    """Read a time as milliseconds since 1970. Raises `ValueError` for what is none."""
    if isinstance(value, datetime):
        moment = value
    elif isinstance(value, str):
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            raise ValueError("is a time such as 2026-11-27T17:00:00Z") from None
    else:
        raise ValueError("is a time such as 2026-11-27T17:00:00Z")  # noqa: TRY004 pydantic listens for ValueError
    if moment.tzinfo is None:
        raise ValueError("needs a time zone, such as 2026-11-27T17:00:00Z")
    if not 1970 <= moment.year <= 9998:  # noqa: PLR2004
        raise ValueError("is between the years 1970 and 9998")
    return int(moment.timestamp() * 1000)


def _text(value: str) -> str:
    if "\x00" in value or any("\ud800" <= char <= "\udfff" for char in value):
        raise ValueError("has characters that no text has (NUL or half of a surrogate pair)")
    return value


def _filled(value: str) -> str:
    if not value.strip():
        raise ValueError("is not empty")
    return value


def _line(value: str) -> str:
    if any(ord(char) < 32 or 127 <= ord(char) < 160 for char in value):  # noqa: PLR2004 the C0 and C1 controls
        raise ValueError("has no control characters")
    return value


@lru_cache(maxsize=10_000)
def _record(value: str) -> str:
    parse_record(value)
    return value


def _typeid(prefix: str) -> Any:
    def check(value: str) -> str:
        if not is_id(value, prefix):
            raise ValueError(f"is an id such as {prefix}_01k0000000e00g0r40g30e209g")
        return value

    return AfterValidator(check)


Instant = Annotated[int, BeforeValidator(instant_of), WithJsonSchema({"type": "string", "format": "date-time"})]
Text = Annotated[str, AfterValidator(_text)]
Filled = Annotated[str, AfterValidator(_text), AfterValidator(_filled)]
Line = Annotated[Filled, Field(max_length=500)]
Url = Annotated[Text, Field(max_length=2000, pattern=r"^https?://[^\x00-\x1f\x7f]+$", examples=["https://crm.example/fl/7"])]
RecordName = Annotated[str, AfterValidator(_record), Field(examples=["forecast_line:FL-7"])]
RecordType = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,62}$", examples=["forecast_line"])]
FieldPath = Annotated[str, AfterValidator(check_field), Field(examples=["q3/amount"])]
PersonId = Annotated[Filled, AfterValidator(_line), Field(max_length=128, examples=["ada"])]
RoleName = Annotated[Filled, Field(max_length=64, examples=["account_manager"])]
ThreadId = Annotated[str, _typeid("thr")]
CommentId = Annotated[str, _typeid("cmt")]
ActionId = Annotated[str, _typeid("act")]
KeyId = Annotated[str, _typeid("key")]
AttachmentId = Annotated[str, _typeid("att")]
RequestId = Annotated[str, _typeid("ask")]
WebhookId = Annotated[str, _typeid("whk")]
DeliveryId = Annotated[str, _typeid("dlv")]
EventId = Annotated[str, _typeid("evt")]
Time = Annotated[str, Field(examples=["2026-11-24T09:00:00.000Z"], json_schema_extra={"format": "date-time"})]


class Draft(BaseModel):
    """What a caller sends: unknown members are refused, types are not guessed."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Shape(BaseModel):
    """What goes out: nothing here is checked against it but its description."""

    model_config = ConfigDict(extra="forbid")


class Listing(Shape, Generic[T]):
    """A page of a list; `next` is the cursor of the following page, or null."""

    data: list[T]
    next: str | None = None


class ProblemDocument(BaseModel):
    """An RFC 9457 problem."""

    type: str = Field(examples=["/problems/not_found"])
    title: str
    status: int
    detail: str
    code: str = Field(examples=["not_found"])
    errors: list[dict[str, str]] | None = None


def instant(at: int | None) -> str | None:
    """Write a time that may be missing."""
    return None if at is None else rfc3339(at)
