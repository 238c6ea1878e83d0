"""Where things lie in the repository and beside it."""

from __future__ import annotations

from pathlib import Path

__all__ = ["GOLD", "RAW", "ROOT", "SHARED", "TESTS"]

TESTS = Path(__file__).resolve().parents[1]
ROOT = TESTS.parent
RAW = ROOT / "corpus" / "raw"
GOLD = TESTS / "gold"
SHARED = ROOT.parent / "shared"
"""Real texts and data, which are no part of the repository."""
