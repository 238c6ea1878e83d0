"""The spaCy language `kk`, Kazakh: `spacy.blank("kk")` finds it by entry point."""

from collections.abc import Callable

from spacy.language import BaseDefaults, Language
from spacy.tokenizer import Tokenizer
from spacy.util import load_config_from_str, registry

from .lex_attrs import LEX_ATTRS
from .punctuation import TOKENIZER_INFIXES, TOKENIZER_PREFIXES, TOKENIZER_SUFFIXES
from .sentences import KazakhSentences
from .stop_words import STOP_WORDS
from .tokenizer_exceptions import TOKEN_MATCH, TOKENIZER_EXCEPTIONS, URL_MATCH

# Kazakh has many word forms: with spaCy's cache of 10,000, most occurrences are cut anew, which takes ten times as long.
DEFAULT_CONFIG = """
[nlp]

[nlp.tokenizer]
@tokenizers = "kz_textkit.KazakhTokenizer.v1"
max_cache_size = 200000
"""


@registry.tokenizers("kz_textkit.KazakhTokenizer.v1")  # type: ignore[untyped-decorator]
def create_tokenizer(max_cache_size: int = 200_000) -> Callable[[Language], Tokenizer]:
    """spaCy's tokenizer with the rules of this language and a cache for the word forms of Kazakh."""
    plain = registry.tokenizers.get("spacy.Tokenizer.v1")()

    def make(nlp: Language) -> Tokenizer:
        tokenizer: Tokenizer = plain(nlp)
        tokenizer.max_cache_size = max_cache_size
        return tokenizer

    return make


class KazakhDefaults(BaseDefaults):  # type: ignore[misc]
    config = load_config_from_str(DEFAULT_CONFIG)
    tokenizer_exceptions = TOKENIZER_EXCEPTIONS
    prefixes = TOKENIZER_PREFIXES
    suffixes = TOKENIZER_SUFFIXES
    infixes = TOKENIZER_INFIXES
    token_match = TOKEN_MATCH
    url_match = URL_MATCH
    lex_attr_getters = LEX_ATTRS
    stop_words = STOP_WORDS


class Kazakh(Language):  # type: ignore[misc]
    lang = "kk"
    Defaults = KazakhDefaults


__all__ = ["Kazakh", "KazakhDefaults", "KazakhSentences"]
