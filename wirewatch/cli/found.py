"""How an article that was found is shown: one line for people, an object for machines."""

from news.article import Article
from news.ids import wire_id
from wirewatch.cli.screen import Screen


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
        "paywalled": article.paywalled,
        "noarchive": article.noarchive,
        "story": wire_id("st", article.story),
    }


def row(screen: Screen, article: Article) -> tuple[str, ...]:
    """Return the cells of a table: id, seen, publisher, article."""
    seen = screen.ago(article.first_seen_at)
    wire = wire_id("ar", article.id)
    if screen.terminal:
        return (wire, seen, article.publisher_name, f"{article.title}  {article.url}")
    return (wire, seen, article.publisher_name, article.title, article.url)
