"""What metadata say of the licence of a text."""

from __future__ import annotations

import json

__all__ = ["LICENCE_COLUMNS", "licence_in"]

LICENCE_COLUMNS = frozenset({"licence", "license", "rights", "лицензия"})
"""Names of metadata that say the licence of a text."""


def licence_in(metadata: str | None) -> str:
    """The licence that the metadata of a document say, which are JSON; empty where they say none.

    >>> licence_in('{"author": "Абай", "licence": "CC BY 4.0"}')
    'CC BY 4.0'
    """
    said = json.loads(metadata or "{}")
    return ", ".join(str(value) for name, value in said.items() if name.lower() in LICENCE_COLUMNS and value)
