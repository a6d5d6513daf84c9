"""What the tests of handling share: a shelf for files that is gone with the test."""

from pathlib import Path

import pytest
from django.conf import LazySettings


@pytest.fixture(autouse=True)
def shelf(settings: LazySettings, tmp_path: Path) -> None:
    """Keep the papers of a test in its own folder."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path, "base_url": None},
        },
    }
