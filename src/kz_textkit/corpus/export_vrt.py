"""A corpus as a vertical file, the input of Sketch Engine (Manatee) and of the IMS Open Corpus Workbench.

One token a line, with the columns form, lemma, part of speech and features divided by tabs; `<doc>`, `<section>`, `<p>` and `<s>`
around them, and `<g/>` where no space stands between two tokens. Sections are not nested in each other, for neither program takes
that as it is: the attribute `parent` names the one that a section belongs to. Source: the descriptions of the vertical format of
Sketch Engine (https://www.sketchengine.eu/my_keywords/vertical/) and of the CWB Corpus Encoding Tutorial. What the programs need
beside such a file is written by the formats `cwb` and `sketch` (`export_cwb`, `export_sketch`); here the Corpus Workbench would count
each `<g/>` as a word unless it is called with `-0 g`. Metadata of documents are attributes of `<doc>`, their names in Latin letters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TextIO

from kz_textkit.corpus.metadata_attributes import attribute_names, metadata_attributes, metadata_columns
from kz_textkit.corpus.reader import Corpus
from kz_textkit.corpus.reading_order import BlockRows, TokenRow, documents_of
from kz_textkit.corpus.xml_characters import legal_characters

__all__ = ["escaped", "tag", "write_vertical", "write_vrt"]

_breaks = re.compile(r"[\t\n\r\x85\u2028\u2029]+")
"""What would end a line or a column."""


def write_vrt(corpus: Corpus, stream: TextIO) -> int:
    """Write all documents of a corpus; the number of tokens written."""
    return write_vertical(corpus, stream, _columns, glue=True)


def write_vertical(corpus: Corpus, stream: TextIO, columns_of: Callable[[TokenRow, bool], Sequence[str]], *, glue: bool) -> int:
    """Write all documents of a corpus, with a line for each token of the columns that `columns_of` gives of it and of whether a space
    comes after it; with `glue`, a `<g/>` where none does. The number of tokens written.
    """
    written = 0
    columns = attribute_names(metadata_columns(corpus))
    for document in documents_of(corpus):
        row = document.row
        names = ("source", "sha256", "title", "language")
        said = metadata_attributes(document.metadata, columns)
        stream.write(tag("doc", id=document.doc_id, **{name: row[name] for name in names}, **said))
        for section, blocks in document.sections():
            lines = [line for block in blocks for line in _block_lines(block, columns_of, glue=glue)]
            if lines:
                attributes = {"parent": section.parent_id, "kind": section.kind, "number": section.number, "level": section.level}
                stream.write(tag("section", id=section.section_id, **attributes, title=section.title))
                stream.writelines(lines)
                stream.write("</section>\n")
            written += sum(line[0] != "<" for line in lines)
        stream.write("</doc>\n")
    return written


def _block_lines(block: BlockRows, columns_of: Callable[[TokenRow, bool], Sequence[str]], *, glue: bool) -> Iterator[str]:
    names = {entity.start: entity for entity in block.entities}
    yield tag("p", id=block.block_id, kind=block.kind, page=block.page)
    for sentence in block.sentences:
        yield tag("s", id=sentence.sentence_id)
        last = len(sentence.tokens) - 1
        name_end = -1
        for i, token in enumerate(sentence.tokens):
            if name_end < 0 and (entity := names.get(token.start)) is not None:
                name_end = entity.end
                yield tag("name", label=entity.label, lemma=entity.lemma)
            is_last = i == last
            yield "\t".join(map(escaped, columns_of(token, token.space_after or is_last))) + "\n"
            if 0 <= name_end <= token.end or (is_last and name_end >= 0):
                name_end = -1
                yield "</name>\n"
            if glue and not is_last and not token.space_after:
                yield "<g/>\n"
        yield "</s>\n"
    yield "</p>\n"


def _columns(token: TokenRow, _: bool) -> Sequence[str]:
    return token.form, token.lemma or token.form, token.upos or "_", token.feats or "_"


def tag(name: str, **attributes: object) -> str:
    """A tag on a line of its own; attributes without value are left out.

    >>> tag("doc", id="«Абай» & т.б.", title='"Қара" <сөз>', page=None)
    '<doc id="«Абай» &amp; т.б." title="&quot;Қара&quot; &lt;сөз&gt;">\\n'
    """
    given = (f' {key}="{escaped(str(value))}"' for key, value in attributes.items() if value not in (None, ""))
    return f"<{name}{''.join(given)}>\n"


def escaped(text: str) -> str:
    text = _breaks.sub(" ", legal_characters(text))
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
