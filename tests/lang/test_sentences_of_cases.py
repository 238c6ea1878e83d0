"""Points that do and do not end a sentence."""

from __future__ import annotations

import pytest

from kz_textkit.annotation.components import build_pipeline

NLP = build_pipeline(("kk_sentences",))


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Бақта гүл көп (раушан, қызғалдақ т.б.) екен. Тек су жоқ.", 2),
        ("Ғалым осылай жазды [15, 28-б.]. Дәл осындай ой басқада да бар.", 2),
        ("Жеміс көп, мыс. алма мен өрік, мөлш. 5 кг.", 1),
        ("Ол Абай көш. 5 үйде тұрады. Мен көршімін.", 2),
        ("Б. з. д. V ғасырда қала салынды.", 1),
        ("Қазан мыс. Ол өте ескі.", 2),
        ("(Бұл 1995 ж. болды.) Содан бері көп жыл өтті.", 2),
    ],
)
def test_points(text: str, sentences: int) -> None:
    assert len(list(NLP(text).sents)) == sentences
