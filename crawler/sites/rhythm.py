"""How often a section is looked at: pure, by what each look at it brought."""

from dataclasses import replace
from datetime import datetime

from crawler.sites.memory import Section

RAREST = 32
"""A section is looked at again after so many visits at the latest, if the pages suffice."""

DEAD_AFTER = 3
_ON_TRIAL = 4
_FADING = 0.8


def after_first(section: Section, own: int) -> Section:
    """Return a section that was looked at for the first time; `own` articles stood only there."""
    return replace(section, every=1 if own else _ON_TRIAL)


def after_news(section: Section, new: int, now: datetime) -> Section:
    """Return a section that brought `new` articles: it is looked at twice as often."""
    return replace(
        section,
        news=section.news * _FADING + new,
        news_at=int(now.timestamp()),
        every=max(1, section.every // 2),
    )


def after_quiet(section: Section) -> Section:
    """Return a section that brought nothing: it may wait twice as long."""
    every = min(RAREST, section.every * 2)
    return replace(section, brought=0, news=section.news * _FADING, every=every)


def after_failure(section: Section, reason: str, *, gone: bool) -> Section:
    """Return a section whose page did not come; before long it is as good as dead."""
    failures = DEAD_AFTER if gone else section.failures + 1
    every = min(RAREST, section.every * 2) if failures < DEAD_AFTER else RAREST
    return replace(section, failures=failures, fault=reason, every=every)
