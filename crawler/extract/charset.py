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
_TAG = re.compile(rb"<[^<>]{0,2000}>")
_HIGH = re.compile(rb"[\x80-\xff]")
_LATIN = re.compile(rb"[A-Za-z]")
_HEAD_BYTES = 4096
_SAMPLE_BYTES = 64 * 1024
_BROKEN = "\ufffd"
_WESTERN = "cp1252"
_MANY_TIMES = 10
_FEW = 16

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
    wide = _wide(body[:_HEAD_BYTES])
    if wide:
        return body.decode(wide, errors="replace")
    # UTF-8 is what nearly all pages are, and hardly anything else is valid as such.
    text = body.decode(errors="replace")
    if _is_mostly_whole(text, body):
        return text
    named = _IN_HEADER.search(content_type)
    own = _IN_PAGE.search(body[:_HEAD_BYTES])
    for said in (named and named[1], own and own[1].decode("ascii", errors="replace")):
        found = _decoded_as(body, said)
        if found is not None:
            return found
    return _guessed(body)


def _wide(head: bytes) -> str | None:
    """Return which UTF-16 `head` is in: half the bytes of its markup are naught then."""
    for name, naughts in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if len(naughts) > _FEW and naughts.count(0) * 2 > len(naughts):
            return name
    return None


def _is_mostly_whole(text: str, body: bytes) -> bool:
    """Tell whether `body` read as UTF-8 is broken in a few places only, or in none.

    What was cut, or put together from two pages, is; in another charset nearly all would be broken.
    """
    broken = text.count(_BROKEN) - body.count(_BROKEN.encode())
    if broken <= 0:
        return True
    whole = len(text) - len(text.encode("ascii", errors="ignore")) - broken
    return whole >= _MANY_TIMES * broken


def _decoded_as(body: bytes, said: str | None) -> str | None:
    """Decode as `said`, forgiving single faults; None if it cannot be that."""
    try:
        name = codecs.lookup(said or "").name
    except (LookupError, ValueError):
        return None
    if name.startswith("utf-16"):
        return None  # a page whose head can be read as ASCII is not UTF-16, whatever it says
    larger = _LARGER.get(name, name)
    if larger == _WESTERN and _is_foreign(body[:_SAMPLE_BYTES]):
        return None
    try:
        text = body.decode(larger, errors="replace")
    except (LookupError, UnicodeError):  # "hex", "idna" and the like are no charsets
        return None
    return text if text.count(_BROKEN) <= len(body) // 1000 + 1 else None


def _is_foreign(sample: bytes) -> bool:
    """Tell whether most letters are not Latin: many servers call every page western."""
    first, *others = sample.lower().split(b"<script")
    words = _TAG.sub(b" ", b" ".join((first, *(one.partition(b"</script")[2] for one in others))))
    return len(_HIGH.findall(words)) > len(_LATIN.findall(words))


def _guessed(body: bytes) -> str:
    guesses = detect_encoding(body[:_SAMPLE_BYTES])
    name = next(iter(guesses), "utf-8")
    return body.decode(_LARGER.get(codecs.lookup(name).name, name), errors="replace")
