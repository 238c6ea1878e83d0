"""How the words inside a token (`дайынбыз` = `дайын` + `быз`) depend on its first word, as UD_Kazakh-KTB has it."""

from __future__ import annotations

__all__ = ["INNER_RELATIONS"]

INNER_RELATIONS = {"ADP": "case", "AUX": "cop", "PART": "discourse", "ADV": "advmod", "DET": "det"}
"""The relation by part of speech: `бала` + `сыз` is `case`, `дайын` + `быз` is `cop`, `бұзылады` + `ау` is `discourse`."""
