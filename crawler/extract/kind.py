"""What is no article, and is better said than stored: files, front pages, pages of no story."""

import re
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.extract.instead import is_to_readers
from crawler.extract.prose import prose_in, weight_of
from crawler.extract.said import Said
from crawler.extract.site_names import is_site, site_names
from crawler.extract.story_thing import letters
from news.url import absolute

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

_NEEDS_SCRIPTS = re.compile(
    r"(?:enable|requires|turn on) (?:javascript|js\b)|javascript is (?:disabled|required)",
    re.IGNORECASE,
)
_SHORT = 1500
_VERY_SHORT = 600
_LITTLE = 300
_AT_ONCE = 10
_REFRESH = re.compile(r"\s*(\d{1,3})[\d.]*\s*[;,]\s*url\s*=\s*['\"]?([^'\"]+)", re.IGNORECASE)
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


def sends_on(tree: HtmlElement, url: str) -> bool:
    """Tell whether a page sends its readers to another one at once."""
    for meta in tree.iterfind(".//meta[@http-equiv]"):
        found = _REFRESH.match(meta.get("content") or "")
        if meta.get("http-equiv", "").lower() != "refresh" or found is None:
            continue
        if int(found[1]) <= _AT_ONCE and absolute(url, found[2].strip()) not in (None, url):
            return True
    return False


def fault_of_dead(said: Said, title: str, text: str, *, dated: bool, sends: bool) -> str | None:
    """Say that a page is a dead one, by what it lacks, in whatever language it says so.

    It has little text, describes no article, has no day anywhere, and its title is no more than the
    site's or speaks of nothing in the address; and what it says is no prose, or said to its reader.
    A page that sends its readers on (`sends`) is none either. Agencies that describe nothing write
    short pages as well, but those tell a story.
    """
    if said.article or said.first("og:type").lower() == "article" or weight_of(text) >= _LITTLE:
        return None
    if sends:
        return "the page sends its readers to another one"
    if dated or not (_is_of_site(title, said) or _is_another(title, said, said.url)):
        return None
    if is_to_readers(text) or not any(map(prose_in, text.split("\n"))):
        return "the page holds a few words and no story"
    return None


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
