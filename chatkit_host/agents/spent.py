"""What a turn has spent on models."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Spent:
    """Requests and tokens, where the model's server tells of them."""

    requests: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    reasoning_tokens: int = 0

    @classmethod
    def of(cls, usage: Any) -> Self:
        """What the Agents SDK has counted in a run."""
        return cls(
            requests=usage.requests,
            input_tokens=usage.input_tokens,
            cached_tokens=usage.input_tokens_details.cached_tokens or 0,
            output_tokens=usage.output_tokens,
            reasoning_tokens=usage.output_tokens_details.reasoning_tokens or 0,
        )

    def __add__(self, other: Spent) -> Spent:
        return Spent(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Spent)))

    def __bool__(self) -> bool:
        return bool(self.input_tokens or self.output_tokens)

    def __str__(self) -> str:
        return " ".join(f"{f.name}={getattr(self, f.name)}" for f in fields(Spent))
