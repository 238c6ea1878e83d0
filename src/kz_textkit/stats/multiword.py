"""Terms of several words: rows of words whose parts of speech make a term, ranked by C-value.

Kazakh puts what describes before what is described: a term of several words is a row of adjectives, nouns, names, numerals and
participles that ends in a noun (`саяси билік`, `құқық қорғау органы`, `билік бөлінісі`). Its words but the last stand as they are
written, nouns without an ending of case or in the genitive; what has another case (`билікті жүзеге асыру`) belongs to a verb. The last
one is inflected by its sentence, and is counted by its lemma.

Source of the measure: K. Frantzi, S. Ananiadou, H. Mima, *Automatic recognition of multi-word terms: the C-value/NC-value method*,
International Journal on Digital Libraries 3, 2000. A term that mostly stands inside longer ones is worth less.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from math import log2
from types import MappingProxyType

import numpy as np
import pandas as pd
import pyarrow as pa
import regex

from kz_textkit.errors import UsageError
from kz_textkit.stats.collation import alphabetical_key
from kz_textkit.stats.counting import Numbers, Tokens, as_relation, by_count
from kz_textkit.stats.sql import sql_list
from kz_textkit.stats.terms import FOLDED, IS_WORD, NO_CAPITALS, Spellings, query_over

__all__ = ["PATTERN", "TERM_COLUMNS", "c_values", "multiword_terms"]

PATTERN = "(ADJ|NOUN|PROPN|NUM)+ NOUN"
"""Parts of speech of a term, in the notation of regular expressions."""
TERM_COLUMNS = ("term", "words", "pattern", "count", "nested", "c_value", "documents", "forms")
LONGEST = 6
"""Words of the longest terms."""
UPOS = ("ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "SCONJ", "SYM", "VERB", "X")
LETTER = {name: chr(ord("A") + number) for number, name in enumerate(UPOS)}
"""A letter for each part of speech, so that a row of them is a word."""
OBLIQUE = ("Case=Acc", "Case=Dat", "Case=Loc", "Case=Abl", "Case=Ins")
"""Features that no noun inside of a term has."""
NOUNS = ("NOUN", "PROPN", "PRON")
BATCH = 200_000
"""Tokens that are held at once."""
FORMS_SHOWN = 4
COMMON = 0.15
"""Share of the occurrences of a term that a form has which it may be named by."""
PATTERN_SECONDS = 5.0
"""Time that a pattern of a user has for one row of words."""

Words = tuple[str, ...]
NO_LEMMAS: Mapping[Words, Words] = MappingProxyType({})


def multiword_terms(
    tokens: Tokens, *, pattern: str = PATTERN, longest: int = LONGEST, min_count: int = 2, shown: Spellings = NO_CAPITALS
) -> pd.DataFrame:
    """The terms of two words and more that occur `min_count` times, the highest C-value first.

    `tokens` have the columns doc_id, sentence_id, form, lemma, upos, feats and is_stop; stop words are in no term, and nothing is one
    across a sentence or a mark. `pattern` is a regular expression over names of parts of speech. The columns are term (the shortest way
    it is written among the common ones, which is mostly the nominative), words (how many), pattern (the commonest parts of speech),
    count, nested (occurrences inside longer terms), c_value, documents, and forms (how it is written, commonest first, with counts).

    Raises `UsageError` where the pattern is none, or takes too long.

    >>> rows = [("Саяси", "саяси", "ADJ"), ("биліктің", "билік", "NOUN"), ("саяси", "саяси", "ADJ"), ("билікке", "билік", "NOUN")]
    >>> tokens = pd.DataFrame(rows, columns=["form", "lemma", "upos"])
    >>> tokens = tokens.assign(doc_id="d", sentence_id=["1", "1", "2", "2"], feats="", is_stop=False)
    >>> multiword_terms(tokens)[["term", "count", "c_value"]].values.tolist()
    [['саяси билікке', 2, 2.0]]
    """
    compiled = _compiled(pattern)
    counts: Counter[Words] = Counter()
    patterns: dict[Words, Counter[str]] = defaultdict(Counter)
    forms: dict[Words, Counter[str]] = defaultdict(Counter)
    documents: dict[Words, set[str]] = defaultdict(set)
    lemmas: dict[Words, Words] = {}
    spans: dict[str, list[tuple[int, int]]] = {}
    for doc_id, run_forms, run_lemmas, run_upos, letters in _runs(tokens):
        if letters not in spans:
            spans[letters] = list(_matches(compiled, letters, longest, pattern))
        for start, end in spans[letters]:
            words = (*run_forms[start : end - 1], run_lemmas[end - 1] or run_forms[end - 1])
            counts[words] += 1
            lemmas.setdefault(words, tuple(run_lemmas[start:end]))
            patterns[words][" ".join(run_upos[start:end])] += 1
            forms[words][" ".join(run_forms[start:end])] += 1
            documents[words].add(doc_id)
    often = {words: count for words, count in counts.items() if count >= max(min_count, 1)}
    valued = c_values(often, lemmas)
    rows = [
        (
            _written(_shortest(forms[words]), shown),
            len(words),
            patterns[words].most_common(1)[0][0],
            count,
            valued[words][0],
            valued[words][1],
            len(documents[words]),
            _listed(forms[words], shown),
        )
        for words, count in often.items()
    ]
    return by_count(pd.DataFrame(rows, columns=list(TERM_COLUMNS)), "term", "c_value", "count")


def c_values(counts: Mapping[Words, int], lemmas: Mapping[Words, Words] = NO_LEMMAS) -> dict[Words, tuple[int, float]]:
    """Of each term, how often it stands inside longer ones, and its C-value. `lemmas` has the lemmas of terms of which only the last
    word is one: `саяси билік` stands inside `саяси биліктің бөлінісі`.

    C-value = log2 |a| f(a) for a term that stands in no longer one, else log2 |a| (f(a) - t(a) / c(a)), with |a| its words, f(a) its
    occurrences, t(a) those inside longer terms, each counted once, and c(a) how many different longer terms there are.

    >>> c_values({("саяси", "билік"): 9, ("саяси", "билік", "бөлінісі"): 4})
    {('саяси', 'билік', 'бөлінісі'): (0, 6.3399), ('саяси', 'билік'): (4, 5.0)}
    """
    inside: Counter[Words] = Counter()
    longer: Counter[Words] = Counter()
    values = {}
    for words in sorted(counts, key=len, reverse=True):
        count, nested, among = counts[words], inside[words], longer[words]
        worth = count - nested / among if among else float(count)
        values[words] = nested, round(log2(len(words)) * worth, 4)
        free = count - nested
        for part in _parts(words, lemmas.get(words, words)):
            if part in counts:
                inside[part] += free
                longer[part] += 1
    return values


def _parts(words: Words, lemmas: Words) -> set[Words]:
    """The rows of two words and more inside of one, each with a lemma for its last word."""
    n = len(words)
    return {(*words[i : j - 1], lemmas[j - 1] or words[j - 1]) for i in range(n) for j in range(i + 2, n + 1) if j - i < n}


def _compiled(pattern: str) -> regex.Pattern[str]:
    letters = regex.sub("[A-Z]+", lambda name: LETTER.get(name[0], f"({name[0]})"), pattern)
    unknown = [name for name in regex.findall("[A-Z]+", pattern) if name not in LETTER]
    if unknown or not pattern.strip():
        raise UsageError(f"{pattern} is no pattern of parts of speech: write one such as {PATTERN}, with names of {', '.join(UPOS)}")
    try:
        return regex.compile(letters.replace(" ", ""))
    except (regex.error, OverflowError, RecursionError) as error:
        raise UsageError(f"{pattern} is no regular expression: {error}") from None


def _matches(compiled: regex.Pattern[str], letters: str, longest: int, pattern: str) -> Iterable[tuple[int, int]]:
    """Where terms stand in a row of words: all of them, those inside others too. A small letter is a noun that only ends one."""
    capitals = letters.upper()
    try:
        for start in range(len(letters) - 1):
            for end in range(start + 2, min(start + longest, len(letters)) + 1):
                if letters[end - 2].islower():
                    break
                if compiled.fullmatch(capitals, start, end, timeout=PATTERN_SECONDS):
                    yield start, end
    except TimeoutError:
        raise UsageError(f"{pattern} takes too long: write it without repetitions in repetitions") from None


def _runs(tokens: Tokens) -> Iterable[tuple[str, list[str], list[str], list[str], str]]:
    """The rows of words without a mark, a stop word or the end of a sentence between them: document, forms, lemmas, parts of speech and
    the letters of these, small ones for nouns in an oblique case."""
    oblique = " OR ".join(f"contains(feats, '{feature}')" for feature in OBLIQUE)
    rows = query_over(
        as_relation(tokens),
        f"SELECT doc_id, sentence_id, {FOLDED} AS form, lemma, upos, {IS_WORD} AND NOT is_stop AS inside, "
        f"upos IN {sql_list(NOUNS)} AND ({oblique}) AS ends FROM kz_tokens",
    )
    rest: pa.Table | None = None
    # The second is what older versions of DuckDB call it.
    read = getattr(rows, "to_arrow_reader", None) or rows.fetch_arrow_reader
    for batch in read(BATCH):
        table = pa.Table.from_batches([batch])
        table = table if rest is None else pa.concat_tables([rest, table])
        starts, ends = _borders(table)
        # The last row of words may go on in the next batch.
        going_on = len(ends) > 0 and int(ends[-1]) == len(table)
        first = int(starts[-1]) if going_on else len(table)
        yield from _filled(table, starts[: len(starts) - going_on], ends[: len(ends) - going_on])
        rest = table.slice(first)
    if rest is not None and len(rest):
        yield from _filled(rest, *_borders(rest))


def _borders(rows: pa.Table) -> tuple[Numbers, Numbers]:
    """Where the rows of words begin and end."""
    inside = rows["inside"].to_numpy(zero_copy_only=False).astype(bool)
    same = np.ones(max(len(inside) - 1, 0), dtype=bool)
    for name in ("doc_id", "sentence_id"):
        codes = rows[name].combine_chunks().dictionary_encode().indices.to_numpy(zero_copy_only=False)
        same &= codes[1:] == codes[:-1]
    joined = np.append(False, inside[1:] & inside[:-1] & same)[: len(inside)]
    return np.flatnonzero(inside & ~joined), np.flatnonzero(inside & ~np.append(joined[1:], False)[: len(inside)]) + 1


def _filled(rows: pa.Table, starts: Numbers, ends: Numbers) -> Iterable[tuple[str, list[str], list[str], list[str], str]]:
    columns = [rows[name].to_pylist() for name in ("form", "lemma", "upos")]
    documents, oblique = rows["doc_id"].to_pylist(), rows["ends"].to_pylist()
    letters = [LETTER.get(tag, "?") for tag in columns[2]]
    letters = [letter.lower() if ends_term else letter for letter, ends_term in zip(letters, oblique, strict=True)]
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        if end - start > 1:
            forms, lemmas, upos = (column[start:end] for column in columns)
            yield documents[start], forms, lemmas, upos, "".join(letters[start:end])


def _shortest(forms: Counter[str]) -> str:
    """The shortest form among those that are no exceptions."""
    common = [form for form, count in forms.items() if count >= COMMON * forms.total()]
    return min(common or list(forms), key=lambda form: (len(form), -forms[form], form))


def _listed(forms: Counter[str], shown: Spellings) -> str:
    ordered = sorted(forms.items(), key=lambda item: (-item[1], alphabetical_key(item[0])))
    written = [f"{_written(form, shown)} {count}" for form, count in ordered[:FORMS_SHOWN]]
    return "; ".join(written) + (f"; +{len(ordered) - FORMS_SHOWN}" if len(ordered) > FORMS_SHOWN else "")


def _written(form: str, shown: Spellings) -> str:
    return " ".join(shown.get(word, word) for word in form.split())
