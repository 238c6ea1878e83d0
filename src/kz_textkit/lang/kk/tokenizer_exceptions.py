"""Abbreviations that keep their point, as a table, and the patterns of tokens that are never cut (addresses, dates, numbers).

The abbreviations are those of Kazakh encyclopedias, laws and textbooks. Words that are also written out in full at the end of a
sentence are left out (`қар` is snow and *see*): a point after them ends the sentence far more often. `мыс.` and `көш.` (*for example*,
*street*; also copper and a caravan) are among those after which a sentence goes on unless a word follows that only opens sentences.
"""

import re

from spacy.symbols import NORM, ORTH
from spacy.util import update_exc

BASE = {" ", "\t", "\n", "\u00a0"}

# Stand before the name or the number that they belong to, so that no sentence ends with them.
ABBREVIATIONS_BEFORE = [
    ("проф.", "профессор"),
    ("акад.", "академик"),
    ("доц.", "доцент"),
    ("канд.", "кандидат"),
    ("ген.", "генерал"),
    ("полк.", "полковник"),
    ("инж.", "инженер"),
    ("реж.", "режиссер"),
    ("комп.", "композитор"),
    ("ред.", "редактор"),
    ("құраст.", "құрастырған"),
    ("шығ.", "шығармалар"),
    ("ғыл.", "ғылыми"),
    ("мемл.", "мемлекеттік"),
    ("респ.", "республика"),
    ("халықар.", "халықаралық"),
    ("акц.", "акционерлік"),
    ("лат.", "латынша"),
    ("ағылш.", "ағылшынша"),
    ("франц.", "французша"),
    ("нем.", "немісше"),
    ("орысш.", "орысша"),
    ("салыст.", "салыстырыңыз"),
    ("мөлш.", "мөлшермен"),
    ("қараң.", "қараңыз"),
    ("солт.", "солтүстік"),
    ("оңт.", "оңтүстік"),
    ("бат.", "батыс"),
    ("рис.", "сурет"),
    ("сур.", "сурет"),
    ("тел.", "телефон"),
    ("ул.", "көшесі"),
    ("св.", "әулие"),
    ("Дж.", "Дж."),
    ("Dr.", "Dr."),
    ("Mr.", "Mr."),
    ("Mrs.", "Mrs."),
    ("Prof.", "Prof."),
    ("vs.", "vs."),
    ("ст.", "статья"),
    ("гл.", "тарау"),
    ("п.", "тармақ"),
    ("стр.", "бет"),
]

# Stand after a number or a name, in the middle of a sentence as a rule, sometimes at its end.
ABBREVIATIONS_AFTER = [
    ("ж.", "жыл"),
    ("жж.", "жылдар"),
    ("ж.ж.", "жылдар"),
    ("ғ.", "ғасыр"),
    ("ғғ.", "ғасырлар"),
    ("ғ.ғ.", "ғасырлар"),
    ("г.", "год"),
    ("гг.", "годы"),
    ("в.", "век"),
    ("вв.", "века"),
    ("б.", "бет"),
    ("бб.", "беттер"),
    ("т.", "том"),
    ("тт.", "томдар"),
    ("қ.", "қала"),
    ("қ-сы.", "қаласы"),
    ("а.", "ауыл"),
    ("обл.", "облысы"),
    ("окр.", "округі"),
    ("млн.", "миллион"),
    ("млрд.", "миллиард"),
    ("трлн.", "триллион"),
    ("тг.", "теңге"),
    ("тнг.", "теңге"),
    ("руб.", "рубль"),
    ("долл.", "доллар"),
    ("мин.", "минут"),
    ("сек.", "секунд"),
    ("сағ.", "сағат"),
    ("экз.", "дана"),
    ("мыс.", "мысалы"),
    ("көш.", "көшесі"),
    ("з.", "заман"),
    ("д.", "дейін"),
    ("э.", "эра"),
    ("б.з.", "біздің заманымыз"),
    ("б.э.", "біздің эрамыз"),
    ("б.з.б.", "біздің заманымыздан бұрын"),
    ("б.з.д.", "біздің заманымызға дейін"),
    ("б.э.д.", "біздің эрамызға дейін"),
    ("б.д.д.", "біздің дәуірімізге дейін"),
    ("б.ғ.д.", "біздің ғасырымызға дейін"),
    ("д.ж.", "дүниеге келген жылы"),
    ("ө.ж.", "өлген жылы"),
    ("ш.м.", "шаршы метр"),
    ("т.е.", "яғни"),
    ("т.к.", "себебі"),
    ("и.о.", "міндетін атқарушы"),
    ("м.а.", "міндетін атқарушы"),
    ("ф.ғ.к.", "филология ғылымдарының кандидаты"),
    ("ф.ғ.д.", "филология ғылымдарының докторы"),
    ("т.ғ.к.", "тарих ғылымдарының кандидаты"),
    ("т.ғ.д.", "тарих ғылымдарының докторы"),
    ("п.ғ.к.", "педагогика ғылымдарының кандидаты"),
    ("п.ғ.д.", "педагогика ғылымдарының докторы"),
    ("з.ғ.к.", "заң ғылымдарының кандидаты"),
    ("з.ғ.д.", "заң ғылымдарының докторы"),
    ("э.ғ.к.", "экономика ғылымдарының кандидаты"),
    ("э.ғ.д.", "экономика ғылымдарының докторы"),
    ("с.ғ.к.", "саясаттану ғылымдарының кандидаты"),
    ("с.ғ.д.", "саясаттану ғылымдарының докторы"),
]

