"""What a visit on trial brought, as a person and as a machine read it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import assert_never

from archive.seen import Mark
from crawler.http import Fetched
from news.entry import Entry
from news.page import Page, PageOutcome, Unread
from news.source import SourceSettings
from news.visit import Failed, Told, Unchanged, Visit
from wirewatch.cli.screen import Screen
from wirewatch.cli.source_advice import advice, as_typed
from wirewatch.cli.source_learned import described
from wirewatch.cli.source_words import cut, shown
from wirewatch.config.times import written

_SHOWN = 10
_PHRASES = {status.value: status.phrase for status in HTTPStatus}
_MARKS = {
    Mark.NEW: "new",
    Mark.CHANGED: "changed",
    Mark.KNOWN: "known",
    Mark.ELSEWHERE: "known from another source",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One visit: `answer` is the last of the network, where the reader fetched it itself.

    `page` is the first article's, where it was asked for; `marks` are those of `entries`.
    """

    settings: SourceSettings
    visit: Visit
    answer: Fetched | None = None
    allow: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    page: PageOutcome | None = None
    page_url: str = ""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return what the source told."""
        return self.visit.outcome.entries if isinstance(self.visit.outcome, Told) else ()

    @property
    def worked(self) -> bool:
        """Tell whether the visit brought an answer to use."""
        return not isinstance(self.visit.outcome, Failed)


def show(screen: Screen, tried: Tried, *, everything: bool) -> None:
    """Show a visit: how it went, what was said about coming back, and the entries."""
    name = f"{tried.settings.name}, " if tried.settings.name else ""
    screen.say(f"{name}{tried.settings.kind}: {shown(tried.settings.url)}", bold=True)
    for line in _answer_lines(tried):
        screen.say(f"  {line}")
    match tried.visit.outcome:
        case Told() as told:
            for line in (*_told_lines(tried, told), *_learned_lines(tried, told)):
                screen.say(f"  {line}")
            _show_entries(screen, tried, everything=everything)
        case Unchanged() as same:
            for line in ("unchanged", *(_learned(tried, same) if same.learned else ())):
                screen.say(f"  {line}")
        case Failed() as failed:
            _show_failure(screen, tried, failed)
        case _ as never:
            assert_never(never)
    _show_page(screen, tried)


def as_json(tried: Tried) -> dict[str, object]:
    """Return a visit for machines."""
    outcome = tried.visit.outcome
    return {
        "url": shown(tried.settings.url),
        "kind": tried.settings.kind,
        "worked": tried.worked,
        "reason": outcome.reason if isinstance(outcome, Failed) else None,
        "status": tried.visit.status,
        "ms": tried.visit.ms,
        "bytes": tried.visit.size,
        "redirected_to": _elsewhere(tried),
        "moved_to": tried.answer.permanent if tried.answer else None,
        "wait_seconds": outcome.wait.total_seconds() if outcome.wait else None,
        "learned": [] if isinstance(outcome, Failed) else _learned(tried, outcome),
        "entries": [_entry_json(*pair) for pair in zip(tried.entries, tried.marks, strict=True)],
        **({} if tried.page is None else {"page": _page_json(tried.page_url, tried.page)}),
    }


def _answer_lines(tried: Tried) -> Iterator[str]:
    visit = tried.visit
    if visit.status is not None:
        phrase = _PHRASES.get(visit.status, "")
        size = f", {visit.size:,} bytes" if visit.size else ""
        yield f"HTTP {visit.status} {phrase}".rstrip() + f" after {visit.ms} ms{size}"
    if tried.answer is None:
        return
    if tried.answer.permanent is not None:
        yield f"moved for good to {tried.answer.permanent}"
    elif address := _elsewhere(tried):
        yield f"redirected to {address}"


def _told_lines(tried: Tried, told: Told) -> Iterator[str]:
    if told.title:
        yield f"calls itself: {cut(told.title)}"
    if told.broken is not None:
        yield f"{told.broken}; what can be read of it is read"
    known = [
        name
        for name, value in (
            ("ETag", told.validators.etag),
            ("Last-Modified", told.validators.last_modified),
        )
        if value
    ]
    if tried.answer is not None:
        yield (
            f"says by {' and '.join(known)} whether anything changed"
            if known
            else "does not say whether anything changed; its whole body is compared"
        )
    if told.wait is not None:
        yield f"asks for {written(told.wait)} between visits"


def _learned_lines(tried: Tried, told: Told) -> Iterator[str]:
    if tried.settings.spider.links and tried.settings.kind == "list":
        yield f"taken by the selector: {tried.settings.spider.links}"
    else:
        yield from _learned(tried, told)


def _learned(tried: Tried, outcome: Told | Unchanged) -> list[str]:
    return described(tried.settings.kind, outcome.learned)


def _show_failure(screen: Screen, tried: Tried, failed: Failed) -> None:
    screen.say(f"It failed: {as_typed(failed.reason)}.")
    if failed.wait is not None:
        screen.say(f"It asks to be left alone for {written(failed.wait)}.")
    url = tried.settings.url
    if line := advice(failed.reason, tried.visit.status, url=url, allow=tried.allow):
        screen.say(line)


def _show_entries(screen: Screen, tried: Tried, *, everything: bool) -> None:
    many = len(tried.entries)
    if not many:
        screen.say("It tells nothing just now.")
        return
    counted = Counter(tried.marks)
    figures = ", ".join(f"{counted[mark]} {_MARKS[mark]}" for mark in Mark if counted[mark])
    screen.say(f"{many} {'entry' if many == 1 else 'entries'}: {figures}", bold=True)
    pairs = list(zip(tried.entries, tried.marks, strict=True))
    for entry, mark in pairs if everything else pairs[:_SHOWN]:
        moment = entry.published or entry.updated
        when = screen.at(moment) if moment else "undated"
        title = cut(entry.title or entry.summary) or "untitled"
        if screen.terminal:
            screen.say(f"  {mark.value:<9} {when:<19}  {title}")
            screen.say(f"  {'':<30} {entry.url or 'no address'}", dim=True)
        else:
            screen.row([mark.value, when, title, entry.url or "-"])
    if many > _SHOWN and not everything:
        screen.remark(f"… and {many - _SHOWN} more; --all shows them.")


def _show_page(screen: Screen, tried: Tried) -> None:
    match tried.page:
        case None:
            return
        case Page() as page:
            screen.say(f"\nThe first article's page: {page.url}", bold=True)
            screen.say(f"  {cut(page.title)}")
            when = f", {screen.at(page.published)}" if page.published else ""
            screen.say(f"  {len(page.text):,} characters read{when}")
        case Unread(reason=reason):
            screen.say(f"\nThe first article's page cannot be read: {tried.page_url}", bold=True)
            screen.say(f"  {reason}; the entry's own words would be matched")
        case _ as never:
            assert_never(never)


def _elsewhere(tried: Tried) -> str | None:
    answer = tried.answer
    if answer is None or answer.url == shown(tried.settings.url):
        return None
    return answer.url


def _entry_json(entry: Entry, mark: Mark) -> dict[str, object]:
    return {
        "mark": mark.value,
        "title": entry.title,
        "url": entry.url,
        "published_at": entry.published or entry.updated,
        "language": entry.language,
    }


def _page_json(url: str, page: PageOutcome) -> dict[str, object]:
    if isinstance(page, Unread):
        return {"url": url, "read": False, "reason": page.reason}
    return {
        "url": page.url,
        "read": True,
        "title": page.title,
        "characters": len(page.text),
        "published_at": page.published,
        "language": page.language,
    }
