"""Lemmas that a person decided on, put into the rows of tokens as they are made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pyarrow as pa

from kz_textkit.document import Decision
from kz_textkit.morphology.xpos import xpos_of

__all__ = ["with_lemmas"]


def with_lemmas(batches: Iterable[tuple[str, pa.RecordBatch]], decisions: list[Decision]) -> Iterator[tuple[str, pa.RecordBatch]]:
    """The batches of a document, with the lemmas that its decisions say; the later of two on one word wins.

    A decision on a stretch of the raw text that is no word is said to be so in `decisions`, when all batches have passed.
    """
    wanted = {(one.start, one.end): i for i, one in enumerate(decisions) if one.action == "lemma" and not one.problem}
    if not wanted:
        yield from batches
        return
    missing = set(wanted)
    for table, batch in batches:
        if table != "tokens":
            yield table, batch
            continue
        found = [
            (row, wanted[span])
            for row, span in enumerate(zip(batch["raw_start"].to_pylist(), batch["raw_end"].to_pylist(), strict=True))
            if span in wanted
        ]
        missing -= {(decisions[i].start, decisions[i].end) for _, i in found}
        yield table, _with_values(batch, {row: decisions[i].value for row, i in found})
    for span in missing:
        decisions[wanted[span]] = replace(decisions[wanted[span]], problem="it is no word, or not just one")


def _with_values(batch: pa.RecordBatch, values: dict[int, str]) -> pa.RecordBatch:
    """A batch of tokens with lemmas, and where they are said parts of speech and features, in these rows."""
    if not values:
        return batch
    columns = {name: batch[name].to_pylist() for name in ("lemma", "upos", "feats", "xpos")}
    for row, value in values.items():
        lemma, *rest = (part.strip() for part in value.split("\t"))
        upos = rest[0] if rest and rest[0] else columns["upos"][row]
        feats = rest[1].replace("_", "") if len(rest) > 1 else columns["feats"][row] if upos == columns["upos"][row] else ""
        columns["lemma"][row], columns["upos"][row], columns["feats"][row] = lemma, upos, feats
        columns["xpos"][row] = xpos_of(lemma, upos, feats)
    arrays = [pa.array(columns[field.name], field.type) if field.name in columns else batch[field.name] for field in batch.schema]
    return pa.RecordBatch.from_arrays(arrays, schema=batch.schema)
