"""Files that are ZIP archives of parts (Word, OpenDocument, EPUB, PowerPoint): their parts, read within limits.

What a part unpacks to is counted while it is unpacked, so that what the archive says of itself is not believed; names of parts are keys
and never paths of this machine.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from functools import cached_property
from pathlib import Path
from types import TracebackType

from kz_textkit.errors import InputError
from kz_textkit.readers.files import read_file, read_head
from kz_textkit.readers.xml_parts import HEAD, refuse_entities
from kz_textkit.settings import Limits, or_raise

__all__ = ["Package"]

PIECE = 1 << 20
"""Bytes that are unpacked at a time."""
RATIO = 200
"""Times that a part may be larger than it is packed: deflate reaches 1,032, text in XML hardly 30."""
SMALL = 16 << 20
"""Bytes of a part that are let through however well it is packed."""


class Package:
    """The parts of a ZIP archive by name; `source` is the file as messages name it, `data` its bytes, if they were read already.

    Raises `InputError` where the file is no archive, is damaged, is locked by a password, has too many parts, or unpacks to more than
    `limits.expanded_mb`.

        with Package(path, settings.limits) as package:
            document = package.read("word/document.xml")
    """

    def __init__(self, path: Path, limits: Limits, *, data: bytes | None = None) -> None:
        self.path, self.source, self.limits = path, str(path), limits
        self._left = limits.expanded_mb << 20
        self._given = data
        read_head(path, limits, 1)
        try:
            self._zip = zipfile.ZipFile(path if data is None else io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeError) as error:
            raise InputError(self.source, f"it is damaged: {_said(error)}", "get it again, or save it anew") from error
        self._infos = {info.filename: info for info in self._zip.infolist() if not info.is_dir()}
        if len(self._infos) > limits.archive_members:
            raise InputError(
                self.source,
                f"it has {len(self._infos):,} parts, and archives of more than {limits.archive_members:,} are not read",
                or_raise("archive_members"),
            )

    def __enter__(self) -> Package:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    @cached_property
    def data(self) -> bytes:
        """The bytes of the whole file."""
        return read_file(self.path, self.limits) if self._given is None else self._given

    @property
    def is_spent(self) -> bool:
        """More was unpacked than `limits.expanded_mb` allow."""
        return self._left < 0

    def info(self, name: str) -> zipfile.ZipInfo:
        """What the archive says of a part."""
        return self._infos[name]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the parts, in the order of the archive."""
        return tuple(self._infos)

    def read(self, name: str) -> bytes:
        """The bytes of a part. Raises `InputError` where there is no such part, and as the class does."""
        info = self._infos.get(name)
        if info is None:
            raise InputError(self.source, f"it has no part {name}", "it may be damaged: save it anew")
        if info.flag_bits & 1:
            raise InputError(self.source, "it is locked by a password", "save it without one")
        pieces: list[bytes] = []
        length = 0
        most = max(SMALL, RATIO * info.compress_size)
        try:
            with self._zip.open(info) as part:
                while piece := part.read(PIECE):
                    length += len(piece)
                    self._left -= len(piece)
                    if self._left < 0 or length > most:
                        raise InputError(self.source, self._too_large(name), self._if_it_is_none())
                    pieces.append(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
            raise InputError(self.source, f"its part {name} is damaged: {_said(error)}", "get it again, or save it anew") from error
        return b"".join(pieces)

    def check(self) -> None:
        """Raise `InputError` where a program that unpacks the archive by itself would be trapped: by the sizes that it says its parts
        have, or by entities that they declare.
        """
        for name, info in self._infos.items():
            self._left -= info.file_size
            if self._left < 0 or info.file_size > max(SMALL, RATIO * info.compress_size):
                raise InputError(self.source, self._too_large(name), self._if_it_is_none())
            if name.endswith((".xml", ".rels", ".vml")):
                with self._zip.open(info) as part:
                    refuse_entities(part.read(HEAD), self.source, name)
        self._left = self.limits.expanded_mb << 20

    def _if_it_is_none(self) -> str:
        sound = "it may be a trap; save it anew if it is not"
        return or_raise("expanded_mb", sound) if self._left < 0 else sound

    def _too_large(self, name: str) -> str:
        if self._left < 0:
            return f"it unpacks to more than {self.limits.expanded_mb:,} MB"
        return f"its part {name} unpacks to more than {RATIO} times its size"


def _said(error: Exception) -> str:
    return " ".join(str(error).split())[:100] or type(error).__name__
