"""`chatkit-host serve` whose holds run out soon: after the seconds of its first word."""

from __future__ import annotations

import sys

from chatkit_host.cli import main
from chatkit_host.store import leases

if __name__ == "__main__":
    leases.HOLD_SECONDS = float(sys.argv[1])
    sys.argv[1:2] = ["serve"]
    sys.exit(main())
