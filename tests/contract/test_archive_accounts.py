"""The first articles of a story, in the order in which they were seen."""

from dataclasses import replace
from datetime import timedelta

from archive import articles, stories
from archive.database import Database
from news.story import Account
from tests.contract.archive_world import NOW, new_article


def test_accounts_are_told_in_order_and_no_more_than_asked(archive: Database) -> None:
    with archive.writing() as conn:
        first = articles.add(conn, replace(new_article(), first_seen_at=NOW))
        for number, minutes in ((2, 5), (3, -5), (4, 9)):
            new = new_article(number, publisher="b.test", story=first.story)
            articles.add(conn, replace(new, first_seen_at=NOW + timedelta(minutes=minutes)))
        told = stories.accounts(conn, first.story, limit=3)
        alone = stories.accounts(conn, first.story, limit=1)
    assert [account.url for account in told] == [
        "https://b.test/view/3",
        "https://yna.test/view/1",
        "https://b.test/view/2",
    ]
    assert (
        alone
        == told[:1]
        == [
            Account(
                article=told[0].article,
                publisher_name="b.test",
                title="Article 3",
                url="https://b.test/view/3",
                first_seen_at=NOW - timedelta(minutes=5),
            )
        ]
    )
