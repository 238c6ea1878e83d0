"""A document raw beside clean: nothing is left out, each edit says why, decisions show at once and the next run keeps them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from starlette.testclient import TestClient

import kz_textkit as kz
from kz_textkit.alignment import Edit
from kz_textkit.cleaning.corrections import read_corrections
from kz_textkit.errors import InputError
from kz_textkit.workbench.decisions import source_file, text_changes
from kz_textkit.workbench.images import PageImages
from kz_textkit.workbench.sheet import BlockRow, Row, Sheet, edit_key, sheet_of

LETTERS = "su_zhane_dala"


def sheet(folder: Path, doc_id: str = LETTERS) -> Sheet:
    return sheet_of(kz.Corpus(folder / "clean"), doc_id)


def first_edit(folder: Path, rule: str = "legacy_letter", doc_id: str = LETTERS) -> Edit:
    return next(e for e in sheet(folder, doc_id).edits if e.rule == rule and e.applied)


def corrections(folder: Path) -> list[tuple[str, str, str]]:
    return [(one.action, one.before, one.value) for one in read_corrections(folder / "raw" / "corrections.jsonl").corrections]


def test_the_rows_give_both_texts_back_to_the_letter(made: Path) -> None:
    corpus = kz.Corpus(made / "clean")
    for entry in corpus.manifest.documents:
        found = sheet_of(corpus, entry.doc_id)
        blocks = [row for row in found.rows if row.block is not None]
        assert [row.block.block_id for row in blocks] == corpus.rows("blocks", entry.doc_id)["block_id"].to_pylist()
        for row in blocks:
            pieces = list(row.pieces())
            assert "".join(piece.clean for piece in pieces) == row.block.text
            if not row.inside_another:
                assert "".join(piece.raw for piece in pieces) == found.raw_text[row.raw_start : row.raw_end]
        assert {edit_key(e) for row in found.rows for e in row.edits} == {edit_key(e) for e in found.edits if e.applied}


def test_suggestions_stand_in_the_text_and_beside_it_where_edits_are_in_the_way() -> None:
    block = BlockRow("s1", "b1", "paragraph", "Біздің калалық кеңес", "kk", 0, 21, None)
    inside = Edit(7, 14, "калалық", "қалалық", "missing_letter", applied=False, score=0.9)
    across = Edit(14, 17, "  к", " қ", "missing_letter", applied=False, score=0.9)
    row = Row("b1", block, (Edit(14, 16, "  ", " ", "spacing"),), (inside, across))
    found = [(piece.kind, piece.raw, piece.clean) for piece in row.pieces()]
    assert found == [
        ("plain", "Біздің ", "Біздің "),
        ("suggestion", "калалық", "калалық"),
        ("edit", "  ", " "),
        ("aside", "", ""),
        ("plain", "кеңес", "кеңес"),
    ]


def test_the_page_shows_outline_raw_clean_and_what_changed(client: TestClient, made: Path) -> None:
    page = client.get(f"/documents/{LETTERS}", headers={"accept-language": "en"}).text
    e = first_edit(made)
    assert f'data-edit="{edit_key(e)}"' in page
    assert "Letters of misbuilt fonts" in page
    for section in kz.Corpus(made / "clean").sections.query(f"doc_id == '{LETTERS}'")["title"]:
        assert section in page


def test_the_rest_of_a_document_comes_in_parts(client: TestClient, made: Path) -> None:
    rows = sheet(made).rows
    seen = re.findall(r'id="r-([^"]+)"', client.get(f"/documents/{LETTERS}").text)
    while len(seen) < len(rows):
        part = client.get(f"/documents/{LETTERS}/rows", params={"from": len(seen)}).text
        seen += re.findall(r'id="r-([^"]+)"', part)
    assert seen == [row.row_id for row in rows]


def test_an_edit_says_what_why_and_by_which_evidence(client: TestClient, made: Path) -> None:
    e = first_edit(made)
    panel = client.get(f"/documents/{LETTERS}/edit", params={"at": edit_key(e)}, headers={"accept-language": "en"}).text
    assert f"<del>{e.before}</del>" in panel and f"<ins>{e.after}</ins>" in panel
    assert "legacy_letter" in panel and "in the dictionary" in panel and "not in the dictionary" in panel
    whole = client.get(f"/documents/{LETTERS}", params={"edit": edit_key(e)}).text
    assert f"<del>{e.before}</del>" in whole


def test_a_decision_shows_at_once_is_logged_and_can_be_taken_back(post: Callable[..., Any], changing: TestClient, own: Path) -> None:
    e = first_edit(own)
    form = {"at": edit_key(e), "action": "reject"}
    answer = post(f"/documents/{LETTERS}/decide", data=form)
    assert answer.status_code == 200 and "rejected" in answer.text
    assert corrections(own) == [("reject", e.before, "")]
    log = changing.get("/decisions", headers={"accept-language": "en"}).text
    assert "rejected" in log and "su_zhane_dala.txt" in log
    assert changing.get("/decisions/export").text.count("\n") == 1
    post(f"/documents/{LETTERS}/decide", data={**form, "action": "undo"})
    assert corrections(own) == []


def test_for_htmx_the_answer_is_the_panel_and_the_row(changing: TestClient, own: Path) -> None:
    e = first_edit(own)
    answer = changing.post(
        f"/documents/{LETTERS}/decide",
        data={"at": edit_key(e), "action": "reject"},
        headers={"origin": "http://127.0.0.1:8765", "hx-request": "true"},
    ).text
    assert "<html" not in answer and 'hx-swap-oob="true"' in answer and 'class="panel"' in answer


def test_the_next_run_keeps_what_was_decided(post: Callable[..., Any], own: Path) -> None:
    e = first_edit(own)
    found = sheet(own)
    heading = next(row.block for row in found.rows if row.block is not None and row.block.kind == "heading")
    paragraph = next(row.block for row in found.rows if row.block is not None and row.block.kind == "paragraph")
    where = f"/documents/{LETTERS}/decide"
    post(where, data={"at": edit_key(e), "action": "reject"})
    post(where, data={"block": heading.block_id, "action": "title", "value": "Жаңа атау"})
    post(where, data={"block": paragraph.block_id, "action": "kind", "value": "note"})
    post(where, data={"block": paragraph.block_id, "action": "text", "value": paragraph.text.replace("су", "мұз", 1)})
    post(where, data={"action": "title", "value": "Судың кітабы"})
    post(where, data={"block": heading.block_id, "action": "kind", "value": "жоқ"})
    assert len(corrections(own)) >= 5
    kz.run(own / "raw", own / "clean", workers=1)
    corpus = kz.Corpus(own / "clean")
    blocks = corpus.blocks[corpus.blocks["doc_id"] == LETTERS].set_index("block_id")
    assert blocks.loc[paragraph.block_id, "kind"] == "note"
    assert "Жаңа атау" in corpus.sections["title"].tolist()
    assert "Судың кітабы" in corpus.documents["title"].tolist()
    assert edit_key(e) not in {edit_key(one) for one in sheet(own).edits}
    assert kz.verify(own / "clean").ok


def test_all_alike_are_listed_before_they_are_decided_on(post: Callable[..., Any], changing: TestClient, own: Path) -> None:
    e = first_edit(own)
    alike = [one for one in sheet(own).edits if one[2:6] == e[2:6]]
    page = changing.get(f"/documents/{LETTERS}/alike", params={"at": edit_key(e)}).text
    keys = re.findall(rf'name="edit" value="({LETTERS}/[^"]+)"', page)
    assert len(keys) == len(alike) > 2
    assert changing.get(f"/documents/{LETTERS}/alike", params={"at": edit_key(e), "scope": "corpus"}).status_code == 200
    post("/decisions/many", data={"action": "reject", "edit": keys[:-1]})
    assert corrections(own) == [("reject", e.before, "")] * (len(alike) - 1)
    assert post("/decisions/many", data={"action": "reject"}).status_code == 400


@pytest.mark.parametrize(
    ("raw", "edits", "new", "changes"),
    [
        ("Жаңа үй салынды", (), "Жаңа үйлер салынды", [(5, 7, "үйлер")]),
        ("Жаңа үй салынды", (), "Жаңа салынды", [(5, 8, "")]),
        ("кӛп ел бар", (Edit(1, 2, "ӛ", "ө", "legacy_letter"),), "көптеген ел бар", [(0, 3, "көптеген")]),
        ("сал-\nынды үй", (Edit(3, 5, "-\n", "", "hyphen_join"),), "соғылды үй", [(0, 9, "соғылды")]),
    ],
)
def test_a_text_that_is_written_anew_changes_words_alone(
    raw: str, edits: tuple[Edit, ...], new: str, changes: list[tuple[int, int, str]]
) -> None:
    clean, at = "", 0
    for e in edits:
        clean += raw[at : e.start] + e.after
        at = e.end
    block = BlockRow("s1", "b1", "paragraph", clean + raw[at:], "kk", 0, len(raw), None)
    assert text_changes(Row("b1", block, edits), new) == changes


def test_an_empty_line_cuts_a_block(post: Callable[..., Any], own: Path) -> None:
    paragraph = next(row.block for row in sheet(own).rows if row.block is not None and len(row.block.text.split()) > 8)
    words = paragraph.text.split()
    post(
        f"/documents/{LETTERS}/decide",
        data={"block": paragraph.block_id, "action": "text", "value": f"{' '.join(words[:4])}\n\n{' '.join(words[4:])}"},
    )
    assert [action for action, _, _ in corrections(own)] == ["split"]
    kz.run(own / "raw", own / "clean", workers=1)
    texts = [row.block.text for row in sheet(own).rows if row.block is not None]
    assert " ".join(words[:4]) in texts and " ".join(words[4:]) in texts


def test_a_lemma_is_corrected(post: Callable[..., Any], own: Path) -> None:
    found = sheet(own)
    row = next(row for row in found.rows if row.block is not None and row.block.kind == "paragraph")
    token = next(t for t in found.tokens_of(row.row_id) if t["upos"] == "NOUN")
    post(
        f"/documents/{LETTERS}/decide",
        data={"block": row.row_id, "action": "lemma", "token": token["token_id"], "value": "басқалемма", "upos": "PROPN"},
    )
    kz.run(own / "raw", own / "clean", workers=1)
    tokens = kz.Corpus(own / "clean").tokens.query(f"doc_id == '{LETTERS}' and token_id == '{token['token_id']}'")
    assert tokens[["lemma", "upos"]].values.tolist() == [["басқалемма", "PROPN"]]


def test_the_page_of_a_pdf_is_shown_with_the_place_boxed(client: TestClient, made: Path) -> None:
    offset = sheet(made, "alma_bagy").rows[3].raw_start
    figure = client.get("/documents/alma_bagy/page", params={"offset": offset}).text
    assert "<image" in figure and "<rect" in figure
    picture = client.get("/documents/alma_bagy/pages/1.png")
    assert picture.headers["content-type"] == "image/png" and picture.content.startswith(b"\x89PNG")
    assert client.get("/documents/alma_bagy/pages/999.png").status_code == 400
    assert client.get(f"/documents/{LETTERS}/pages/1.png").status_code == 404


def test_hostile_text_is_shown_and_does_nothing(client: TestClient) -> None:
    page = client.get("/documents/қатер").text
    assert "<script>alert" not in page and "<img src=x" not in page and "<svg onload" not in page
    assert "\u202e" not in page and '<span class="sign">202E</span>' in page
    for path in ("block?at=b000001", "rows?from=0"):
        assert "<script>alert" not in client.get(f"/documents/қатер/{path}").text


def test_what_is_not_there_is_said_so(client: TestClient) -> None:
    assert client.get("/documents/жоқ").status_code == 404
    for path in ("edit?at=1-2-spacing", "block?at=b999999", "alike?at=x", "page?offset=x", "rows?from=-1"):
        assert client.get(f"/documents/{LETTERS}/{path}").status_code in (200, 400), path


def test_files_outside_the_folder_of_texts_are_out_of_reach(tmp_path: Path) -> None:
    folder = tmp_path / "raw"
    folder.mkdir()
    (tmp_path / "құпия.pdf").write_text("құпия")
    (folder / "link.pdf").symlink_to(tmp_path / "құпия.pdf")
    (folder / "a.pdf").write_text("ашық")
    assert source_file(folder, "corpus/raw/a.pdf") == folder / "a.pdf"
    for source in ("../құпия.pdf", str(tmp_path / "құпия.pdf"), "link.pdf", "x\0y", "жоқ.pdf"):
        assert source_file(folder, source) is None


def test_a_scan_is_shown_in_the_lengths_that_its_places_have(tmp_path: Path) -> None:
    scan = tmp_path / "бет.png"
    Image.new("RGB", (620, 877), "white").save(scan, dpi=(150, 150))
    images = PageImages()
    try:
        page = images.page(scan, 1)
        assert page.png.startswith(b"\x89PNG") and (round(page.width), round(page.height)) == (298, 421)
        with pytest.raises(InputError):
            images.page(scan, 2)
    finally:
        images.close()
