"""A corpus as WebAnno TSV 3.3, which INCEpTION and WebAnno import: sentences, tokens, lemmas, parts of speech, features, names, trees.

The layers are those that both have built in (DKPro Core). Offsets count UTF-16 code units, as Java does; long documents come in
several texts, which `places.tsv` leads back from. Source: *WebAnno TSV 3.3 File format* in the INCEpTION User Guide, appendix.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from kz_textkit.corpus.annotation_texts import AnnotationText, annotation_texts, write_places
from kz_textkit.corpus.reader import Corpus
from kz_textkit.corpus.reading_order import BlockRows, TokenRow
from kz_textkit.writing import replacing_folder

__all__ = ["write_webanno"]

_CORE = "de.tudarmstadt.ukp.dkpro.core.api"
POS = f"{_CORE}.lexmorph.type.pos.POS"
LAYERS = (
    f"#T_SP={_CORE}.lexmorph.type.morph.MorphologicalFeatures|value",
    f"#T_SP={POS}|PosValue|coarseValue",
    f"#T_SP={_CORE}.ner.type.NamedEntity|identifier|value",
    f"#T_SP={_CORE}.segmentation.type.Lemma|value",
)
TREE = f"#T_RL={_CORE}.syntax.type.dependency.Dependency|DependencyType|flavor|BT_{POS}"
_SPECIAL = re.compile(r"(->|[\\\[\]|_;*])")


def write_webanno(corpus: Corpus, output: Path) -> int:
    """Write a corpus into the folder `output`, a file a text; the number of tokens written."""
    written = 0
    with replacing_folder(output, of="webanno") as folder:
        for text in write_places(folder / "places.tsv", annotation_texts(corpus)):
            tokens = [token for _, block in text.blocks for sentence in block.sentences for token in sentence.tokens]
            parsed = bool(tokens) and all(token.head is not None for token in tokens)
            with (folder / f"{text.name}.tsv").open("w", encoding="utf-8", newline="\n") as file:
                file.write("\n".join(["#FORMAT=WebAnno TSV 3.3", *LAYERS, *([TREE] if parsed else []), "", ""]))
                file.writelines(_lines(text, parsed))
            written += len(tokens)
    return written


def _lines(text: AnnotationText, parsed: bool) -> Iterator[str]:
    whole = text.text
    ahead = _Utf16(whole)
    number = names = 0
    for start, block in text.blocks:
        for sentence in block.sentences:
            number += 1
            first, last = sentence.tokens[0].start, sentence.tokens[-1].end
            yield f"\n#Text={_on_one_line(block.text[first:last])}\n"
            named, names = _names(block, sentence.tokens, names)
            for i, token in enumerate(sentence.tokens):
                columns = [
                    f"{number}-{i + 1}",
                    f"{ahead.of(start + token.start)}-{ahead.of(start + token.end)}",
                    token.form,
                    _value(token.feats),
                    _value(token.xpos),
                    _value(token.upos),
                    *named[i],
                    _value(token.lemma),
                ]
                if parsed:
                    columns += [_value(token.deprel or ""), "*" if token.deprel else "_", f"{number}-{token.head or i + 1}"]
                yield "\t".join(columns) + "\t\n"


def _names(block: BlockRows, tokens: Sequence[TokenRow], count: int) -> tuple[list[tuple[str, str]], int]:
    """Identifier and value of the name that each token is in; names of several tokens have a number, which goes on through the text."""
    found = [("_", "_")] * len(tokens)
    for entity in block.entities:
        inside = [i for i, token in enumerate(tokens) if entity.start <= token.start and token.end <= entity.end]
        if not inside:
            continue
        count += 1
        mark = f"[{count}]" if len(inside) > 1 else ""
        for i in inside:
            found[i] = (f"*{mark}", _value(entity.label) + mark)
    return found, count


class _Utf16:
    """Offsets of a text in UTF-16 code units."""

    def __init__(self, text: str) -> None:
        self._wide = [i for i, c in enumerate(text) if ord(c) > 0xFFFF]

    def of(self, offset: int) -> int:
        return offset + sum(1 for at in self._wide if at < offset) if self._wide else offset


def _value(text: str) -> str:
    """A value with what has a meaning in the format escaped; `_` for none.

    >>> _value("Case=Loc|Number=Sing"), _value("")
    ('Case=Loc\\\\|Number=Sing', '_')
    """
    return _SPECIAL.sub(r"\\\1", " ".join(text.split())) or "_"


def _on_one_line(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
