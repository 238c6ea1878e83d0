"""Any text and any bytes go through reading, cleaning and a run: nothing is lost, nothing ends in an error of ours."""

from __future__ import annotations

import random
from hashlib import sha256
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from baits import BAITS
from kz_textkit.cleaning.clean import clean
from kz_textkit.corpus import verify
from kz_textkit.corpus.rebuild import gaps_of, placed_blocks, rebuild
from kz_textkit.document import Document, RawDocument
from kz_textkit.pipeline.batch import run

WORDS = ("қала", "Ҥй", "cабақ", "калалық", " ")
PIECES = st.lists(st.one_of(st.sampled_from(BAITS), st.text(max_size=6), st.sampled_from(WORDS)), max_size=40)


def document(text: str) -> Document:
    return clean(RawDocument("кез", "кез.txt", sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), "utf-8", text))


@settings(max_examples=150, deadline=None)
@given(PIECES)
def test_the_raw_text_comes_out_of_what_is_kept(pieces: list[str]) -> None:
    text = "".join(pieces)
    made = document(text)
    assert rebuild(placed_blocks(made), [edit for edit in made.edits if edit.applied], gaps_of(made)) == text
    for edit in made.edits:
        assert text[edit.start : edit.end] == edit.before
    for block in made.blocks:
        assert "\n" not in block.text or block.kind in ("verse", "code")


def test_files_of_random_bytes_are_read_or_named(tmp_path: Path) -> None:
    """150 files: bytes at random, texts in other encodings with bytes changed, cut and put together."""
    chance = random.Random(11)
    (tmp_path / "raw").mkdir()
    text = "Ауыл іргесінде ҥлкен ӛзен ағады. Оның суы мӛлдір, балалар жазда шомылады.\n"
    for number in range(150):
        if number % 3 == 0:
            content = chance.randbytes(chance.randrange(400))
        else:
            content = bytearray((text * 3).encode(chance.choice(("utf-8", "kz1048", "utf-16", "ptcp154")), "replace"))
            for _ in range(chance.randrange(6)):
                content[chance.randrange(len(content))] = chance.randrange(256)
            content = content[chance.randrange(9) : len(content) - chance.randrange(9)]
        (tmp_path / "raw" / f"{number:03}.txt").write_bytes(bytes(content))
    summary = run(tmp_path / "raw", tmp_path / "clean", workers=1)
    assert len(summary.documents) + len(summary.failures) == 150
    assert len(summary.documents) > 50
    assert not [failure for failure in summary.failures if "please report" in failure.reason]
    assert verify(tmp_path / "clean").ok
