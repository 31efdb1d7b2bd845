"""`limits`: how much one user may ask."""

from __future__ import annotations

from pydantic import Field

from chatkit_host.config.section import Section
from chatkit_host.config.values import PerTime


class Limits(Section):
    """Rates, each for one user."""

    messages: PerTime | None = Field(None, description="Messages and actions: 30/minute.")
    uploads: PerTime | None = Field(None, description="Files: 60/hour.")
