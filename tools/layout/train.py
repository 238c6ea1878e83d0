"""Learns the weights of the layout's signs from labelled pages.

    python tools/layout/train.py [--folds 5] [--write]

With `--folds` the weights are learnt from all documents but those of one fold, in turn, and measured on those: no setting of a document
that is measured was seen. `--write` learns from all training and development documents and writes `data/weights.tsv`. Needs SciPy.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from crf import Model, train
from prepare import FURNITURE, Prepared, prepare
from texts import ROOT, development_texts, read_texts, source_of, training_texts

from kz_textkit.layout.tagger import LABELS, OFFSETS, parse_weights, tag

WEIGHTS = ROOT / "src" / "kz_textkit" / "layout" / "data" / "weights.tsv"


def features(prepared: Prepared) -> list[list[str]]:
    """The signs of each line and of those around it, by name."""
    count = len(prepared.rows)
    found: list[list[str]] = [[] for _ in range(count)]
    for offset, names in OFFSETS.items():
        for name in prepared.signs if names is None else names:
            column = prepared.signs.get(name)
            if column is None:
                continue
            named = [f"{name}\t{offset}\t{value}" for value in column.values]
            codes = column.codes.tolist()
            for i in range(max(0, -offset), min(count, count - offset)):
                found[i].append(named[codes[i + offset]])
    return found


def pieces(prepared: Prepared, size: int = 400) -> Iterable[tuple[list[list[str]], list[str]]]:
    """Stretches without doubtful lines."""
    all_features = features(prepared)
    begin = 0
    for i in [*[k for k, label in enumerate(prepared.labels) if label == "?"], len(prepared.labels)]:
        if i - begin > 1:
            yield all_features[begin:i], prepared.labels[begin:i]
        begin = i + 1


def learn(prepared: Sequence[Prepared], *, epochs: int, start: Sequence[str] = ()) -> list[str]:
    """Rows of the table of weights; `start` are the rows to begin from."""
    at = {label: k for k, label in enumerate(LABELS)}
    sequences = [(rows, [at[label] for label in labels]) for one in prepared for rows, labels in pieces(one)]
    begin = None
    if start:
        old = parse_weights(start)
        named = {
            f"{sign}\t{line}\t{value}": scores for (sign, line), values in old.of_signs.items() for value, scores in values.items()
        }
        begin = Model({name: k for k, name in enumerate(named)}, np.array(list(named.values())), np.maximum(old.of_neighbours, -20))
    model = train(sequences, len(LABELS), epochs=epochs, start=begin)
    rows = [
        f"{name}\t{LABELS[k]}\t{model.of_features[row, k]:.3f}"
        for name, row in model.features.items()
        for k in np.flatnonzero(np.abs(model.of_features[row]) >= SMALLEST)
    ]
    rows += [f"after\t-1\t{a}\t{b}\t{model.of_neighbours[at[a], at[b]]:.3f}" for a in LABELS for b in LABELS]
    return sorted(rows)


SMALLEST = 0.05
"""Weight below which a sign speaks for nothing."""


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


def fold(arguments: tuple[list[Prepared], list[Prepared], int]) -> list[tuple[Prepared, list[str]]]:
    training, testing, epochs = arguments
    weights = parse_weights(learn(training, epochs=epochs))
    return [(one, tag(one.signs, weights, apart=one.apart, known=one.known)) for one in testing]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--go-on", action="store_true", help="begin from the weights that are there")
    parser.add_argument("--errors", default="")
    parser.add_argument("--made", type=int, default=300)
    parser.add_argument("--first", type=int, default=0)
    arguments = parser.parse_args()
    read, made, others = read_texts(), training_texts(arguments.made), development_texts(arguments.made // 6)
    with ProcessPoolExecutor(2) as pool:
        prepared = list(pool.map(prepare, [*read, *made, *others], chunksize=4))
    real, made_ready, other = prepared[: len(read)], prepared[len(read) : len(read) + len(made)], prepared[len(read) + len(made) :]
    if arguments.folds:
        sizes = Counter(source for text in read for source in [source_of(text)] * len(text.labels))
        sources = [source for source, _ in sizes.most_common()]
        jobs = []
        for k in range(arguments.folds):
            out = set(sources[k :: arguments.folds])
            inside = [one for one in real if source_of(one.text) not in out]
            outside = [one for one in real if source_of(one.text) in out]
            jobs.append(([*inside * REAL, *made_ready], [*outside, *(other if not k else ())], arguments.epochs))
        per: dict[str, Score] = defaultdict(Score)
        everything = Score()
        made_scores: dict[str, Score] = defaultdict(Score)
        with ProcessPoolExecutor(2) as pool:
            for results in pool.map(fold, jobs[: arguments.first or None]):
                for one, tags in results:
                    is_made = "/" in one.text.name
                    (made_scores[one.text.kind] if is_made else per[one.text.name]).add(one, tags)
                    if not is_made:
                        everything.add(one, tags)
                    else:
                        made_scores["ALL"].add(one, tags)
                    if arguments.errors and arguments.errors in one.text.name:
                        show(one, tags)
        for name, score in sorted(per.items(), key=lambda item: item[1].f("starts")):
            print(f"{name[:34]:34} {score.row()}")
        for name, score in sorted(made_scores.items(), key=lambda item: item[1].f("starts")):
            print(f"made {name[:29]:29} {score.row()}")
        print(f"{'REAL':34} {everything.row()}")
        macro = [
            np.mean([score.f(what) for score in per.values() if score.counts[f"{what} wanted"]]) for what in ("starts", "headings")
        ]
        print(f"macro: starts {macro[0]:.3f} headings {macro[1]:.3f}")
    if arguments.write:
        start = WEIGHTS.read_text(encoding="utf-8").split("\n") if arguments.go_on else ()
        rows = learn([*real * REAL * (2 if arguments.go_on else 1), *made_ready], epochs=arguments.epochs, start=start)
        WEIGHTS.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
        print(len(rows), "weights")


REAL = 4
"""How often a text that was labelled by reading counts, against one that code set."""
HEADER = """# What each sign of a line speaks for (above 0) or against; learnt from labelled pages by tools/layout/train.py.
# sign, line that it is seen on (0: the line itself, -1: the line before it), value, label, weight. `after`: label of the line before.
"""


def show(one: Prepared, tags: Sequence[str]) -> None:
    rows = one.text.text.split("\n")
    print("=====", one.text.name)
    for _k, (row, tag_) in enumerate(zip(one.rows, tags, strict=True)):
        gold = one.text.labels[row]
        if gold != tag_ and gold != "?":
            print(f"  {row:5} gold {gold:13} got {tag_:13} | {rows[row].strip()[:110]}")


if __name__ == "__main__":
    main()
