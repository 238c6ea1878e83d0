"""Old Word documents (DOC) and RTF: turned into OpenDocument by LibreOffice, where that is installed, and read as such.

Without LibreOffice an RTF file gives its words alone, by striprtf, with a warning; of a DOC file nothing can be read.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from striprtf.striprtf import rtf_to_text

from kz_textkit.document import RawDocument
from kz_textkit.errors import InputError
from kz_textkit.readers import odf
from kz_textkit.readers.blocks import BlockWriter, Piece
from kz_textkit.readers.files import read_file
from kz_textkit.readers.inline import Inline
from kz_textkit.readers.marked_text import extracted
from kz_textkit.settings import Settings, or_raise

__all__ = ["read"]

PROGRAMS = ("soffice", "libreoffice")
"""Names of LibreOffice."""
PACKAGE = "install LibreOffice (the Debian package libreoffice-writer), or save it as .docx"
RTF = b"{\\rtf"
WORD = "WordDocument".encode("utf-16-le")
"""Name of the stream that every old Word file has."""
FILTERS = {".rtf": "Rich Text Format", ".doc": "MS Word 97"}
"""What LibreOffice is told that a file is: left alone, it takes anything for text."""
SAFE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse">
<value>true</value></prop><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""
"""Settings of LibreOffice: no macros, and nothing is fetched that a document names."""

_CODEPAGE = re.compile(rb"\\ansicpg(\d{3,5})")


def read(path: Path, settings: Settings) -> RawDocument:
    """The text of a DOC or RTF file with its marks.

    Raises `InputError` where it is damaged or locked, where LibreOffice takes more than `settings.limits.seconds`, and of DOC files
    where LibreOffice is not installed.
    """
    data = read_file(path, settings.limits)
    is_rtf = data.lstrip()[:5] == RTF
    if not is_rtf and WORD not in data:
        raise InputError(str(path), "it is no old Word file, or it is damaged", "save it anew as .docx")
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        if not is_rtf:
            raise InputError(str(path), "old Word files are read by LibreOffice, which is not there", PACKAGE)
        return _words(path, data, f"its words alone were read, without notes, tables and styles: {PACKAGE}")
    try:
        converted = _converted(program, data, ".rtf" if is_rtf else ".doc", settings.limits.seconds)
    except subprocess.TimeoutExpired as error:
        raise InputError(
            str(path),
            f"LibreOffice takes more than {settings.limits.seconds:g} seconds to read it",
            or_raise("seconds", "save it as .docx"),
        ) from error
    if converted is None:
        if is_rtf:
            return _words(path, data, "its words alone were read, without notes, tables and styles: LibreOffice could not open it")
        raise InputError(
            str(path), "LibreOffice can't open it: it is damaged, or locked by a password", "save it as .docx, without a password"
        )
    form = "rtf" if is_rtf else "doc"
    return odf.document_of(converted, path, settings, whole=data, format=form, extractor="LibreOffice, lxml", version=_version(program))


def _converted(program: str, data: bytes, suffix: str, seconds: float) -> bytes | None:
    """The file as an OpenDocument text; None where LibreOffice makes none of it."""
    with tempfile.TemporaryDirectory(prefix="kz-textkit-") as name:
        folder = Path(name)
        profile = folder / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(SAFE, "utf-8")
        source = folder / f"document{suffix}"
        source.write_bytes(data)
        order = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck"]
        order.append(f"--infilter={FILTERS[suffix]}")
        with _started([*order, "--convert-to", "odt", "--outdir", str(folder / "out"), str(source)]) as process:
            process.wait(seconds)
        made = folder / "out" / "document.odt"
        return made.read_bytes() if made.is_file() else None


@contextmanager
def _started(order: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    """A program that is ended, with all that it started, when it is not waited for any more."""
    process = subprocess.Popen(
        order, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        process.wait()


@lru_cache(maxsize=2)
def _version(program: str) -> str:
    with suppress(OSError, subprocess.SubprocessError):
        said = subprocess.run([program, "--version"], capture_output=True, timeout=60, check=False, stdin=subprocess.DEVNULL)
        found = re.search(r"\d+(?:\.\d+)+", said.stdout.decode("utf-8", "replace"))
        return found[0] if found else "unknown"
    return "unknown"


def _words(path: Path, data: bytes, warning: str) -> RawDocument:
    """The words of an RTF file, a paragraph a line."""
    page = _CODEPAGE.search(data)
    try:
        text = rtf_to_text(data.decode("latin-1"), encoding=f"cp{page[1].decode()}" if page else "cp1251", errors="replace")
    except (ValueError, LookupError, IndexError, KeyError, TypeError) as error:
        raise InputError(str(path), "it is no sound RTF", "save it as .docx") from error
    writer = BlockWriter()
    for line in text.split("\n"):
        inline = Inline()
        inline.write(line)
        writer.write(Piece(inline.content(), {}))
    words, marks = writer.finish()
    return extracted(path, data, words, marks, format="rtf", extractor="striprtf", version=version("striprtf"), warnings=(warning,))
