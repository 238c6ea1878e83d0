"""Faults of our own: what a report of one needs, in a file that can be sent along.

Only what no input and no corpus may cause comes here; everything else has an error of its own, in one line. The file names versions and
the place in our code, and holds nothing of the user's texts but what the message of the error has.
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import traceback
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version

__all__ = ["log_fault"]

NAMED = ("kz-textkit", "spacy", "pyarrow", "duckdb", "pandas", "numpy")
"""Packages whose versions a report needs."""


def log_fault(error: BaseException) -> str:
    """Write what is known of an error of ours to a new file; its path, or a word for it where none could be written.

    >>> path = log_fault(ZeroDivisionError("нөлге бөлу"))
    >>> "ZeroDivisionError: нөлге бөлу" in open(path, encoding="utf-8").read()
    True
    """
    lines = [f"{datetime.now().astimezone().isoformat(' ', 'seconds')}  {platform.platform()}  Python {platform.python_version()}"]
    lines += [f"{name} {_version(name)}" for name in NAMED]
    lines += [" ".join(sys.argv[:2]), "", *traceback.format_exception(error)]
    try:
        number, path = tempfile.mkstemp(prefix="kz-textkit-fault-", suffix=".log")
        with os.fdopen(number, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write("\n".join(lines))
    except OSError:
        return "what was on the screen"
    return path


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "?"
