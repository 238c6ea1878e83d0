"""Text of strangers in print: file names and contents may hold what a terminal obeys, or what turns a line around.

What is left out: control characters (ECMA-48 escape sequences begin with them), line ends, and the characters that change the direction
of what follows (UAX #9; "Trojan Source", CVE-2021-42574), private and unassigned ones. Joiners and marks within words stay as they are
only where they are visible; others are shown by their number.
"""

from __future__ import annotations

__all__ = ["printable"]


def printable(text: str) -> str:
    """`text` with nothing in it that a terminal would obey or hide: such characters as their number in `⟨ ⟩`.

    >>> printable("дала\\x1b[2J\\u202etxt.exe\\n")
    'дала⟨001B⟩[2J⟨202E⟩txt.exe⟨000A⟩'
    """
    return text if text.isprintable() else "".join(c if c.isprintable() else f"⟨{ord(c):04X}⟩" for c in text)
