"""Values and names in SQL: quoted, so that whatever stands in them is no SQL."""

from __future__ import annotations

from collections.abc import Collection

__all__ = ["sql_list", "sql_name", "sql_string"]


def sql_string(value: str) -> str:
    """`value` as string of SQL. A NUL, which ends a statement for older versions of DuckDB and which no word has, becomes U+FFFF, which
    none has either.

    >>> sql_string("Д'Артаньян")
    "'Д''Артаньян'"
    """
    return "'" + value.replace("'", "''").replace("\0", "\uffff") + "'"


def sql_list(values: Collection[str]) -> str:
    """What stands after IN; a list of nothing has a value that no column has.

    >>> sql_list(["kk", "ru"])
    "('kk', 'ru')"
    """
    return f"({', '.join(map(sql_string, values)) or 'NULL'})"


def sql_name(name: str) -> str:
    """`name` as the name of a column.

    >>> sql_name("шыққан жылы")
    '"шыққан жылы"'
    """
    return '"' + name.replace('"', '""') + '"'
