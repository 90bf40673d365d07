"""`wirewatch search QUERY`: articles of the archive, newest first, by the language of watches."""

from datetime import timedelta

import click

from archive import articles
from archive.search.find import find
from news.article import Article
from news.ids import wire_id
from wirewatch.cli.opened import Since, archive, configuration, reaching_back
from wirewatch.cli.options import command
from wirewatch.cli.query_words import QueryCommand, readable, understood
from wirewatch.cli.screen import Screen, with_screen
from wirewatch.cli.table import show

_MOST = 10_000
EXAMPLES = (
    "wirewatch search 'kursk soldier*'",
    "wirewatch search '\"North Korean\" (troops OR soldiers) -football' --since 7d",
    "wirewatch search 'title:@kim-jong-un' --json",
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
    help="At most as many articles.",
)
@with_screen
def search(screen: Screen, query: str, *, since: timedelta | None, limit: int) -> None:
    """Find articles in the archive, newest first; put QUERY in single quotes.

    Words (all of them), "phrases", OR, NOT or -, prefixes like soldier*, title:, ( ),
    and @names of aliases.
    """
    readable(query)
    after = reaching_back(screen.clock(), since)
    with archive(configuration(screen)) as database, database.reading() as conn:
        parsed = understood(conn, query)
        found = find(conn, parsed, since=after, limit=limit + 1)
        kept = [one for number in found[:limit] if (one := articles.get(conn, number))]
    if screen.manner.json:
        for article in kept:
            screen.data(as_json(article))
    else:
        show(screen, ("id", "seen", "publisher", "article"), [_row(screen, one) for one in kept])
    for hint in parsed.hints:
        screen.remark(str(hint))
    if not kept:
        screen.remark("No article of the archive answers to this.")
    elif len(found) > limit:
        screen.remark(f"There are more than these {limit}: see --limit and --since.")


def as_json(article: Article) -> dict[str, object]:
    """Return an article for machines, in the words of the webhook."""
    return {
        "id": wire_id("ar", article.id),
        "title": article.title,
        "url": article.url,
        "publisher": {"name": article.publisher_name, "domain": article.publisher},
        "language": article.language,
        "published_at": article.published_at,
        "first_seen_at": article.first_seen_at,
        "authors": list(article.authors),
        "read": article.read.value,
        "story": wire_id("st", article.story),
    }


def _row(screen: Screen, article: Article) -> tuple[str, ...]:
    seen = screen.ago(article.first_seen_at)
    wire = wire_id("ar", article.id)
    if screen.terminal:
        return (wire, seen, article.publisher_name, f"{article.title}  {article.url}")
    return (wire, seen, article.publisher_name, article.title, article.url)
