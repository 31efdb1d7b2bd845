"""`plugins`: the only Python modules that `python:` may name."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

Plugins = tuple[Annotated[str, StringConstraints(pattern=r"^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$")], ...]
