"""Settings that are right but not served by this version yet, each said once and in words.

A setting leaves this page in the version that serves it. What a source or channel of an unserved
kind means for the rest is said with it; wirewatch/apply.py leaves these out.
"""

from collections.abc import Iterator
from datetime import timedelta

from alerts.registry import CHANNELS
from crawler.registry import READERS
from news.alert import AlertKind
from news.source import Spider
from wirewatch.config.sections import Web
from wirewatch.config.values import Configuration, DesiredChannel, DesiredSource, DesiredWatch

SERVED_SOURCES = frozenset(READERS)
SERVED_CHANNELS = frozenset(CHANNELS)
SERVED_ALERTS = frozenset({AlertKind.STORY, AlertKind.ARTICLE})


def unserved(configuration: Configuration) -> list[str]:
    """Return one line per setting of `configuration` that is not served yet."""
    return [
        *_sections(configuration),
        *_sources(configuration.sources),
        *_channels(configuration.channels),
        *_watches(configuration.watches),
    ]


def told_to_nobody(configuration: Configuration) -> list[str]:
    """Return a line that names the watches without a channel that is served, if there are any."""
    served = {one.settings.name for one in configuration.channels if channel_is_served(one)}
    watches = [one.settings for one in configuration.watches if not served & {*one.settings.to}]
    if not watches:
        return []
    names = ", ".join(f'"{settings.name}"' for settings in watches)
    find = "finds" if len(watches) == 1 else "find"
    needs = "its `to` needs" if len(watches) == 1 else "the `to` of each needs"
    return [f"Nobody is told of what {names} {find}: {needs} a [[channel]] that is served."]


def source_is_served(source: DesiredSource) -> bool:
    """Tell whether this version can visit `source`."""
    return source.settings.kind in SERVED_SOURCES


def channel_is_served(channel: DesiredChannel) -> bool:
    """Tell whether this version can send through `channel`."""
    scheme = channel.settings.url.partition(":")[0]
    return scheme in SERVED_CHANNELS and channel.settings.shape is None


def _sections(configuration: Configuration) -> Iterator[str]:
    web, notices = configuration.web, configuration.notices
    said = {
        "[web]: there are no pages yet; nothing listens": web != Web(base_url=web.base_url),
        "[web] base_url: alerts carry links there, but nothing answers them yet": web.base_url,
        "[notices] heartbeat: no ping is sent yet": notices.heartbeat,
    }
    yield from (words for words, is_said in said.items() if is_said)


def _sources(sources: tuple[DesiredSource, ...]) -> Iterator[str]:
    for source in sources:
        if not source_is_served(source):
            name, kind = source.settings.name, source.settings.kind
            yield f'[[source]] "{name}": kind "{kind}" is not read yet; the source is left out'
        elif source.settings.kind == "list" and _goes_further(source.settings.spider):
            name = source.settings.name
            words = 'sections, depth, pages: a list is one page; kind = "site" goes further'
            yield f'[[source]] "{name}" {words}'


def _goes_further(spider: Spider) -> bool:
    return bool(spider.sections) or spider.depth is not None or spider.pages is not None


def _channels(channels: tuple[DesiredChannel, ...]) -> Iterator[str]:
    for channel in channels:
        scheme = channel.settings.url.partition(":")[0]
        label = f'[[channel]] "{channel.settings.name}"'
        if scheme not in SERVED_CHANNELS:
            yield f"{label}: {scheme}: is not sent to yet; the channel is left out"
        elif channel.settings.shape is not None:
            shape = channel.settings.shape
            yield f'{label} shape: "{shape}" is not written yet; the channel is left out'
        elif channel.settings.rate is not None:
            yield f"{label} rate: nothing is held back for it yet"


def _watches(watches: tuple[DesiredWatch, ...]) -> Iterator[str]:
    for watch in watches:
        for words in _watch(watch):
            yield f'[[watch]] "{watch.settings.name}" {words}'


def _watch(watch: DesiredWatch) -> Iterator[str]:
    settings = watch.settings
    if later := [kind for kind in settings.alert if kind not in SERVED_ALERTS]:
        yield f"alert: not told yet: {', '.join(later)}"
    if settings.min_publishers > 1:
        yield "min_publishers: one publisher is enough for now"
    if settings.when != "now":
        yield f'when: "{settings.when}" is not kept yet; alerts go out at once'
    if settings.max_per_hour is not None:
        yield "max_per_hour: there is no limit yet"
    if settings.cooldown > timedelta():
        yield "cooldown: alerts go out at once"
    if settings.quiet is not None:
        yield "quiet: alerts go out at night, too"
    if settings.private or settings.owner is not None:
        yield "private, owner: there are no users yet; whoever reads the archive sees it"
