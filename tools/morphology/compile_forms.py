"""Compiles `data/forms.npz`, the readings of common word forms (`form_table`), from the data sets beside the repository.

    python tools/morphology/compile_forms.py ../shared/data

To be run after every change of the dictionary, the suffix tables, the analyser, `ktb_forms.tsv` or the hashes of `WordTypes`. The
forms are those of the word lists and texts that the dictionary is from (UNILEX, KazNERD, UD_Kazakh-KTB), with a capital where they are
frequent, and inflected forms of the lemmas that are frequent there: the readings are always the analyser's. The file is under
CC BY-SA 4.0, the licence of the treebank, whose readings are among them; forms whose readings owe anything to the spelling dictionary,
which is under another licence, are left to the live analyser.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kz_textkit.morphology.analyzer import MorphAnalyzer
from kz_textkit.morphology.candidate import Reading
from kz_textkit.morphology.form_table import FILE, MILLION
from kz_textkit.morphology.readings import Readings, load_memory
from kz_textkit.morphology.word_types import KIND_ROWS, LEMMA_ROW, STANDING_ROWS, TAG_ROWS, WordTypes
from paths import MORPHOLOGY

TARGET = MORPHOLOGY / FILE
LONGEST = 40
"""Longer forms are addresses and the like, and won't come again."""
CAPITALS = 4_000
"""So many of the frequent forms are there with a capital too, as they stand at the beginning of a sentence."""
LEMMAS = {"NOUN": 2_500, "VERB": 900, "ADJ": 300}
"""So many of the frequent lemmas have their forms generated."""
CELLS = {"NOUN": 26, "VERB": 45, "ADJ": 12}
"""The commonest cells of a paradigm, that are generated."""


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as lines:
        yield from (line.rstrip("\n") for line in lines)


def counted_forms(data: Path) -> Counter[str]:
    """The forms of the sources with their counts."""
    counts: Counter[str] = Counter()
    for line in _lines(data / "unilex" / "kk.txt"):
        form, _, count = line.partition("\t")
        if count.isdecimal():
            counts[form] += max(1, int(count) // 10)
    counts.update(line.split()[0] for line in _lines(data / "kaznerd" / "IOB2_valid.txt") if line.strip())
    for line in _lines(data / "ktb" / "kk_ktb-dev.conllu"):
        columns = line.split("\t")
        if len(columns) == 10:
            counts[columns[1]] += 1
    return Counter({form: count for form, count in counts.items() if len(form) <= LONGEST and form and not form.isspace()})


def generated_forms(analyzer: MorphAnalyzer, counts: Counter[str]) -> list[str]:
    """Forms of frequent lemmas in the cells that are filled most often, the most frequent lemmas first."""
    lemmas: defaultdict[str, Counter[str]] = defaultdict(Counter)
    cells: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for form, count in sorted(counts.items()):
        best = analyzer.parse(form)[0]
        if best.upos in LEMMAS and best.known and not best.words and best.unit == "dictionary":
            lemmas[best.upos][best.lemma] += count
            cells[best.upos][best.feats] += 1
    found: dict[str, None] = {}
    for upos, most in LEMMAS.items():
        wanted = {feats for feats, _ in _most_common(cells[upos], CELLS[upos])}
        for lemma, _ in _most_common(lemmas[upos], most):
            found.update(dict.fromkeys(form for form, _, feats in analyzer.paradigm(lemma, upos) if feats in wanted))
    return list(found)


def _most_common(counts: Counter[str], most: int) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]


def forms_of(data: Path, analyzer: MorphAnalyzer) -> list[str]:
    """The forms of the table, in order."""
    counts = counted_forms(data)
    capitals = [form[:1].upper() + form[1:] for form, _ in _most_common(counts, CAPITALS) if form.islower()]
    return sorted({*counts, *capitals, *generated_forms(analyzer, counts)})


def without_dictionary(forms: Sequence[str], analyzer: MorphAnalyzer) -> list[str]:
    """Those of `forms` that have the same readings, with the same shares, where there is no spelling dictionary."""
    bare = MorphAnalyzer(without=("hunspell",))
    return [form for form in forms if bare.parse(form) == analyzer.parse(form)]


def _numbered(values: Iterable[Any]) -> tuple[list[Any], list[int]]:
    numbers: dict[Any, int] = {}
    places = [numbers.setdefault(value, len(numbers)) for value in values]
    return list(numbers), places


def _coded(rows: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], npt.NDArray[np.uint16]]:
    """The different columns of an array, and which of them stands where."""
    distinct, places = np.unique(rows, axis=1, return_inverse=True)
    if distinct.shape[1] > 2**16:
        raise ValueError("more different columns than the format of the table allows")
    return distinct, places.reshape(-1).astype(np.uint16)


def _shares(readings: Sequence[Reading]) -> npt.NDArray[np.uint32]:
    exact = np.exp([reading.score for reading in readings]) * MILLION
    return np.round(exact).astype(np.uint32)


def pack(types: WordTypes, forms: Sequence[str]) -> bytes:
    """The table of these forms as a file; `types` is new, and has no table itself."""
    numbers = [types.id_of(form) for form in forms]
    spans = [types.span(number) for number in numbers]
    places = [place for first, count in spans for place in range(first, first + count)]
    readings = [types.readings[place] for place in places]
    features, of_types = types.features()[:, places], types.types()[:, numbers]
    lemmas, lemma = _numbered(reading.lemma for reading in readings)
    tags, tag = _numbered(reading[1:4] for reading in readings)
    units, unit = _numbered(reading.unit for reading in readings)
    text = {"forms": forms, "lemmas": lemmas, "tags": ["\t".join(parts) for parts in tags], "units": units}
    kind_rows, kinds = _coded(of_types[KIND_ROWS])
    standing_rows, standing = _coded(features[STANDING_ROWS])
    lemma_hashes, tag_rows = np.zeros(len(lemmas), dtype=np.uint32), np.zeros((len(TAG_ROWS), len(tags)), dtype=np.uint32)
    lemma_hashes[lemma] = features[LEMMA_ROW]
    tag_rows[:, tag] = features[TAG_ROWS]
    best = [max(range(count), key=lambda i, first=first: types.readings[first + i].score) for first, count in spans]  # type: ignore[misc]
    arrays: dict[str, Any] = {name: np.frombuffer("\n".join(lines).encode(), dtype=np.uint8) for name, lines in text.items()}
    out = BytesIO()
    np.savez_compressed(
        out,
        **arrays,
        count=np.array([count for _, count in spans], dtype=np.uint8),
        best=np.array(best, dtype=np.uint8),
        kinds=kinds,
        kind_rows=kind_rows,
        lemma=np.array(lemma, dtype=np.uint32),
        tag=np.array(tag, dtype=np.uint16),
        unit=np.array(unit, dtype=np.uint8),
        share=_shares(readings),
        standing=standing,
        lemma_hashes=lemma_hashes,
        tag_rows=tag_rows,
        standing_rows=standing_rows,
    )
    return out.getvalue()


def main() -> None:
    """Writes the table."""
    analyzer = MorphAnalyzer()
    forms = without_dictionary(forms_of(Path(sys.argv[1]), analyzer), analyzer)
    content = pack(WordTypes(Readings(analyzer, load_memory())), forms)
    TARGET.write_bytes(content)
    print(f"{TARGET.name}: {len(forms):,} forms, {len(content):,} bytes")


if __name__ == "__main__":
    main()
