"""Citations as models send them, read without trusting their exact shape."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any, cast

from openai.types.responses.response_output_text import (
    AnnotationContainerFileCitation,
    AnnotationFileCitation,
    AnnotationURLCitation,
)
from pydantic import BaseModel, ValidationError

from chatkit_host.agents.response_converter import ResponseStreamConverter
from chatkit_host.logger import logger
from chatkit_host.types import Annotation

_KINDS: dict[str, tuple[type[BaseModel], str]] = {
    "file_citation": (AnnotationFileCitation, "file_citation_to_annotation"),
    "container_file_citation": (
        AnnotationContainerFileCitation,
        "container_file_citation_to_annotation",
    ),
    "url_citation": (AnnotationURLCitation, "url_citation_to_annotation"),
}

_Convert = Callable[[BaseModel], Awaitable[Annotation | None]]


def raw_annotation(value: object) -> dict[str, Any]:
    """A citation as a plain map, whether it came as a map, as its own model or as another's."""
    if isinstance(value, dict):
        return value
    if isinstance(value, BaseModel):
        # openai parses some of these into the wrong class of its union; its fields are all there.
        return value.model_dump(warnings=False)
    return dict(getattr(value, "__dict__", {}))


def annotation_key(raw: dict[str, Any]) -> str:
    """Two citations with this in common are the same."""
    return json.dumps(raw, sort_keys=True, default=str)


async def convert_annotation(
    raw: dict[str, Any], converter: ResponseStreamConverter
) -> Annotation | None:
    """The converter's annotation for a citation; None for kinds ChatKit does not show."""
    known = _KINDS.get(str(raw.get("type")))
    if known is None:
        return None
    model, method = known
    # Every declared field is there, if only as None, whatever the server left out.
    fields = {**dict.fromkeys(model.model_fields), **raw}
    convert = cast("_Convert", getattr(converter, method))
    try:
        return await convert(model.model_construct(**fields))
    except ValidationError as error:
        # A citation that makes no sense is no reason to lose the answer.
        logger.info("A citation is left out: %s", error)
        return None
