"""What users pick in the composer: the model that thinks, and the tool that is used."""

from __future__ import annotations

from collections.abc import Sequence

from chatkit_host.config.root import Config
from chatkit_host.config.tools import HostedTool
from chatkit_host.errors import InvalidRequestError
from chatkit_host.types import InferenceOptions, ThreadItem, UserMessageItem


class Picks:
    """What `ui.composer` offers; any client may ask for more, and is refused."""

    def __init__(self, config: Config) -> None:
        composer = config.ui.composer
        offered = (composer and composer.models) or ()
        self._models = frozenset(model.id for model in offered if not model.disabled)
        self._config = config

    def check(self, options: InferenceOptions) -> None:
        """Refuse a model that is not offered.

        Raises:
            InvalidRequestError: with the ones that are.
        """
        if options.model is None or options.model in self._models:
            return
        place = f"params.input.inference_options.model: {options.model!r} is not offered here"
        known = f"; there is: {', '.join(sorted(self._models))}" if self._models else ""
        raise InvalidRequestError(place + known)

    def model(self, history: Sequence[ThreadItem]) -> str | None:
        """The model that the newest message asks for; it holds until the next one."""
        found = (item for item in reversed(history) if isinstance(item, UserMessageItem))
        message = next(found, None)
        picked = None if message is None else message.inference_options.model
        return picked if picked in self._models else None

    def tool(self, agent: str, choice: str | None) -> str | None:
        """The tool that an agent has to begin with, as the model's server knows it, if any."""
        if choice is None or choice not in self._config.agents[agent].tools:
            return None
        tool = self._config.tools[choice]
        return tool.hosted.kind if isinstance(tool, HostedTool) else choice
