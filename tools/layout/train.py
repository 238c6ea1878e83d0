"""Learns the weights of the layout's signs from labelled pages.

    python tools/layout/train.py --write
    python tools/layout/train.py --folds 8 [--errors NAME]

`--write` makes `data/weights.tsv` anew, as it is shipped: from all documents that were labelled by reading and are not held out, as
they came and set on pages again in other ways, and from texts that code set on pages. The weights are the mean of several trainings
that differ in the order of their pages: since the score of a label is a sum of weights, the mean decides as the trainings do
together, and no accident of one of them is left. With `--folds` they are learnt from all documents but those of one fold, in turn,
and measured on those, so that no setting of a document that is measured was seen; `macro` is the mean over documents. Nothing but the
command says what comes out: the same texts give the same weights. Needs SciPy, the documents beside the repository (`../shared`) and
some minutes.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from again import set_again
from crf import train
from prepare import FURNITURE, Prepared, prepare
from printed import printed
from texts import ROOT, LabelledText, development_texts, documents, lessons, read_texts, source_of, training_texts

from kz_textkit.layout.signs import Column
from kz_textkit.layout.tagger import LABELS, Weights, pairs_of, parse_weights, tag

WEIGHTS = ROOT / "src" / "kz_textkit" / "layout" / "data" / "weights.tsv"
MADE = 600
"""Texts that code sets on pages for training."""
AGAIN = 4
"""How often each text that was labelled by reading is set on pages again."""
WRITTEN = 4
"""How often each document of `documents.txt` is."""
PRINTED = 1
"""How often LibreOffice sets each document of both, for every reader of PDF."""
LESSONS_AS, MADE_AS, PRINTED_AS = 10.0, 3.0, 2.0
"""How often lessons and outlines count, pages that code made, and those that programs printed, against other settings of documents."""
TRAININGS = 2
EPOCHS = 8
REAL = 18
"""How often a text that was labelled by reading counts, against one that code set."""
SEEN = 3
"""How often in a round of training it is seen: each time it counts the more."""
SMALLEST = 0.05
"""Weight below which a sign speaks for nothing."""
HEADER = """# What each sign of a line speaks for (above 0) or against; learnt from labelled pages by tools/layout/train.py.
# sign, line that it is seen on (0: the line itself, -1: the line before it), value, label, weight. `after`: label of the line before.
"""


class Features:
    """Numbers for signs with their values, on the line itself and on lines near it."""

    def __init__(self) -> None:
        self.numbers: dict[tuple[str, int, str], int] = {}
        self.tables: dict[tuple[str, int, tuple[str, ...]], np.ndarray] = {}

    def of(self, prepared: Prepared) -> np.ndarray:
        """The features of each line of a text: a row a line, -1 where the line that a sign is seen on is not there."""
        count = len(prepared.rows)
        found = []
        for name, offset in pairs_of(prepared.signs):
            column = prepared.signs[name]
            own = np.full(count, -1, np.int32)
            inside = slice(max(0, -offset), max(0, min(count, count - offset)))
            own[inside] = self._table(name, offset, column)[column.codes[max(0, offset) : max(0, count + min(0, offset))]]
            found.append(own)
        return np.stack(found, 1) if found else np.zeros((count, 0), np.int32)

    def _table(self, name: str, offset: int, column: Column) -> np.ndarray:
        key = (name, offset, column.values)
        if key not in self.tables:
            numbers = [self.numbers.setdefault((name, offset, value), len(self.numbers)) for value in column.values]
            self.tables[key] = np.array(numbers, np.int32)
        return self.tables[key]


def stretches(rows: np.ndarray, labels: Sequence[str]) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """The stretches of a text without doubtful lines, with the numbers of their labels."""
    at = {label: k for k, label in enumerate(LABELS)}
    begin = 0
    for i in [*[k for k, label in enumerate(labels) if label == "?"], len(labels)]:
        if i - begin > 1:
            yield rows[begin:i], np.array([at[label] for label in labels[begin:i]])
        begin = i + 1


def learn(read: Sequence[Prepared], made: Sequence[Prepared], *, epochs: int = EPOCHS, trainings: int = TRAININGS) -> list[str]:
    """Rows of the table of weights: the mean of so many trainings."""
    features = Features()
    own = [stretch for one in read for stretch in stretches(features.of(one), one.labels)]
    others = [(stretch, _counts_as(one.text)) for one in made for stretch in stretches(features.of(one), one.labels)]
    counts_as = [REAL / SEEN] * (len(own) * SEEN) + [count for _, count in others]
    sequences = [*own * SEEN, *(stretch for stretch, _ in others)]
    signs = [sign for sign, _ in pairs_of([*read, *made][0].signs)]
    once = partial(train, sequences, len(features.numbers), len(LABELS), epochs, signs=signs, importance=counts_as)
    if trainings == 1:
        models = [once(1)]
    else:
        with ProcessPoolExecutor(trainings) as pool:
            models = list(pool.map(once, range(1, trainings + 1)))
    weights = np.mean([model.of_features for model in models], axis=0)
    between = np.mean([model.of_neighbours for model in models], axis=0)
    rows = [
        f"{sign}\t{line}\t{value}\t{LABELS[k]}\t{weights[row, k]:.3f}"
        for (sign, line, value), row in features.numbers.items()
        for k in np.flatnonzero(np.abs(weights[row]) >= SMALLEST)
    ]
    rows += [f"after\t-1\t{a}\t{b}\t{between[j, k]:.3f}" for j, a in enumerate(LABELS) for k, b in enumerate(LABELS)]
    return sorted(rows)


def _counts_as(text: LabelledText) -> float:
    """How often a text that was not labelled by reading counts: there are few lessons, and many settings of documents."""
    if text.name.startswith(("outline_", "lesson")):
        return LESSONS_AS
    return PRINTED_AS if ".printed" in text.name else MADE_AS if "/" in text.name else 1.0


class Score:
    """Counts of what was found, should have been, and is both."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def add(self, prepared: Prepared, tags: Sequence[str]) -> None:
        gold = prepared.text.labels
        left = {row for row, tag_ in zip(prepared.rows, tags, strict=True) if tag_ != "furniture"}
        for row, label in enumerate(gold):
            if label in FURNITURE:
                self.counts["furniture"] += 1
                self.counts["furniture removed"] += row not in left
            elif label not in ("", "?") and row not in left:
                self.counts["text removed"] += 1
        seen: set[int] = set()
        for row, found in zip(prepared.rows, tags, strict=True):
            label = gold[row]
            if label == "?" or row in seen:
                continue
            seen.add(row)
            label = "furniture" if label in FURNITURE else label
            free = label in ("verse_cont", "code_cont") or (found in ("verse_cont", "code_cont") and label in ("verse", "code"))
            wanted = label != "furniture" and label != "" and not label.endswith("_cont")
            got = not found.endswith("_cont") and found != "furniture"
            if not free:
                self.counts["starts both"] += wanted and got
                self.counts["starts wanted"] += wanted
                self.counts["starts found"] += got
            self.counts["headings both"] += label == found == "heading"
            self.counts["headings wanted"] += label == "heading"
            self.counts["headings found"] += found == "heading"
            if wanted and got:
                self.counts["kinds right"] += label == found
                self.counts["kinds"] += 1
        for row, label in enumerate(gold):
            if row not in seen and label not in ("", "?", *FURNITURE) and not label.endswith("_cont"):
                self.counts["starts wanted"] += 1
                self.counts["headings wanted"] += label == "heading"

    def f(self, what: str) -> float:
        total = self.counts[f"{what} wanted"] + self.counts[f"{what} found"]
        return 2 * self.counts[f"{what} both"] / total if total else 1.0

    def row(self) -> str:
        c = self.counts
        p = c["headings both"] / c["headings found"] if c["headings found"] else 1
        r = c["headings both"] / c["headings wanted"] if c["headings wanted"] else 1
        fr = c["furniture removed"] / c["furniture"] if c["furniture"] else 1
        k = c["kinds right"] / c["kinds"] if c["kinds"] else 1
        headings = f"headings {self.f('headings'):.3f} (p {p:.3f} r {r:.3f}, {c['headings wanted']})"
        furniture = f"furniture {fr:.3f} ({c['furniture']}) lost {c['text removed']}"
        return f"starts {self.f('starts'):.3f}  {headings}  {furniture}  kinds {k:.3f}"


