"""The documents of a corpus as spaCy Docs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

if TYPE_CHECKING:
    from kz_textkit.corpus.opened import OpenedCorpus

__all__ = ["docs_of"]


def docs_of(corpus: OpenedCorpus, vocab: Vocab) -> Iterator[Doc]:
    """The documents as `Corpus.docs` describes them, one after the other."""
    for entry in corpus.manifest.documents:
        tokens = corpus.rows("tokens", entry.doc_id).to_pydict()
        kinds = {}
        for name in ("sections", "blocks"):
            rows = corpus.rows(name, entry.doc_id)
            kinds[name] = dict(zip(rows[f"{name[:-1]}_id"].to_pylist(), rows["kind"].to_pylist(), strict=True))
        doc = _doc(vocab, tokens)
        doc.user_data["doc_id"] = entry.doc_id
        doc.spans["sections"] = _spans(doc, tokens["section_id"], kinds["sections"])
        doc.spans["blocks"] = _spans(doc, tokens["block_id"], kinds["blocks"])
        yield doc


def _doc(vocab: Vocab, tokens: dict[str, list[Any]]) -> Doc:
    blocks, sentences = tokens["block_id"], tokens["sentence_id"]
    last_in_block = [a != b for a, b in zip(blocks, [*blocks[1:], None], strict=True)]
    spaces = [space or last for space, last in zip(tokens["space_after"], last_in_block, strict=True)]
    starts = [a != b for a, b in zip(sentences, [None, *sentences[:-1]], strict=True)]
    parsed = bool(starts) and all(head is not None for head in tokens["head"])
    return Doc(
        vocab,
        words=tokens["form"],
        spaces=spaces,
        # spaCy takes the sentences from the trees where there are trees
        sent_starts=None if parsed else starts,
        heads=_heads(tokens["head"], starts) if parsed else None,
        deps=["ROOT" if name == "root" else name for name in tokens["deprel"]] if parsed else None,
        lemmas=tokens["lemma"] if any(tokens["lemma"]) else None,
        pos=tokens["upos"] if any(tokens["upos"]) else None,
        tags=tokens["xpos"] if any(tokens["xpos"]) else None,
        morphs=tokens["feats"] if any(tokens["feats"]) else None,
        ents=tokens["entity"] if any(tokens["entity"]) else None,
    )


def _heads(heads: list[int], starts: list[bool]) -> list[int]:
    """The place in the document of each token's head, a root's own, from places in the sentence."""
    found, first = [], 0
    for i, (head, begins) in enumerate(zip(heads, starts, strict=True)):
        first = i if begins else first
        found.append(first + head - 1 if head else i)
    return found


def _spans(doc: Doc, ids: list[str], kinds: dict[str, str]) -> list[Span]:
    """A span for every run of one id."""
    borders = [i for i, (a, b) in enumerate(zip(ids, [None, *ids[:-1]], strict=True)) if a != b]
    return [Span(doc, start, end, label=kinds[ids[start]], span_id=ids[start]) for start, end in _pairs(borders, len(ids))]


def _pairs(borders: list[int], end: int) -> list[tuple[int, int]]:
    return list(zip(borders, [*borders[1:], end], strict=True)) if borders else []
