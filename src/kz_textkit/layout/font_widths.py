"""The command that writes `data/times_widths.tsv` from a font file; needed only when the table is to be made again.

    python -m kz_textkit.layout.font_widths LiberationSerif-Regular.ttf > src/kz_textkit/layout/data/times_widths.tsv

The table in the repository comes from Liberation Serif 2.1.5 (SIL Open Font License 1.1), whose letters are as wide as those of Times
New Roman. Advance widths are facts about the face; no outline is copied. Needs fontTools.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

RANGES = (
    (0x20, 0x24F),
    (0x2B0, 0x2FF),
    (0x370, 0x52F),
    (0x2010, 0x2044),
    (0x20A0, 0x20BF),
    (0x2100, 0x2193),
    (0x2200, 0x2265),
    (0x25A0, 0x25E6),
)


def rows(font_path: str) -> Iterator[str]:
    """Lines of the table: the character's code point in hexadecimal, the character, its width in thousandths of an em."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped, import-not-found, unused-ignore]

    font = TTFont(font_path)
    glyphs, metrics, em = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    for first, last in RANGES:
        for code in range(first, last + 1):
            if code in glyphs and chr(code).isprintable():
                yield f"{code:04X}\t{chr(code)}\t{round(metrics[glyphs[code]][0] * 1000 / em)}"


if __name__ == "__main__":
    print(
        "# Advance widths of Liberation Serif 2.1.5 (metrics of Times New Roman), thousandths of an em. Made by layout/font_widths.py."
    )
    print(*rows(sys.argv[1]), sep="\n")
