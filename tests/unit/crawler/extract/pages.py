"""Pages of our own, and the short ways to extract them."""

from crawler.extract.page import extract
from news.page import Page

URL = "https://www.harbour.test/news/crane"

LEAD = (
    "The old crane of the harbour was taken down on Monday, port workers said, after it had stood "
    "idle for eleven years and a storm had bent its arm."
)
SECOND = (
    "It will be rebuilt as a look-out for visitors, and one of its wheels goes to the museum, "
    "where school classes may turn it by hand."
)
BODY = f"<article><p>{LEAD}</p><p>{SECOND}</p></article>"


def html(head: str = "", body: str = BODY, *, title: str = "Crane comes down") -> str:
    return (
        f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    )


def page(text: str, *, url: str = URL, **headers: str) -> Page:
    outcome = extract(
        text.encode(), url, {name.replace("_", "-"): v for name, v in headers.items()}
    )
    assert isinstance(outcome, Page), outcome
    return outcome
