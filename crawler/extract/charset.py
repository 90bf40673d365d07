"""From a page's bytes to its characters.

The order is the HTML standard's: a byte order mark, the header, the page's own word, and only
then a guess. What a page says of itself is not believed where its bytes cannot be that.
"""

import codecs
import re

from trafilatura.utils import detect_encoding

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_IN_PAGE = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_HEAD_BYTES = 4096
_SAMPLE_BYTES = 64 * 1024

# Pages name the smaller set and use the larger, as every browser knows.
_LARGER = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "tis-620": "cp874",
}


def decoded(body: bytes, content_type: str) -> str:
    """Return the characters of `body`, which came with the header `content_type`."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, errors="replace")
    # UTF-8 is what nearly all pages are, and hardly anything else is valid as such.
    try:
        return body.decode()
    except UnicodeDecodeError:
        pass
    named = _IN_HEADER.search(content_type)
    own = _IN_PAGE.search(body[:_HEAD_BYTES])
    for said in (named and named[1], own and own[1].decode("ascii", errors="replace")):
        text = _decoded_as(body, said)
        if text is not None:
            return text
    return _guessed(body)


def _decoded_as(body: bytes, said: str | None) -> str | None:
    """Decode as `said`, forgiving single faults; None if it cannot be that."""
    try:
        name = codecs.lookup(said or "").name
    except (LookupError, ValueError):
        return None
    if name.startswith("utf-16"):
        return None  # a page whose head can be read as ASCII is not UTF-16, whatever it says
    try:
        text = body.decode(_LARGER.get(name, name), errors="replace")
    except (LookupError, UnicodeError):  # "hex", "idna" and the like are no charsets
        return None
    return text if text.count("\ufffd") <= len(body) // 1000 + 1 else None


def _guessed(body: bytes) -> str:
    guesses = detect_encoding(body[:_SAMPLE_BYTES])
    return body.decode(guesses[0] if guesses else "utf-8", errors="replace")
