"""`server`: where the host listens, and to whom."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field

from chatkit_host.config.names import InPlugin
from chatkit_host.config.section import Section
from chatkit_host.config.values import Size, Url


def _none_if_empty(given: Any) -> Any:
    return None if given == "" else given


class StaticFolder(Section):
    """A folder whose files are served."""

    short: ClassVar[str | None] = "folder"

    folder: str = Field(description="The folder, relative to the YAML file.")
    policy: Literal["none", "strict"] = Field(
        "none", description="strict: its pages may do what the host's own page may, and no more."
    )


class Server(Section):
    """The HTTP side."""

    python: InPlugin | None = Field(
        None,
        pattern=r"^[\w.]+:[\w.]+$",
        description="module:Class, a server class of your own, which then answers.",
    )
    host: str = Field("127.0.0.1", description="The address it listens on.")
    port: int = Field(8000, ge=0, le=65535, description="The port; 0 for any that is free.")
    path: str = Field(
        "/chatkit", pattern="^/", description="Where the ChatKit endpoint lies: /chatkit."
    )
    public_url: Annotated[Url | None, BeforeValidator(_none_if_empty)] = Field(
        None, description="How browsers reach it, if through a proxy."
    )
    allowed_hosts: tuple[str, ...] = Field((), description="Host names it answers to, besides.")
    allowed_origins: tuple[str, ...] = Field((), description="Pages of other origins that may ask.")
    static: dict[str, StaticFolder] = Field(
        {}, description="Folders whose files are served: /app: web/dist."
    )
    gallery: bool | None = Field(
        None, description="Whether /widgets shows the bot's widgets to developers on this machine."
    )
    max_body: Size = Field(10**6, gt=0, description="The largest request body: 1MB.")