def labels_of(one: Prepared, weights: Weights) -> list[str]:
    """The labels that the weights give to the lines of a text."""
    return tag(one.signs, weights, apart=one.apart, together=one.together, known=one.known, alike=one.alike)


def measured(job: tuple[Sequence[Prepared], Sequence[Prepared], Sequence[Prepared]]) -> list[tuple[Prepared, list[str]]]:
    """Labels of the texts of a fold by weights that were learnt from the others."""
    read, made, testing = job
    weights = parse_weights(learn(read, made, trainings=1))
    return [(one, labels_of(one, weights)) for one in testing]


def cross_validate(
    read: Sequence[Prepared], again: Sequence[Prepared], made: Sequence[Prepared], other: Sequence[Prepared], folds: int, errors: str
) -> None:
    """Prints how each document fares with weights that were learnt without it, in any setting (`again`); `other` are made texts that
    are measured with the first fold."""
    sizes: Counter[str] = Counter()
    for one in read:
        sizes[source_of(one.text)] += len(one.rows)
    sources = [source for source, _ in sizes.most_common()]
    jobs = []
    for k in range(folds):
        out = set(sources[k::folds])
        inside = [one for one in read if source_of(one.text) not in out]
        outside = [one for one in read if source_of(one.text) in out]
        set_inside = [one for one in again if source_of(one.text) not in out]
        jobs.append((inside, [*made, *set_inside], [*outside, *(other if not k else ())]))
    of_texts: dict[str, Score] = defaultdict(Score)
    of_sources: dict[str, Score] = defaultdict(Score)
    of_made: dict[str, Score] = defaultdict(Score)
    everything = Score()
    with ProcessPoolExecutor(2) as pool:
        for results in pool.map(measured, jobs):
            for one, labels in results:
                is_made = "/" in one.text.name
                for score in (
                    (of_made[one.text.kind], of_made["ALL"])
                    if is_made
                    else (of_texts[one.text.name], of_sources[source_of(one.text)], everything)
                ):
                    score.add(one, labels)
                if errors and errors in one.text.name:
                    show(one, labels)
    for prefix, scores in (("", of_texts), ("made ", of_made)):
        for name, score in sorted(scores.items(), key=lambda item: item[1].f("starts")):
            print(f"{prefix + name:34.34} {score.row()}")
    print(f"{'labelled by reading':34} {everything.row()}")
    for name, scores in (("texts", of_texts), ("documents", of_sources)):
        means = [
            np.mean([score.f(what) for score in scores.values() if score.counts[f"{what} wanted"]]) for what in ("starts", "headings")
        ]
        print(f"macro over {name}: starts {means[0]:.3f}, headings {means[1]:.3f}")


