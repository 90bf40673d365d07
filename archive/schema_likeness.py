"""The tables of likeness and change: whose words an article repeats, what it said before.

`sketches`, `gists` and `gist_terms` hold the newest articles alone: what is older is no copy and no
account of what is new. What a person decided about stories is never pruned.
"""

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, UniqueConstraint

from archive.columns import Json, metadata, moment, number, short_digest, text, to, whole

sketches = Table(
    "sketches",
    metadata,
    whole("hash", key=True),
    to("article", "articles", key=True),
    Index("ix_sketches_article", "article"),
    sqlite_with_rowid=False,
)

gists = Table(
    "gists",
    metadata,
    to("article", "articles", key=True),
    text("language"),
    moment("at"),
    Column("weighed", LargeBinary, nullable=False),  # as news/gist.py packs it
)

gist_terms = Table(
    "gist_terms",
    metadata,
    whole("term", key=True),  # a digest of one of the words that tell most of an article
    to("article", "articles", key=True),
    Index("ix_gist_terms_article", "article"),
    sqlite_with_rowid=False,
)

word_counts = Table(
    "word_counts",
    metadata,
    Column("language", text("language").type, primary_key=True),
    whole("term", key=True),
    whole("articles"),  # in how many of that language it stood when they were counted last
    sqlite_with_rowid=False,
)

story_decisions = Table(
    "story_decisions",
    metadata,
    number(),
    moment("at"),
    text("kind"),  # "split": not of that story; "joined": of it, whatever likeness says
    to("article", "articles"),
    to("story", "stories"),
    Index("ix_story_decisions_article", "article"),
    Index("ix_story_decisions_story", "story"),
    sqlite_autoincrement=True,
)

forgotten = Table(
    "forgotten",
    metadata,
    number(),
    short_digest("url_hash"),
    text("url"),
    moment("at"),
    text("why"),
    to("article", "articles", optional=True),  # that stood there, and by which words it is known
    short_digest("named", optional=True),  # as in articles
    short_digest("worded", optional=True),  # its publisher and text; None where these tell nothing
    UniqueConstraint("url_hash"),
    Index("ix_forgotten_named", "named"),
    Index("ix_forgotten_worded", "worded"),
    sqlite_autoincrement=True,
)

revisions = Table(
    "revisions",
    metadata,
    to("article", "articles", key=True),
    whole("n", key=True),
    moment("at"),
    text("change"),  # its main kind by news/revision.py; "title" and "all" are from before
    Column("kinds", Json, nullable=False, server_default="[]"),
    whole("size"),  # how many characters longer or shorter the body became
    Column("words", Integer, nullable=False, server_default="0"),  # gone and new ones together
    text("title"),  # the texts as they were before
    text("lead"),
    text("body"),
)
