"""What is no article, and is better said than stored: files, error pages, walls."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.extract.prose import prose_in, weight_of
from crawler.extract.said import Said
from crawler.extract.site_names import is_site, site_names
from crawler.extract.story_thing import letters
from crawler.extract.wordings import ERRORS, MISSED, WALLS

_PAGES = ("text/html", "application/xhtml+xml", "application/xml", "text/xml", "")
_VAGUE = ("application/octet-stream", "text/plain", "binary/octet-stream", "unknown/unknown")
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"RIFF", "a media file"),
    (b"\x00\x00\x00", "a media file"),
    (b"ID3", "a media file"),
    (b"PK\x03\x04", "an archive of files"),
    (b"\x1f\x8b", "an archive of files"),
)
_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|meta|title|div|article|p)\b", re.IGNORECASE)
_HEAD_BYTES = 4096

_ERROR = re.compile(rf"{ERRORS}", re.IGNORECASE)
_ERROR_TEXT = re.compile(rf"^.{{0,150}}(?:{ERRORS}|{MISSED})", re.IGNORECASE | re.DOTALL)
_WALL_TITLE = re.compile(
    r"^just a moment|^attention required|access (?:to this page )?(?:has been )?denied|^forbidden\b"
    r"|are you a (?:human|robot)|(?:security|browser) check|^before you continue|captcha",
    re.IGNORECASE,
)
_WALL_LINE = re.compile(rf"{WALLS}", re.IGNORECASE)
_NEEDS_SCRIPTS = re.compile(r"enable javascript|javascript is (?:disabled|required)", re.IGNORECASE)
_SHORT = 1500
_VERY_SHORT = 600
_PROSE_LEFT = 120
_MOST_WORDS = 4
_LONG_WORD = 4
_SEVERAL = 3
_WORDS = re.compile(r"[^\W\d_]{4,}")


def fault_of_body(body: bytes, content_type: str) -> str | None:
    """Say why `body` is no page that could hold an article, None if it may be one."""
    if not body.strip():
        return "the page is empty"
    for magic, name in _MAGIC:
        if body.startswith(magic):
            return f"it is {name}, not a page"
    media = content_type.partition(";")[0].strip().lower()
    if media in _PAGES:
        return None
    if media in _VAGUE and _MARKUP.search(body[:_HEAD_BYTES]):
        return None
    return f"it is {media[:80]!r}, not a page"


def is_textless(text: str) -> bool:
    """Tell whether a page holds no text of an article, but for one that asks for scripts."""
    return not text or (len(text) < _VERY_SHORT and _NEEDS_SCRIPTS.search(text) is not None)


def fault_of_text(title: str, text: str, *, headings: Sequence[str] = ()) -> str | None:
    """Say why this is an error page or a wall in an article's place, None if it seems to be one.

    A real article may have an error's words in its title and a wall's among its lines: only what is
    short is judged by them, and it is a wall where next to nothing else is left.
    """
    if not text:
        return "the page holds no text of an article"
    if weight_of(text) >= _SHORT:
        return None
    if any(_ERROR.search(name) for name in (title, *headings)) or _is_apology(text):
        return "the page says that it was not found"
    if _WALL_TITLE.search(title):
        return "the page wants to know whether we are human"
    if _is_wall(text):
        return "the page shows a wall in the article's place"
    return None


def is_front(tree: HtmlElement, said: Said, url: str, title: str) -> bool:
    """Tell whether a page names its site's front as its address, and nothing says it is another.

    Sites answer so where an article was asked for that they have no more. But one fault of a
    template names the front on every page, so an article's title is believed against it: the
    page must be called as its site, or as nothing that the address speaks of.
    """
    if not _is_of_site(title, said) and not (_is_site(said) and _is_another(title, said, url)):
        return False
    if said.article or said.first("og:type").lower() == "article" or not _has_path(url):
        return False
    links = [link.get("href") or "" for link in tree.iterfind(".//link[@rel='canonical']")]
    named = [address for address in (*links, *said.all("og:url")) if address]
    return bool(named) and not any(_has_path(address) for address in named)


def fault_of_front(text: str) -> str | None:
    """Say what is wrong with the text of a front page; a long one is believed to be an article."""
    if weight_of(text) >= _SHORT:
        return None
    return "the page is the site's front page, not the article's"


def _is_of_site(title: str, said: Said) -> bool:
    """Tell whether a title is no more than the site's name."""
    own, names = letters(title), site_names(said)
    few = len(title.split()) <= _MOST_WORDS
    return (
        not own
        or is_site(title, names)
        or (few and any(name in own for name in names if len(name) >= _LONG_WORD))
    )


def _is_site(said: Said) -> bool:
    return said.first("og:type").lower() == "website"


def _is_another(title: str, said: Said, url: str) -> bool:
    """Tell whether the address speaks in several words, and the page's titles in none of them."""
    words = [word for word in _WORDS.findall(urlsplit(url).path.casefold()) if word.isascii()]
    titles = letters(" ".join((title, said.page_title, *said.headings)))
    return len(words) >= _SEVERAL and titles.isascii() and not any(map(titles.__contains__, words))


def _has_path(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return True
    return bool(parts.path.strip("/") or parts.query or not parts.netloc)


def _is_apology(text: str) -> bool:
    return len(text) < _VERY_SHORT and _ERROR_TEXT.match(text) is not None


def _is_wall(text: str) -> bool:
    lines = text.split("\n")
    rest = [line for line in lines if not _WALL_LINE.search(line)]
    return len(rest) < len(lines) and sum(map(prose_in, rest)) < _PROSE_LEFT
