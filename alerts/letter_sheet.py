"""What stands on a mail, before it is text or HTML: headlines, quotes, times, what can be done.

Everything here is inert text already; the writers beside this file only lay it out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias
from zoneinfo import ZoneInfo

from alerts.facts import ACCOUNTS, AlertFacts, DigestFacts, PingFacts
from alerts.letter_times import (
    UTC,
    clock_or_date,
    dated,
    published_and_seen,
    reaching_back,
    zone_of,
)
from alerts.passages import Line, Piece, after_title, passages, remark, title_line
from alerts.render import SUMMARY_LIMIT, links, summary_of
from news.alert import AlertKind
from news.ids import wire_id
from news.inert import inert
from news.typed import typed

_TITLE, _BRIEF = 300, 180
_TERMS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """A further account of a story: when it was seen, by whom, under which title."""

    when: str
    publisher: str
    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One article as a mail tells it; `more` counts the accounts that have no line of their own."""

    title: Line
    url: str
    language: str | None
    publisher: str
    when: str
    quotes: tuple[Line, ...]
    terms: str
    note: str = ""
    first: str = ""
    tellers: tuple[Teller, ...] = ()
    more: int = 0


Story: TypeAlias = tuple[Telling, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The stories of one watch; without a heading where the mail is about one article."""

    stories: tuple[Story, ...]
    heading: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One of several things that a mail tells about wirewatch itself."""

    heading: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What a reader can do: follow a link, or type a command."""

    words: str
    url: str | None = None
    command: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A whole mail; without a heading, the article's own headline heads it."""

    kicker: str
    foot: str
    heading: str = ""
    note: str = ""
    sections: tuple[Section, ...] = ()
    remarks: tuple[Remark, ...] = ()
    more: str = ""
    actions: tuple[Action, ...] = ()


def alert_sheet(facts: AlertFacts) -> Sheet:
    """Lay out one alert."""
    watch = inert(facts.watch.settings.name)
    telling = _telling(facts, limit=SUMMARY_LIMIT, others=ACCOUNTS - 1)
    return Sheet(
        kicker=f"{watch} · {_KINDS[facts.kind]}",
        note="This is a sample, sent to try the channel." if facts.sample else "",
        sections=(Section(stories=((telling,),)),),
        actions=tuple(_actions(facts)),
        foot=f"You get this because the watch “{watch}” sends here. {_STOP}",
    )


def digest_sheet(facts: DigestFacts) -> Sheet:
    """Lay out several alerts: by watch, then by story, each as they came."""
    told = sorted(facts.alerts, key=lambda alert: alert.watch.settings.name)
    sections = tuple(
        Section(heading=inert(name), stories=tuple(_stories(list(alerts))))
        for name, alerts in groupby(told, key=lambda alert: alert.watch.settings.name)
    )
    back = reaching_back([one.at for one in facts.alerts], facts.at)
    return Sheet(
        kicker="wirewatch" if facts.watch is None else inert(facts.watch.settings.name),
        heading=digest_heading(facts),
        note=_sentence(inert(facts.words)),
        sections=sections,
        more=f"and {facts.omitted:,} more" if facts.omitted else "",
        actions=(Action(words="All of them", command=f"wirewatch alerts --since {back}"),),
        foot=f"You get this because these watches send here. {_STOP}",
    )


def digest_heading(facts: DigestFacts) -> str:
    """Return how many alerts a digest tells."""
    count = len(facts.alerts) + facts.omitted
    return f"{count:,} {'alert' if count == 1 else 'alerts'}"


def ping_sheet(facts: PingFacts) -> Sheet:
    """Lay out the trial of a channel."""
    at = f"{dated(facts.at, UTC)} UTC"
    return Sheet(
        kicker="wirewatch · test",
        heading=f"The channel “{inert(facts.channel_name)}” works",
        note=f"This mail was sent by hand on {at} to try it. Nothing is to be done: "
        "alerts will come the same way.",
        foot="You get this because somebody ran `wirewatch channel test`.",
    )


_KINDS = {
    AlertKind.STORY: "new story",
    AlertKind.ARTICLE: "matching article",
    AlertKind.GROWTH: "the story grew",
    AlertKind.EDIT: "the article was edited",
    AlertKind.SPIKE: "more than usual",
    AlertKind.OVERDUE: "less than usual",
}
_STOP = "To stop it, answer this mail: whoever runs wirewatch reads it, and takes you off."


def _stories(alerts: list[AlertFacts]) -> Iterator[Story]:
    stories: dict[int, list[Telling]] = {}
    for alert in alerts:
        stories.setdefault(alert.story.id, []).append(_telling(alert, limit=_BRIEF, others=0))
    yield from map(tuple, stories.values())


def _telling(facts: AlertFacts, *, limit: int, others: int) -> Telling:
    article, spans, zone = facts.article, facts.match.spans, zone_of(facts.watch.settings.timezone)
    body, marks = after_title(facts.body, article.title, spans)
    seen = [t for t in _tellers(facts, zone) if t.url != article.url][:others] if others else []
    return Telling(
        title=title_line(article.title, spans, limit=_TITLE) or (Piece(text="(without a title)"),),
        url=article.url,
        language=article.language,
        publisher=inert(article.publisher_name),
        when=published_and_seen(article.published_at, article.first_seen_at, zone),
        quotes=passages(body, marks, limit=limit) or _summary(facts, limit),
        terms=_terms(facts),
        note=remark(facts),
        first=_first(facts, zone),
        tellers=tuple(seen),
        more=max(0, facts.story.articles - 1 - len(seen)),
    )


def _summary(facts: AlertFacts, limit: int) -> tuple[Line, ...]:
    """Return how the article begins, unless that only repeats its title."""
    line = inert(summary_of(facts.article.lead, limit))
    title = inert(facts.article.title).casefold()
    repeats = line.rstrip(".…").casefold() in title
    return () if repeats else ((Piece(text=line),),)


def _terms(facts: AlertFacts) -> str:
    terms = list(dict.fromkeys(inert(span.term).strip('"') for span in facts.match.spans))
    more = f" and {len(terms) - _TERMS} more" if len(terms) > _TERMS else ""
    return ", ".join(terms[:_TERMS]) + more


def _first(facts: AlertFacts, zone: ZoneInfo) -> str:
    story = facts.story
    if story.articles < 2:  # noqa: PLR2004 - one article alone is no contest
        return ""
    voices = f"{story.publishers} {'publisher' if story.publishers == 1 else 'publishers'}"
    at = clock_or_date(story.first_at, facts.article.first_seen_at, zone)
    return f"{story.articles} articles by {voices}, first {inert(story.first_publisher)} at {at}"


def _tellers(facts: AlertFacts, zone: ZoneInfo) -> Iterator[Teller]:
    if facts.story.articles > 1:
        for account in facts.accounts():
            yield Teller(
                when=clock_or_date(account.first_seen_at, facts.article.first_seen_at, zone),
                publisher=inert(account.publisher_name),
                title=inert(summary_of(account.title, _TITLE)),
                url=account.url,
            )


def _actions(facts: AlertFacts) -> Iterator[Action]:
    article = wire_id("ar", facts.article.id)
    name = typed(facts.watch.settings.name, wire_id("w", facts.watch.id))
    known = links(facts, facts.base_url.rstrip("/")) if facts.base_url else {}
    why, silence = f"wirewatch why {article}", f'wirewatch silence {name} --for 8h --why "…"'
    yield Action(words="Why this", url=known.get("why"), command=why)
    yield Action(words="Silence", url=known.get("silence"), command=silence)
    if known:
        yield Action(words="The story", url=known["story"])


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + "." if words else ""
