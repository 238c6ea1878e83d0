"""Categories that a linguist gives the lines of a concordance: written into a column of an exported table, and read back.

A line is known by its document and the id of its first token, and its match has to be the same: what a later run of the corpus moved is
named, and not given to another line.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from kz_textkit.errors import UsageError

__all__ = ["CATEGORY", "NONE", "hits_by_category", "read_categories", "with_categories"]

CATEGORY = "category"
KEY = ["document", "token_id"]
NONE = "(none)"
"""What stands for lines without a category."""


def read_categories(path: Path) -> pd.DataFrame:
    """The categories of a table that a concordance was exported to (.csv, .xlsx or .json): document, token_id, node and category.

    Raises `UsageError` where the file can't be read, or is no such table.
    """
    wanted = [*KEY, "node", CATEGORY]
    try:
        table = _read(path)
    except OSError as error:
        raise UsageError(f"{path} can't be read: {error.strerror or error}") from None
    except (ValueError, KeyError, TypeError, AttributeError, pd.errors.ParserError) as error:
        raise UsageError(f"{path} is no table of lines: {' '.join(str(error).split())[:120]}") from None
    for name in wanted:
        if name not in table.columns:
            raise UsageError(f"{path} has no column {name}: export the concordance with -o, and write into its column {CATEGORY}")
    table = table[wanted].fillna("").astype(str)
    return table[table[CATEGORY].str.strip() != ""].drop_duplicates(KEY, keep="last").reset_index(drop=True)


def with_categories(lines: pd.DataFrame, categories: pd.DataFrame) -> pd.DataFrame:
    """The lines of a concordance with a column category, empty where they have none; `result.attrs["moved"]` is how many categories are
    of a line that now has another match.

    >>> lines = pd.DataFrame({"document": ["d", "d"], "token_id": ["t1", "t2"], "node": ["билік", "билікке"]})
    >>> given = pd.DataFrame({"document": ["d", "d"], "token_id": ["t1", "t2"], "node": ["билік", "ел"], "category": ["а", "ә"]})
    >>> with_categories(lines, given)["category"].tolist(), with_categories(lines, given).attrs["moved"]
    (['а', ''], 1)
    """
    known = categories.set_index(KEY)[["node", CATEGORY]]
    found = lines.join(known.rename(columns={"node": "kz_node"}), on=KEY)
    same = found.pop("kz_node") == found["node"]
    moved = int((found[CATEGORY].notna() & ~same).sum())
    found[CATEGORY] = found[CATEGORY].where(same, "").fillna("").astype(object)
    found.attrs = {**lines.attrs, "moved": moved}
    return found


def hits_by_category(lines: pd.DataFrame) -> pd.DataFrame:
    """How often each category occurs: category, count and percent, the commonest first.

    >>> hits_by_category(pd.DataFrame({"category": ["а", "", "а", "ә"]})).values.tolist()
    [['а', 2, 50.0], ['(none)', 1, 25.0], ['ә', 1, 25.0]]
    """
    counts = lines[CATEGORY].replace("", NONE).value_counts(sort=False).rename("count").rename_axis(CATEGORY).reset_index()
    counts = counts.sort_values(["count", CATEGORY], ascending=[False, True], ignore_index=True)
    return counts.assign(percent=(counts["count"] * 100 / max(int(counts["count"].sum()), 1)).round(2))


def _read(path: Path) -> pd.DataFrame:
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        return pd.read_excel(path, dtype=str, engine="openpyxl")
    if suffix == ".json":
        return pd.read_json(path, dtype=False, convert_dates=False)
    if suffix != ".csv":
        raise UsageError(f"{path}: categories are read from a file that ends in .csv, .json or .xlsx")
    return pd.read_csv(path, dtype=str, sep=None, engine="python", encoding="utf-8-sig")
