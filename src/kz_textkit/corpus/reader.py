"""Reading a corpus: its tables as DataFrames and relations, its statistics, its documents as spaCy Docs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kz_textkit.corpus.opened import OpenedCorpus
from kz_textkit.corpus.part import WHOLE, Part, stream_of_part, tokens_of_part
from kz_textkit.corpus.search import corpus_concordance, corpus_hit_frequencies
from kz_textkit.corpus.statistics import composition, corpus_keywords, corpus_vocabulary, keywords_by_lecture
from kz_textkit.corpus.usage import corpus_across, corpus_each_part, corpus_multiword, corpus_spread, corpus_trend
from kz_textkit.display.corpora import corpus_html
from kz_textkit.display.tables import ResultTable, as_result
from kz_textkit.stats.collocation import collocates, collocation_network
from kz_textkit.stats.counting import Filter
from kz_textkit.stats.frequency_list import frequency_list
from kz_textkit.stats.ngrams import ngrams
from kz_textkit.stats.sketches import word_sketch
from kz_textkit.stats.terms import By

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

__all__ = ["Corpus"]


class Corpus(OpenedCorpus):
    """A corpus on disk. Its tables are loaded when they are first asked for, and then kept.

    Every table is a DataFrame with the columns that `kz_textkit.corpus.schema` describes, in document order: `corpus.tokens`,
    `corpus.sentences`, `corpus.blocks`, `corpus.sections`, `corpus.documents`, `corpus.links`, `corpus.edits`, `corpus.gaps`,
    `corpus.places`.

    Its statistics are DataFrames too, which show themselves in a notebook, with `.plot()` for the picture that belongs to each:

        corpus.keywords("11"), corpus.collocates("билік", stop_words=False).plot(), corpus.concordance("билік", sort="1R")

    What is asked of a part takes the name of one: a document, a section (`дәріс:3`), a kind of block, a condition on the metadata, or a
    saved subcorpus. What lists words takes `upos` (a part of speech, or several), `stop_words=False`, and `matching` (a regular
    expression). Terms are lemmas where there are any, unless `by` says otherwise.

    Raises `CorpusError` where `path` is no corpus, or one of another format version.
    """

    def _repr_html_(self) -> str:
        return corpus_html(self.path.name, self.documents)

    def frequencies(self, *, by: By | None = None, part: Part | str = WHOLE, **options: Any) -> ResultTable:
        """The terms of the corpus, or of a part of it, the commonest first: what `frequencies.csv` has.

        They are lemmas with their part of speech, or in a corpus that was not analysed forms, unless `by` says otherwise. See
        `kz_textkit.stats.terms` for what is counted, and `kz_textkit.stats.frequency_list` for the columns.
        """
        way: By = by or ("lemma_upos" if self.tables.has_lemmas else "form")
        chosen, options = self.part(part), _with_filter(options)
        table = frequency_list(stream_of_part(self.tables, chosen), by=way, shown=self.spellings, **options)
        return as_result(table, "frequencies", self._about(chosen))

    def keywords(self, part: Part | str = WHOLE, against: Part | str | None = None, **options: Any) -> ResultTable:
        """The keywords of a part against the rest or another part; without a part, those of every lecture against the others.

            corpus.keywords("дәріс:11"), corpus.keywords(Part(where="year >= 1991"), Part(where="year < 1991"))

        A name in place of a part is a document, section, kind of block or condition. `options` are those of
        `kz_textkit.corpus.statistics.corpus_keywords` and `keywords_by_lecture`; terms are lemmas where there are any.
        """
        options = self._with_terms(options)
        chosen = self.part(part)
        if not chosen:
            return as_result(keywords_by_lecture(self, **options), "keywords", "each part against the rest")
        table = corpus_keywords(self, chosen, against=None if against is None else self.part(against), **options)
        sides = ((table.attrs["part"], table.attrs["size"]), (table.attrs["against"], table.attrs["against_size"]))
        return as_result(table, "keywords", ", against ".join(f"{name} ({size:,} words)" for name, size in sides))

    def collocates(self, node: str, part: Part | str = WHOLE, **options: Any) -> ResultTable:
        """What stands near a word more often than chance would have it; see `kz_textkit.stats.collocation.collocates`."""
        chosen = self.part(part)
        options = self._with_terms(options)
        table = collocates(stream_of_part(self.tables, chosen), node, shown=self.shown(options["by"]), **options)
        return as_result(table, "collocates", self._about(chosen))

    def sketch(self, word: str, part: Part | str = WHOLE, **options: Any) -> ResultTable:
        """What stands in which grammatical relation to a word; see `kz_textkit.stats.sketches.word_sketch`.

        Raises `UsageError` where the corpus was made without syntax.
        """
        chosen = self.part(part)
        rows = tokens_of_part(self.tables, chosen, counted=False)
        placed = rows.project("*, row_number() OVER (PARTITION BY doc_id, sentence_id ORDER BY token_id) AS place")
        return as_result(word_sketch(self.tables.counted(placed), word, **options), "sketch", self._about(chosen))

    def network(self, *nodes: str, part: Part | str = WHOLE, **options: Any) -> ResultTable:
        """The collocates of words, and the collocates of these; see `kz_textkit.stats.collocation.collocation_network`."""
        chosen = self.part(part)
        options = self._with_terms(options)
        table = collocation_network(stream_of_part(self.tables, chosen), nodes, shown=self.shown(options["by"]), **options)
        return as_result(table, "network", self._about(chosen))

    def ngrams(self, part: Part | str = WHOLE, **options: Any) -> ResultTable:
        """Sequences of words that recur; see `kz_textkit.stats.ngrams.ngrams`."""
        chosen = self.part(part)
        options = self._with_terms(options)
        table = ngrams(stream_of_part(self.tables, chosen), shown=self.shown(options["by"]), **options)
        return as_result(table, "ngrams", self._about(chosen))

    def terms(self, part: Part | str = WHOLE, **options: Any) -> ResultTable:
        """Terms of several words, by C-value; see `kz_textkit.stats.multiword.multiword_terms`."""
        chosen = self.part(part)
        return as_result(corpus_multiword(self, chosen, **options), "terms", self._about(chosen))

    def each(self, part: Part | str = WHOLE, **options: Any) -> ResultTable:
        """The commonest terms of each part: lectures, or what `parts` says; with `alone=True` those that no other part has.

            corpus.each(upos="NOUN", top=10), corpus.each(alone=True, stop_words=False)

        See `kz_textkit.corpus.usage.corpus_each_part`.
        """
        chosen = self.part(part)
        return as_result(corpus_each_part(self, chosen, **self._with_terms(options)), "each", self._about(chosen))

    def across(self, part: Part | str = WHOLE, **options: Any) -> ResultTable:
        """How often the commonest terms occur in each part, a column each; see `kz_textkit.corpus.usage.corpus_across`."""
        chosen = self.part(part)
        table, titles = corpus_across(self, chosen, **self._with_terms(options))
        bare = [title.partition(". ")[2] for title in titles.values()]
        names = titles if len(set(bare)) < len(bare) else dict(zip(titles, bare, strict=True))
        return as_result(table.rename(columns=names), "across", self._about(chosen))

    def dispersion(self, *terms: str, part: Part | str = WHOLE, **options: Any) -> ResultTable:
        """Where terms stand, part by part; see `kz_textkit.corpus.usage.corpus_spread`. Its plot has a line for each occurrence."""
        chosen = self.part(part)
        options.setdefault("by", self.default_terms)
        table = corpus_spread(self, terms, chosen, **options)
        even = "; ".join(f"{term}: DP {value:.2f}" for term, value in table.attrs["dp"].items())
        return as_result(table, "dispersion", "; ".join(filter(None, (self._about(chosen), even))))

    def trend(self, *terms: str, part: Part | str = WHOLE, over: str = "year", **options: Any) -> ResultTable:
        """How often terms are used from year to year, with the test of Mann and Kendall; see `kz_textkit.corpus.usage.corpus_trend`."""
        chosen = self.part(part)
        options.setdefault("by", self.default_terms)
        return as_result(corpus_trend(self, terms, chosen, over=over, **options), "trend", self._about(chosen))

    def vocabulary(self, part: Part | str = WHOLE, **options: Any) -> ResultTable:
        """How rich the vocabulary is, or how it grows; see `kz_textkit.corpus.statistics.corpus_vocabulary`."""
        chosen = self.part(part)
        options.setdefault("by", self.default_terms)
        table = corpus_vocabulary(self, chosen, **options)
        return as_result(table, str(options.get("view", "summary")), self._about(chosen))

    def composition(self, *columns: str, part: Part | str = WHOLE) -> ResultTable:
        """What the corpus is made of, by columns of its metadata; see `kz_textkit.corpus.statistics.composition`."""
        chosen = self.part(part)
        table = composition(self, columns or ("doc_id",), chosen, by=self.default_terms)
        return as_result(table, "composition", self._about(chosen))

    def concordance(self, query: str, *, part: Part | str = WHOLE, contents: bool = False, **options: Any) -> ResultTable:
        """The matches of a query in CQL in their context, with the places to cite them by.

            corpus.concordance('[lemma="билік"] []{0,2} [upos="VERB"] within s', sort="1R", limit=50)

        See `stats.cql.query` for the language, and `stats.cql.concordance` for the options and the columns.
        Tables of contents are searched with `contents` alone. The tables are not loaded: memory does not grow with the corpus.
        """
        chosen = self.part(part)
        table = corpus_concordance(self.path, query, part=chosen, contents=contents, **options)
        return as_result(table, "concordance", self._about(chosen))

    def hit_frequencies(self, query: str, *, by: str = "form", part: Part | str = WHOLE, contents: bool = False) -> ResultTable:
        """How the matches of a query are spread over forms, lemmas, documents, lectures or sections.

        See `kz_textkit.stats.cql.concordance.hit_frequencies`.
        """
        chosen = self.part(part)
        return as_result(corpus_hit_frequencies(self.path, query, by=by, part=chosen, contents=contents), "hits", self._about(chosen))

    def docs(self, vocab: Vocab) -> Iterator[Doc]:
        """The documents as spaCy Docs, one after the other, with words, spaces, sentences, lemmas, parts of speech and features.

        `doc.spans["sections"]` and `doc.spans["blocks"]` hold the sections and blocks, labelled with their kind and with their ids
        as `span.id_`; `doc.user_data["doc_id"]` says which document it is. Each block begins a sentence and is followed by a space.
        """
        from kz_textkit.corpus.docs import docs_of  # spaCy takes a second to load, and nothing else here needs it.

        return docs_of(self, vocab)

    def _about(self, part: Part) -> str:
        return self.name_of(part) if part else ""

    def _with_terms(self, options: dict[str, Any]) -> dict[str, Any]:
        return {"by": self.default_terms, **_with_filter(options)}


def _with_filter(options: dict[str, Any]) -> dict[str, Any]:
    """Options with a filter of words, where they say which ones are to be listed."""
    if not {"upos", "stop_words", "matching"} & set(options):
        return options
    options = dict(options)
    upos = options.pop("upos", ())
    tags = (upos,) if isinstance(upos, str) else tuple(upos)
    words = Filter(tags, options.pop("stop_words", True), options.pop("matching", None))
    return {**options, "words": words}
