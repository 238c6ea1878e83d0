"""The outline of a document: its sections as a tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kz_textkit.workbench.sheet import SectionRow

__all__ = ["Node", "tree_of"]


@dataclass
class Node:
    """A section with those nested in it."""

    section: SectionRow
    children: list[Node] = field(default_factory=list)


def tree_of(sections: Sequence[SectionRow]) -> list[Node]:
    """The sections at the top, with the others below them; one whose parent does not come before it is at the top."""
    nodes: dict[str, Node] = {}
    roots: list[Node] = []
    for section in sections:
        node = nodes[section.section_id] = Node(section)
        (nodes[section.parent_id].children if section.parent_id in nodes and section.parent_id else roots).append(node)
    return roots
