"""8-bit code pages that Kazakh text has been written in and misread as, derived from Python's codecs.

KZ-1048 (STRK1048-2002) and PT154 (Paratype Asian Cyrillic, the layout of the *KazWin* fonts) differ from windows-1251 in the upper half
only where windows-1251 has letters of South and West Slavic languages, and signs.
"""

from __future__ import annotations

from kz_textkit.alphabet import KAZAKH_SPECIAL

__all__ = ["KZ1048_AS_CP1251", "PT154_AS_CP1251", "byte_table", "character_table"]


def byte_table(codec: str) -> dict[str, int]:
    """Bytes from 128 up by the character that a program shows for them; a byte that the code page leaves open shows as the control
    character of the same number, as in web browsers, and where it is the only one, as U+FFFD too.

    >>> byte_table("cp1251")["Ќ"], byte_table("cp1251")["\\x98"], byte_table("cp1251")["\\ufffd"]
    (141, 152, 152)
    """
    table: dict[str, int] = {}
    undefined: list[int] = []
    for byte in range(0x80, 0x100):
        try:
            table[bytes([byte]).decode(codec)] = byte
        except UnicodeDecodeError:
            undefined.append(byte)
            table[chr(byte)] = byte
    if len(undefined) == 1:
        table["\ufffd"] = undefined[0]
    return table


def character_table(written: str, read: str) -> dict[str, str]:
    """What each character of a text was that was `written` in one code page and `read` as another, where the two differ.

    >>> character_table("kz1048", "cp1251")["ў"]
    'ұ'
    """
    table: dict[str, str] = {}
    for character, byte in byte_table(read).items():
        original = bytes([byte]).decode(written, "replace")
        if original not in (character, "\ufffd"):
            table[character] = original
    return table


def _kazakh_only(table: dict[str, str]) -> dict[str, str]:
    return {character: letter for character, letter in table.items() if letter in KAZAKH_SPECIAL}


KZ1048_AS_CP1251 = _kazakh_only(character_table("kz1048", "cp1251"))
PT154_AS_CP1251 = _kazakh_only(character_table("ptcp154", "cp1251"))
PT154_AS_CP1251["μ"] = "ө"  # Greek mu, which normalization makes of the micro sign
