"""Private-use characters of the Symbol and Wingdings fonts.

A word processor keeps a character of a symbol font as U+F000 plus its code in that font, and text extraction lets it through: U+F0B7
for the bullet of a list, U+F061 for an alpha. The tables follow the published encodings of Adobe Symbol (Unicode, Inc., *symbol.txt*
of the Adobe vendor mappings) and of Microsoft Wingdings. The code alone does not tell the two fonts apart; the place does: before the
text of a list item both are bullets, within a formula it is Symbol.
"""

from __future__ import annotations

import re

from kz_textkit.alignment import Edit

__all__ = ["BULLETS", "SYMBOL_FONT", "is_private", "symbol_characters"]

BULLETS = {
    0xF02D: "hyphen bullet",
    0xF06C: "Wingdings black circle",
    0xF06D: "Wingdings white circle",
    0xF06E: "Wingdings black square",
    0xF06F: "Wingdings white square",
    0xF070: "Wingdings bold white square",
    0xF071: "Wingdings shadowed square",
    0xF072: "Wingdings shadowed square",
    0xF074: "Wingdings black lozenge",
    0xF075: "Wingdings black diamond",
    0xF076: "Wingdings four diamonds",
    0xF077: "Wingdings black diamond",
    0xF09E: "Wingdings middle dot",
    0xF09F: "Wingdings bullet",
    0xF0A1: "Wingdings white circle",
    0xF0A7: "Wingdings small black square",
    0xF0A8: "Wingdings white square",
    0xF0AA: "Wingdings four-pointed star",
    0xF0AB: "Wingdings star",
    0xF0B2: "Wingdings star",
    0xF0B7: "Symbol bullet",
    0xF0BE: "Wingdings flower",
    0xF0C4: "Wingdings arrow",
    0xF0D8: "Wingdings arrowhead",
    0xF0DC: "Wingdings arrowhead",
    0xF0DE: "Wingdings arrow",
    0xF0E0: "Wingdings arrow",
    0xF0E8: "Wingdings heavy arrow",
    0xF0F0: "Wingdings hollow arrow",
    0xF0FB: "Wingdings cross",
    0xF0FC: "Wingdings check mark",
    0xF0FD: "Wingdings crossed box",
    0xF0FE: "Wingdings checked box",
}
"""Characters that word processors use as bullets, all printed before a list item."""

