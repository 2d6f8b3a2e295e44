"""What a person likes, as callers see and choose it."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator

from ..people.hours import zones
from ..wire import Draft, Shape, Text

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Mail = Literal["now", "digest", "off"]
Reason = Literal[
    "asked", "assigned", "due", "mention", "answered", "came_of_it", "decided", "resolved", "reopened", "visibility",
    "reply", "reaction", "later",
]  # fmt: skip
OfDay = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", examples=["22:00"])]


def _every_day() -> list[Day]:
    return ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def _zone(name: str) -> str:
    if name not in zones():
        raise ValueError("is the name of a time zone, such as Europe/Rome")
    return name


class QuietHours(Shape):
    """From when to when nobody is disturbed, by the person's own clock; `days` are those on which it begins."""

    from_: OfDay = Field(alias="from")
    to: OfDay
    days: list[Day]


class Channel(Shape):
    """Where a reason is told."""

    inbox: bool
    mail: Mail


class Preferences(Shape):
    """What a person likes. `channels` says for each reason where it is told; `version` is 0 until they chose something."""

    time_zone: str = Field(examples=["Europe/Rome"])
    locale: str | None = Field(examples=["de-AT"])
    quiet_hours: QuietHours | None
    channels: dict[Reason, Channel]
    enter_sends: bool
    letter_keys: bool
    hide_presence: bool
    version: int


class QuietHoursDraft(Draft):
    """Quiet hours; without `days`, every day."""

    from_: OfDay = Field(alias="from")
    to: OfDay
    days: list[Day] = Field(default_factory=_every_day, min_length=1, max_length=7)

    @model_validator(mode="after")
    def _takes_time(self) -> "QuietHoursDraft":
        if self.from_ == self.to:
            raise ValueError("from and to are different times")
        if len(set(self.days)) < len(self.days):
            raise ValueError("days names each day once")
        return self


class ChannelDraft(Draft):
    """Where to tell a reason; what is not named stays."""

    inbox: bool | None = None
    mail: Mail | None = None


class PreferencesDraft(Draft):
    """What to choose; what is not named stays, null goes back to the default."""

    time_zone: Annotated[Text, AfterValidator(_zone)] | None = None
    locale: Annotated[Text, Field(max_length=35, pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] | None = None
    quiet_hours: QuietHoursDraft | None = None
    channels: dict[Reason, ChannelDraft | None] | None = None
    enter_sends: bool | None = None
    letter_keys: bool | None = None
    hide_presence: bool | None = None

    def chosen(self) -> dict[str, Any]:
        """Return what the draft names; quiet hours whole."""
        named = self.model_dump(exclude_unset=True)
        whole = {"quiet_hours": self.quiet_hours.model_dump(by_alias=True)} if self.quiet_hours else {}
        return {**named, **whole}
