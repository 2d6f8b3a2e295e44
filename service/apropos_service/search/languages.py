"""Which languages a text speaks, and the stem of a word in one of them. Pure.

Law: a stem is compared only within its language: for Italians `note` and `not` have one stem, for others they do not.
Source: the Snowball stemmers.
"""

from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any, Final
from unicodedata import normalize

from ..folding import fold

_SMALL: Final = {
    "de": "der die das und ist nicht ein eine einen einem einer zu den dem des mit von für auf im wir ich sie er es sind wird hat "
    "haben auch aber oder wenn wie was bei nach aus noch nur über kann wurde bitte dass zum zur um an als so bis am",
    "en": "the and is are was were be been not a an of to in for on with that this it we you i he she they have has had will would "
    "can do does but or if as at by from what which how please there our your its them than so no",
    "es": "el la los las un una y es son no de del en para por con que se lo al su sus como pero o si más este esta hay está fue "
    "ya muy nos le les cuando qué sobre porque también",
    "fr": "le la les un une des et est sont ne pas de du en pour par sur avec que qui ce cette il elle nous vous je on se dans au "
    "aux mais ou où si plus sa son ses leur être a été avons avez très merci",
    "it": "il lo la i gli le un una e è sono non di del della dei delle che per con su da dal al alla nel nella si ci ma o se come "
    "più questo questa anche ha hanno abbiamo perché dobbiamo grazie",
    "pl": "i w na z do nie się to jest że o jak ale po za od przez dla są być ma co czy lub oraz ten ta te tym tej już tylko może "
    "proszę mamy został była było bez przy jego jej ich",
}  # fmt: skip
"""The small words that tell a language; each weighs the same."""
LETTERS: Final = {"de": "äöüß", "es": "ñ¿¡", "fr": "çœêûîôâëï", "it": "ìò", "pl": "ąćęłńśźż"}
"""Letters that tell one."""
_NAMES: Final = {"de": "german", "en": "english", "es": "spanish", "fr": "french", "it": "italian", "pl": "polish", "ar": "arabic"}
LATIN: Final = tuple(_SMALL)
SMALL: Final = frozenset(fold(word) for words in _SMALL.values() for word in words.split())
"""What is too small to be asked for beside other words."""


def _by_word() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for language, words in _SMALL.items():
        for word in words.split():
            found.setdefault(word, []).append(language)
    return {word: tuple(languages) for word, languages in found.items()}


_TELLING: Final = _by_word()


def spoken(words: Iterable[str]) -> tuple[str, ...]:
    """Return the languages that these different words, as they are written, may be of: all where nothing tells which."""
    score: Counter[str] = Counter()
    for word in words:
        small = word.lower()
        score.update(_TELLING.get(small, ()))
        if not small.isascii():
            score.update(language for language, letters in LETTERS.items() if any(letter in letters for letter in small))
    most = max(score.values(), default=0)
    return tuple(language for language in LATIN if score[language] * 2 > most) if most else LATIN


@lru_cache(maxsize=65_536)
def stem(word: str, language: str) -> str:
    """Return the word's stem, folded."""
    return fold(_stemmers()[language].stemWord(normalize("NFC", word).lower()))


@cache
def _stemmers() -> dict[str, Any]:
    """Return that of each language; they are loaded once something is to be found."""
    import Stemmer  # noqa: PLC0415

    return {language: Stemmer.Stemmer(name) for language, name in _NAMES.items()}


def languages_of(word: str, spoken_here: tuple[str, ...]) -> tuple[str, ...]:
    """Return in which languages a word has a stem: those of its text, or the one that its letters tell; figures have none."""
    if not word.isalpha():
        return ()
    if "\u0600" <= word[0] <= "\u06ff":
        return ("ar",)
    return spoken_here if fold(word).isascii() else ()
