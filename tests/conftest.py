"""What several tests need: the real text of the project, where it is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from repository import SHARED


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the real text and the data, beside the repository; tests that need it skip on a user's machine."""
    if not SHARED.is_dir():
        pytest.skip("shared text absent")
    return SHARED
