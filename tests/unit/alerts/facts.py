"""One story to speak of, as the values that alerts are made from."""

from datetime import UTC, datetime

from alerts.facts import AlertFacts, DigestFacts
from news.alert import AlertKind
from news.article import Article, Read
from news.match import Match, Span
from news.story import Story
from news.watch import Watch, WatchSettings

NOW = datetime(2026, 11, 23, 6, 2, 12, 104_999, tzinfo=UTC)

WATCH = Watch(
    id=3,
    version=1,
    settings=WatchSettings(name="Coffins", query='"under flag" OR гроб'),
    added_at=datetime(2026, 11, 1, tzinfo=UTC),
)

ARTICLE = Article(
    id=18204,
    url="https://news.test/ru/гроб",
    publisher="news.test",
    publisher_name="Новости",
    title="Гроб под флагом — 관은 국기 아래",
    lead="A coffin came home.",
    story=9021,
    revision=1,
    read=Read.FULL,
    first_seen_at=NOW,
    owed_at=NOW,
    published_at=datetime(2026, 11, 23, 5, 58, tzinfo=UTC),
    language="ru",
    authors=("A. Writer",),
)

STORY = Story(
    id=9021,
    articles=5,
    publishers=4,
    families=3,
    first_publisher="Yonhap",
    first_at=datetime(2026, 11, 23, 5, 41, tzinfo=UTC),
)

FACTS = AlertFacts(
    alert=77,
    kind=AlertKind.STORY,
    reason="told",
    at=NOW,
    watch=WATCH,
    article=ARTICLE,
    match=Match(watch=3, version=1, spans=(Span("title", 0, 4, "гроб"),)),
    story=STORY,
)

DIGEST = DigestFacts(
    because="silence",
    words="a silence of 8 h held these",
    at=NOW,
    watch=WATCH,
    alerts=(FACTS,),
    omitted=2,
)
