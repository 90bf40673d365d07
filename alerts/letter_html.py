"""A mail as HTML: one column, no tables, no images, no scripts, nothing fetched from anywhere.

Styles stand at each element, since many readers of mail drop a page's own; the page's add only
what cannot stand there: the dark colours and the narrow screen. Every text is escaped in `_tag`.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape

from alerts.letter_sheet import Action, Section, Sheet, Story, Teller, Telling
from alerts.passages import Line, Piece
from news.url import is_http

_SANS = "-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
_SERIF = "Georgia,'Times New Roman',serif"
_MONO = "ui-monospace,Menlo,Consolas,monospace"
_INK, _SOFT, _PAPER, _ACCENT, _LINE = "#1c1b19", "#66625b", "#ffffff", "#a3341f", "#e4e0d8"

_STYLES = {
    "page": f"margin:0;padding:0;background:{_PAPER};color:{_INK}",
    "sheet": f"max-width:600px;margin:0 auto;padding:28px 20px 32px;font:16px/1.5 {_SANS};"
    "overflow-wrap:anywhere",
    "kicker": f"margin:0 0 10px;font-size:13px;font-weight:600;color:{_ACCENT}",
    "head": f"margin:0 0 10px;font:700 27px/1.25 {_SERIF};color:{_INK}",
    "title": f"margin:0 0 4px;font:700 19px/1.3 {_SERIF};color:{_INK}",
    "section": f"margin:26px 0 6px;font-size:15px;font-weight:600;color:{_ACCENT}",
    "link": f"color:{_INK};text-decoration:none",
    "also": f"color:{_INK};text-decoration:underline;text-decoration-color:{_LINE}",
    "note": "margin:0 0 16px",
    "soft": f"margin:0 0 14px;font-size:14px;color:{_SOFT}",
    "quote": f"margin:0 0 12px;padding-inline-start:14px;border-inline-start:3px solid {_LINE}",
    "mark": f"background:#ffeeb8;color:{_INK};padding:0 2px;border-radius:2px",
    "story": f"margin:0;padding:14px 0 2px;border-top:1px solid {_LINE}",
    "list": "margin:0 0 14px;padding:0;list-style:none;font-size:14px",
    "teller": "margin:0 0 6px",
    "dim": f"color:{_SOFT}",
    "go": f"color:{_ACCENT};text-decoration:underline",
    "actions": f"margin:22px 0 0;padding:14px 0 0;border-top:1px solid {_LINE};font-size:14px",
    "action": "margin:0 0 6px",
    "code": f"font:13px/1.4 {_MONO};overflow-wrap:anywhere",
    "whole": "white-space:nowrap",
    "foot": f"margin:18px 0 0;font-size:13px;color:{_SOFT}",
}

_DARK = {
    "page": "background:#171614;color:#eceae5",
    "head,title,link,also": "color:#f4f2ed",
    "kicker,go,section": "color:#f0967f",
    "soft,dim,foot": "color:#a8a49b",
    "quote,story,actions": "border-color:#3b3935",
    "also": "text-decoration-color:#5a574f",
    "mark": "background:#5c4a10;color:#fff4cf",
}

_OPTION = re.compile(r"--\S+")
"""What a narrow screen would break after its first hyphens."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def html(sheet: Sheet, title: str) -> str:
    """Write `sheet` as a whole page."""
    blocks = "\n".join(block for block in _blocks(sheet) if block)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta name="supported-color-schemes" content="light dark">\n'
        f"<title>{escape(title)}</title>\n<style>\n{_PAGE_STYLE}</style>\n</head>\n"
        f'<body class="page" style="{_STYLES["page"]}">\n'
        f'<div class="sheet" style="{_STYLES["sheet"]}">\n{blocks}\n</div>\n</body>\n</html>\n'
    )


