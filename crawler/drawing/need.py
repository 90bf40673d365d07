"""Which pages are drawn, and what is made of it: pure.

Most pages have their text as they are sent. Drawn are those that hold next to none, and scripts.
"""

from dataclasses import replace

from crawler.drawing.drawn import NotDrawn
from news.page import Page, PageOutcome, Unread

SCANT = 250
"""Characters: less is seldom an article, and often what a shell says while it loads."""

_SCRIPT = b"<script"


def wants_scripts(outcome: PageOutcome, html: bytes) -> bool:
    """Tell whether the scripts of a page may bring the text that it lacks."""
    lacks = outcome.textless if isinstance(outcome, Unread) else len(outcome.text) < SCANT
    return lacks and _SCRIPT in html.lower()


def better_of(plain: PageOutcome, drawn: PageOutcome) -> PageOutcome:
    """Return the page as it was drawn, or as it was sent if it holds as much."""
    if isinstance(drawn, Unread):
        return plain if isinstance(plain, Page) else drawn
    if isinstance(plain, Page) and len(plain.text) >= len(drawn.text):
        return plain
    return replace(drawn, drawn=True)


def undrawn(plain: PageOutcome, why: NotDrawn) -> PageOutcome:
    """Return what goes on with a page that was not drawn: what it has, or why it has nothing."""
    if isinstance(plain, Page):
        return plain
    words = f"{plain.reason}, and it was not drawn: {why.reason}"
    return replace(plain, reason=words, again=plain.again or why.again)
