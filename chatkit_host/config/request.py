"""`request`: the only headers of a request that templates see, each by a name of its own."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from chatkit_host.config.kinds import problem
from chatkit_host.config.section import Section

SECRET = ("authorization", "cookie", "proxy-authorization", "set-cookie")


def _readable(given: str) -> str:
    name = given.lower()
    if name in SECRET:
        cure = "templates know who asks as `user`"
        raise problem("header", f"{given!r} holds secrets, and is not for templates", cure=cure)
    return name


class RequestFact(Section):
    """One header; its name for short."""

    short: ClassVar[str | None] = "header"

    header: Annotated[
        str, Field(pattern=r"^[A-Za-z0-9!#$%&'*+.^_`|~-]+$"), AfterValidator(_readable)
    ] = Field(description="The name of a header: article-id.")
    optional: bool = Field(
        False, description="Whether it may be missing; otherwise such a request is refused."
    )
