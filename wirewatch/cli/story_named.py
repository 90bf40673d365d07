"""Which story a person means, or which article of one."""

from archive import whole_story
from archive.database import Transaction
from archive.whole_story import Named
from news.errors import UsageError
from news.ids import parse_wire_id
from news.typed import typed
from news.url import is_http


def checked(name: str) -> str:
    """Return `name` if it can be one; UsageError says what would be."""
    if parse_wire_id(name) is None and not is_http(name):
        raise UsageError(f'"{name}" is neither an address (https://…) nor a name such as st_5.')
    return name


def story_named(conn: Transaction, name: str) -> Named:
    """Return the story that `st_`, `ar_` or `al_` and a number mean, or an article's address."""
    meant = whole_story.named(conn, name)
    if meant is None:
        hint = f" Try: wirewatch why {typed(name)}" if is_http(name) else ""
        raise UsageError(f"No story is known as {name}.{hint}")
    return meant


def article_named(conn: Transaction, name: str) -> tuple[int, int]:
    """Return the article that is meant, and its story."""
    meant = story_named(conn, name)
    if meant.article is None:
        raise UsageError(
            f"{name} is a story; name the article that is not of it. "
            f"Its articles: wirewatch story {name}"
        )
    return meant.article, meant.story
