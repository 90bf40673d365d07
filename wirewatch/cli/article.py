"""`wirewatch article`: what is not to be kept."""

from wirewatch.cli.group import LazyGroup

article = LazyGroup(
    "article",
    lazy={
        "forget": ("wirewatch.cli.article_forget:forget", "erase an article, and bar its return"),
        "forgotten": ("wirewatch.cli.article_forgotten:forgotten", "what was forgotten, and why"),
        "allow": ("wirewatch.cli.article_allow:allow", "let an address bring texts again"),
    },
    help="Erase an article for good, as its publisher or the law demands.",
    epilog="Begin with: wirewatch article forget https://example.org/news/4711 --why takedown",
)
