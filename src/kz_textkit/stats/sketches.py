"""Word sketches: what stands in which grammatical relation to a word, and how strongly.

A. Kilgarriff and others, *The Sketch Engine* (EURALEX 2004). A triple is a word, a relation and another word; a word that depends on
another as `obj` makes one, seen from both sides. Nouns that depend as `obl` or `nmod` are told apart by their case (`obl Dat`), for in
Kazakh that is what says more. The score is logDice of triples (P. Rychlý, *A lexicographer-friendly association score*, 2008):
14 + log2(2 f(w, R, c) / (f(w, R, *) + f(*, R, c))).
"""

from __future__ import annotations

import pandas as pd

from kz_textkit.errors import UsageError
from kz_textkit.stats.association import log_dice
from kz_textkit.stats.counting import Tokens, as_relation

__all__ = ["SKETCH_COLUMNS", "word_sketch"]

SKETCH_COLUMNS = ["relation", "collocate_is", "meaning", "collocate", "upos", "together", "collocate_count", "log_dice"]

LEFT_OUT = ("root", "punct", "dep", "cc", "fixed")
"""Relations that say nothing of the company that a word keeps."""

MEANINGS: dict[tuple[str, str], str] = {
    ("nsubj", "head"): "what it does or is, as subject",
    ("nsubj", "dependent"): "its subjects",
    ("obj", "head"): "what is done to it",
    ("obj", "dependent"): "its objects",
    ("obl", "head"): "what happens with, in or to it",
    ("obl", "dependent"): "nouns in this case beside it",
    ("amod", "head"): "nouns that it describes",
    ("amod", "dependent"): "what it is like",
    ("nmod:poss", "head"): "what belongs to it",
    ("nmod:poss", "dependent"): "what it belongs to",
    ("nmod", "head"): "nouns that it goes with",
    ("nmod", "dependent"): "nouns that go with it",
    ("acl:relcl", "head"): "nouns that its participle describes",
    ("acl:relcl", "dependent"): "participles that describe it",
    ("advmod", "head"): "verbs that it says more of",
    ("advmod", "dependent"): "how",
    ("advcl", "head"): "verbs that follow its converb",
    ("advcl", "dependent"): "converbs before it",
    ("conj", "head"): "words that it is joined to",
    ("conj", "dependent"): "words that are joined to it",
    ("compound", "head"): "compounds with it as first part",
    ("compound", "dependent"): "first parts of its compounds",
    ("aux", "head"): "verbs that it helps",
    ("aux", "dependent"): "its auxiliary verbs",
    ("case", "head"): "words that it follows",
    ("case", "dependent"): "its postpositions",
    ("det", "dependent"): "its determiners",
    ("nummod", "dependent"): "its numbers",
}
"""What a relation means, seen from a word whose collocate is its head or its dependent."""

_TRIPLES = """
WITH arcs AS (
    SELECT
        CASE WHEN d.deprel IN ('obl', 'nmod') AND regexp_matches(d.feats, '(^|\\|)Case=')
            THEN d.deprel || ' ' || regexp_extract(d.feats, '(^|\\|)Case=([A-Za-z]+)', 2) ELSE d.deprel END AS relation,
        d.lemma AS dependent, d.upos AS dependent_upos, h.lemma AS head, h.upos AS head_upos
    FROM tokens d JOIN tokens h ON d.doc_id = h.doc_id AND d.sentence_id = h.sentence_id AND d.head = h.place
    WHERE d.head > 0 AND d.deprel NOT IN ({left_out}) AND d.form <> '' AND h.form <> ''
        AND d.upos <> 'PUNCT' AND h.upos <> 'PUNCT' AND d.lemma <> '' AND h.lemma <> ''
),
sides AS (
    SELECT relation, 'head' AS collocate_is, lower(dependent) AS word, dependent_upos AS word_upos, head AS collocate, head_upos AS upos
    FROM arcs
    UNION ALL
    SELECT relation, 'dependent', lower(head), head_upos, dependent, dependent_upos FROM arcs
),
counted AS (
    SELECT relation, collocate_is, word, word_upos, collocate, upos, count(*) AS together FROM sides GROUP BY ALL
),
chosen AS (SELECT * FROM counted WHERE word = $word AND ($upos = '' OR word_upos = $upos)),
own AS (SELECT relation, collocate_is, sum(together) AS word_count FROM chosen GROUP BY ALL),
others AS (SELECT relation, collocate_is, collocate, upos, sum(together) AS collocate_count FROM counted GROUP BY ALL),
found AS (
    SELECT relation, collocate_is, collocate, upos, sum(together) AS together FROM chosen GROUP BY ALL
)
SELECT relation, collocate_is, collocate, upos, together::BIGINT AS together, word_count::BIGINT AS word_count,
    collocate_count::BIGINT AS collocate_count
FROM found JOIN own USING (relation, collocate_is) JOIN others USING (relation, collocate_is, collocate, upos)
"""


