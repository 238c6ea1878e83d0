"""Repair: damaged letters, look-alikes, symbols, invisible characters and spacing put right, with a record of every edit.

One module a kind of damage; each rule is a function from a text to the edits that it asks for (`engine` runs them). Nothing here joins
lines or touches indentation: layout needs them as evidence.
"""

from __future__ import annotations

from kz_textkit.repair.explanation import Explanation
from kz_textkit.repair.rounds import Repaired, explain, fix, repair

__all__ = ["Explanation", "Repaired", "explain", "fix", "repair"]
