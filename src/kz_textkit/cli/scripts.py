"""The command on alphabets: `transliterate`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kz_textkit.cli.application import EncodingOption, app

__all__ = ["transliterate"]


@app.command()
def transliterate(
    file: Annotated[Path | None, typer.Argument(metavar="[FILE|-]", help="A text file; standard input otherwise.")] = None,
    to: Annotated[
        str, typer.Option("--to", "-t", metavar="ALPHABET", help="`cyrillic`, `latin-2021`, `latin-2018`, `latin-2017` or `arabic`.")
    ] = "latin-2021",
    source: Annotated[
        str | None, typer.Option("--from", metavar="ALPHABET", help="Alphabet of the text; found from the text otherwise.")
    ] = None,
    encoding: EncodingOption = None,
) -> None:
    """Print a text in another alphabet: Cyrillic, Latin of 2017, 2018 or 2021, or the Arabic script.

    Words are written anew; what is no word stays. Into Cyrillic, the dictionary chooses where the letters leave it open.

    **Examples**

    `kz-textkit transliterate мәтін.txt --to arabic`

    `echo "Qazaq tılı" | kz-textkit transliterate --to cyrillic`
    """
    from kz_textkit.cleaning.scripts import transliterate as write_anew
    from kz_textkit.readers import read, read_bytes

    is_stream = file is None or str(file) == "-"
    raw = read_bytes(sys.stdin.buffer.read(), "standard input", encoding) if is_stream else read(str(file), encoding)
    sys.stdout.write(write_anew(raw.text, to, source=source))
