"""Where words are cut: prefixes, suffixes and infixes of the tokenizer, as regular expressions.

A hyphen joins (`қарым-қатынас`, `55-ші`, `1990-жылдары`, `БҰҰ-ның`), a dash separates, a range of figures is three tokens
(`1848-1923`), as in the treebank UD_Kazakh-KTB. spaCy's letter classes lack `ғ қ ұ`, so they are completed here.
"""

from spacy.lang.char_classes import ALPHA as _ALPHA
from spacy.lang.char_classes import ALPHA_LOWER as _ALPHA_LOWER
from spacy.lang.char_classes import ALPHA_UPPER as _ALPHA_UPPER
from spacy.lang.char_classes import COMBINING_DIACRITICS, LIST_ICONS

ALPHA_LOWER = _ALPHA_LOWER + "ғқұ"
ALPHA_UPPER = _ALPHA_UPPER + "ҒҚҰ"
ALPHA = _ALPHA + "ғқұҒҚҰ" + COMBINING_DIACRITICS

QUOTES = "\"«»“”„‟‚‘’‹›'`´"
CLOSING = "\"»”“’›'\\)\\]\\}"
DASHES = "—–―−"
CURRENCY = "$€£¥₸₽₺₴¢"
UNITS = "км²|км³|км|м²|м³|м|дм|см²|см³|см|мм|га|кг|мг|г|ц|л|мл|сағ|мин|сек|кВт|МВт|Гц|МГц|ГГц|км/сағ|км/ч|мың|млн|млрд|трлн|тг|теңге"

_ellipsis = [r"\.{3,}", "…"]

# Verbs of saying, which are printed against a closing quotation mark; `-де`, `-ден` and `-дей` are case endings and stay with it.
_said = r"де(?:п|д[іе]|ге|с[ею]|йд|йм|йс|т[іт])"

TOKENIZER_PREFIXES = [
    *_ellipsis,
    rf"[,.:;!?¿¡()\[\]{{}}<>*&^|\\/=·•{QUOTES}{DASHES}{CURRENCY}№§©®™#_~]",
    r"%(?!-)",
    r"-(?![0-9])",
    r"[+±](?![0-9])",
    *LIST_ICONS,
]

TOKENIZER_SUFFIXES = [
    *_ellipsis,
    rf"[,:;!?()\[\]{{}}<>*&^|\\/=·•{QUOTES}{DASHES}№§©®™_~-]",
    rf"(?<=[0-9])[%‰°{CURRENCY}+]",
    rf"(?<=[0-9])(?:{UNITS})",
    rf"(?<=[{ALPHA_LOWER}0-9%‰°²³!?.…{QUOTES}\)\]\}}-])\.",
    rf"(?<=[{ALPHA_UPPER}0-9-][{ALPHA_UPPER}])\.",
    # `том V.`: the Latin letters that are numerals are no initials of Kazakh names.
    rf"(?<=[IVX])(?<![{ALPHA}.][IVX])\.",
    *LIST_ICONS,
]

TOKENIZER_INFIXES = [
    *_ellipsis,
    rf"[;!?()\[\]{{}}<>*|\\=•{DASHES}\"«»“”„‟‹›]",
    r"(?<![0-9])[,:/]|[,:/](?![0-9])",
    r"-{2,}",
    r"(?<=[0-9])-(?=[0-9])",
    rf"(?<=[IVX])-(?=[IVX]+(?![{ALPHA}]))",
    rf"(?<=[,!?…])-(?=[{ALPHA}])",
    rf"(?<=[»”\"])-(?={_said})",
    # A hyphen that stands for a dash: `ағасы-Ерлан`, but `Қасым-Жомарт`, `экс-Президент`.
    rf"(?<=[{ALPHA_LOWER}][{ALPHA_LOWER}][{ALPHA_LOWER}][ыі])-(?=[{ALPHA_UPPER}][{ALPHA_LOWER}])",
    # A missing space after the end of a sentence.
    rf"(?<=[{ALPHA_LOWER}0-9{QUOTES}\)\]])\.(?=[{ALPHA_UPPER}{QUOTES}\(])",
    rf"(?<=[{ALPHA_UPPER}][{ALPHA_UPPER}])\.(?=[{ALPHA_UPPER}])",
    # Initials part from the name that follows without a space: `Н.Ә.Назарбаев`.
    rf"(?<=[{ALPHA_UPPER}]\.)(?<![{ALPHA}][{ALPHA_UPPER}]\.)(?=[{ALPHA_UPPER}][{ALPHA_LOWER}])",
    rf"(?<=Дж\.)(?=[{ALPHA_UPPER}])",
    # `5%-ға` is `5` and `%-ға`.
    rf"(?<=[0-9])(?=[%‰°{CURRENCY}]-)",
]
