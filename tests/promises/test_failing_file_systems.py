"""A run that is killed, or whose disk fails, at any call: the corpus is the old one or the new one, and the same run again ends well.

All calls are tried by `python tests/support/fault_trials.py kill|ENOSPC|EIO FOLDER 1`; here every few of them, for time.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from repository import TESTS

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not hasattr(os, "fork"), reason="trials fork")]


@pytest.mark.parametrize(("how", "step"), [("kill", 11), ("ENOSPC", 16), ("EIO", 17)])
def test_the_corpus_is_the_old_one_or_the_new_one_and_the_next_run_ends_well(how: str, step: int, tmp_path: Path) -> None:
    command = [sys.executable, str(TESTS / "support" / "fault_trials.py"), how, str(tmp_path), str(step)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["problems"] == []
    assert found["trials"] >= 150 // step
    assert {"open", "write", "fsync", "rename", "replace", "mkdir", "unlink", "rmdir", "scandir"} <= set(found["kinds"])
