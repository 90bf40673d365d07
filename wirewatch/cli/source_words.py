"""What the commands about sources say alike: addresses, names, how often, who takes it up."""

from collections.abc import Collection
from itertools import count
from urllib.parse import urlsplit

from archive import run_lock
from crawler.feed_figures import FeedFigures
from news.ids import parse_wire_id
from news.publisher import publisher_of
from news.source import Rhythm, SourceSettings
from wirewatch.cli.screen import Screen, ago
from wirewatch.config.times import written
from wirewatch.inert import inert

_LONGEST_NAME = 120
_LONGEST_TITLE = 90
_A_DAY, _A_WEEK, _A_MONTH = 1.0, 7.0, 30.0


def shown(url: str) -> str:
    """Return an address as it may be shown: without the password that may stand in it."""
    parts = urlsplit(url)
    if "@" not in parts.netloc:
        return url
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def has_password(url: str) -> bool:
    """Tell whether an address carries credentials."""
    return shown(url) != url


def as_often(per_day: float | None) -> str:
    """Return how often in words: "about 12 a day", "about 3 a week", "less than 1 a month"."""
    if per_day is None:
        return "how often is not known"
    for days, name in ((_A_DAY, "day"), (_A_WEEK, "week"), (_A_MONTH, "month")):
        many = per_day * days
        if many >= 1:
            return f"about {many:.0f} a {name}"
    return "less than 1 a month"


def cut(title: str) -> str:
    """Return a title that leaves room on its line."""
    line = inert(title)
    return line if len(line) <= _LONGEST_TITLE else f"{line[: _LONGEST_TITLE - 1]}…"


def figures_in_words(screen: Screen, figures: FeedFigures) -> list[str]:
    """Return what a feed has, as lines: how much, how often, and its newest item."""
    if not figures.items:
        return ["no items just now"]
    many = "1 item" if figures.items == 1 else f"{figures.items} items"
    lines = [", ".join(filter(None, (many, as_often(figures.per_day), figures.language)))]
    if figures.newest is not None:
        title = cut(figures.newest.title or figures.newest.url or figures.newest.summary)
        when = "undated"
        if figures.newest_at is not None:
            when = ago((screen.clock() - figures.newest_at).total_seconds())
        lines.append(f"newest, {when}: {title}")
    return lines


def figures_as_json(figures: FeedFigures) -> dict[str, object]:
    """Return the figures for machines."""
    newest = figures.newest
    return {
        "items": figures.items,
        "per_day": None if figures.per_day is None else round(figures.per_day, 3),
        "language": figures.language,
        "newest": newest
        and {"title": newest.title, "url": newest.url, "published_at": figures.newest_at},
    }


def many_sources(count: int) -> str:
    """Return "1 source" or "12 sources"."""
    return "1 source" if count == 1 else f"{count:,} sources"


def free_name(wanted: str, url: str, taken: Collection[str]) -> str:
    """Return a name for the source at `url` that is not `taken`: `wanted`, else its publisher."""
    base = inert(wanted)[:_LONGEST_NAME].strip() or publisher_of(url) or "source"
    if parse_wire_id(base):  # it would be taken for the number of a source
        base = f"{base} (source)"
    if base not in taken:
        return base
    return next(name for n in count(2) if (name := f"{base} ({n})") not in taken)


def rhythm_in_words(settings: SourceSettings, rhythm: Rhythm) -> str:
    """Return how often a source is visited."""
    if settings.every is not None:
        return f"every {written(settings.every)}"
    if settings.cron is not None:
        return f"cron {settings.cron}"
    if rhythm.interval is None:
        return "finding out"
    seconds = max(int(rhythm.interval.total_seconds()), 1)
    return f"about every {_rounded(seconds)}"


def remark_on_run(screen: Screen, url: str) -> None:
    """Say who visits what was added, and when."""
    held = run_lock.is_held(url)
    if held is not None:
        screen.remark(
            "The `wirewatch run` that is at work takes it up within a second."
            if held
            else "Nothing is at work on this archive just now; start it with: wirewatch run"
        )


def _rounded(seconds: int) -> str:
    for length, name in ((86_400, "d"), (3_600, "h"), (60, "m")):
        if seconds >= length * 2 or (seconds >= length and name != "m"):
            return f"{round(seconds / length)}{name}"
    return f"{seconds}s"
