"""`hosted:` tools that the model's own server carries out; the SDK only tells it of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, SecretStr

from chatkit_host.agents.tool_error import ToolError
from chatkit_host.agents.turn_context import TurnContext
from chatkit_host.config import hosted as config
from chatkit_host.config.tools import HostedTool

if TYPE_CHECKING:
    from agents import Tool as SdkTool

SOURCES = "web_search_call.action.sources"
"""What has to be asked for, or the server does not say which pages a search has found."""


class HostedKind:
    """Stands for such a tool among the others; nobody but a model's server can call it."""

    def __init__(self, name: str) -> None:
        self._name = name

    async def call(self, turn: TurnContext, arguments: dict[str, Any], call_id: str | None) -> Any:
        raise ToolError(f"{self._name} is the model server's: only a model can use it.")


def sdk_tool(name: str, spec: HostedTool) -> SdkTool:
    """The tool as the Agents SDK has it."""
    match spec.hosted:
        case config.WebSearchHosted(web_search=settings):
            return _web_search(settings)
        case config.FileSearchHosted(file_search=settings):
            return _file_search(settings)
        case config.CodeInterpreterHosted(code_interpreter=settings):
            return _code_interpreter(settings)
        case config.ImageGenerationHosted(image_generation=settings):
            return _image_generation(settings)
        case config.McpHosted(mcp=settings):
            return _mcp(name, spec.description, settings)


def _web_search(settings: config.WebSearch) -> SdkTool:
    from agents import WebSearchTool

    place = None if settings.location is None else _given(settings.location)
    options: dict[str, Any] = {"user_location": place and {"type": "approximate", **place}}
    if settings.domains:
        options["filters"] = {"allowed_domains": list(settings.domains)}
    if settings.context_size is not None:
        options["search_context_size"] = settings.context_size
    if not settings.live:
        options["external_web_access"] = False
    return WebSearchTool(**options)


def _file_search(settings: config.FileSearch) -> SdkTool:
    from agents import FileSearchTool

    options: dict[str, Any] = {"filters": settings.filters} if settings.filters else {}
    if settings.min_score is not None:
        options["ranking_options"] = {"score_threshold": settings.min_score}
    return FileSearchTool(
        vector_store_ids=list(settings.stores),
        max_num_results=settings.max_results,
        include_search_results=True,
        **options,
    )


def _code_interpreter(settings: config.CodeInterpreter) -> SdkTool:
    from agents import CodeInterpreterTool

    own: dict[str, Any] = {"type": "auto"}
    if settings.files:
        own["file_ids"] = list(settings.files)
    if settings.memory is not None:
        own["memory_limit"] = settings.memory
    container: Any = settings.container or own
    return CodeInterpreterTool({"type": "code_interpreter", "container": container})


def _image_generation(settings: config.ImageGeneration) -> SdkTool:
    from agents import ImageGenerationTool

    given = {"output_format": settings.format, **_given(settings)}
    given.pop("format", None)
    options: Any = {"type": "image_generation", **given}
    return ImageGenerationTool(options)


def _mcp(name: str, description: str, settings: config.RemoteMcp) -> SdkTool:
    from agents import HostedMCPTool

    options: Any = {
        "type": "mcp",
        "server_label": name,
        "server_url": settings.url,
        # Whoever declares the server says that the model may use it.
        "require_approval": "never",
    }
    if description:
        options["server_description"] = description
    if settings.tools:
        options["allowed_tools"] = list(settings.tools)
    if settings.headers:
        options["headers"] = {key: _open(value) for key, value in settings.headers.items()}
    if settings.authorization is not None:
        options["authorization"] = _open(settings.authorization)
    return HostedMCPTool(options)


def _given(settings: BaseModel) -> dict[str, Any]:
    return settings.model_dump(exclude_unset=True, exclude_none=True)


def _open(secret: SecretStr) -> str:
    return secret.get_secret_value()
