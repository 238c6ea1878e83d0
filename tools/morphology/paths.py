"""Where the tools write: the data folders of the package in this repository."""

from __future__ import annotations

from pathlib import Path

__all__ = ["MORPHOLOGY", "REPAIR"]

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "kz_textkit"
MORPHOLOGY = PACKAGE / "morphology" / "data"
REPAIR = PACKAGE / "repair" / "data"
