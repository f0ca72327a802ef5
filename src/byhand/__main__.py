"""`python -m byhand`: the same as `byhand`, for those that start modules (torchrun)."""

from __future__ import annotations

import sys

from byhand.cli import main

sys.exit(main())
