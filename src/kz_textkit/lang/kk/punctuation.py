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


# Emoji as Unicode Technical Standard 51 has them: flags of two letters, and pictures with a skin colour, joined by U+200D.
_picture = r"[\u2190-\u21FF\u231A-\u23FF\u25AA-\u27BF\u2934-\u2B55\U0001F000-\U0001FAFF]\uFE0F?[\U0001F3FB-\U0001F3FF]?"
EMOJI = rf"(?:[\U0001F1E6-\U0001F1FF]{{2}}|{_picture}(?:\u200D{_picture})*)"

# Each pattern of suffixes and infixes begins with a character, not with a look at what stands before, so that a search skips over
# letters at once; that makes them several times as fast.
_ellipsis = [r"\.{3,}", "…"]

# Verbs of saying, which are printed against a closing quotation mark; `-де`, `-ден` and `-дей` are case endings and stay with it.
_said = r"де(?:п|д[іе]|ге|с[ею]|йд|йм|йс|т[іт])"

TOKENIZER_PREFIXES = [
    *_ellipsis,
    EMOJI,
    # Runs of one mark are one token: `_____`, `*****`; question and exclamation marks count singly.
    rf"(?P<run>[_*#=~+•·{DASHES}-])(?P=run)+",
    rf"[,.:;!?¿¡()\[\]{{}}<>*&^|\\/=·•{QUOTES}{DASHES}{CURRENCY}№§©®™#_~]",
    r"%(?!-)",
    r"-(?![0-9])",
    r"[+±](?![0-9])",
    # Initials part from the name that follows without a space: `Н.Ә.Назарбаев`.
    rf"(?:[{ALPHA_UPPER}]\.)+(?:-[{ALPHA_UPPER}]\.)?(?=[{ALPHA_UPPER}][{ALPHA}])",
    rf"Дж\.(?=[{ALPHA_UPPER}])",
    # `10кг` is `10` and `кг`; `90%-ға` is one token, as any figure with a suffix.
    rf"[0-9]+(?:[.,][0-9]+)*(?=(?:{UNITS})\.?$)",
    *LIST_ICONS,
]

TOKENIZER_SUFFIXES = [
    *_ellipsis,
    EMOJI,
    r"_{2,}",
    r"-{2,}",
    rf"[,:;!?()\[\]{{}}<>*&^|\\/=·•{QUOTES}{DASHES}№§©®™_~-]",
    rf"[%‰°{CURRENCY}+](?<=[0-9].)",
    # Not the last point of `б.з.д.`, `ж.т.`, nor that of `85-б.`, whatever the letters.
    rf"\.(?<=[{ALPHA_LOWER}0-9%‰°²³!?.…{QUOTES}\)\]\}}-].)(?<!\.[{ALPHA_LOWER}].)(?<![0-9]-б.)(?<![0-9]-бб.)",
    rf"\.(?<=[{ALPHA_UPPER}0-9-][{ALPHA_UPPER}].)",
    # `том V.`: the Latin letters that are numerals are no initials of Kazakh names.
    rf"\.(?<=[IVX].)(?<![{ALPHA}.][IVX].)",
    *LIST_ICONS,
]

TOKENIZER_INFIXES = [
    *_ellipsis,
    EMOJI,
    rf"[;!?()\[\]{{}}<>*|\\=•№§{DASHES}\"«»“”„‟‹›]",
    r"[,:/](?<![0-9].)",
    r"[,:/](?![0-9])",
    r"--+",
    r"-(?<=[0-9].)(?=[0-9])",
    rf"-(?<=[IVX].)(?=[IVX]+(?![{ALPHA}]))",
    rf"-(?<=[,!?…].)(?=[{ALPHA}])",
    rf"-(?<=[{ALPHA_LOWER}]\..)(?=[{ALPHA_UPPER}])",
    rf"-(?<=[»”\"].)(?={_said})",
    # A hyphen that stands for a dash: `ағасы-Ерлан`, but `Қасым-Жомарт`, `экс-Президент`.
    rf"-(?<=[{ALPHA_LOWER}][{ALPHA_LOWER}][{ALPHA_LOWER}][ыі].)(?=[{ALPHA_UPPER}][{ALPHA_LOWER}])",
    # A missing space after the end of a sentence.
    rf"\.(?<=[{ALPHA_LOWER}0-9{QUOTES}\)\]].)(?=-?[{ALPHA_UPPER}{QUOTES}\(№])",
    rf"\.(?<=[{ALPHA_UPPER}][{ALPHA_UPPER}].)(?=[{ALPHA_UPPER}])",
]
