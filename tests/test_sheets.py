"""The rows that are put into a sheet of Excel are those that XlsxWriter would have written."""

from pathlib import Path
from zipfile import ZipFile

from xlsxwriter import Workbook

from kz_textkit.tables import write_xlsx

ROWS = [
    (1, "сөз", 'a&b<c>"қ"', 2.5, True),
    (2, " бас", "_x0041_", 1e17, False),
    (3, "ақ\tбоз", "тау\nтас", -0.1, "=1+1"),
    (4, "https://қазақ.kz", "{=а}", 1 / 3, "12"),
]
COLUMNS = ["rank", "term", "left", "share", "note"]


def theirs(path: Path) -> None:
    with Workbook(path, {"constant_memory": True}) as book:
        bold, right = book.add_format({"bold": True}), book.add_format({"align": "right"})
        sheet = book.add_worksheet("kz-textkit")
        sheet.set_column(2, 2, 10, right)
        for j, name in enumerate(COLUMNS):
            sheet.write_string(0, j, name, bold)
        for i, row in enumerate(ROWS, 1):
            for j, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(i, j, value)
                elif isinstance(value, bool):
                    sheet.write_boolean(i, j, value)
                else:
                    sheet.write_number(i, j, value)


def data_of(path: Path) -> str:
    return ZipFile(path).read("xl/worksheets/sheet1.xml").decode().partition("<sheetData>")[2].partition("</sheetData>")[0]


def test_rows_are_those_that_xlsxwriter_writes(tmp_path: Path) -> None:
    theirs(tmp_path / "theirs.xlsx")
    write_xlsx(tmp_path / "ours.xlsx", COLUMNS, ROWS)
    assert data_of(tmp_path / "ours.xlsx") == data_of(tmp_path / "theirs.xlsx")


def test_what_xml_has_no_place_for_and_what_is_missing(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "a.xlsx", ["term", "count"], [("ә\x01", None), (None, float("nan"))])
    assert data_of(tmp_path / "a.xlsx").endswith('<t>ә\ufffd</t></is></c></row><row r="3"></row>')
