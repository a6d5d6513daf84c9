"""Which Chromium the browser tests walk in."""

import os
import shutil


def chromium() -> str | None:
    """Return the path of CHROMIUM or of an installed Chromium, None where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next((path for path in map(shutil.which, names) if path), None)