def main() -> None:
    """Learns and writes, or measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, default=0, help="measure, in so many folds of documents")
    parser.add_argument("--errors", default="", help="print the wrong lines of texts whose name has this")
    parser.add_argument("--write", action="store_true", help="write the table of weights")
    arguments = parser.parse_args()
    labelled = read_texts()
    written = set_again(list(documents()), WRITTEN), set_again(list(lessons()), AGAIN // 2)
    sets = (
        labelled,
        [*set_again(labelled, AGAIN), *printed(labelled, PRINTED)],
        [*training_texts(MADE), *written[0], *written[1], *printed(list(documents()), PRINTED)],
        development_texts(MADE // 9) if arguments.folds else [],
    )
    with ProcessPoolExecutor(2) as pool:
        read, again, made, other = (list(pool.map(prepare, texts, chunksize=4)) for texts in sets)
    if arguments.folds:
        cross_validate(read, again, made, other, arguments.folds, arguments.errors)
    if arguments.write:
        rows = learn(read, [*made, *again])
        WEIGHTS.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
        print(len(rows), "weights")


def show(one: Prepared, tags: Sequence[str]) -> None:
    rows = one.text.text.split("\n")
    print("=====", one.text.name)
    for row, tag_ in zip(one.rows, tags, strict=True):
        gold = one.text.labels[row]
        if gold != tag_ and gold != "?":
            print(f"  {row:5} gold {gold:13} got {tag_:13} | {rows[row].strip()[:110]}")


if __name__ == "__main__":
    main()
