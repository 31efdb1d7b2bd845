"""`ui.composer`: the tools and models that users pick, and whether anything comes of picking."""

from __future__ import annotations

from chatkit_host.checks.app import Checking
from chatkit_host.checks.packages import has_hosted_tools
from chatkit_host.config import HostedTool, Path, ProviderModel, codes
from chatkit_host.config.problems import nearest

_CHOICE = "tool_choice"


def check_composer(checking: Checking) -> None:
    """Checks what the composer offers; after all templates, for they may read what was picked."""
    composer = checking.config.ui.composer
    if composer is None:
        return
    _check_tools(checking, [tool.id for tool in composer.tools or ()])
    _check_models(checking, [model.id for model in composer.models or () if not model.disabled])


def _check_tools(checking: Checking, ids: list[str]) -> None:
    """An id is a tool of the file, or some template looks at what was picked."""
    unknown = [(i, name) for i, name in enumerate(ids) if name not in checking.names.tools]
    if _CHOICE in checking.read or checking.config.plugins or checking.loaded.lost:
        return  # somebody may know what it means
    for i, name in unknown:
        hint = nearest(name, checking.names.tools)
        cure = None if hint else "name a tool, or have `respond.routes` look at `tool_choice`"
        message = f"nothing comes of picking {name!r}"
        path: Path = ("ui", "composer", "tools", i, "id")
        checking.found.add(codes.UNKNOWN_NAME, path, message, hint=hint, cure=cure)


def _check_models(checking: Checking, ids: list[str]) -> None:
    """A model that is picked takes the place of any agent's, with the tools that this one has."""
    config = checking.config
    for i, name in enumerate(ids):
        model = config.models.get(name)
        if not isinstance(model, ProviderModel) or has_hosted_tools(model):
            continue
        for agent_name, agent in config.agents.items():
            hosted = [t for t in agent.tools if isinstance(config.tools.get(t), HostedTool)]
            if hosted:
                message = f"{name!r} has no hosted tools, and {agent_name!r} uses {hosted[0]!r}"
                cure = "offer models with `api: responses`"
                path: Path = ("ui", "composer", "models", i, "id")
                checking.found.add(codes.UNFIT, path, message, cure=cure)
                break
