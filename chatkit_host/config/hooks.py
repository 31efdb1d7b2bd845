"""`on`: steps that are done when something happens."""

from __future__ import annotations

from pydantic import Field

from chatkit_host.config.section import Section
from chatkit_host.config.steps import Step


class Hooks(Section):
    """What may happen, each with a list of steps."""

    thread_created: tuple[Step, ...] = Field(
        (), description="In a new thread, before its first message is answered."
    )
    feedback: tuple[Step, ...] = Field((), description="After a thumb up or down was kept.")
