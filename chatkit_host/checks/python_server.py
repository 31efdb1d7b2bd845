"""`server: { python: … }`: the class answers, and what else would answer must not be there."""

from __future__ import annotations

from chatkit_host.checks.app import Checking
from chatkit_host.checks.modules import check_module
from chatkit_host.config import Path, codes

# What the host does around any server.
SECTIONS = frozenset(
    (
        *("version", "name", "storage", "server", "auth", "limits", "attachments"),
        *("transcription", "ui", "plugins", "respond", "request"),
    )
)
RESPOND = frozenset({"on_disconnect", "concurrency"})


def check_python_server(checking: Checking) -> None:
    """Checks the class's module, and that nothing is declared that the class would not hear of."""
    config = checking.config
    named = config.server.python
    if named is None:
        return
    check_module(checking, named, ("server", "python"))
    kept = SECTIONS | ({"models"} if config.transcription else set())
    for section in sorted(config.model_fields_set - kept):
        _note(checking, (section,), f"{named} answers, and knows nothing of `{section}`")
    for key in sorted(config.respond.model_fields_set - RESPOND):
        _note(checking, ("respond", key), f"{named} answers, and knows nothing of it")


def _note(checking: Checking, path: Path, message: str) -> None:
    cure = "leave it out, and do it in the class"
    checking.found.add(codes.NO_EFFECT, path, message, key=True, cure=cure)
