"""The tables of a corpus: their columns, in order, with types and what they mean.

`DESIGN.md` §4 fixes names and order. Offsets count code points. Ids are strings that sort in document order and are unique in their
document, so that (doc_id, block_id) is a key. Types are plain (no dictionaries, no nesting but the list of warnings), so that pandas,
DuckDB, R and Spark read the Parquet files alike.
"""

from __future__ import annotations

import pyarrow as pa

__all__ = ["FORMAT", "FORMAT_VERSION", "READ_VERSIONS", "SCHEMAS", "TABLES"]

FORMAT = "kz-textkit corpus"
"""Says in the manifest that a folder is ours."""

FORMAT_VERSION = 4
"""Raised when a change of the tables or the manifest makes older readers fail. 4: the manifest has `parts`."""

READ_VERSIONS = (3, 4)
"""Versions that are read; the tables of these are the same."""

_STRING, _OFFSET, _PAGE, _BOOL, _POINTS = pa.string(), pa.int64(), pa.int32(), pa.bool_(), pa.float32()
_PLACE = pa.int32()
_DOC_ID = ("doc_id", _STRING, "document: name of the file without suffix, made unique")
_SECTION_ID = ("section_id", _STRING, "section that it stands in")
_BLOCK_ID = ("block_id", _STRING, "block that it stands in")


def _schema(*columns: tuple[str, pa.DataType, str]) -> pa.Schema:
    return pa.schema([pa.field(name, kind, metadata={"description": description}) for name, kind, description in columns])


