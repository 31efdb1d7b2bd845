"""Actions: what a widget offers (`ActionConfig`), and what comes back of it (`Action`)."""

from __future__ import annotations

from typing import Any, Generic, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field

Handler = Literal["client", "server"]
"""Who acts: the page, or this host."""

LoadingBehavior = Literal["auto", "none", "self", "container"]
"""Which part of the widget shows that the action is under way."""

DEFAULT_HANDLER: Handler = "server"
DEFAULT_LOADING_BEHAVIOR: LoadingBehavior = "auto"


class ActionConfig(BaseModel):
    """An action as a widget carries it; `payload` comes back with it, form values added."""

    model_config = ConfigDict(extra="allow", defer_build=True)

    type: str
    payload: Any = None
    handler: Handler = DEFAULT_HANDLER
    loadingBehavior: LoadingBehavior = DEFAULT_LOADING_BEHAVIOR  # noqa: N815
    streaming: bool = True


TType = TypeVar("TType", bound=str)
TPayload = TypeVar("TPayload")


class Action(BaseModel, Generic[TType, TPayload]):
    """An action that a client sends: `Action[Literal["order"], Order]` names type and payload."""

    # The default is only the mark of "not given": validated, it is an error that says so, but
    # where the type is one literal, __pydantic_init_subclass__ puts that literal in its place.
    type: TType = Field(default=TType, frozen=True, validate_default=True)  # type: ignore[misc]
    payload: TPayload = None  # type: ignore[assignment]

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        only = _only_literal(cls.model_fields["type"].annotation)
        if only is not None and isinstance(cls.model_fields["type"].default, TypeVar):
            cls.model_fields["type"].default = only
            cls.model_rebuild(force=True)

    @classmethod
    def create(
        cls,
        payload: TPayload,
        handler: Handler = DEFAULT_HANDLER,
        loading_behavior: LoadingBehavior = DEFAULT_LOADING_BEHAVIOR,
        streaming: bool = True,
    ) -> ActionConfig:
        """The config that makes a widget send this action; TypeError if the type is left open."""
        action_type = _only_literal(cls.model_fields["type"].annotation)
        if action_type is None:
            raise TypeError(
                f"{cls.__name__} has no single type; call create() on"
                ' Action[Literal["some.type"], Payload] instead.'
            )
        return ActionConfig(
            type=action_type,
            payload=payload,
            handler=handler,
            loadingBehavior=loading_behavior,
            streaming=streaming,
        )


def _only_literal(annotation: Any) -> str | None:
    """The text of a `Literal` of exactly one text."""
    values = get_args(annotation) if get_origin(annotation) is Literal else ()
    return values[0] if len(values) == 1 and isinstance(values[0], str) else None
