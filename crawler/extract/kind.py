"""What is no article, and is better said than stored: files, error pages, walls."""

import re

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

_ERROR_TITLE = re.compile(
    r"^(?:error\s*)?40[34]\b|\b(?:page|article|story|site)\b.{0,20}\bnot (?:be )?found\b"
    r"|^not found\b"
    r"|\bnicht gefunden\b|\bpage introuvable\b|\bno encontrada\b|\bnon trovata\b|\bniet gevonden\b"
    r"|страница не (?:найдена|существует)|페이지를 찾을 수 없|찾을 수 없습니다"
    r"|ページが見つかりません"
    r"|页面不存在|找不到(?:页面|網頁|网页)|頁面不存在|no longer (?:available|exists)",
    re.IGNORECASE,
)
_WALL_TITLE = re.compile(
    r"^just a moment|^attention required|access (?:to this page )?(?:has been )?denied|^forbidden\b"
    r"|are you a (?:human|robot)|(?:security|browser) check|^before you continue|captcha",
    re.IGNORECASE,
)
_WALL_TEXT = re.compile(
    r"(?:accept|agree to|consent to|use of|we use) (?:all |the use of )?cookies"
    r"|cookie (?:policy|settings|consent)"
    r"|enable javascript|javascript is (?:disabled|required)|verify (?:that )?you are (?:a )?human"
    r"|cookies (?:zustimmen|akzeptieren)|файлы cookie|쿠키",
    re.IGNORECASE,
)
_NEEDS_SCRIPTS = re.compile(r"enable javascript|javascript is (?:disabled|required)", re.IGNORECASE)
_SHORT = 1500
_VERY_SHORT = 600


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


def fault_of_text(title: str, text: str) -> str | None:
    """Say why this is an error page or a wall in an article's place, None if it seems to be one."""
    if not text:
        return "the page holds no text of an article"
    if len(text) < _SHORT and _ERROR_TITLE.search(title):
        return "the page says that it was not found"
    if len(text) < _SHORT and _WALL_TITLE.search(title):
        return "the page wants to know whether we are human"
    if len(text) < _VERY_SHORT and _WALL_TEXT.search(text):
        return "the page shows a wall in the article's place"
    return None
