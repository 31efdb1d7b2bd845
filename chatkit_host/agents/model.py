"""Models that are listened to: no event of a failing run is lost, as it would be in its queue."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from typing import Any, cast

from agents import Model, ModelProvider, ModelResponse, ModelSettings
from agents.items import TResponseStreamEvent

from chatkit_host.agents.call_ids import CallIds

# What a run's listener alone needs: the SDK acts on whole items, and takes 20 µs or more to pass
# one such event through its queues.
_TEXT = frozenset({"response.output_text.delta", "response.refusal.delta"})
_PIECES = frozenset(
    {
        "response.function_call_arguments.delta",
        "response.reasoning_summary_text.delta",
        "response.reasoning_text.delta",
    }
)


class Listener:
    """Hears what the model of a run says.

    Args:
        hear: gets each event before the SDK has it.
        hear_text: gets the deltas of text instead, which are most of them.

    Attributes:
        listening: whether the run's own agent speaks; not while one that serves as its tool does.
    """

    def __init__(
        self,
        hear: Callable[[TResponseStreamEvent], Awaitable[None]],
        hear_text: Callable[[TResponseStreamEvent], None],
    ) -> None:
        self.hear = hear
        self.hear_text = hear_text
        self.listening = False


class ModelAround(Model):
    """A model around another, which answers everything that is not said otherwise."""

    def __init__(self, inner: Model) -> None:
        self._inner = inner

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    async def get_response(self, *args: Any, **kwargs: Any) -> ModelResponse:
        return await self._inner.get_response(*args, **kwargs)

    def stream_response(self, *args: Any, **kwargs: Any) -> AsyncIterator[TResponseStreamEvent]:
        return self._inner.stream_response(*args, **kwargs)

    def get_retry_advice(self, request: Any) -> Any:
        return self._inner.get_retry_advice(request)

    async def close(self) -> None:
        await self._inner.close()

    async def _cleanup_on_run_end(self, owner: object) -> None:
        await self._inner._cleanup_on_run_end(owner)


class ModelWithSettings(ModelAround):
    """A model whose own settings lie beneath those of the agent."""

    def __init__(self, inner: Model, settings: ModelSettings) -> None:
        super().__init__(inner)
        self._settings = settings

    async def get_response(self, *args: Any, **kwargs: Any) -> ModelResponse:
        return await self._inner.get_response(*self._resolved(args, kwargs), **kwargs)

    def stream_response(self, *args: Any, **kwargs: Any) -> AsyncIterator[TResponseStreamEvent]:
        return self._inner.stream_response(*self._resolved(args, kwargs), **kwargs)

    def _resolved(self, args: Sequence[Any], kwargs: dict[str, Any]) -> Sequence[Any]:
        """The arguments of a model call; the SDK gives them by name where nothing streams."""
        if "model_settings" in kwargs:
            kwargs["model_settings"] = self._settings.resolve(kwargs["model_settings"])
            return args
        system, given, settings, *rest = args
        return system, given, self._settings.resolve(settings), *rest


class HeardModel(ModelAround):
    """A model that hands each event to a listener before the SDK gets it.

    What is listened to reaches the SDK without its deltas, which it has no use for.
    """

    def __init__(self, inner: Model, listener: Listener) -> None:
        super().__init__(inner)
        self._listener = listener

    async def get_response(self, *args: Any, **kwargs: Any) -> ModelResponse:
        response = await self._inner.get_response(*args, **kwargs)
        CallIds(_given(args, kwargs)).settle_output(response.output)
        return response

    async def stream_response(
        self, *args: Any, **kwargs: Any
    ) -> AsyncIterator[TResponseStreamEvent]:
        ids = CallIds(_given(args, kwargs))
        heard = self._listener.listening
        inner = self._inner.stream_response(*args, **kwargs)
        async with aclosing(cast("AsyncGenerator[TResponseStreamEvent, None]", inner)) as events:
            async for event in events:
                if heard and event.type in _TEXT:
                    self._listener.hear_text(event)
                    continue
                ids.settle(event)
                if heard:
                    await self._listener.hear(event)
                if not (heard and event.type in _PIECES):
                    yield event


def _given(args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
    """The input of a model call; the SDK gives it by name where nothing streams."""
    return kwargs["input"] if "input" in kwargs else args[1]


class HeardProvider(ModelProvider):
    """The models of another provider, for one run, listened to."""

    def __init__(self, inner: ModelProvider, listener: Listener) -> None:
        self._inner = inner
        self._listener = listener
        self._models: dict[str | None, HeardModel] = {}

    def get_model(self, model_name: str | None) -> Model:
        model = self._models.get(model_name)
        if model is None:
            model = HeardModel(self._inner.get_model(model_name), self._listener)
            self._models[model_name] = model
        return model
