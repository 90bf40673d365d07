"""The language of an article: what its script proves, else what the page declares."""

import re

from lxml.html import HtmlElement

from crawler.extract.said import Said

_CODE = re.compile(r"\s*([a-z]{2,3})(?:[-_]|\s*$)", re.IGNORECASE)
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_KANA = re.compile(r"[\u3041-\u30fa]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SAMPLE = 2_000
_SHARE = 0.2
_KANA_SHARE = 0.05


def language_of(tree: HtmlElement, said: Said, text: str) -> str | None:
    """Return the code of the language (ISO 639), None if nothing says it."""
    proven = _by_script(text[:_SAMPLE])
    if proven:
        return proven
    declared = (
        tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "",
        said.first("og:locale"),
        said.text("inLanguage"),
        said.first("content-language", "language", "dc.language"),
    )
    found = (_CODE.match(code) for code in declared)
    return next((match[1].lower() for match in found if match), None)


def _by_script(sample: str) -> str | None:
    size = max(len(sample), 1)
    if len(_HANGUL.findall(sample)) > size * _SHARE:
        return "ko"
    if len(_KANA.findall(sample)) > size * _KANA_SHARE:
        return "ja"
    return "zh" if len(_HAN.findall(sample)) > size * _SHARE else None
