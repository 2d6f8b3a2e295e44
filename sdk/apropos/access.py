"""What a host answers when the service asks it live who may (`access_url`): the question, checked and typed.

    @app.post("/apropos-access")
    async def may(request: Request) -> dict[str, list[bool]]:
        question = apropos.access.question(APROPOS_ACCESS_SECRET, request.headers, await request.body())
        return question.answer(my_rules.allows(question.person, one.record, one.level) for one in question.checks)

Answer within two seconds; whatever is no answer is no.
"""

from collections.abc import Iterable, Mapping
from typing import Literal

from ._signed import verified
from .models import Model


class Check(Model):
    """Whether the person may do on a record what a level allows: `read`, `comment` or `manage`."""

    record: str
    level: Literal["read", "comment", "manage"]


class Question(Model):
    """What the service wants to know of one person, by the host's own id."""

    person: str
    checks: list[Check]

    def answer(self, allowed: Iterable[bool]) -> dict[str, list[bool]]:
        """Return the answer as JSON has it: yes or no for each check, in their order. Raises `ValueError` when one is missing."""
        verdicts = [bool(one) for one in allowed]
        if len(verdicts) != len(self.checks):
            raise ValueError(f"{len(self.checks)} checks need as many answers, not {len(verdicts)}")
        return {"allowed": verdicts}


def question(secret: str, headers: Mapping[str, str], body: bytes | str) -> Question:
    """Return what is asked. `secret` is the workspace's `access_secret`. Raises `SignatureInvalid` when it did not sign this."""
    return Question.model_validate_json(verified(secret, headers, body))
