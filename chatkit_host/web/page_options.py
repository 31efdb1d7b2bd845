"""The options of the host's own page: `ui:`, and what other sections say of it."""

from __future__ import annotations

from typing import Any

from chatkit_host.config import Config
from chatkit_host.config.attachments import Attachments


def page_options(config: Config) -> dict[str, Any]:
    """What the page gives to the element, but for the endpoint's URL."""
    given = config.ui.model_dump(mode="json", exclude_none=True, exclude={"allow"})
    options: dict[str, Any] = camel_cased(given)
    composer = options.setdefault("composer", {})
    composer["dictation"] = {"enabled": config.transcription is not None}
    if any(kind.search is not None for kind in config.entities.values()):
        options["entities"] = {"showComposerMenu": True}
    if config.attachments is not None:
        composer["attachments"] = _attachments(config.attachments)
    return options


def _attachments(section: Attachments) -> dict[str, Any]:
    return {
        "enabled": True,
        "maxSize": section.max_size,
        "maxCount": section.max_count,
        "accept": {pattern: [] for pattern in section.accept},
    }


def camel_cased(value: Any) -> Any:
    """The same with the keys of JavaScript; what a prompt sends has keys of its own."""
    if isinstance(value, list):
        return [camel_cased(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        _camel(key): each if key == "prompt" else camel_cased(each) for key, each in value.items()
    }


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)
