"""Which characters XML can hold. Source: Extensible Markup Language (XML) 1.0, fifth edition, production 2."""

from __future__ import annotations

import re

__all__ = ["legal_characters"]

_forbidden = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal_characters(text: str) -> str:
    """`text` with U+FFFD for what XML can't hold, not even as a reference.

    >>> legal_characters("қа\\x0bла")
    'қа\\ufffdла'
    """
    return text if text.isprintable() else _forbidden.sub("\ufffd", text)
