"""`python -m chatkit_host` is `chatkit-host`."""

from __future__ import annotations

import sys

from chatkit_host.cli import main

if __name__ == "__main__":
    sys.exit(main())
