"""Packages that a file's models need and that not everybody has."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

from chatkit_host.checks.app import Checking
from chatkit_host.config import Path, ProviderModel, codes

PACKAGES = {"litellm": "litellm", "any-llm": "any_llm"}
"""What a provider is called, and the package that reaches it; the extras are called the same."""


def check_packages(checking: Checking) -> None:
    """Notes each model whose provider's package is not installed."""
    for path, provider in _providers(checking):
        package = PACKAGES.get(provider)
        if package is not None and find_spec(package) is None:
            message = f"models of {provider!r} need a package that is not installed"
            cure = f"pip install 'chatkit-host[{provider}]'"
            checking.found.add(codes.PACKAGE, path, message, cure=cure)


def _providers(checking: Checking) -> Iterator[tuple[Path, str]]:
    """The provider of every model that is named, and where."""
    config = checking.config
    for name, model in config.models.items():
        if isinstance(model, ProviderModel):
            long: Path = ("models", name, "provider")
            yield (long if long in checking.loaded.places.values else long[:-1]), model.provider
    for name, agent in config.agents.items():
        yield ("agents", name, "model"), (agent.model or "").partition("/")[0]
    composer = config.ui.composer
    for i, offered in enumerate((composer and composer.models) or ()):
        yield ("ui", "composer", "models", i, "id"), offered.id.partition("/")[0]


def has_hosted_tools(model: ProviderModel) -> bool:
    """Whether the model's server can run tools itself: the Responses API alone has them."""
    return model.provider == "openai" and model.api == "responses"
