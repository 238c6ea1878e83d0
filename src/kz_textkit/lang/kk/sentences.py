"""The sentence splitter `kk_sentences`: where a point, a question mark or an ellipsis ends a sentence, and where it does not.

Facts: Kazakh orthography marks direct speech with quotation marks or dashes and goes on in lower case after it (`«Кел!» – деді ол.`),
writes list numbers with a point, and knows three kinds of abbreviations (tables in `tokenizer_exceptions.py`). Only tokens that can end
a sentence are looked at, so the cost is that of finding them.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

from spacy.attrs import ORTH, SENT_START, SHAPE
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.strings import StringStore
from spacy.tokens import Doc
from spacy.training import Example

from .lex_attrs import word_shape
from .own_abbreviations import OwnAbbreviation
from .tokenizer_exceptions import ABBREVIATIONS_BEFORE, ABBREVIATIONS_CLOSING

# Words that begin with a capital only at the start of a sentence: no name, so the point before them ends one.
_openers = """
Ол Олар Оның Оған Оны Онда Одан Онымен Олардың Оларға Оларды Олай Бұл Бұлар Бұның Бұған Бұны Бұдан Бұларға Мұның Мұны Мұнда Мұндай
Мұнымен Осы Осының Осыған Осыны Осыдан Осымен Осындай Осылай Осылайша Сол Соның Соған Соны Содан Сондай Солай Сонда Сонымен Сондықтан
Сондай-ақ Сонымен-ақ Сонан Соңғы Сөйтіп Біз Біздің Бізге Бізді Біздіңше Мен Менің Маған Мені
Менімен Меніңше Сен Сенің Сіз Сіздің Сіздер Өзі Өзінің
Бірақ Алайда Дегенмен Және Өйткені Себебі Яғни Егер Егерде Ендеше Әйткенмен Демек Мысалы Тағы Тек Ал Әрине Әсіресе Негізінен
Қазір Қазіргі Енді Кейін Кейіннен Бүгін Бүгінде Барлық Кейбір Көптеген Әр Әрбір Біраз Міне Біріншіден Екіншіден Үшіншіден
Кім Не Неге Қалай Қандай Қашан Қайда
"""
OPENERS = frozenset(_openers.split())

# Labels of headings and captions; the point after them goes on to the title: `1-бап. Негізгі ұғымдар`.
HEADING_LABELS = (
    "тарау|бөлім|бөлімше|бап|тармақ|параграф|дәріс|лекция|тақырып|сабақ|апта|модуль|кесте|сурет|қосымша|мысал|есеп|"
    "тапсырма|жаттығу|сұрақ"
)

# Measures are written without a point, so the point after them ends the sentence.
MEASURES = frozenset(["км", "м", "см", "мм", "кг", "г", "мг", "л", "мл", "га", "т", "ц", "тг", "кВт", "МВт", "Гц"])

# What a token can be to the splitter, found by its shape (`Token.shape_`, in which runs longer than four are cut to four).
_TERMINAL, _ABBREVIATION, _PARAGRAPH, _OPEN_BRACKET, _CLOSE_BRACKET = range(1, 6)
_SHAPES = {
    _TERMINAL: [".", "!", "?", "…", "。", "⁉", "‼", "...", "...."],
    _ABBREVIATION: [
        *("x" * n + "." for n in range(1, 5)),
        *("X" + "x" * n + "." for n in range(1, 5)),
        *(first + ".x" * n + "." for first in "xX" for n in range(1, 6)),
        *("d" * n + "-" + x + "." for n in range(1, 5) for x in ("x", "xx")),
    ],
    _PARAGRAPH: ["\n\n", "\n\n\n", "\n\n\n\n", "\n\r\n", "\r\n\r\n", "\n \n", "\n\n ", " \n\n", "\f", "\n\f", "\f\n"],
    _OPEN_BRACKET: ["(", "["],
    _CLOSE_BRACKET: [")", "]"],
}
_KIND_OF_SHAPE: dict[str, int] = {shape: kind for kind, shapes in _SHAPES.items() for shape in shapes}
_KINDS: dict[int, int] = {StringStore()[shape]: kind for shape, kind in _KIND_OF_SHAPE.items()}

_PLACES = {orth: "closing" for orth, _ in ABBREVIATIONS_CLOSING} | {orth: "before" for orth, _ in ABBREVIATIONS_BEFORE}

_TERMINALS = frozenset([*_SHAPES[_TERMINAL], *("." * n for n in range(5, 10))])
_ALWAYS_CLOSE = frozenset("»)]›")
_CLOSING_BRACKETS = frozenset(")]")
_CLOSE_ATTACHED = frozenset("»)]›\"”“’'")
_LEADING = frozenset("«\"“”„‟‚‘'([—–-―−•*")
_SPEECH_DASHES = frozenset("—–-―−")
_GO_ON = frozenset([",", ";", ":"])
_NUMBER_SIGNS = frozenset("№§")

_number = r"(?:\d+(?:[.:]\d+)*|[IVXLC]+)"
_label = re.compile(
    rf"{_number}|[^\W\d_]|\d+(?:\.\d+)*-(?:{HEADING_LABELS})|(?:{_number} )?(?i:{HEADING_LABELS})(?: {_number})?"
).fullmatch
_no_vowel = re.compile(r"[бвгғджзйкқлмнңпрстфхһцчшщ]{1,4}").fullmatch


class KazakhSentences:
    """Sets `Token.is_sent_start` by rules; every Doc's last token ends a sentence, so headings need no point."""

    def __init__(self, name: str = "kk_sentences", *, overwrite: bool = True, abbreviations: Iterable[OwnAbbreviation] = ()) -> None:
        self.name = name
        self.overwrite = overwrite
        self.own = places_of(abbreviations)
        self._own_forms = [form for own in abbreviations for form in own.forms]

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with sentence starts set; a Doc that has them is left alone unless `overwrite`."""
        if len(doc) and (self.overwrite or not doc.has_annotation("SENT_START")):
            shapes = doc.to_array(SHAPE)
            starts = shapes.astype("int64")
            starts[:] = -1
            starts[0] = 1
            kinds = list(map(_KINDS.get, shapes.tolist()))
            if self._own_forms:
                forms = {doc.vocab.strings.add(form) for form in self._own_forms}
                orths = doc.to_array(ORTH).tolist()
                kinds = [_ABBREVIATION if orth in forms else kind for orth, kind in zip(orths, kinds, strict=True)]
            marks = [(i, kind) for i, kind in enumerate(kinds) if kind]
            for start in sentence_starts(_Forms(doc), _Spaces(doc), marks, self.own):
                starts[start] = 1
            doc.from_array([SENT_START], starts.reshape(-1, 1).astype("uint64"))
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 1000) -> Iterator[Doc]:
        """The Docs of a stream, one by one."""
        return map(self, stream)

    def score(self, examples: Iterable[Example], **kwargs: Any) -> dict[str, Any]:
        """Precision, recall and F1 of sentence spans (`sents_p`, `sents_r`, `sents_f`), as spaCy's own splitter scores them."""
        scores: dict[str, Any] = Scorer.score_spans(
            examples, "sents", has_annotation=lambda doc: doc.has_annotation("SENT_START"), **kwargs
        )
        scores.pop("sents_per_type", None)
        return scores

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Nothing: the rules are code, the settings are in the config."""
        return b""

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "KazakhSentences":
        """This component, unchanged."""
        return self

    def to_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> None:
        """Writes nothing."""

    def from_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> "KazakhSentences":
        """This component, unchanged."""
        return self


@Language.factory(  # type: ignore[untyped-decorator]
    "kk_sentences",
    assigns=["token.is_sent_start", "doc.sents"],
    default_config={"overwrite": True, "abbreviations": []},
    default_score_weights={"sents_f": 1.0},
)
def make_kk_sentences(nlp: Language, name: str, overwrite: bool, abbreviations: list[list[str]]) -> KazakhSentences:
    """The factory behind `nlp.add_pipe("kk_sentences")`; `abbreviations` are rows of a user's table (`own_abbreviations`)."""
    return KazakhSentences(name, overwrite=overwrite, abbreviations=[OwnAbbreviation(*row) for row in abbreviations])


