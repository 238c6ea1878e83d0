"""kz-textkit as a step of a datatrove pipeline: each document cleaned, measured, and left out where a filter says so.

    pip install datatrove 'kz-textkit[web]'
    python examples/datatrove_step.py IN_FOLDER OUT_FOLDER

reads the JSONL files of a folder (fields `text`, `id`) and writes those that stay, with what was done to them in the metadata:
language, title, edits by rule, signals. Texts that are left out go to the folder `OUT_FOLDER/dropped` with the reasons.
"""

from __future__ import annotations

import sys
from collections import Counter
from hashlib import sha256

from datatrove.data import Document
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.filters.base_filter import BaseFilter
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter
from datatrove.pipeline.writers.disk_base import DiskWriter

import kz_textkit as kz
from kz_textkit.pipeline.filtering import document_signals, dropped_by_filters


class CleanKazakh(BaseFilter):
    """Cleans the text of each document, and leaves out those whose signals are out of bounds."""

    name = "kz-textkit"

    def __init__(self, settings: kz.Settings | None = None, exclusion_writer: DiskWriter | None = None) -> None:
        super().__init__(exclusion_writer)
        self.settings = settings or kz.Settings(filters=("web",))

    def filter(self, doc: Document) -> bool | tuple[bool, str]:
        raw = kz.RawDocument(str(doc.id), str(doc.id), sha256(doc.text.encode("utf-8", "replace")).hexdigest(), "utf-8", doc.text)
        document = kz.clean(raw, settings=self.settings)
        doc.text = document.text
        doc.metadata["language"] = document.language
        doc.metadata["title"] = document.title
        doc.metadata["edits"] = dict(Counter(edit.rule for edit in document.edits if edit.applied))
        doc.metadata["signals"] = {name: round(value, 4) for name, value in document_signals(document, self.settings).items()}
        dropped = dropped_by_filters(document, raw.doc_id, self.settings)
        if dropped is None:
            return True
        doc.metadata["reasons"] = dropped.reasons
        return False, next(iter(dropped.signals))  # What datatrove counts by.


def main(source: str, target: str) -> None:
    pipeline = [
        JsonlReader(source),
        CleanKazakh(exclusion_writer=JsonlWriter(f"{target}/dropped")),
        JsonlWriter(f"{target}/kept"),
    ]
    LocalPipelineExecutor(pipeline=pipeline, tasks=1, logging_dir=f"{target}/logs").run()


if __name__ == "__main__":
    main(*sys.argv[1:3])