def word_sketch(tokens: Tokens, word: str, *, upos: str = "", relation: str = "", min_count: int = 2, top: int = 10) -> pd.DataFrame:
    """The sketch of a lemma: of each relation the `top` collocates (0: all), the strongest first; the commonest relations first.

    `tokens` have the columns doc_id, sentence_id, place (in the sentence, from 1), form, lemma, upos, feats, head and deprel;
    collocates are lemmas that stand in a relation to the word `min_count` times or more. With `upos` only the word as this part of
    speech is looked at, with `relation` one relation (`obj`, or `obl` for all cases). The columns are relation, collocate_is (`head`
    or `dependent`), meaning (of the relation, seen from the word), collocate, upos, together, collocate_count (in this relation) and
    log_dice. No rows where the word does not occur.

    Raises `UsageError` where the tokens have no syntax.

    >>> rows = [(1, "кітап", "NOUN", 2, "obj"), (2, "оқы", "VERB", 0, "root")]
    >>> tokens = pd.DataFrame(rows, columns=["place", "lemma", "upos", "head", "deprel"])
    >>> tokens = tokens.assign(doc_id="d", sentence_id="n", feats="", form=tokens["lemma"])
    >>> word_sketch(tokens, "кітап", min_count=1)[["relation", "collocate_is", "collocate", "together"]].values.tolist()
    [['obj', 'head', 'оқы', 1]]
    """
    relation_of = as_relation(tokens)
    if not relation_of.filter("head IS NOT NULL").limit(1).fetchall():
        raise UsageError("there is no syntax in it: make the corpus again with `kz-textkit run --syntax`")
    query = _TRIPLES.format(left_out=", ".join(f"'{name}'" for name in LEFT_OUT))
    query = query.replace("$word", _quoted(word.lower())).replace("$upos", _quoted(upos))
    result = relation_of.query("tokens", query)
    assert result is not None
    table = result.df()
    if relation:
        table = table[(table["relation"] == relation) | table["relation"].str.startswith(f"{relation} ")]
    table = table.assign(
        meaning=[
            MEANINGS.get((name.partition(" ")[0], side), "")
            for name, side in zip(table["relation"], table["collocate_is"], strict=True)
        ],
        log_dice=log_dice(table["together"], table["word_count"], table["collocate_count"], 1),
    )
    table = table[table["together"] >= min_count].sort_values(
        ["word_count", "relation", "collocate_is", "log_dice", "together", "collocate"],
        ascending=[False, True, True, False, False, True],
    )
    if top:
        table = table.groupby(["relation", "collocate_is"], sort=False).head(top)
    found: pd.DataFrame = table[SKETCH_COLUMNS].reset_index(drop=True)
    return found


def _meaning(relation: str, collocate_is: str) -> str:
    return MEANINGS.get((relation.partition(" ")[0], collocate_is), "")


def _quoted(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
