"""Asks whether a weakness is known of a version in requirements.lock, where the service of `pip-audit` can be reached.

    python tools/lock/lock_audit.py [requirements.lock]

Prints one line. Exit codes: 0 none is known, or the service can't be reached (the line says which); 1 there are some, which are listed.
A mirror of the package index has the packages but not the service: then nothing was looked at, and that is said too.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

SECONDS = 180


def verdict(report: Mapping[str, Any]) -> tuple[str, bool]:
    """What a report of `pip-audit` in JSON comes to, in one line and more where something was found; and whether that is good.

    >>> verdict({"dependencies": [{"name": "a", "version": "1", "vulns": []}, {"name": "b", "skip_reason": "not found"}]})
    ('no weakness is known of 1 of 2 packages; 1 could not be looked up', True)
    >>> verdict({"dependencies": [{"name": "b", "skip_reason": "not found"}]})
    ('not reachable: none of 1 packages could be looked up', True)
    >>> verdict({"dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2"]}]}]})
    ('weaknesses are known of these versions:\\n  a 1: PYSEC-1, mended in 2', False)
    """
    packages: Sequence[Mapping[str, Any]] = report["dependencies"]
    audited = [package for package in packages if "skip_reason" not in package]
    if not audited:
        return f"not reachable: none of {len(packages)} packages could be looked up", True
    found = [
        f"  {package['name']} {package['version']}: {weakness['id']}, mended in {', '.join(weakness['fix_versions']) or 'no version'}"
        for package in audited
        for weakness in package["vulns"]
    ]
    if found:
        return "\n".join(["weaknesses are known of these versions:", *found]), False
    left = len(packages) - len(audited)
    return f"no weakness is known of {len(audited)} of {len(packages)} packages; {left} could not be looked up", True


def main(lock: Path) -> int:
    command = [sys.executable, "-m", "pip_audit", "-r", str(lock), "--require-hashes", "--disable-pip", "--timeout", "10", "-f", "json"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
        report = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        print("pip-audit: not reachable: its service gave no answer")
        return 0
    line, is_good = verdict(report)
    print(f"pip-audit: {line}")
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / "requirements.lock"))
