"""The tables of a corpus as DuckDB relations: read from their files as they are used, in document order, in bounded memory."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cached_property
from pathlib import Path

import duckdb

from kz_textkit.corpus.manifest import Manifest
from kz_textkit.corpus.parts import check_columns
from kz_textkit.corpus.token_stream import CountedTokens
from kz_textkit.errors import CorpusError
from kz_textkit.stats.counting import connect
from kz_textkit.stats.terms import Spellings, counted_tokens, shown_spellings

__all__ = ["Relations", "languages_of", "table_files"]

LANGUAGES = ("kk",)
"""Languages whose words are counted, where the settings of a corpus don't say."""


def table_files(folder: Path, table: str, manifest: Manifest | None = None) -> list[str]:
    """The files of a table in document order: those that the manifest names, or without one all that are there.

    Raises `CorpusError` where there are none, or they are not what the table should be.
    """
    paths = (
        sorted((folder / table).glob("part-*.parquet")) if manifest is None else [folder / name for name in manifest.files_of(table)]
    )
    if not paths:
        raise CorpusError(f"{folder / table} is damaged: it has no files")
    for path in paths:
        check_columns(path, table)
    return [str(path) for path in paths]


def languages_of(manifest: Manifest | None) -> tuple[str, ...]:
    """The languages whose words are counted in a corpus."""
    chosen = manifest.settings.get("count_languages", LANGUAGES) if manifest else LANGUAGES
    return tuple(chosen) if isinstance(chosen, list | tuple) else LANGUAGES


class Relations:
    """The tables of the corpus in a folder.

    Its files are those that the manifest names, or without one all that are there, or of each table the one that `name_of` names;
    `languages` are those whose words are counted.
    """

    def __init__(
        self,
        folder: Path,
        *,
        manifest: Manifest | None = None,
        languages: Collection[str] | None = None,
        connection: duckdb.DuckDBPyConnection | None = None,
        name_of: Callable[[str], str] | None = None,
    ) -> None:
        self.folder, self.manifest, self._name_of = folder, manifest, name_of
        self.languages = languages_of(manifest) if languages is None else tuple(languages)
        if connection is not None:
            self.connection = connection

    @cached_property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The connection that the relations live on; what does not fit in memory goes into a temporary folder."""
        return connect()

    def files(self, name: str) -> list[str]:
        """The files of a table in document order.

        Raises `CorpusError` where there are none.
        """
        if self._name_of is not None:
            return [str(self.folder / self._name_of(name))]
        return table_files(self.folder, name, self.manifest)

    def table(self, name: str) -> duckdb.DuckDBPyRelation:
        """A whole table.

        Raises `CorpusError` where its files are missing or damaged.
        """
        files = self.files(name)
        try:
            return self.connection.read_parquet(files, union_by_name=name == "documents")
        except duckdb.Error as error:
            raise CorpusError(f"{self.folder / name} is damaged: {str(error).splitlines()[0]}") from error

    def counted(self, tokens: duckdb.DuckDBPyRelation | None = None, *, asked: Collection[str] = ()) -> duckdb.DuckDBPyRelation:
        """The tokens, or those given, whose words are counted (`kz_textkit.stats.terms.counted_tokens`)."""
        rows = self.table("tokens") if tokens is None else tokens
        return counted_tokens(rows, self.table("blocks"), self.table("sections"), languages=self.languages, asked=asked)

    @cached_property
    def spellings(self) -> Spellings:
        """How forms are shown that the whole corpus capitalises (`kz_textkit.stats.terms.shown_spellings`)."""
        return shown_spellings(CountedTokens(self, self.counted))

    @cached_property
    def has_lemmas(self) -> bool:
        """Whether its words were analysed."""
        return bool(self.table("tokens").filter("lemma != ''").limit(1).fetchall())
