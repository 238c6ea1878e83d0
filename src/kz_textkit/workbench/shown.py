"""Text of documents in a page: what can't be seen, or would turn the line around, stands there as a sign that can.

Jinja escapes what HTML means; here goes what HTML has no say in: control characters, and those that change the direction of what
follows (UAX #9; "Trojan Source", CVE-2021-42574).
"""

from __future__ import annotations

from markupsafe import Markup, escape

from kz_textkit.report.changes import pieces

__all__ = ["LONGEST", "shown"]

LONGEST = 20_000
"""Characters of one text that a page shows; a line of a document may have millions."""


def shown(text: object, *, is_changed: bool = False) -> Markup:
    """`text` for a page, with signs for what can't be seen; where nothing but space changed, spaces are signs too.

    >>> str(shown("дала<b>\\u202e"))
    'дала&lt;b&gt;<span class="sign">202E</span>'
    """
    whole = str(text)
    cut = whole[:LONGEST]
    if cut.isprintable() and not (is_changed and cut.isspace()):
        marked = escape(cut)
    else:
        marked = Markup().join(
            Markup('<span class="sign">{}</span>').format(piece.text) if piece.is_sign else escape(piece.text)
            for piece in pieces(cut, is_changed=is_changed)
        )
    return marked if len(whole) <= LONGEST else marked + Markup('<span class="sign">…</span>')
