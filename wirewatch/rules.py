"""The rules that are made of the configuration: when a source is next, how long a host rests."""

from collections.abc import Callable
from datetime import timedelta
from random import random

from crawler.engine import Engine
from news.cadence import NextVisit
from news.clock import Clock, utc_now
from news.gap import Gap
from news.source import DueSource
from news.visit import Visit
from scheduler.cadence import Bounds, VisitMoment, next_visit
from scheduler.reach import Reach
from wirewatch.config.values import Configuration
from wirewatch.crawl_settings import rest_rule
from wirewatch.desk import Rules
from wirewatch.mail import mail_domain_of
from wirewatch.pipeline import NextVisitRule


def desk_rules(configuration: Configuration) -> Rules:
    """Return what holds for all watches."""
    return Rules(
        catch_up=configuration.catch_up,
        base_url=configuration.web.base_url,
        mail_domain=mail_domain_of(configuration.mail),
        timezone=configuration.timezone,
    )


def cadence_bounds(configuration: Configuration) -> Bounds:
    """Return the bounds of `[cadence]`."""
    return Bounds(min=configuration.cadence.min, max=configuration.cadence.max)


def next_visit_rule(
    configuration: Configuration, reach: Reach, *, clock: Clock = utc_now
) -> NextVisitRule:
    """Return the cadence within the bounds of `[cadence]`; `reach` knows if the network is down."""
    bounds = cadence_bounds(configuration)

    def rule(source: DueSource, visit: Visit, *, new: int, gap: Gap | None = None) -> NextVisit:
        moment = VisitMoment(
            source=source,
            outcome=visit.outcome,
            new=new,
            gap=gap,
            excuse=reach.excuse(source, visit),
        )
        return next_visit(moment, bounds, now=clock(), jitter=random())  # noqa: S311 - no secret

    return rule


def page_delay_rule(configuration: Configuration, engine: Engine) -> Callable[[str], timedelta]:
    """Return how long a host rests after a page: its crawl-delay, at least `[network] delay`."""
    usual = rest_rule(configuration.network.delay, configuration.network.allow)
    return lambda url: max(usual(url), engine.crawl_delay(url))
