"""The scripts that Kazakh is written in: Cyrillic, the Latin alphabets of 2017, 2018 and 2021, and the Arabic script (төте жазу).

`alphabets` reads the tables of `data/`, which a linguist can correct; `transliteration` writes a text in another script; `detection`
says which script and alphabet a text is in.
"""
