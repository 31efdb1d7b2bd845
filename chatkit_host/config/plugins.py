"""`plugins`: the only Python modules that `python:` may name."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator

from chatkit_host.config.kinds import problem


def _module(name: str) -> str:
    if re.fullmatch(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*", name):
        return name
    cure = "write it as Python imports it: shop or shop.tools"
    raise problem("module", f"{name!r} is not the name of a module", cure=cure)


Plugins = tuple[Annotated[str, AfterValidator(_module)], ...]
