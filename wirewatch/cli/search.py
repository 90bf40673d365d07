"""`wirewatch search QUERY`: articles of the archive, newest first, by the language of watches."""

from datetime import datetime, timedelta

import click

from archive import articles
from archive.database import Database
from archive.search.by_story import find_stories
from archive.search.find import find
from news.article import Article
from news.query.tree import Query
from wirewatch.cli.found import as_json, row
from wirewatch.cli.opened import Since, archive, configuration, reaching_back
from wirewatch.cli.options import command
from wirewatch.cli.query_words import QueryCommand, readable, remark_hints, understood
from wirewatch.cli.screen import Screen, with_screen
from wirewatch.cli.search_stories import groups, show_stories
from wirewatch.cli.table import show

_MOST = 10_000
EXAMPLES = (
    "wirewatch search 'kursk soldier*'",
    "wirewatch search '\"North Korean\" (troops OR soldiers) -football' --since 7d",
    "wirewatch search 'title:@kim-jong-un' --json",
    "wirewatch search kursk --stories --since 24h",
    "wirewatch search -- '-football kursk'",
)


@command("search", kind=QueryCommand, examples=EXAMPLES)
@click.argument("query")
@click.option("--since", type=Since(), metavar="TIME", help='How far back, such as "7d".')
@click.option(
    "--limit",
    type=click.IntRange(1, _MOST),
    default=20,
    show_default=True,
    help="At most as many articles, or stories.",
)
@click.option("--stories", is_flag=True, help="Put together what tells one story.")
@with_screen
def search(
    screen: Screen, query: str, *, since: timedelta | None, limit: int, stories: bool
) -> None:
    """Find articles in the archive, newest first; put QUERY in single quotes.

    Words (all of them), "phrases", OR, NOT or -, prefixes like soldier*, title:, ( ),
    and @names of aliases.
    """
    readable(query)
    after = reaching_back(screen.clock(), since)
    with archive(configuration(screen)) as database:
        ask = _by_story if stories else _one_by_one
        parsed = ask(screen, database, query, after, limit)
    remark_hints(screen, parsed)


def _by_story(
    screen: Screen, database: Database, query: str, after: datetime | None, limit: int
) -> Query:
    with database.reading() as conn:
        parsed = understood(conn, query)
        found = find_stories(conn, parsed, since=after, limit=limit)
        shown = groups(conn, found)
    show_stories(screen, shown, found)
    return parsed


def _one_by_one(
    screen: Screen, database: Database, query: str, after: datetime | None, limit: int
) -> Query:
    with database.reading() as conn:
        parsed = understood(conn, query)
        found = find(conn, parsed, since=after, limit=limit + 1)
        kept = [one for number in found[:limit] if (one := articles.get(conn, number))]
    _show(screen, kept, limit=limit, more=len(found) > limit)
    return parsed


def _show(screen: Screen, kept: list[Article], *, limit: int, more: bool) -> None:
    if screen.manner.json:
        for article in kept:
            screen.data(as_json(article))
    else:
        show(screen, ("id", "seen", "publisher", "article"), [row(screen, one) for one in kept])
    if not kept:
        screen.remark("No article of the archive answers to this.")
    elif more:
        screen.remark(f"There are more than these {limit}: see --limit and --since.")
