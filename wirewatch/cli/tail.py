"""`wirewatch tail`: articles and what they set off, line by line as they come."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial

import click

from archive import following, notices, run_lock, watches
from archive.database import Database
from archive.following import Decided, Happened
from archive.notices import KeptNotice
from news.ids import wire_id
from wirewatch.cli.completing import watch_names
from wirewatch.cli.named import named
from wirewatch.cli.notices import as_json as notice_as_json
from wirewatch.cli.opened import Since, archive, configuration
from wirewatch.cli.options import command
from wirewatch.cli.screen import Screen, with_screen
from wirewatch.inert import inert

EVERY_SECONDS = 0.5

_PASSED_OVER = "known"
"""How an article is recognised that was read again and says the same."""
_TOLD_BEFORE = "known:told"


@command(
    "tail",
    examples=(
        "wirewatch tail",
        'wirewatch tail --watch "DPRK troops" --since 1h',
        "wirewatch tail --json | jq .article.title",
    ),
)
@click.option(
    "--watch",
    "watch_name",
    metavar="NAME",
    shell_complete=watch_names,
    help="Only what this watch matches.",
)
@click.option("--since", type=Since(), metavar="TIME", help='Begin so far back, such as "10m".')
@with_screen
def tail(screen: Screen, *, watch_name: str | None, since: timedelta | None) -> None:
    """Follow articles as they come, each with the watches that hold for it and what they do.

    Notices of sources in trouble stand between them, unless one watch is asked for.

    It only looks on: `wirewatch run` is what gathers them. Ctrl-C ends it.

    Before a title: [joined] it came into a story that was there; [copy] its text says what another
    article says; [revised] its text changed; [known] the article was there already, and a watch
    decided anew; nothing: it begins a story. After it stands what each watch decided; `wirewatch
    why ar_12` says it in words.
    """
    configured = configuration(screen)
    with archive(configured) as database:
        with database.reading() as conn:
            known = watches.listing(conn) if watch_name is not None else []
            watch = None if watch_name is None else named(watch_name, known, noun="watch").id
            begin = (
                following.newest(conn)
                if since is None
                else following.first_since(conn, screen.clock() - since)
            )
            noticed = notices.newest(conn) if watch is None else None
        if run_lock.is_held(configured.archive.url) is False:
            screen.remark("Nothing is at work on this archive just now; start: wirewatch run")
        wait = partial(time.sleep, EVERY_SECONDS)
        for happened in follow(database, begin, wait=wait, noticed=noticed):
            if isinstance(happened, KeptNotice):
                show_notice(screen, happened)
            elif is_shown(happened, watch):
                show_happened(screen, happened, watch)


def follow(
    database: Database, after: int, *, wait: Callable[[], None], noticed: int | None = None
) -> Iterator[Happened | KeptNotice]:
    """Yield what happens after the line of that number, for ever; `wait` between two looks.

    So are the notices after the number `noticed`, where there is one.
    """
    while True:
        with database.reading() as conn:
            found = following.happened(conn, after=after)
            given = [] if noticed is None else notices.after(conn, noticed)
        yield from given
        noticed = given[-1].id if given else noticed
        yield from found
        after = found[-1].line if found else after
        if not found and not given:
            wait()


def show_notice(screen: Screen, one: KeptNotice) -> None:
    """Show one notice."""
    notice = one.notice
    if screen.manner.json:
        screen.data(notice_as_json(one))
        return
    head, what = f"NOTICE {notice.source.name}", notice.what
    if not screen.terminal:
        screen.row((screen.at(notice.at), wire_id("nt", one.id), head, what))
        return
    screen.say(inert(f"{notice.at.astimezone():%H:%M:%S}  {head}: {what}"))


def is_shown(happened: Happened, watch: int | None) -> bool:
    """Tell whether something new came of it: an article, or what a watch does about it."""
    decided = [one for one in happened.decided if watch in {None, one.watch}]
    if happened.code == _PASSED_OVER or watch is not None:
        return any(one.code != _TOLD_BEFORE for one in decided)
    return True


def show_happened(screen: Screen, happened: Happened, watch: int | None) -> None:
    """Show one happening; of a `watch` that is asked for, what it decided alone."""
    decided = [one for one in happened.decided if watch in {None, one.watch}]
    if screen.manner.json:
        screen.data(as_json(happened, decided))
        return
    kind = "" if happened.code == "new" else f"[{happened.code}] "
    outcomes = ", ".join(f"{one.watch_name}: {one.code}" for one in decided)
    if not screen.terminal:
        wire = wire_id("ar", happened.article)
        head = (screen.at(happened.at), wire, happened.publisher, kind + happened.title)
        screen.row((*head, outcomes))
        return
    clock = happened.at.astimezone().strftime("%H:%M:%S")
    line = f"{clock}  {happened.publisher}  {kind}{happened.title}"
    screen.say(
        inert(f"{line}  → {outcomes}" if outcomes else line),
        bold=any(one.code == "told" for one in decided),
    )


def as_json(happened: Happened, decided: list[Decided]) -> dict[str, object]:
    """Return what happened for machines."""
    return {
        "at": happened.at,
        "code": happened.code,
        "article": {
            "id": wire_id("ar", happened.article),
            "title": happened.title,
            "url": happened.url,
            "publisher": happened.publisher,
        },
        "watches": [
            {
                "id": wire_id("w", one.watch),
                "name": one.watch_name,
                "code": one.code,
                "words": one.words,
            }
            for one in decided
        ],
    }
