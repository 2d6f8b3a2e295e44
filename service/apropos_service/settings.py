"""Every knob, its unit and its default. Read once, frozen, passed to `create_app(settings)`; there are no globals.

Each is an environment variable with the prefix `APROPOS_`, or the flag of the same name.
"""

import os
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

SHORTEST_LOG = 30
"""Days for which every event can be pulled, whatever an operator sets."""


class Settings(BaseModel):
    """What an operator may turn."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    database_url: str = Field("", description="sqlite:///path or postgresql://…; empty: a file in DATA_DIR")
    bus_url: str = Field(
        "", description="memory://, postgresql://…, redis://… or nats://…; empty: the database's own, or memory on SQLite"
    )
    host: str = Field("127.0.0.1", description="address to listen on")
    port: int = Field(8080, ge=1, le=65_535, description="port to listen on")
    workers: int = Field(1, ge=1, description="processes that answer at HOST:PORT; more than one needs PostgreSQL")
    public_url: str = Field("", description="the address people reach this service under; empty: http://HOST:PORT")
    data_dir: Path = Field(Path("apropos-data"), description="folder for the database file, the secret key and files")
    files_url: str = Field("", description="file://… or s3://bucket/prefix (needs the package s3fs); empty: DATA_DIR/files")
    secret_key: str = Field("", description="at least 32 characters; empty: made once and kept in DATA_DIR/secret_key")
    rate_limit: int = Field(20_000, ge=1, description="requests that one caller may make in 10 seconds")
    most_at_once: int = Field(
        500, ge=1, description="requests that a process works on at once, changes and looks apart; more are told to come again"
    )
    webhook_allow: str = Field("", description="networks, separated by commas, that outgoing calls may reach beside public ones")
    webhook_timeout: float = Field(15.0, gt=0, le=600, description="seconds that another system may take to answer a webhook")
    trusted_proxies: str = Field(
        "", description="networks, separated by commas, of the proxies whose X-Forwarded-For is believed; empty: none"
    )
    audit_days: int = Field(400, ge=1, description="days for which the audit log is shown and knows from where something was done")
    log_days: int = Field(
        0, ge=0, description="days for which the log is kept, 30 or more and never less than AUDIT_DAYS; 0: for ever"
    )
    work: bool = Field(True, description="run readers and senders in this process too; without them, run apropos work beside it")
    stop_delay: float = Field(
        1.0, ge=0, description="seconds that it goes on answering once it is asked to stop, while /readyz says no"
    )
    widget_dir: Path = Field(Path(), description="folder of the built widget; empty: the one in the package")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="debug, info, warning or error")

    @model_validator(mode="before")
    @classmethod
    def _from_the_environment(cls, given: dict[str, Any]) -> dict[str, Any]:
        """Fill in what is not given; a variable that is empty says nothing."""
        said = {name: os.environ.get(f"APROPOS_{name.upper()}") for name in cls.model_fields}
        return {name: value for name, value in said.items() if value} | given

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        return _one_of(url, ("sqlite:///", "postgresql://"))

    @field_validator("bus_url")
    @classmethod
    def _known_bus(cls, url: str) -> str:
        return _one_of(url, ("memory://", "postgresql://", "redis://", "rediss://", "nats://", "tls://"))

    @field_validator("webhook_allow", "trusted_proxies")
    @classmethod
    def _networks(cls, text: str) -> str:
        for one in text.split(","):
            ip_network(one.strip() or "::")
        return text

    @field_validator("log_days")
    @classmethod
    def _long_enough(cls, days: int) -> int:
        if 0 < days < SHORTEST_LOG:
            raise ValueError(f"is 0 or at least {SHORTEST_LOG}: whoever was away for so long misses nothing")
        return days

    @property
    def database(self) -> str:
        """The database's address, with the default filled in."""
        return self.database_url or f"sqlite:///{self.data_dir / 'apropos.db'}"

    @property
    def bus(self) -> str:
        """The bus's address, with the default filled in."""
        return self.bus_url or ("memory://" if self.database.startswith("sqlite") else self.database)

    @property
    def files(self) -> str:
        """Where files are kept, with the default filled in."""
        return self.files_url or str((self.data_dir / "files").absolute())

    @property
    def address(self) -> str:
        """The address people reach this service under, without a slash at the end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")


def _one_of(url: str, beginnings: tuple[str, ...]) -> str:
    if url and not url.startswith(beginnings):
        raise ValueError(f"begins with {', '.join(beginnings)}")
    return url
