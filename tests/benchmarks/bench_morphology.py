"""How fast tokens get their lemma, part of speech and features, on one core.

    python tests/benchmarks/bench_morphology.py [FILE] [--rounds 5]

What a user would pick instead is no neighbour in one run: KazNLP is not on PyPI, and KazStem (`pip install kazstem`) comes without
its finite-state network. So the floor is measured beside it: spaCy's tokenizer for Kazakh alone, on the same text in the same run.
Two figures are printed for each, for they differ: on a text whose words it has never met, and on words that it knows, as in a large
corpus, where nearly every word has been met before. Each is the fastest of several rounds, in seconds of the processor; each round
has a new pipeline, and what the process has found out about strings of suffixes is forgotten before it.

Without a file the real text of the project is taken where it lies beside the repository, otherwise the documents of corpus/raw.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from spacy.language import Language

from kz_textkit.annotation.components import build_pipeline
from kz_textkit.morphology.morphotactics import tails
from kz_textkit.morphology.suffix_automaton import automaton
from kz_textkit.morphology.units.reading import endings
from kz_textkit.readers import read
from kz_textkit.repair import fix

ROOT = Path(__file__).resolve().parents[2]
#: What DESIGN.md §6 promises after start-up.
PROMISED = 100_000
CHARACTERS = 600
LOADING = "import time; start = time.perf_counter(); import kz_textkit; kz_textkit.load(); print(time.perf_counter() - start)"


def sample() -> str:
    """The text that is measured where none is named."""
    real = ROOT.parent / "shared" / "texts" / "000_7bb1e2f804af1cf3.txt"
    files = [real] if real.exists() else sorted((ROOT / "corpus" / "raw").glob("*.txt"))
    return "\n".join(read(file).text for file in files)


def paragraphs(text: str) -> list[str]:
    """Running text in pieces of the length of a paragraph."""
    pieces, piece = list[str](), ""
    for word in fix(text).split():
        piece = f"{piece} {word}".strip()
        if len(piece) > CHARACTERS:
            pieces.append(piece)
            piece = ""
    return [*pieces, piece]


def seconds(nlp: Language, texts: list[str]) -> tuple[float, int]:
    """Processor time for the texts, and the number of tokens in them."""
    start = time.process_time()
    tokens = sum(len(doc) for doc in nlp.pipe(texts))
    return time.process_time() - start, tokens


def fastest(make: Callable[[], Language], texts: list[str], rounds: int, *, known: bool) -> tuple[float, int]:
    """The fastest round; each with a new pipeline, that has met the words before if `known`."""
    best, tokens = float("inf"), 0
    for _ in range(rounds):
        nlp = make()
        for found_out in (tails, endings, automaton):
            found_out.cache_clear()
        if known:
            seconds(nlp, texts)
        taken, tokens = seconds(nlp, texts)
        best = min(best, taken)
    return best, tokens


def main() -> None:
    """Measures, and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    texts = paragraphs(read(arguments.file).text if arguments.file else sample())
    loading = min(float(subprocess.check_output([sys.executable, "-c", LOADING])) for _ in range(arguments.rounds))
    print(f"loading {loading:.2f} s")
    print(f"{'':34} {'tokens/s':>10} {'of the tokenizer':>17}")
    for known, met in ((False, "words never met"), (True, "words met before")):
        floor, tokens = fastest(lambda: build_pipeline(()), texts, arguments.rounds, known=known)
        taken, _ = fastest(lambda: build_pipeline(("kk_sentences", "kk_morphology")), texts, arguments.rounds, known=known)
        for name, time_taken in (("tokenizer alone", floor), ("to lemma", taken)):
            print(f"{f'{name}, {met}':34} {tokens / time_taken:10,.0f} {floor / time_taken:17.0%}")
    print(f"{tokens:,} tokens, {len(set(' '.join(texts).split())):,} different words")
    print(f"promised after start-up: {PROMISED:,} tokens/s; loading in 1.5 s")


if __name__ == "__main__":
    main()
