"""chatkit-host: a production chat backend from one YAML file, over the ChatKit protocol."""

from __future__ import annotations

__version__ = "0.1.0"
