"""Steps: one file a kind; `kinds.py` shows them all."""

from __future__ import annotations

from chatkit_host.steps.kinds import compile_steps
from chatkit_host.steps.step import Returned, StepRun, Steps, run_list

__all__ = ["Returned", "StepRun", "Steps", "compile_steps", "run_list"]
