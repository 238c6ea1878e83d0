"""ZIP archives of files: each is read as if it lay in a folder, archives in archives too, within limits.

Nothing is unpacked to where its name says: a member is written to a temporary folder under a name of ours, so that a name with `..` or
a leading slash (a zip slip) leads nowhere. What members are said to be, and unpack to, is checked as in `packages`.
"""

from __future__ import annotations

import re
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from kz_textkit.document import RawDocument
from kz_textkit.errors import InputError
from kz_textkit.readers.formats import format_of_suffix, long_suffix
from kz_textkit.readers.packages import Package
from kz_textkit.readers.registry import read_format, recognise
from kz_textkit.settings import Settings, or_raise

__all__ = ["read"]

_UNSEEN = re.compile(r"(?:^|/)(?:__MACOSX/|\.(?!\.?/))")
"""Members that are of the system, or hidden."""
UTF8_NAME = 0x800
"""Flag of a member whose name is in UTF-8."""


def read(path: Path, settings: Settings) -> Iterator[RawDocument]:
    """The documents of the files in an archive that can be read, in the order of their names; `source` has the name after `!`.

    Of a member that can't be read a warning stands with the next document, or in the error where nothing could be read. Raises
    `InputError` where the archive can't be read.
    """
    yield from _Archive(settings).documents(path, str(path), 1)


class _Archive:
    """Reads archives, and those in them."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.limits = settings.limits
        self.problems: list[str] = []

    def documents(self, path: Path, source: str, depth: int) -> Iterator[RawDocument]:
        if depth > self.limits.archive_depth:
            raise InputError(
                source,
                f"archives within archives are read to a depth of {self.limits.archive_depth}",
                or_raise("archive_depth", "unpack it"),
            )
        found = 0
        with Package(path, self.limits) as package, tempfile.TemporaryDirectory(prefix="kz-textkit-") as folder:
            names = {name: _readable_name(package.info(name)).replace("\\", "/") for name in package.names}
            for name, shown in sorted(names.items(), key=lambda pair: pair[1]):
                if _UNSEEN.search(shown) or not self._is_taken(shown):
                    continue
                for raw in self._member(package, name, shown, source, Path(folder), depth):
                    found += 1
                    yield replace(raw, warnings=(*self.problems, *raw.warnings))
                    self.problems.clear()
        if not found:
            raise InputError(source, "; ".join(["no file in it could be read", *self.problems[:3]]))

    def _is_taken(self, shown: str) -> bool:
        suffix = long_suffix(Path(shown))
        return suffix == ".xml" or format_of_suffix(suffix) is not None

    def _member(self, package: Package, name: str, shown: str, source: str, folder: Path, depth: int) -> Iterator[RawDocument]:
        # A name of ours: the end of the member's name, without its folders, and with no sign that a system could take for more.
        stem = re.sub(r"[^\w.,() -]", "_", PurePosixPath(shown).name)[-80:].strip(". ") or "file"
        copy = folder / stem
        inside = f"{source}!{shown}"
        try:
            copy.write_bytes(package.read(name))
            format = recognise(copy, self.settings).format
            if format == "zip":
                yield from self.documents(copy, inside, depth + 1)
                return
            for raw in read_format(copy, format, self.settings):
                yield replace(raw, source=raw.source.replace(str(copy), inside))
        except InputError as error:
            if package.is_spent:
                raise
            self.problems.append(f"{shown}: {error.problem}")
        finally:
            copy.unlink(missing_ok=True)


def _readable_name(info: zipfile.ZipInfo) -> str:
    """The name of a member: in UTF-8 where the archive says or shows so, else in the code page of DOS, or what Windows puts there."""
    if info.flag_bits & UTF8_NAME:
        return unicodedata.normalize("NFC", info.filename)
    raw = info.filename.encode("cp437", "replace")
    for codec in ("utf-8", "cp866"):
        try:
            return unicodedata.normalize("NFC", raw.decode(codec))
        except UnicodeDecodeError:
            continue
    return info.filename
