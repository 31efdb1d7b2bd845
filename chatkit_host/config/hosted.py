"""`hosted:` the tools that the model's own server carries out; one model a tool."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Discriminator, Field, GetJsonSchemaHandler, SecretStr, Tag
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from chatkit_host.config.kinds import exactly_one, kind_of
from chatkit_host.config.section import Section

KINDS = ("web_search", "file_search", "code_interpreter", "image_generation", "mcp")


class Location(Section):
    """Where the user roughly is."""

    city: str | None = None
    region: str | None = None
    country: str | None = Field(None, pattern=r"^[A-Z]{2}$", description="Two letters: CH.")
    timezone: str | None = Field(None, description="An IANA name: Europe/Zurich.")


class WebSearch(Section):
    """Searches the web."""

    domains: tuple[str, ...] = Field((), description="Only these, and what is beneath them.")
    context_size: Literal["low", "medium", "high"] | None = Field(
        None, description="How much of what is found the model reads."
    )
    location: Location | None = Field(None, description="Where the user roughly is.")
    live: bool = Field(True, description="false: only what the provider has in its index.")


class FileSearch(Section):
    """Searches the provider's vector stores."""

    stores: tuple[str, ...] = Field(min_length=1, description="The ids of vector stores.")
    max_results: int | None = Field(None, ge=1, le=50, description="How many passages at most.")
    min_score: float | None = Field(None, ge=0, le=1, description="Leaves out what fits less.")
    filters: dict[str, Any] | None = Field(None, description="By attributes, as the API has it.")


class CodeInterpreter(Section):
    """Runs Python code in a sandbox of the provider's."""

    container: str | None = Field(None, description="A container's id; else one of its own.")
    files: tuple[str, ...] = Field((), description="The ids of files that the code can read.")
    memory: Literal["1g", "4g", "16g", "64g"] | None = None


class ImageGeneration(Section):
    """Makes pictures."""

    model: str | None = Field(None, description="The provider's name of the picture model.")
    size: str | None = Field(None, description="As the API has it: 1024x1024, auto.")
    quality: Literal["low", "medium", "high", "auto"] | None = None
    background: Literal["transparent", "opaque", "auto"] | None = None
    format: Literal["png", "webp", "jpeg"] = "png"
    partial_images: int = Field(0, ge=0, le=3, description="Unfinished versions on the way.")


class RemoteMcp(Section):
    """An MCP server that the provider, not this host, talks to."""

    short: ClassVar[str | None] = "url"

    url: str = Field(pattern=r"^https?://", description="The server's URL.")
    tools: tuple[str, ...] = Field((), description="Only these of its tools.")
    headers: dict[str, SecretStr] = Field({}, description="Sent with each request to it.")
    authorization: SecretStr | None = Field(None, description="An OAuth access token.")


class WebSearchHosted(Section):
    """Searches the web."""

    kind: ClassVar[str] = "web_search"
    web_search: WebSearch


class FileSearchHosted(Section):
    """Searches the provider's vector stores."""

    kind: ClassVar[str] = "file_search"
    file_search: FileSearch


class CodeInterpreterHosted(Section):
    """Runs Python code in a sandbox of the provider's."""

    kind: ClassVar[str] = "code_interpreter"
    code_interpreter: CodeInterpreter


class ImageGenerationHosted(Section):
    """Makes pictures."""

    kind: ClassVar[str] = "image_generation"
    image_generation: ImageGeneration


class McpHosted(Section):
    """An MCP server that the provider, not this host, talks to."""

    kind: ClassVar[str] = "mcp"
    mcp: RemoteMcp


class _ShortForms:
    """A bare name in the JSON Schema, for the tools that need no settings."""

    def __get_pydantic_json_schema__(
        self, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"anyOf": [{"enum": [*NEED_NOTHING]}, handler(core_schema)]}


NEED_NOTHING = ("web_search", "code_interpreter", "image_generation")
"""The tools that a bare name is enough for."""


def _long_form(given: Any) -> Any:
    return {given: {}} if isinstance(given, str) and given in KINDS else given


Hosted = Annotated[
    Annotated[WebSearchHosted, Tag("=web_search")]
    | Annotated[FileSearchHosted, Tag("=file_search")]
    | Annotated[CodeInterpreterHosted, Tag("=code_interpreter")]
    | Annotated[ImageGenerationHosted, Tag("=image_generation")]
    | Annotated[McpHosted, Tag("=mcp")],
    Discriminator(kind_of(KINDS)),
    exactly_one("hosted tool", KINDS),
    BeforeValidator(_long_form),
    _ShortForms(),
]
