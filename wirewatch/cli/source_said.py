"""What the options of `source add` say of a source, held against the rules of wirewatch.toml."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypedDict, TypeVar

import click

from news.errors import UsageError
from news.source import SourceSettings, Spider
from wirewatch.cli.source_choice import Choice
from wirewatch.config.spoken import spoken
from wirewatch.config.tables import SOURCE_KINDS, SourceTable

F = TypeVar("F", bound=Callable[..., Any])

_UNNAMED = "unnamed"


class Said(TypedDict):
    """The options as they were given; empty, None or False where they were not."""

    name: str | None
    kind: str | None
    links: str | None
    render: bool
    every: str | None
    cron: str | None
    tag: tuple[str, ...]
    feed: tuple[int, ...]
    all: bool
    yes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was said, checked: `name` and `kind` only where they were named."""

    settings: SourceSettings
    choice: Choice
    name: str | None
    kind: str | None
    retyped: tuple[str, ...] = ()
    """The options that say what the source is to be, for commands that are offered."""

    @property
    def one(self) -> bool:
        """Tell whether what was said can be true of one source alone."""
        return self.name is not None or self.settings.spider.links is not None


_OPTIONS = (
    click.option("--name", metavar="NAME", help="Its name; without one, the feed's own title."),
    click.option(
        "--kind",
        type=click.Choice(SOURCE_KINDS),
        help="What it is; without it, found out by looking. A site is a page with its sections.",
    ),
    click.option(
        "--links", metavar="CSS", help="Of a list page: a selector of the links to articles."
    ),
    click.option(
        "--render", is_flag=True, help="Have its pages drawn by Chromium, as a list page or site."
    ),
    click.option("--every", metavar="TIME", help='How often, "2m"; without it, as it publishes.'),
    click.option("--cron", metavar="CRON", help='When, "*/5 6-22 * * *", in place of --every.'),
    click.option("--tag", multiple=True, metavar="T", help="A tag; may stand many times."),
    click.option(
        "--feed",
        type=click.IntRange(min=1),
        multiple=True,
        metavar="N",
        help="Of several feeds, the one under this number; may stand many times.",
    ),
    click.option("--all", is_flag=True, help="Every feed that is found, save those of comments."),
    click.option("--yes", is_flag=True, help="Do not ask: the first feed, or the list page."),
)


def source_options(function: F) -> F:
    """Give a command the options that say what a source is."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def wish_of(said: Said, *, url: str, timezone: str) -> Wish:
    """Check what was said; UsageError says what is wrong, option by option."""
    if said["every"] and said["cron"]:
        raise UsageError("--every and --cron exclude each other; say one of them.")
    if said["feed"] and said["all"]:
        raise UsageError("--feed and --all exclude each other; say one of them.")
    if said["links"] and said["kind"] in ("feed", "sitemap"):
        raise UsageError(f"--links is for list pages; a {said['kind']} names its articles itself.")
    if said["render"] and said["kind"] in ("feed", "sitemap"):
        raise UsageError(f"--render is for list pages and sites; a {said['kind']} is never drawn.")
    written = {key: said[key] for key in ("every", "cron", "links") if said[key] is not None}
    table = spoken(
        SourceTable,
        {"name": said["name"] or _UNNAMED, "url": url, "tags": list(said["tag"]), **written},
    )
    settings = SourceSettings(
        name=said["name"] or "",
        kind="",
        url=url,
        every=table.every,
        cron=table.cron,
        timezone=timezone,
        tags=tuple(dict.fromkeys(table.tags)),
        spider=Spider(links=table.links, render=said["render"]),
    )
    choice = Choice(numbers=said["feed"], everything=said["all"], best=said["yes"])
    kind = said["kind"] or ("list" if said["links"] or said["render"] else None)
    return Wish(
        settings=settings, choice=choice, name=said["name"], kind=kind, retyped=_retyped(said)
    )


def _retyped(said: Said) -> tuple[str, ...]:
    pairs = [("--name", said["name"]), ("--links", said["links"])]
    pairs += [("--every", said["every"]), ("--cron", said["cron"])]
    pairs += [("--tag", tag) for tag in said["tag"]]
    words = [word for option, text in pairs if text is not None for word in (option, text)]
    return (*words, "--render") if said["render"] else tuple(words)