def places_of(abbreviations: Iterable[OwnAbbreviation]) -> dict[str, str]:
    """The places of a user's abbreviations, in small letters, for `sentence_starts`."""
    return {form.lower(): own.place for own in abbreviations for form in own.forms}


class _Of(Protocol):
    """What tokens are asked for by their place: their forms, or whether a space follows them."""

    def __len__(self) -> int: ...
    def __getitem__(self, i: int, /) -> Any: ...


class _Forms:
    """The forms of the tokens of a Doc, made when they are asked for, for few are."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc

    def __len__(self) -> int:
        return len(self._doc)

    def __getitem__(self, i: int) -> str:
        return str(self._doc[i].text)


class _Spaces(_Forms):
    """Whether a space follows the tokens of a Doc."""

    def __getitem__(self, i: int) -> str:
        return str(self._doc[i].whitespace_)


def mark_kind(form: str, own_forms: Container[str] = ()) -> int:
    """What a token can be to the splitter, for `sentence_starts`; 0 for what can end no sentence. `own_forms` are abbreviations of a
    user.

    >>> [bool(mark_kind(form)) for form in (".", "б.з.д.", "(", "дала", "12")]
    [True, True, True, False, False]
    """
    if form.isalnum():
        return 0
    return _ABBREVIATION if form in own_forms else _KIND_OF_SHAPE.get(word_shape(form), 0)


def sentence_starts(
    forms: _Of, spaces: _Of, marks: Iterable[tuple[int, int]], own: Mapping[str, str] = MappingProxyType({})
) -> Iterator[int]:
    """Indices of the tokens that begin the second and later sentences.

    `forms` and `spaces` have the form of each token and whether a space follows it; `marks`, in order, the index and kind
    (`mark_kind`) of each token that has one; `own` the places of a user's abbreviations (`places_of`).

    >>> import spacy
    >>> doc = spacy.blank("kk")("«Кел!» – деді ол. Біз т.б. қалаларды 1995 ж. Алматыда көрдік. Ал сен?")
    >>> forms = [token.text for token in doc]
    >>> marks = [(i, mark_kind(form)) for i, form in enumerate(forms) if mark_kind(form)]
    >>> [forms[i] for i in sentence_starts(forms, [bool(token.whitespace_) for token in doc], marks)]
    ['Біз', 'Ал']
    """
    begin, bracket, done = 0, -1, 0
    for i, kind in marks:
        if i < done:
            continue
        if kind == _OPEN_BRACKET:
            bracket = i if bracket < begin else bracket
        elif kind == _CLOSE_BRACKET:
            bracket = -1
        else:
            start = _after_mark(forms, spaces, i)
            done = start
            in_bracket = bracket > begin and kind != _PARAGRAPH
            if in_bracket and any(forms[j] in _CLOSING_BRACKETS for j in range(i + 1, start)):
                # `… т.б.) екен. Тек …`: the bracket closes with the mark, and a point after it is one of its own: `[12, 34-б.].`
                bracket = -1
                if forms[start - 1] in _TERMINALS:
                    i, kind, in_bracket = start - 1, _TERMINAL, False
            if start < len(forms) and _ends_sentence(forms, begin, i, start, kind, in_bracket, own):
                yield start
                begin, bracket = start, -1


def _after_mark(forms: _Of, spaces: _Of, i: int) -> int:
    """Index after the mark and the further marks, closing quotation marks and brackets that belong to it."""
    j, count = i + 1, len(forms)
    while j < count:
        text = forms[j]
        attached = not spaces[j - 1]
        if text == '"' and attached and _opens(forms, spaces, j):
            break
        if text in _ALWAYS_CLOSE or text in _TERMINALS or (attached and text in _CLOSE_ATTACHED) or text.isspace():
            j += 1
        else:
            break
    return j


def _opens(forms: _Of, spaces: _Of, quote: int) -> bool:
    """Whether a straight quotation mark without spaces around it opens: `келді."Жүр" деді`, but `"Жүр!"деді`."""
    return not spaces[quote] and quote + 1 < len(forms) and bool(forms[quote + 1][0].isupper())


def _ends_sentence(forms: _Of, begin: int, mark: int, start: int, kind: int, in_bracket: bool, own: Mapping[str, str]) -> bool:
    """Whether the mark ends the sentence that runs from `begin`, given that the next token is `start`."""
    if kind == _PARAGRAPH:
        return True
    if in_bracket and not any(forms[j] in _ALWAYS_CLOSE for j in range(mark + 1, start)):
        return False
    if forms[start] in _GO_ON:
        return False
    word, dash = _next_word(forms, start)
    if not word or (word[0].islower() and not any(c.isupper() for c in word)):  # `iPhone` is as good as a capital
        return False
    if kind == _ABBREVIATION:
        return _ends_after_abbreviation(forms[mark].lower(), word, dash, own)
    return forms[mark] != "." or not _is_label_or_abbreviation(forms, begin, mark, word)


def _ends_after_abbreviation(abbreviation: str, word: str, dash: bool, own: Mapping[str, str]) -> bool:
    """Whether a sentence ends with the abbreviation when `word` follows, after a dash or not."""
    place = own.get(abbreviation) or _PLACES.get(abbreviation)
    if place == "before":
        return False
    if place == "closing":
        return word[0].isupper()
    return word in OPENERS or (dash and word[0].isupper())


def _next_word(forms: _Of, start: int) -> tuple[str, bool]:
    """The first token from `start` that is no quotation mark, bracket or dash, or an empty string; and whether a dash was passed."""
    dash = False
    for j in range(start, min(start + 5, len(forms))):
        text = forms[j]
        if text in _SPEECH_DASHES:
            dash = True
        elif text not in _LEADING and not text.isspace():
            return text, dash
    return "", dash


def _is_label_or_abbreviation(forms: _Of, begin: int, mark: int, word: str) -> bool:
    """Whether the point at `mark` follows a list number or a label that opens the sentence, or an abbreviation without vowels."""
    if mark - begin < 6:
        words = [text for j in range(begin, mark) if (text := forms[j]) not in _LEADING and text not in _NUMBER_SIGNS]
        if _label(" ".join(words)):
            return True
    if mark - begin > 1 and forms[mark - 1] == "1" and forms[mark - 2] == ":":
        return True
    previous = forms[mark - 1] if mark > begin else ""
    return bool(_no_vowel(previous)) and previous not in MEASURES and word not in OPENERS
