"""Pages as bytes: what goes through the pipes is what comes out."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.wire import extraction_asked, extraction_read, outcome_packed, outcome_read
from news.page import Page, PageOutcome, Unread


@pytest.mark.parametrize(
    "outcome",
    [
        Page(url="https://a.test/", canonical=None, title="", text="текст\n본문"),
        Page(
            url="https://a.test/x?y=1",
            canonical="https://a.test/x",
            title='A "title"',
            text="one\ntwo",
            authors=("Ann", "김"),
            published=datetime(2026, 3, 4, 5, 6, tzinfo=UTC),
            language="ko",
            noarchive=True,
        ),
        Unread(reason="HTTP 404"),
        Unread(reason="HTTP 503", again=True, wait=timedelta(seconds=1.5)),
        Unread(reason="connection refused", again=True, silent=True),
    ],
)
def test_an_outcome_survives_the_pipe(outcome: PageOutcome) -> None:
    assert outcome_read(outcome_packed(outcome)) == outcome


@given(st.binary(), st.text(), st.dictionaries(st.text(), st.text()))
def test_what_is_asked_survives_the_pipe(html: bytes, url: str, headers: dict[str, str]) -> None:
    page = extraction_read(extraction_asked(html, url=url, headers=headers))
    assert (page.html, page.url, page.headers) == (html, url, headers)
