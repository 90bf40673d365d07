"""`wirewatch why URL|ID`: why an article raised an alert, or did not, step by step."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace

import click

from archive import looks, sources, trail, watches
from archive.why import Findings, KeptMatch, about
from news.alert import AlertState
from news.article import Article
from news.errors import UsageError
from news.ids import parse_wire_id, wire_id
from news.trail import TrailLine
from news.url import is_http
from wirewatch.cli.alerts import as_json as alert_as_json
from wirewatch.cli.alerts import fared, outcome
from wirewatch.cli.found import as_json as article_as_json
from wirewatch.cli.look_words import looks_in_words
from wirewatch.cli.notices import as_json as notice_as_json
from wirewatch.cli.notices import told_to
from wirewatch.cli.opened import archive, configuration
from wirewatch.cli.options import command
from wirewatch.cli.screen import Screen, with_screen
from wirewatch.cli.trail_words import titled
from wirewatch.cli.untold import advice, unfinished, untold
from wirewatch.inert import inert
from wirewatch.limits import limits_of

_LONGEST_SPANS = 6
_OF_SOURCES = (
    "name url paused_reason visits good last_reason last_visit_at newest_entry_at "
    "failing_since next_visit_at"
)


@command("why")
@click.argument("name", metavar="URL|ID")
@with_screen
def why(screen: Screen, name: str) -> None:
    """Tell why an article raised an alert, or did not.

    Name it by its address, or by a name such as ar_12, al_3, dl_7 or st_5.
    Of a source, so_3, it says how its visits go, of a notice, nt_4, whom it was told.
    """
    if parse_wire_id(name) is None and not is_http(name):
        raise UsageError(f'"{name}" is neither an address (https://…) nor a name such as ar_12.')
    with archive(configuration(screen)) as database, database.reading() as conn:
        found = about(conn, name, now=screen.clock())
        titles = trail.titles_in(conn, found.trail)
        looked = looks.of(conn, [found.article.id] if found.article else [])
        names = {one.id: one.settings.name for one in watches.listing(conn)}
        configured = len(sources.listing(conn))
    if found == Findings() and not is_http(name):
        raise UsageError(f"Nothing is known as {name}.")
    if screen.manner.json:
        answer = _answer(screen, name, found, configured)
        known = {"looks": next(map(asdict, looked.values()), None)}
        screen.data({"asked": name, **as_json(found), **known, **answer})
        return
    found = replace(found, trail=tuple(titled(line, titles) for line in found.trail))
    if found.article is not None:
        screen.say(inert(found.article.title) or "(without a title)", bold=True)
    beside = [words for one in looked.values() for words in looks_in_words(screen, one)]
    for line in _told(screen, found, names, beside) or untold(screen, name, found, configured):
        screen.say(line.replace("\n", " "))  # what strangers wrote may hold one


def _answer(screen: Screen, name: str, found: Findings, configured: int) -> dict[str, object]:
    """Return what a person is told of an address that is not known, and what can be done."""
    if found.article is not None or found.entries or not is_http(name):
        return {"answer": [], "advice": None}
    lines = list(untold(screen, name, found, configured))
    return {"answer": lines[:-1], "advice": advice(name, found)}


def _told(
    screen: Screen, found: Findings, names: dict[int, str], beside: Sequence[str]
) -> list[str]:
    limits = [] if found.article is None else limits_of(found.article)
    return [
        *_article(screen, found),
        *(f"  {words}" for words in (*limits, *beside)),
        *_entries(screen, found),
        *_trail(screen, found, names),
        *_matches(found, watched=bool(names)),
        *_alerts(screen, found),
        *_notices(screen, found),
    ]


def _article(screen: Screen, found: Findings) -> Iterator[str]:
    article = found.article
    if article is None:
        return
    yield f"  {article.url}"
    story = wire_id("st", article.story)
    yield f"  {article.publisher_name} · {wire_id('ar', article.id)} of story {story}"
    if article.published_at is not None:
        yield f"  published {screen.both(article.published_at)}"
    seen = screen.both(article.first_seen_at)
    revised = f", revision {article.revision}" if article.revision > 1 else ""
    yield f"  seen {seen}{revised}; told by {', '.join(found.told_by) or 'no source any more'}"


def _entries(screen: Screen, found: Findings) -> Iterator[str]:
    for entry in found.entries:
        if entry.state != "done" or found.article is None:
            yield unfinished(screen, entry)


def _trail(screen: Screen, found: Findings, names: dict[int, str]) -> Iterator[str]:
    if found.trail:
        yield ""
    for line in found.trail:
        reason = line.reason
        watch = f"{names.get(reason.watch, wire_id('w', reason.watch))}: " if reason.watch else ""
        yield f"  {screen.at(line.at)}  {reason.step:<10}  {watch}{reason.words}"


def _matches(found: Findings, *, watched: bool) -> Iterator[str]:
    if found.article is None:
        return
    yield ""
    if not found.matches:
        yield "No watch holds for it." if watched else "There are no watches yet."
    for one in found.matches:
        if found.article.forgotten:
            yield f"{one.watch_name} held for it before it was forgotten"
        else:
            yield ": ".join(filter(None, (f"{one.watch_name} holds for it", _spans(one))))


def _spans(match: KeptMatch) -> str:
    terms = dict.fromkeys(f"{span.term} ({span.field})" for span in match.spans)
    shown = ", ".join(list(terms)[:_LONGEST_SPANS])
    return f"{shown}, …" if len(terms) > _LONGEST_SPANS else shown


def _alerts(screen: Screen, found: Findings) -> Iterator[str]:
    for alert in found.alerts:
        head = f"{wire_id('al', alert.id)} to {alert.watch_name}, {screen.both(alert.at)}"
        if alert.state is AlertState.HELD or not alert.sent:
            yield f"{head}: {fared(screen, alert)}"
            continue
        because = f" (held by {alert.held_by} before)" if alert.held_by else ""
        yield f"{head}: {alert.state}{because}"
        for sent in alert.sent:
            yield f"  {wire_id('dl', sent.delivery)} {outcome(sent)}"


def _notices(screen: Screen, found: Findings) -> Iterator[str]:
    for one in found.notices:
        notice = one.notice
        kind, source = notice.kind.value, notice.source
        yield f"{wire_id('nt', one.id)} {kind}, {source.name}, {screen.both(notice.at)}"
        yield f"  {notice.what} {notice.next}"
        yield f"  since {screen.both(notice.since)}; {wire_id('so', source.id)} {source.url}"
        if not one.sent:
            yield f"  told to: {told_to(one)}"
        yield from (f"  {wire_id('dl', sent.delivery)} {outcome(sent)}" for sent in one.sent)


def as_json(found: Findings) -> dict[str, object]:
    """Return what is known for machines, in the words of the webhook where it has them."""
    return {
        "article": found.article and _article_as_json(found.article, found.told_by),
        "entries": [_picked(one, "source_name url title noted_at state") for one in found.entries],
        "trail": [_line_as_json(line) for line in found.trail],
        "matches": [
            {"watch": one.watch_name, "version": one.version, "terms": [s.term for s in one.spans]}
            for one in found.matches
        ],
        "alerts": [alert_as_json(one) for one in found.alerts],
        "notices": [notice_as_json(one) for one in found.notices],
        "sources": [
            {**_picked(one, _OF_SOURCES), "gaps": [_picked(gap, "since until") for gap in one.gaps]}
            for one in found.sources
        ],
    }


def _article_as_json(article: Article, told_by: tuple[str, ...]) -> dict[str, object]:
    return {
        **article_as_json(article),
        "revision": article.revision,
        "told_by": list(told_by),
    }


def _line_as_json(line: TrailLine) -> dict[str, object]:
    reason = line.reason
    return {
        "at": line.at,
        "step": reason.step.value,
        "code": reason.code,
        "words": reason.words,
        "watch": reason.watch and wire_id("w", reason.watch),
    }


def _picked(value: object, names: str) -> dict[str, object]:
    return {name: getattr(value, name) for name in names.split()}
