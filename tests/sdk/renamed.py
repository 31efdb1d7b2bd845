"""Programs written for `openai-chatkit`, run as they are, or with their imports renamed alone."""

from __future__ import annotations

import re
import sys
import warnings
from pathlib import Path
from types import ModuleType

PROGRAMS = Path(__file__).parent / "programs"
IMPORT = re.compile(r"^(from|import) chatkit\b", re.MULTILINE)


def program(name: str, sdk: str = "chatkit_host") -> ModuleType:
    """The program, its imports naming this SDK: `chatkit` or `chatkit_host`."""
    full_name = f"{__name__}.{name}_{sdk}"
    if full_name not in sys.modules:
        source = (PROGRAMS / f"{name}.py").read_text(encoding="utf-8")
        renamed = IMPORT.sub(rf"\1 {sdk}", source)
        module = ModuleType(full_name)
        sys.modules[full_name] = module  # where annotations are looked up
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # the SDK's own widgets give them
            exec(compile(renamed, f"{name}.py for {sdk}", "exec"), module.__dict__)
    return sys.modules[full_name]
