"""`wirewatch article forget URL|ID`: erase what an article said, and let it not come back."""

import sys
import time
from dataclasses import replace

import click

from archive import articles, vacuum
from archive.database import Database, Transaction
from archive.forgotten import Erased
from news.errors import UsageError
from news.ids import parse_wire_id, wire_id
from news.url import canonical_url, is_http
from wirewatch import forgetting
from wirewatch.cli.opened import archive, configuration
from wirewatch.cli.options import command
from wirewatch.cli.screen import Screen, with_screen
from wirewatch.forgetting import Demand
from wirewatch.inert import inert

_BETWEEN = 0.1
"""Seconds for which a running `run` may write between two steps of clearing the index."""


@command(
    "forget",
    examples=(
        'wirewatch article forget ar_18204 --why "court order 12/26"',
        "wirewatch article forget https://example.org/news/4711 --yes",
        "wirewatch article forget ar_18204 --copies  (and what others carry of it)",
    ),
)
@click.argument("name", metavar="URL|ID")
@click.option("--why", default="", metavar="TEXT", help="Kept with it, for who asks later.")
@click.option("--copies", is_flag=True, help="Erase the copies of it at other addresses, too.")
@click.option("--yes", is_flag=True, help="Do not ask before erasing.")
@with_screen
def forget(screen: Screen, name: str, *, why: str, copies: bool, yes: bool) -> None:
    """Erase an article's title, texts and revisions, and bar its addresses.

    Whatever source tells it again, no text of it is kept and nobody is told. Messages about it
    alone that wait are stopped; copies at other addresses stay, unless --copies is said. An address
    may be barred before it is known. Backups made before still hold the text, and so may messages
    that arrived.
    """
    _checked(name)
    configured = configuration(screen)
    with archive(configured) as database:
        if not yes:
            _ask(screen, database, name)
        erased = _forget(screen, database, name, why)
        also = [
            _forget(screen, database, wire_id("ar", one), why) for one in erased.copies if copies
        ]
    unlinked = vacuum.unlink_words(configured.archive.url, between=_let_others_write)
    erased = replace(erased, copies=() if copies else erased.copies)
    for one in (erased, *also):
        if screen.manner.json:
            screen.data(_as_json(one, why))
        else:
            _say_one(screen, one)
    if not screen.manner.json:
        _remark(screen, erased)
        if not unlinked:
            screen.remark("Somebody is reading: its words leave the archive's log a little later.")


def _let_others_write() -> None:
    time.sleep(_BETWEEN)  # SQLite hands the file to whoever asks next, and nobody queues for it


def _checked(name: str) -> None:
    match parse_wire_id(name):
        case ("ar", _):
            return
        case None if is_http(name):
            return
        case _:
            raise UsageError(f'"{name}" is neither an address (https://…) nor an article (ar_7).')


def _article(conn: Transaction, name: str) -> int | None:
    """Return the number of the article that is meant, None for an address nobody told."""
    match parse_wire_id(name):
        case ("ar", number):
            if articles.get(conn, number) is None:
                raise UsageError(f"No article is known as {name}.")
            return number
        case _:
            found = articles.by_url(conn, name)
            return found.id if found else None


def _ask(screen: Screen, database: Database, name: str) -> None:
    with database.reading() as conn:
        number = _article(conn, name)
        kept = articles.get(conn, number) if number is not None else None
    what = f"{name}, which is not known yet"
    if kept is not None:
        what = f"{wire_id('ar', kept.id)} {inert(kept.title)}"
    if not sys.stdin.isatty():
        raise UsageError(f"This would forget {what}. Say --yes to do it.")
    screen.say(f"To be forgotten for good: {what}")
    click.confirm("Erase it, and bar its return?", abort=True)


def _forget(screen: Screen, database: Database, name: str, why: str) -> Erased:
    urls = [canonical_url(name)] if is_http(name) else []
    with database.writing() as conn:
        number, now = _article(conn, name), screen.clock()
        demand = Demand(urls=urls, article=number, why=why)
        return forgetting.forget(database, conn, demand, at=now)


def _say_one(screen: Screen, erased: Erased) -> None:
    if erased.article is None:
        screen.say("Nothing of it was kept; its address is barred from now on.")
    else:
        number = wire_id("ar", erased.article)
        gone = f", {erased.stopped} of {erased.messages} messages stopped" * bool(erased.messages)
        screen.say(f"{number} was forgotten: its texts are erased{gone}.")
    for url in erased.addresses:
        screen.say(f"  barred: {url}")
    if erased.shared:
        screen.remark(
            f"{erased.shared} messages that wait tell of other articles, too, and go out as they "
            "were written; forget it once more when they are through."
        )


def _remark(screen: Screen, erased: Erased) -> None:
    if erased.copies and erased.article is not None:
        named = ", ".join(wire_id("ar", one) for one in erased.copies)
        number = wire_id("ar", erased.article)
        screen.remark(f"Its words still stand at other addresses: {named}")
        screen.remark(f"To forget these, too: wirewatch article forget {number} --copies")
    if erased.article is not None:
        screen.remark(
            "Backups made before still hold it, and so may room that is free in the file of"
        )
        screen.remark("an SQLite archive; `wirewatch db prune --vacuum` clears that.")
    screen.remark("To undo the bar: wirewatch article allow URL")


def _as_json(erased: Erased, why: str) -> dict[str, object]:
    return {
        "article": None if erased.article is None else wire_id("ar", erased.article),
        "addresses": list(erased.addresses),
        "why": why,
        "messages": {
            "erased": erased.messages,
            "stopped": erased.stopped,
            "waiting": erased.shared,
        },
        "copies": [wire_id("ar", one) for one in erased.copies],
    }
