"""Documents and explanations as HTML: the raw text with every change in it beside the clean one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kz_textkit.display.html import changed, note, side_by_side, titled, visible
from kz_textkit.document import Document, Edit

__all__ = ["document_html", "explanation_html"]

BLOCKS, CHARACTERS = 12, 1_500
"""Blocks of a document, and characters of a text, that are shown."""


def document_html(document: Document) -> str:
    """A document: its title and what was found in it, and the first blocks, raw beside clean."""
    blocks = [block for block in document.blocks if block.text]
    applied = sorted((edit for edit in document.edits if edit.applied), key=lambda edit: edit.start)
    rows = []
    for block in blocks[:BLOCKS]:
        end = min(block.raw_end, block.raw_start + CHARACTERS)
        rows.append((_changed(document.raw.text, block.raw_start, end, applied), visible(block.text[:CHARACTERS])))
    facts = (
        f"{len(document.sections):,} sections, {len(blocks):,} blocks, {len(document.raw.text):,} characters, {len(applied):,} edits"
    )
    more = f"… and {len(blocks) - BLOCKS:,} more blocks" if len(blocks) > BLOCKS else ""
    warnings = "".join(note(f"⚠ {warning}") for warning in document.warnings)
    body = note(facts) + warnings + side_by_side(("raw", "clean"), rows) + note(more)
    return titled(document.title or document.raw.doc_id, body)


def explanation_html(source: str, text: str, edits: Iterable[Edit], warnings: Iterable[str]) -> str:
    """A repaired text: what was changed in it beside what came out, how often by which rule, and what is only suggested."""
    every = sorted(edits, key=lambda edit: edit.start)
    applied = [edit for edit in every if edit.applied]
    counts = Counter(edit.rule for edit in applied)
    facts = ", ".join(f"{rule} {count:,}" for rule, count in counts.most_common()) or "nothing to repair"
    suggested = "; ".join(f"{edit.before} → {edit.after} ({edit.rule})" for edit in every if not edit.applied)
    shown = _changed(source, 0, min(len(source), CHARACTERS), applied), visible(text[:CHARACTERS])
    more = "… shown is the beginning" if len(source) > CHARACTERS else ""
    rest = [note(f"suggested: {suggested[:CHARACTERS]}") if suggested else "", *(note(f"⚠ {warning}") for warning in warnings)]
    return titled(facts, side_by_side(("as given", "repaired"), [shown]) + note(more) + "".join(rest))


def _changed(raw: str, start: int, end: int, applied: Iterable[Edit]) -> str:
    inside = ((edit.start, edit.end, edit.after, edit.rule) for edit in applied if edit.start < end and edit.end > start)
    return changed(raw[start:end], start, inside)
