"""What the wire's models share."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict

from chatkit_host.clock import as_aware

Moment = Annotated[datetime, AfterValidator(as_aware)]
"""A time, always aware and in UTC; a naive one is taken as local time."""


class WireModel(BaseModel):
    """A model of the wire; its validators are built when first used, so that importing is quick."""

    model_config = ConfigDict(defer_build=True)