# Close an enumeration: a capital letter after them begins a sentence.
ABBREVIATIONS_CLOSING = [
    ("т.б.", "тағы басқа"),
    ("т.б", "тағы басқа"),
    ("ж.б.", "және басқа"),
    ("ж.т.б.", "және тағы басқа"),
    ("ж.т.б", "және тағы басқа"),
    ("т.т.", "тағы-тағы"),
    ("т.с.", "тағы сол"),
    ("с.с.", "сол сияқты"),
    ("т.с.с.", "тағы сол сияқты"),
    ("т.с.с", "тағы сол сияқты"),
    ("ж.т.с.с.", "және тағы сол сияқты"),
    ("т.б.с.с.", "тағы басқа сол сияқты"),
    ("т.б.б.", "тағы басқа бар"),
    ("т.д.", "тағы басқа"),
    ("т.п.", "тағы сол сияқты"),
    ("др.", "басқа"),
]

_exc: dict[str, list[dict[int, str]]] = {}

for _orth, _norm in ABBREVIATIONS_BEFORE + ABBREVIATIONS_AFTER + ABBREVIATIONS_CLOSING:
    for _form in (_orth, _orth[0].upper() + _orth[1:]):
        # A single capital with a point is an initial, which needs no exception.
        if len(_form) > 2 or _form.islower():
            _exc[_form] = [{ORTH: _form, NORM: _norm}]

for _orth in ("C++", "C#", ":)", ":-)", ":(", ":-(", ";)", ";-)", ":D"):
    _exc[_orth] = [{ORTH: _orth}]

# spaCy's own exceptions are for English; its white-space ones are needed.
TOKENIZER_EXCEPTIONS = update_exc({_space: [{ORTH: _space}] for _space in sorted(BASE)}, _exc)

# Addresses. A name without scheme needs a well-known ending: `келді.ол` is a missing space and no host.
URL_MATCH = re.compile(
    r"(?:(?:https?|ftp)://\S+"
    r"|mailto:\S+"
    r"|www\.\S+"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?:[a-z0-9][a-z0-9-]*\.)+(?:kz|com|org|net|edu|gov|info|biz|int|io|me|tv|ru|ua|by|kg|uz|tr|cn|uk|de|fr|eu|us|su)(?::\d+)?(?:[/?#]\S*)?"
    r"|(?:\w[\w-]*\.)+(?:қаз|рф)(?:/\S*)?"
    r")$",
    re.IGNORECASE,
).match

# Numbers that hold hyphens or slashes but are one thing: dates, telephone numbers, fractions; and ordinals of them.
TOKEN_MATCH = re.compile(r"(?:\+?\(?\d+\)?(?:-\d+){2,}|\d{1,2}[./]\d{1,2}[./]\d{2,4})$").match
