"""The labelled texts that the layout is trained on and measured by: read ones, and ones that code set on pages."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
sys.path.insert(0, str(ROOT / "tests" / "support"))

import outlined  # noqa: E402
import typeset  # noqa: E402
from damage import read_original  # noqa: E402
from gold import own_texts, real_texts  # noqa: E402
from labelled import LabelledText  # noqa: E402

_KINDS = {"paragraph": "para", "list_item": "item", "question": "question", "outline_item": "outline", "toc_entry": "toc",
          "table_row": "table", "source": "source", "note": "note", "verse": "verse", "heading": "heading", "heading-goes-on": "heading"}


def outlines() -> Iterator[LabelledText]:
    for name in outlined.names():
        blocks = outlined.read_outline(name)
        for setting in outlined.SETTINGS:
            text, starts = outlined.typeset(blocks, setting)
            yield _by_starts(f"outline_{name}.{setting}", name, text, [(s, b.kind) for s, b in zip(starts, blocks, strict=True)])


def originals() -> Iterator[LabelledText]:
    for name in ("su_zhane_dala", "auyldyk_kitaphana_turaly", "atamnyn_qorzhyny"):
        blocks = read_original(name)
        for style_name, style in typeset.STYLES.items():
            text = typeset.set_in(style, blocks)
            labels: list[str] = []
            letters = [(b.kind, "".join(c for c in b.text if c.isalnum())) for b in blocks]
            at, used = 0, 0
            for line in text.split("\n"):
                own = "".join(c for c in line if c.isalnum())
                if not line.strip():
                    labels.append("")
                    continue
                if at < len(letters) and used == len(letters[at][1]):
                    at, used = at + 1, 0
                kind, whole = letters[min(at, len(letters) - 1)]
                if at < len(letters) and own and whole[used:].startswith(own):
                    labels.append(_KINDS.get(kind, "para") + ("_cont" if used else ""))
                    used += len(own)
                elif at < len(letters) and not own:
                    labels.append("?")
                else:
                    labels.append("page_number" if not any(map(str.isalpha, own)) or "бет" in own else "running_head")
            yield LabelledText(f"original_{name}.{style_name}", name, "training", text, tuple(labels))


def _by_starts(name: str, kind: str, text: str, blocks: list[tuple[int, str]]) -> LabelledText:
    labels, at, position = [], 0, 0
    current = "para"
    for line in text.split("\n"):
        if not line.strip():
            labels.append("")
        else:
            begun = False
            while at < len(blocks) and blocks[at][0] < position + len(line):
                current, begun = _KINDS.get(blocks[at][1], "para"), not blocks[at][1].endswith("goes-on")
                at += 1
            labels.append(current if begun else f"{current}_cont")
        position += len(line) + 1
    return LabelledText(name, kind, "training", text, tuple(labels))


def source_of(text: LabelledText) -> str:
    """Name of the document behind a labelled text: what is measured must not have been seen in another setting."""
    return text.name.split(".")[0]


def all_texts() -> list[LabelledText]:
    found = [*outlines(), *originals()]
    found += [*real_texts(SHARED), *own_texts()]
    try:
        from pages import set_texts

        found += set_texts(1)
    except ImportError:
        pass
    return found
