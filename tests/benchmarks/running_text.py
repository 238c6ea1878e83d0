"""Running text of the shared data, for benchmarks that need more of it than any one document has."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

__all__ = ["endless", "sentences"]


def sentences(data: Path) -> list[str]:
    """The sentences of the plain texts, and those of KazNERD with their spaces as in print."""
    found = [line.strip() for file in sorted((data / "plain").glob("*.txt")) for line in file.read_text("utf-8").splitlines()]
    for block in (data / "kaznerd" / "IOB2_valid.txt").read_text("utf-8").split("\n\n"):
        text = " ".join(line.split()[0] for line in block.splitlines() if line.strip())
        found.append(re.sub(r"([«(\[]) ", r"\1", re.sub(r" ([,.!?;:»)\]…])", r"\1", text)))
    return [sentence for sentence in found if sentence]


def endless(given: list[str], chance: random.Random) -> Iterator[str]:
    """The sentences in an order of chance, again and again."""
    while True:
        chance.shuffle(given)
        yield from given
