"""Why nothing is known of an address, or not all of it yet: which sources might have told it."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from archive.source_figures import SourceFigures
from archive.why import Findings, ToldEntry
from news.publisher import publisher_of
from news.typed import typed
from news.url import is_http
from wirewatch.cli.screen import Screen


def untold(screen: Screen, url: str, found: Findings, configured: int) -> Iterator[str]:
    """Say what is known where no article is: how the sources do that might have told `url`."""
    figures = [_figures(screen, one) for one in found.sources]
    if not is_http(url):
        for figure, one in zip(figures, found.sources, strict=True):
            yield figure
            yield from _next(screen, one)
        return
    yield "No source of yours told it."
    if figures:
        yield from figures
        yield "The address is not among the items that were read there."
        for one in found.sources:
            yield from _lost(screen, one)
    elif configured:
        yield f"None of your sources ({configured}) belongs to {publisher_of(url)}."
    else:
        yield "There are no sources yet."
    yield f"Try: {advice(url, found)}"


def advice(url: str, found: Findings) -> str:
    """Return what to do about an address that no source told.

    Where its site is read already, that is to look at what that source lists, or to read another
    page of it.
    """
    parts = urlsplit(url)
    front = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/"
    if not found.sources:
        return f"wirewatch source add {typed(front)}"
    one = found.sources[0]
    look = f"wirewatch source try {typed(one.name)}"
    return f"{look}, or a page that lists it: wirewatch source add ADDRESS --kind list"


def unfinished(screen: Screen, entry: ToldEntry) -> str:
    """Say how far an entry has come that is not done."""
    noted = f"{entry.source_name} told it {screen.both(entry.noted_at)}"
    because = f" ({entry.reason})" if entry.reason else ""
    match entry.state:
        case "given_up":
            return f"{noted}; it was given up{because or ': there was nothing to read'}."
        case "done":
            return f"{noted}."
        case "reading":
            return f"{noted}; its page is being read."
        case _:
            return f"{noted}; {_waiting(screen, entry)}{because}."


def _waiting(screen: Screen, entry: ToldEntry) -> str:
    due = entry.due_at
    when = "now" if due is None or due <= screen.clock() else screen.both(due)
    if entry.article is not None:  # it was read, then told anew; or its page was closed to us
        return f"its page is read once more {when}"
    if not entry.attempts:
        return "its page is still to be read"
    times = "once" if entry.attempts == 1 else f"{entry.attempts} times"
    return f"its page was tried {times} and is tried again {when}"


def _lost(screen: Screen, one: SourceFigures) -> Iterator[str]:
    """Say when entries of a source went by unseen, if some did."""
    if one.gaps:
        spans = [f"between {screen.at(gap.since)} and {screen.at(gap.until)}" for gap in one.gaps]
        often = ", and ".join(spans)
        yield f"What {one.name} listed was replaced {often}; it may have been lost then."


def _next(screen: Screen, one: SourceFigures) -> Iterator[str]:
    """Say since when a source fails, when it is looked at again, and what a person may do."""
    name = typed(one.name)
    if one.paused_reason is not None:
        yield f"Visit it again: wirewatch source resume {name}"
        return
    since = f"It has failed since {screen.both(one.failing_since)}; " if one.failing_since else ""
    if one.next_visit_at is not None:
        due = one.next_visit_at <= screen.clock()
        when = "is due now" if due else f"comes {screen.both(one.next_visit_at)}"
        yield f"{since}its next visit {when}." if since else f"Its next visit {when}."
    yield f"See what it answers: wirewatch source try {name}"


def _figures(screen: Screen, one: SourceFigures) -> str:
    if one.paused_reason is not None:
        return f"{one.name} ({one.url}) rests: {one.paused_reason}."
    if one.last_visit_at is None:
        return f"{one.name} ({one.url}) was never visited so far."
    times = "once" if one.visits == 1 else f"{one.visits} times"
    failed = one.visits - one.good
    failing = ""
    if failed:
        many = "in vain" if failed == one.visits else f"{failed} of them in vain"
        failing = f", {many} ({one.last_reason})"
    newest = "no item so far"
    if one.newest_entry_at is not None:
        newest = f"newest item {screen.both(one.newest_entry_at)}"
    return (
        f"{one.name} ({one.url}) was read {times} in the last day{failing}, "
        f"last {screen.both(one.last_visit_at)}; {newest}."
    )
