"""What a chatkit.yaml declares, for people to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chatkit_host.compiler.prompts import asks_the_page, puts_questions
from chatkit_host.config.actions import StepsAction
from chatkit_host.config.root import Config
from chatkit_host.config.scoped import question_ids


def describe(config: Config) -> Mapping[str, Sequence[str]]:
    """Names by kind."""
    of_page = {
        name: spec.sync
        for name, spec in config.actions.items()
        if isinstance(spec, StepsAction) and spec.from_ == "page"
    }
    return {
        "agents": list(config.agents),
        "models": sorted({str(agent.model or "default") for agent in config.agents.values()}),
        "tools": list(config.tools),
        "widgets": list(config.widgets),
        "actions": list(config.actions),
        "page_actions": [name for name, sync in of_page.items() if not sync],
        "sync_actions": [name for name, sync in of_page.items() if sync],
        "asks_the_page_when_told": asks_the_page(config),
        "puts_questions_when_told": puts_questions(config),
        "questions": question_ids(config),
        "attachments": [] if config.attachments is None else [*config.attachments.accept],
        "transcription": [] if config.transcription is None else [config.transcription.model],
    }
