"""The language of an article: what its script proves, else what its words and its page say.

Pages declare the language of their site, which is that of the story on most and English on many.
"""

import re
from functools import cache
from importlib.resources import as_file, files
from typing import Protocol, cast

from fasttext import load_model  # type: ignore[import-untyped]  # it brings no types
from lxml.html import HtmlElement

from crawler.extract.said import Said

UNKNOWN = "und"
"""The code of a text in a language that nothing tells surely (ISO 639-2)."""

_CODE = re.compile(r"\s*([a-z]{2,3})(?:[-_]|\s*$)", re.IGNORECASE)
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_KANA = re.compile(r"[\u3041-\u30fa]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SAMPLE = 2_000
_SHARE = 0.2
_KANA_SHARE = 0.05
_WORDS = 1_200
_FEWEST_LETTERS = 3
_LABEL = "__label__"
_ALIASES = {
    "in": "id",
    "iw": "he",
    "nb": "no",
    "nn": "no",
    "wuu": "zh",
    "yue": "zh",
    "zho": "zh",
    "eng": "en",
    "deu": "de",
    "ger": "de",
    "fra": "fr",
    "fre": "fr",
}
# Between these, a page knows better than a count of letters.
_TWINS = (
    {"hr", "bs", "sr", "sh"},
    {"id", "ms"},
    {"no", "da"},
    {"cs", "sk"},
    {"nl", "af"},
    {"pt", "gl"},
    {"bg", "mk"},
    {"ru", "be"},
)
_SURE = 0.5
_DENIES = 0.7
"""So sure a count of letters must be to be believed against what the page declares."""
_HINTS = 0.25


class _Model(Protocol):
    """What is asked of the library."""

    def predict(self, text: str) -> tuple[tuple[str, ...], tuple[float, ...]]:
        """Return the likeliest label of one line and its likelihood."""
        ...


def language_of(tree: HtmlElement, said: Said, title: str, text: str) -> str:
    """Return the code of the language (ISO 639), "und" where it is not sure.

    | the words are           | declared           | taken    |
    |-------------------------|--------------------|----------|
    | surely of one language  | the same or a twin | declared |
    | surely of one language  | nothing, another   | words'   |
    | likely of one language  | that               | declared |
    | likely of one language  | nothing, another   | und      |
    | of no language we know  | any                | und      |
    | too few to tell         | any                | declared |
    """
    sample = f"{title}\n{text[:_SAMPLE]}"
    proven = _by_script(sample)
    if proven:
        return proven
    match = _CODE.match(declared_language(tree, said))
    declared = _code(match[1].lower()) if match else ""
    return _weighed(declared, sample[:_WORDS])


def declared_language(tree: HtmlElement, said: Said) -> str:
    """Return the language that the page declares, maybe with its country ("en-GB"), else ""."""
    declared = (
        tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "",
        said.first("og:locale"),
        said.text("inLanguage"),
        said.first("content-language", "language", "dc.language"),
    )
    return next((code.strip() for code in declared if _CODE.match(code)), "")


def _weighed(declared: str, sample: str) -> str:
    guessed, sureness = _by_words(sample)
    twins = guessed == declared or any({guessed, declared} <= group for group in _TWINS)
    if not guessed or (twins and sureness >= _HINTS):
        return declared or UNKNOWN
    return guessed if sureness >= (_DENIES if declared else _SURE) else UNKNOWN


def _by_words(sample: str) -> tuple[str, float]:
    """Return the likeliest language of `sample` and how likely it is, "" where it has no words."""
    words = " ".join(sample.split())
    if sum(map(str.isalpha, words)) < _FEWEST_LETTERS:
        return "", 0.0
    labels, likelihoods = _model().predict(words)
    return _code(labels[0].removeprefix(_LABEL)), likelihoods[0]


@cache
def _model() -> _Model:
    """Load the model where the first page needs it: 9 MB, which only workers should bear."""
    with as_file(files("crawler.extract") / "lid.176.ftz") as path:
        return cast("_Model", load_model(str(path)))


def _code(code: str) -> str:
    return _ALIASES.get(code, code)


def _by_script(sample: str) -> str | None:
    size = max(len(sample), 1)
    if len(_HANGUL.findall(sample)) > size * _SHARE:
        return "ko"
    if len(_KANA.findall(sample)) > size * _KANA_SHARE:
        return "ja"
    return "zh" if len(_HAN.findall(sample)) > size * _SHARE else None
