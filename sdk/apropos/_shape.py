"""What all that the service says has in common."""

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """Something that the service said."""

    model_config = ConfigDict(extra="ignore", frozen=True)
