"""A corpus as a vertical file, the input of Sketch Engine (Manatee) and of the IMS Open Corpus Workbench.

One token a line, with the columns form, lemma, part of speech and features divided by tabs; `<doc>`, `<section>`, `<p>` and `<s>`
around them, and `<g/>` where no space stands between two tokens. Sections are not nested in each other, for neither program takes
that as it is: the attribute `parent` names the one that a section belongs to. Source: the descriptions of the vertical format of
Sketch Engine (https://www.sketchengine.eu/my_keywords/vertical/) and of the CWB Corpus Encoding Tutorial. For the Corpus Workbench:

    cwb-encode -xsB -c utf8 -d DATA -f FILE -R REGISTRY -P lemma -P upos -P feats/ \\
        -S doc:0+id+source+sha256+title+language -S section:0+id+parent+kind+number+level+title -S p:0+id+kind+page -S s:0+id -0 g
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TextIO

from kz_textkit.corpus.reader import Corpus
from kz_textkit.corpus.reading_order import BlockRows, TokenRow, documents_of
from kz_textkit.corpus.xml_characters import legal_characters

__all__ = ["write_vrt"]

_breaks = re.compile(r"[\t\n\r\x85\u2028\u2029]+")
"""What would end a line or a column."""


def write_vrt(corpus: Corpus, stream: TextIO) -> int:
    """Write all documents of a corpus; the number of tokens written."""
    written = 0
    for document in documents_of(corpus):
        row = document.row
        names = ("source", "sha256", "title", "language")
        stream.write(_tag("doc", id=document.doc_id, **{name: row[name] for name in names}))
        for section, blocks in document.sections():
            lines = [line for block in blocks for line in _block_lines(block)]
            if lines:
                attributes = {"parent": section.parent_id, "kind": section.kind, "number": section.number, "level": section.level}
                stream.write(_tag("section", id=section.section_id, **attributes, title=section.title))
                stream.writelines(lines)
                stream.write("</section>\n")
            written += sum(line[0] != "<" for line in lines)
        stream.write("</doc>\n")
    return written


def _block_lines(block: BlockRows) -> Iterator[str]:
    yield _tag("p", id=block.block_id, kind=block.kind, page=block.page)
    for sentence in block.sentences:
        yield _tag("s", id=sentence.sentence_id)
        last = len(sentence.tokens) - 1
        for i, token in enumerate(sentence.tokens):
            yield _token_line(token)
            if i < last and not token.space_after:
                yield "<g/>\n"
        yield "</s>\n"
    yield "</p>\n"


def _token_line(token: TokenRow) -> str:
    return "\t".join((_escaped(token.form), _escaped(token.lemma or token.form), token.upos or "_", token.feats or "_")) + "\n"


def _tag(name: str, **attributes: object) -> str:
    """A tag on a line of its own; attributes without value are left out.

    >>> _tag("doc", id="«Абай» & т.б.", title='"Қара" <сөз>', page=None)
    '<doc id="«Абай» &amp; т.б." title="&quot;Қара&quot; &lt;сөз&gt;">\\n'
    """
    given = (f' {key}="{_escaped(str(value))}"' for key, value in attributes.items() if value not in (None, ""))
    return f"<{name}{''.join(given)}>\n"


def _escaped(text: str) -> str:
    text = _breaks.sub(" ", legal_characters(text))
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
