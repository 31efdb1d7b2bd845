"""Builds the element before a package is made, so that the package has it in it."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BuildUi(BuildHookInterface):  # type: ignore[type-arg, misc]
    """An editable install builds nothing: `make serve` does, when it is needed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build it, unless this is a package of sources that has it already."""
        root = Path(self.root)
        built = root / "chatkit_host/web/static/chatkit.js"
        if version == "editable" or (built.exists() and not (root / ".git").exists()):
            return
        subprocess.run([str(root / ".ci/build-ui")], check=True)  # noqa: S603
        if not built.exists():
            self.app.display_warning("The package will have no page for people: see above.")
