"""A visit to a list page as it is asked for and answered over the engine's pipe."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any, assert_never

from crawler.entry_wire import entry_of, entry_plain
from news.source import DueSource, Validators
from news.visit import Failed, Outcome, Told, Unchanged, Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """A page to be looked at: what is known of it, and how its links are named, if they are."""

    url: str
    links: str | None = None
    learned: str | None = None
    validators: Validators = field(default_factory=Validators)


def page_of(source: DueSource) -> ListPage:
    """Return the page of a source."""
    settings = source.settings
    return ListPage(
        url=settings.url,
        links=settings.spider.links,
        learned=source.learned,
        validators=source.validators,
    )


def page_plain(page: ListPage) -> dict[str, Any]:
    """Return `page` as plain values that JSON knows."""
    return asdict(page)


def page_read(said: Mapping[str, Any]) -> ListPage:
    """Return what `page_plain` was given."""
    return ListPage(**{**said, "validators": Validators(**said["validators"])})


def visit_plain(visit: Visit) -> dict[str, Any]:
    """Return `visit` as plain values that JSON knows."""
    return {
        "at": visit.at.isoformat(),
        "status": visit.status,
        "ms": visit.ms,
        "size": visit.size,
        "rest": None if visit.rest is None else visit.rest.total_seconds(),
        **_outcome_plain(visit.outcome),
    }


def visit_read(said: Mapping[str, Any]) -> Visit:
    """Return what `visit_plain` was given."""
    return Visit(
        at=datetime.fromisoformat(said["at"]),
        outcome=_outcome_read(said),
        status=said["status"],
        ms=said["ms"],
        size=said["size"],
        rest=None if said["rest"] is None else timedelta(seconds=said["rest"]),
    )


def _outcome_plain(outcome: Outcome) -> dict[str, Any]:
    wait = None if outcome.wait is None else outcome.wait.total_seconds()
    match outcome:
        case Told():
            entries = [entry_plain(entry) for entry in outcome.entries]
            told = asdict(outcome) | {"entries": entries, "wait": wait}
            return {"told": told}
        case Unchanged():
            return {"unchanged": asdict(outcome) | {"wait": wait}}
        case Failed():
            return {"failed": asdict(outcome) | {"wait": wait}}
        case _:
            assert_never(outcome)


def _outcome_read(said: Mapping[str, Any]) -> Outcome:
    if "told" in said:
        told = _timed(said["told"])
        entries = tuple(entry_of(entry) for entry in told["entries"])
        validators = Validators(**told["validators"])
        return Told(**{**told, "entries": entries, "validators": validators})
    if "unchanged" in said:
        unchanged = _timed(said["unchanged"])
        return Unchanged(**{**unchanged, "validators": Validators(**unchanged["validators"])})
    return Failed(**_timed(said["failed"]))


def _timed(said: Mapping[str, Any]) -> dict[str, Any]:
    wait = said["wait"]
    return {**said, "wait": None if wait is None else timedelta(seconds=wait)}