def _blocks(sheet: Sheet) -> Iterator[str]:
    yield _tag("p", "kicker", escape(sheet.kicker))
    yield _tag("h1", "head", escape(sheet.heading)) if sheet.heading else ""
    yield _tag("p", "note", escape(sheet.note)) if sheet.note else ""
    for section in sheet.sections:
        yield from _section(section)
    for remark in sheet.remarks:
        heading = _tag("h2", "title", escape(remark.heading), dir="auto")
        yield _tag("div", "story", heading + _tag("p", "soft", escape(remark.words)))
    yield _tag("p", "soft", escape(sheet.more)) if sheet.more else ""
    yield _tag("div", "actions", "".join(map(_action, sheet.actions))) if sheet.actions else ""
    yield _tag("p", "foot", escape(sheet.foot))


def _section(section: Section) -> Iterator[str]:
    if not section.heading:
        yield from (
            _telling(telling, "h1", "head") for story in section.stories for telling in story
        )
        return
    yield _tag("h2", "section", escape(section.heading), dir="auto")
    yield from (_tag("div", "story", _told(story)) for story in section.stories)


def _told(story: Story) -> str:
    return "".join(_telling(telling, "h3", "title") for telling in story)


def _telling(telling: Telling, name: str, look: str) -> str:
    written = _language(telling.language)
    title = _link(telling.url, _line(telling.title), "link")
    quotes = (_tag("div", "quote", _line(quote), dir="auto", **written) for quote in telling.quotes)
    return "\n".join(
        (
            _tag(name, look, title, dir="auto", **written),
            _tag("p", "soft", f"{_apart(telling.publisher)} · {escape(telling.when)}"),
            *quotes,
            *_reasons(telling),
            *_others(telling),
        )
    )


def _reasons(telling: Telling) -> Iterator[str]:
    lines = [
        f"Matched: {_apart(telling.terms)}" if telling.terms else "",
        escape(telling.note),
        _apart(telling.first) if telling.first else "",
    ]
    if any(lines):
        yield _tag("p", "soft", "<br>".join(line for line in lines if line))


def _others(telling: Telling) -> Iterator[str]:
    if telling.tellers:
        more = _tag("li", "teller", f"and {telling.more} more") if telling.more else ""
        yield _tag("ul", "list", "".join(map(_teller, telling.tellers)) + more)


def _teller(teller: Teller) -> str:
    when = _tag("span", "dim", f"{escape(teller.when)} · {_apart(teller.publisher)}")
    return _tag("li", "teller", f"{when}<br>{_link(teller.url, _apart(teller.title), 'also')}")


def _action(action: Action) -> str:
    if action.url is not None:
        return _tag("p", "action", _link(action.url, escape(action.words), "go"))
    whole = _OPTION.sub(lambda found: _tag("span", "whole", found[0]), escape(action.command))
    command = _tag("code", "code", whole)
    return _tag("p", "action", f"{escape(action.words)}: {command}")


def _line(line: Line) -> str:
    return "".join(map(_piece, line))


def _piece(piece: Piece) -> str:
    return _tag("mark", "mark", escape(piece.text)) if piece.marked else escape(piece.text)


def _link(url: str, content: str, look: str) -> str:
    """Link `content`, which is markup already; only to the web, whatever an address says."""
    return _tag("a", look, content, href=url) if is_http(url) else content


def _apart(text: str) -> str:
    """Set a stranger's text apart, so that its direction does not turn what stands around it."""
    return f"<bdi>{escape(text)}</bdi>"


def _language(language: str | None) -> dict[str, str]:
    return {"lang": language} if language and _LANGUAGE.fullmatch(language) else {}


def _tag(name: str, look: str, content: str, **attributes: str) -> str:
    """Write an element around `content`, which is markup; `attributes` are text."""
    more = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return f'<{name} class="{look}" style="{_STYLES[look]}"{more}>{content}</{name}>'


def _rules(styles: Iterable[tuple[str, str]]) -> Iterator[str]:
    for looks, style in styles:
        chosen = ",".join(f".{look}" for look in looks.split(","))
        yield f"  {chosen} {{ {style.replace(';', ' !important;')} !important }}\n"


_PAGE_STYLE = (
    "  .link:hover { text-decoration: underline !important }\n"
    "@media (max-width: 480px) {\n"
    "  .sheet { padding: 20px 16px 24px !important }\n"
    "  .head { font-size: 23px !important }\n}\n"
    f"@media (prefers-color-scheme: dark) {{\n{''.join(_rules(_DARK.items()))}}}\n"
)
