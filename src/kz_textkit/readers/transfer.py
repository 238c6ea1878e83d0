"""Documents on their way from the process that reads files to the one that asked for them: as plain values, in frames.

A frame is its length in eight bytes and a pickled tuple.
"""

from __future__ import annotations

import pickle
from typing import Any, BinaryIO

from kz_textkit.document import Extraction, Mark, RawDocument

__all__ = ["packed", "receive", "send", "unpacked"]

LENGTH = 8
"""Bytes of the length of a frame."""


def packed(raw: RawDocument) -> tuple[Any, ...]:
    """A document as plain values, which pass to another process quickly."""
    extraction = raw.extraction
    how = extraction and (
        extraction.format,
        extraction.extractor,
        extraction.version,
        dict(extraction.settings),
        extraction.text_sha256,
    )
    marks = [(m.start, m.end, m.kind, dict(m.value), m.certain) for m in raw.marks]
    return (
        *(raw.doc_id, raw.source, raw.sha256, raw.encoding, raw.text, raw.undecodable),
        *(marks, how, dict(raw.metadata), tuple(raw.warnings)),
    )


def unpacked(values: tuple[Any, ...]) -> RawDocument:
    """The document that `packed` made these values of."""
    doc_id, source, digest, encoding, text, undecodable, marks, how, metadata, warnings = values
    return RawDocument(
        *(doc_id, source, digest, encoding, text, undecodable),
        tuple(Mark(*mark) for mark in marks),
        Extraction(*how) if how else None,
        metadata,
        warnings,
    )


def send(stream: BinaryIO, values: tuple[Any, ...]) -> None:
    """Write one frame."""
    frame = pickle.dumps(values, protocol=5)
    stream.write(len(frame).to_bytes(LENGTH, "big"))
    stream.write(frame)
    stream.flush()


def receive(stream: BinaryIO) -> tuple[Any, ...] | None:
    """Read one frame, which this package wrote; None at the end of the stream, a frame that was cut off included."""
    length = int.from_bytes(stream.read(LENGTH), "big")
    frame = stream.read(length) if length else b""
    return pickle.loads(frame) if frame and len(frame) == length else None
