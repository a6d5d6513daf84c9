"""The real data that is not in this repository; tests that read it are skipped where it is absent."""

import os
from pathlib import Path

SHARED = Path(os.environ.get("HUIYIN_SHARED") or Path(__file__).resolve().parents[2] / "shared") / "data"
