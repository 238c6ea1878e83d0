"""What several tests need: the real text of the project, where it is there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from repository import SHARED

settings.register_profile("house", deadline=None)  # A machine that has other work to do is no fault of the code.
settings.load_profile("house")

os.environ["KZ_TEXTKIT_LANG"] = "en"  # Whatever the language of whoever runs the tests.


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the real text and the data, beside the repository; tests that need it skip on a user's machine."""
    if not SHARED.is_dir():
        pytest.skip("shared text absent")
    return SHARED
