"""A visit that the engine's process makes, as it is asked for and answered over the pipe."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any, assert_never

from crawler.entry_wire import entry_of, entry_plain
from news.source import DueSource, Spider, Validators
from news.visit import Failed, Outcome, Told, Unchanged, Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedVisit:
    """A look at `url` as at a source of `kind`: what is known of it, and how it is to be read.

    `learned` is what its visitor wanted to be given again; None at the first visit.
    """

    kind: str
    url: str
    spider: Spider = field(default_factory=Spider)
    learned: str | None = None
    validators: Validators = field(default_factory=Validators)


def asked_of(source: DueSource, kind: str) -> AskedVisit:
    """Return what is asked of the engine to visit `source` as one of `kind`."""
    return AskedVisit(
        kind=kind,
        url=source.address,
        spider=source.settings.spider,
        learned=source.learned,
        validators=source.validators,
    )


def asked_plain(asked: AskedVisit) -> dict[str, Any]:
    """Return `asked` as plain values that JSON knows."""
    return asdict(asked)


def asked_read(said: Mapping[str, Any]) -> AskedVisit:
    """Return what `asked_plain` was given."""
    spider = {**said["spider"], "sections": tuple(said["spider"]["sections"])}
    return AskedVisit(
        **{**said, "spider": Spider(**spider), "validators": Validators(**said["validators"])}
    )


def visit_plain(visit: Visit) -> dict[str, Any]:
    """Return `visit` as plain values that JSON knows."""
    return {
        "at": visit.at.isoformat(),
        "status": visit.status,
        "ms": visit.ms,
        "size": visit.size,
        "permanent": visit.permanent,
        "url": visit.url,
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
        permanent=said["permanent"],
        url=said["url"],
        rest=None if said["rest"] is None else timedelta(seconds=said["rest"]),
    )


def _outcome_plain(outcome: Outcome) -> dict[str, Any]:
    wait = None if outcome.wait is None else outcome.wait.total_seconds()
    match outcome:
        case Told():
            entries = [entry_plain(entry) for entry in outcome.entries]
            since = outcome.opened_since and outcome.opened_since.isoformat()
            told = asdict(outcome) | {"entries": entries, "wait": wait, "opened_since": since}
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
        opened, since = tuple(told["opened"]), told["opened_since"]
        told |= {"opened": opened, "opened_since": since and datetime.fromisoformat(since)}
        return Told(**{**told, "entries": entries, "validators": validators})
    if "unchanged" in said:
        unchanged = _timed(said["unchanged"])
        return Unchanged(**{**unchanged, "validators": Validators(**unchanged["validators"])})
    return Failed(**_timed(said["failed"]))


def _timed(said: Mapping[str, Any]) -> dict[str, Any]:
    wait = said["wait"]
    return {**said, "wait": None if wait is None else timedelta(seconds=wait)}