SCHEMAS: dict[str, pa.Schema] = {
    "documents": _schema(
        _DOC_ID,
        ("source", _STRING, "path of the file as it was given"),
        ("sha256", _STRING, "SHA-256 of the bytes of the file, in hexadecimal digits"),
        ("encoding", _STRING, "Python codec that the bytes were decoded with"),
        ("title", _STRING, "what it is called: as its format, title page, first heading, running heads or file say, or how it begins"),
        ("language", _STRING, "ISO 639 code of the language that most of it is in; und where that is not clear"),
        ("raw_chars", _OFFSET, "characters of the raw text"),
        ("clean_chars", _OFFSET, "characters of all blocks"),
        ("pages", _PAGE, "pages; null where the text does not show them"),
        ("warnings", pa.list_(_STRING), "what a reader should know before trusting the text"),
        ("quality", _STRING, "how the text came out: shares by name, as JSON"),
        ("format", _STRING, "format of the file; text for plain text"),
        ("metadata", _STRING, "what the file says of the work: title, author, date and others by name, as JSON"),
        (
            "title_from",
            _STRING,
            "what says so: metadata, title page, heading, running head, file name, first words or person",
        ),
    ),
    "sections": _schema(
        _DOC_ID,
        ("section_id", _STRING, "the section"),
        ("parent_id", _STRING, "section that it is nested in; null at the top"),
        ("kind", _STRING, "front_matter, lecture, section, questions, back_matter or contents"),
        ("number", _STRING, "number as printed, without label; empty where there is none"),
        ("title", _STRING, "title on one line; empty where there is none"),
        ("level", _PAGE, "1 at the top of the tree"),
        ("raw_start", _OFFSET, "where it begins in the raw text; null for a section without blocks"),
        ("raw_end", _OFFSET, "where it ends, nested sections included"),
        ("page_start", _PAGE, "page that it begins on"),
        ("page_end", _PAGE, "page that its last block begins on, nested sections included"),
    ),
    "blocks": _schema(
        _DOC_ID,
        _SECTION_ID,
        ("block_id", _STRING, "the block"),
        (
            "kind",
            _STRING,
            "heading, paragraph, list_item, question, table_row, outline_item, toc_entry, source, note, verse, code or front",
        ),
        ("text", _STRING, "clean text, on one line"),
        ("language", _STRING, "ISO 639 code of its language; empty where that is not known"),
        ("raw_start", _OFFSET, "where it begins in the raw text"),
        ("raw_end", _OFFSET, "where it ends in the raw text"),
        ("page", _PAGE, "page that it begins on"),
    ),
    "sentences": _schema(
        _DOC_ID,
        _SECTION_ID,
        _BLOCK_ID,
        ("sentence_id", _STRING, "the sentence"),
        ("start", _OFFSET, "where it begins in the text of the block"),
        ("end", _OFFSET, "where it ends in the text of the block"),
        ("text", _STRING, "text[start:end] of the block"),
    ),
    "tokens": _schema(
        _DOC_ID,
        _SECTION_ID,
        _BLOCK_ID,
        ("sentence_id", _STRING, "sentence that it stands in"),
        ("token_id", _STRING, "the token"),
        ("form", _STRING, "word or punctuation mark as written in the clean text"),
        ("space_after", _BOOL, "a space follows in the clean text"),
        ("lemma", _STRING, "dictionary form; empty where it was not analysed"),
        ("upos", _STRING, "universal part of speech; empty where it was not analysed"),
        ("xpos", _STRING, "tag of the finer kind, made of part of speech and features; empty where it was not analysed"),
        ("feats", _STRING, "universal features, as in CoNLL-U; empty for none"),
        (
            "head",
            _PLACE,
            "place in the sentence, from 1, of the token that it depends on (marks are counted, as in CoNLL-U without ranges); "
            "0 for the root; null where no syntax was asked for",
        ),
        ("deprel", _STRING, "universal relation to its head, root for none; null where no syntax was asked for"),
        ("entity", _STRING, "named entity that it begins or goes on in, in IOB2 (B-GPE, I-GPE, O); empty where none was looked for"),
        ("language", _STRING, "kk, ru, en or other; empty for numbers and marks, and where it is not known"),
        ("is_stop", _BOOL, "a word of little meaning of its own"),
        ("start", _OFFSET, "where it begins in the text of the block"),
        ("end", _OFFSET, "where it ends in the text of the block"),
        ("raw_start", _OFFSET, "where it begins in the raw text"),
        ("raw_end", _OFFSET, "where it ends in the raw text"),
    ),
    "entities": _schema(
        _DOC_ID,
        _BLOCK_ID,
        ("start", _OFFSET, "where it begins in the text of the block"),
        ("end", _OFFSET, "where it ends in the text of the block"),
        ("text", _STRING, "text[start:end] of the block"),
        ("label", _STRING, "class, as in KazNERD: PERSON, GPE, ORGANISATION, DATE, …"),
        ("lemma", _STRING, "the name in the nominative"),
    ),
    "links": _schema(
        _DOC_ID,
        ("url", _STRING, "address, put together again where it was broken over lines"),
        ("title", _STRING, "title of the page it leads to; empty where the address has none"),
        ("kind", _STRING, "article, redlink or external"),
        ("page", _PAGE, "page that it was printed on"),
        ("block_id", _STRING, "block of the mention it belongs to; null where that was not found"),
        ("start", _OFFSET, "where the mention begins in the text of that block"),
        ("end", _OFFSET, "where it ends"),
    ),
    "edits": _schema(
        _DOC_ID,
        ("start", _OFFSET, "where it begins in the raw text"),
        ("end", _OFFSET, "where it ends in the raw text"),
        ("before", _STRING, "raw text that was replaced"),
        ("after", _STRING, "what it was replaced by"),
        ("rule", _STRING, "why"),
        ("applied", _BOOL, "false for a suggestion, which is not in the text"),
        ("score", pa.float64(), "confidence between 0 and 1"),
    ),
    "gaps": _schema(
        _DOC_ID,
        ("start", _OFFSET, "where it begins in the raw text"),
        ("text", _STRING, "white space of the raw text that is in no block and no edit"),
    ),
    "places": _schema(
        _DOC_ID,
        ("raw_start", _OFFSET, "where it begins in the raw text"),
        ("raw_end", _OFFSET, "where it ends in the raw text"),
        ("page", _PAGE, "page of the file, from 1; null where the format has no pages"),
        ("label", _STRING, "number of the page as printed; null where none is"),
        ("x0", _POINTS, "left side of its box on the page, in points from the upper left corner; null where that is not known"),
        ("y0", _POINTS, "upper side of its box"),
        ("x1", _POINTS, "right side of its box"),
        ("y1", _POINTS, "lower side of its box"),
        ("part", _STRING, "part of the file (of a Word file, an e-book); null where it has none"),
        ("paragraph", _PAGE, "paragraph in that part, from 1"),
    ),
}
"""Schema by table. `gaps` holds the white space between blocks: with it, blocks and edits give the raw text back to the letter.
`places` leads from offsets in the raw text to where that stands in the file; of several that hold an offset the shortest says most.
"""

TABLES: tuple[str, ...] = tuple(SCHEMAS)
