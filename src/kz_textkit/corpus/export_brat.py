"""A corpus in the standoff format of brat (https://brat.nlplab.org/standoff.html): texts, annotations beside them, configuration.

Named entities are text-bound annotations, with the name in the nominative as a note where it differs. A corpus without names gives
empty annotation files, which brat needs to open a text. Long documents come in several texts, which `places.tsv` leads back from.
"""

from __future__ import annotations

from pathlib import Path

from kz_textkit.corpus.annotation_texts import ENTITY_LABELS, AnnotationText, annotation_texts, write_places
from kz_textkit.corpus.reader import Corpus
from kz_textkit.writing import replacing_folder

__all__ = ["write_brat"]

COLOURS = ("#7fdbff", "#ffd27f", "#b6e3a1", "#e0b0ff", "#ffb3ba", "#c7ceea", "#fff3a3", "#d5c4a1")


def write_brat(corpus: Corpus, output: Path) -> int:
    """Write a corpus into the folder `output`; the number of annotations written."""
    written = 0
    labels = dict.fromkeys(ENTITY_LABELS)
    with replacing_folder(output, of="brat") as folder:
        for text in write_places(folder / "places.tsv", annotation_texts(corpus)):
            with (folder / f"{text.name}.txt").open("w", encoding="utf-8", newline="\n") as file:
                file.write(text.text)
            lines = _annotations(text)
            labels.update((entity.label, None) for _, block in text.blocks for entity in block.entities)
            with (folder / f"{text.name}.ann").open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(lines)
            written += sum(line[0] == "T" for line in lines)
        (folder / "annotation.conf").write_text(
            "\n".join(["[entities]", *labels, "", "[relations]", "", "[events]", "", "[attributes]", ""]), "utf-8"
        )
        colours = [f"{label}\tbgColor:{COLOURS[i % len(COLOURS)]}, borderColor:darken" for i, label in enumerate(labels)]
        (folder / "visual.conf").write_text("\n".join(["[labels]", *labels, "", "[drawing]", *colours, ""]), "utf-8")
    return written


def _annotations(text: AnnotationText) -> list[str]:
    lines: list[str] = []
    number = 0
    for start, block in text.blocks:
        for entity in block.entities:
            number += 1
            lines.append(f"T{number}\t{entity.label} {start + entity.start} {start + entity.end}\t{entity.text}\n")
            if entity.lemma and entity.lemma != entity.text:
                lines.append(f"#{number}\tAnnotatorNotes T{number}\t{' '.join(entity.lemma.split())}\n")
    return lines
