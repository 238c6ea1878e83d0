"""Kazakh morphology: phonology and morphotactics as tables, the dictionary, the analyser that joins them."""

from __future__ import annotations

from kz_textkit.morphology.analyzer import Analysis, MorphAnalyzer, Word

__all__ = ["Analysis", "MorphAnalyzer", "Word"]