SYMBOL_FONT = {
    0xF020: " ", 0xF021: "!", 0xF022: "∀", 0xF023: "#", 0xF024: "∃", 0xF025: "%", 0xF026: "&", 0xF027: "∋", 0xF028: "(", 0xF029: ")",
    0xF02A: "∗", 0xF02B: "+", 0xF02C: ",", 0xF02D: "−", 0xF02E: ".", 0xF02F: "/",
    0xF030: "0", 0xF031: "1", 0xF032: "2", 0xF033: "3", 0xF034: "4", 0xF035: "5", 0xF036: "6", 0xF037: "7", 0xF038: "8", 0xF039: "9",
    0xF03A: ":", 0xF03B: ";", 0xF03C: "<", 0xF03D: "=", 0xF03E: ">", 0xF03F: "?", 0xF040: "≅",
    0xF041: "Α", 0xF042: "Β", 0xF043: "Χ", 0xF044: "Δ", 0xF045: "Ε", 0xF046: "Φ", 0xF047: "Γ", 0xF048: "Η", 0xF049: "Ι", 0xF04A: "ϑ",
    0xF04B: "Κ", 0xF04C: "Λ", 0xF04D: "Μ", 0xF04E: "Ν", 0xF04F: "Ο", 0xF050: "Π", 0xF051: "Θ", 0xF052: "Ρ", 0xF053: "Σ", 0xF054: "Τ",
    0xF055: "Υ", 0xF056: "ς", 0xF057: "Ω", 0xF058: "Ξ", 0xF059: "Ψ", 0xF05A: "Ζ",
    0xF05B: "[", 0xF05C: "∴", 0xF05D: "]", 0xF05E: "⊥", 0xF05F: "_",
    0xF061: "α", 0xF062: "β", 0xF063: "χ", 0xF064: "δ", 0xF065: "ε", 0xF066: "φ", 0xF067: "γ", 0xF068: "η", 0xF069: "ι", 0xF06A: "ϕ",
    0xF06B: "κ", 0xF06C: "λ", 0xF06D: "μ", 0xF06E: "ν", 0xF06F: "ο", 0xF070: "π", 0xF071: "θ", 0xF072: "ρ", 0xF073: "σ", 0xF074: "τ",
    0xF075: "υ", 0xF076: "ϖ", 0xF077: "ω", 0xF078: "ξ", 0xF079: "ψ", 0xF07A: "ζ",
    0xF07B: "{", 0xF07C: "|", 0xF07D: "}", 0xF07E: "∼",
    0xF0A1: "ϒ", 0xF0A2: "′", 0xF0A3: "≤", 0xF0A4: "⁄", 0xF0A5: "∞", 0xF0A6: "ƒ", 0xF0AB: "↔", 0xF0AC: "←", 0xF0AD: "↑", 0xF0AE: "→",
    0xF0AF: "↓", 0xF0B0: "°", 0xF0B1: "±", 0xF0B2: "″", 0xF0B3: "≥", 0xF0B4: "×", 0xF0B5: "∝", 0xF0B6: "∂", 0xF0B7: "•", 0xF0B8: "÷",
    0xF0B9: "≠", 0xF0BA: "≡", 0xF0BB: "≈", 0xF0BC: "…", 0xF0C0: "ℵ", 0xF0C1: "ℑ", 0xF0C2: "ℜ", 0xF0C3: "℘", 0xF0C4: "⊗", 0xF0C5: "⊕",
    0xF0C6: "∅", 0xF0C7: "∩", 0xF0C8: "∪", 0xF0C9: "⊃", 0xF0CA: "⊇", 0xF0CB: "⊄", 0xF0CC: "⊂", 0xF0CD: "⊆", 0xF0CE: "∈", 0xF0CF: "∉",
    0xF0D0: "∠", 0xF0D1: "∇", 0xF0D5: "∏", 0xF0D6: "√", 0xF0D7: "⋅", 0xF0D9: "∧", 0xF0DA: "∨", 0xF0DB: "⇔", 0xF0DC: "⇐", 0xF0DD: "⇑",
    0xF0DE: "⇒", 0xF0DF: "⇓", 0xF0E5: "∑", 0xF0F2: "∫",
}  # fmt: skip
"""Characters of the Symbol font by their private-use code."""

# Codes that Wingdings uses as bullets far more often than Symbol uses them for anything.
_ALWAYS_BULLET = frozenset({0xF0A7, 0xF0A8, 0xF0D8, 0xF0FC, 0xF0FE, 0xF0B7, 0xF09F, 0xF09E, 0xF0FB, 0xF0FD, 0xF0E8, 0xF0F0})

_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
_BEFORE_ITEM = re.compile(r"[ \t]*(?=\S)")


def symbol_characters(text: str) -> list[Edit]:
    """Real characters for those of the Symbol and Wingdings fonts; other private-use characters are suggested to be looked at.

    A suggestion has the character itself as `after` and the score 0: nothing is lost, and nobody is to apply it.

    >>> [(e.before, e.after) for e in symbol_characters("\\uf0a7 Саяси билік\\n\\uf061 бұрышы")]
    [('\\uf0a7', '•'), ('\\uf061', 'α')]
    """
    edits: list[Edit] = []
    for match in _PRIVATE.finditer(text):
        at, code = match.start(), ord(match[0])
        if code in _ALWAYS_BULLET or (code in BULLETS and _begins_item(text, at)):
            edits.append(Edit(at, at + 1, match[0], "•", "symbol"))
        elif code in SYMBOL_FONT:
            edits.append(Edit(at, at + 1, match[0], SYMBOL_FONT[code], "symbol", True, 0.9))
        else:
            edits.append(Edit(at, at + 1, match[0], match[0], "symbol", False, 0.0))
    return edits


def is_private(character: str) -> bool:
    """Whether a character is for private use, so that only a font says what it is."""
    return "\ue000" <= character <= "\uf8ff" or character >= "\U000f0000"


def _begins_item(text: str, at: int) -> bool:
    # The first character of its line, with white space and then something after it.
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return not line.strip() and at + 1 < len(text) and text[at + 1] in " \t\n\u00a0"
