"""Preview: a query tried on the archive's past, by the decisions that are taken every day.

The watch is taken to have been there all the time and to have been told nothing before the period,
and articles as they read now. Everything else is as it was: which articles came, of which source,
at its first visit or later, in which story, in which order.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from alerts.policy import Candidate, Verdict, decide
from archive import articles, past
from archive.database import Transaction
from archive.past import PastArticle
from archive.search.period import At, found_since, nobody
from news.alert import Standing
from news.article import Article
from news.match import Span
from news.query.spans import spans
from news.query.tree import Query
from news.watch import Watch, WatchSettings
from wirewatch.shares import Share, shares

SAMPLES = 5
TOP = 5
"""Publishers that are named."""

NOISY = 500
"""Alerts a day from which a watch wants to be called noisy."""

_ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is tried: a watch as it would be, its query, on so many days up to today.

    Days are those of `zone`; `catch_up` says from when on news is old.
    """

    settings: WatchSettings
    query: Query
    days: int
    zone: str = "UTC"
    catch_up: timedelta = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day: the articles that matched, and the alerts that they would have meant."""

    date: date
    articles: int
    alerts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """An article that matched, with its text and where the query holds; what became of it."""

    article: Article
    body: str
    spans: tuple[Span, ...]
    verdict: Verdict
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a watch would have told, by day, oldest first.

    `known` tells whether there are articles at all; `covered` is how much of the period the archive
    knows, in days, at least one. `found` are the ids of the articles, newest first; `shares` say
    which part of the query brings how many.
    """

    days: tuple[Day, ...]
    known: bool
    covered: float
    articles: int
    stories: int
    alerts: int
    old: int
    folded: int
    publishers: tuple[tuple[str, int], ...]
    shares: tuple[Share, ...]
    samples: tuple[Sample, ...]
    found: tuple[int, ...]
    first: date | None = None
    """The day from which on the archive knows the period; None where it knows all of it."""

    @property
    def known_days(self) -> tuple[Day, ...]:
        """Return the days that the archive knows; on those before, nobody looked."""
        return tuple(day for day in self.days if self.first is None or day.date >= self.first)

    @property
    def alerts_a_day(self) -> float:
        """Return how many alerts there would have been a day."""
        return self.alerts / self.covered

    @property
    def noisy(self) -> bool:
        """Tell whether so many alerts must be asked for."""
        return self.alerts_a_day > NOISY


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """An article, and what would have become of it."""

    article: PastArticle
    verdict: Verdict
    words: str


def preview(conn: Transaction, asked: Asked, *, now: datetime, at: At = nobody) -> Preview:
    """Try a query on the past; `at` is told how far it is. Articles without a text are not seen."""
    since = _begin(asked, now)
    found = found_since(conn, asked.query, since=since, at=at)
    foreseen = list(foresee(asked, past.of(conn, found)))
    verdicts = Counter(one.verdict for one in foreseen)
    began = past.began(conn)
    return Preview(
        days=_by_day(asked, now, foreseen),
        known=began is not None,
        covered=max((now - max(since, began or now)) / _DAY, 1.0),
        articles=len(foreseen),
        stories=len({one.article.story for one in foreseen}),
        alerts=verdicts[Verdict.TOLD],
        old=verdicts[Verdict.DROPPED],
        folded=verdicts[Verdict.FOLDED],
        publishers=_publishers(conn, foreseen),
        shares=shares(conn, asked.query, since=since, found=found),
        samples=samples(conn, asked.query, reversed(foreseen)),
        found=tuple(found),
        first=max(since, began or now).astimezone(ZoneInfo(asked.zone)).date(),
    )


def foresee(asked: Asked, told: Iterable[PastArticle]) -> Iterator[Foreseen]:
    """Decide on `told`, in the order in which they were owed, as the pipeline would have."""
    watch = Watch(id=0, version=0, settings=asked.settings, added_at=_ALWAYS)
    open_stories: set[int] = set()
    for article in told:
        candidate = Candidate(
            watch=watch,
            published_at=article.published_at,
            first_seen_at=article.first_seen_at,
            source_name=article.source_name,
            source_added_at=article.source_added_at,
            first_visit=article.first_visit,
            is_copy=article.is_copy,
        )
        standing = Standing(told_story=article.story in open_stories)
        decision = decide(candidate, standing, catch_up=asked.catch_up)
        if decision.verdict is Verdict.TOLD:
            open_stories.add(article.story)
        yield Foreseen(article=article, verdict=decision.verdict, words=decision.words)


def samples(
    conn: Transaction, query: Query, foreseen: Iterable[Foreseen], *, most: int = SAMPLES
) -> tuple[Sample, ...]:
    """Return the first of `foreseen` with their texts and why `query` holds for them."""
    chosen: list[Sample] = []
    for one in foreseen:
        if len(chosen) == most:
            break
        article = articles.get(conn, one.article.id)
        reading = articles.reading_of(conn, one.article.id)
        if article is None or reading is None:
            continue
        chosen.append(
            Sample(
                article=article,
                body=reading.body,
                spans=spans(query, reading.title, reading.body),
                verdict=one.verdict,
                words=one.words,
            )
        )
    return tuple(chosen)


def _publishers(conn: Transaction, foreseen: Sequence[Foreseen]) -> tuple[tuple[str, int], ...]:
    most = Counter(one.article.publisher for one in foreseen).most_common(TOP)
    names = past.publisher_names(conn, [number for number, _ in most])
    return tuple((names[number], many) for number, many in most)


def _begin(asked: Asked, now: datetime) -> datetime:
    """Return the first midnight of the period, in UTC."""
    zone = ZoneInfo(asked.zone)
    first = now.astimezone(zone).date() - timedelta(days=asked.days - 1)
    return datetime.combine(first, time(), zone).astimezone(UTC)


def _by_day(asked: Asked, now: datetime, foreseen: Sequence[Foreseen]) -> tuple[Day, ...]:
    zone = ZoneInfo(asked.zone)
    today = now.astimezone(zone).date()
    dated = [(one.article.owed_at.astimezone(zone).date(), one.verdict) for one in foreseen]
    matched = Counter(day for day, _ in dated)
    told = Counter(day for day, verdict in dated if verdict is Verdict.TOLD)
    days = (today - timedelta(days=back) for back in reversed(range(asked.days)))
    return tuple(Day(date=day, articles=matched[day], alerts=told[day]) for day in days)
