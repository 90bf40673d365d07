"""What one setting says about another: names that must exist, keys that exclude each other.

Each rule looks at tables whose shape is right, and yields faults; none knows of another.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path

from news.publisher import publisher_domain, publisher_of
from news.source_address import source_address
from news.url import is_http
from wirewatch.config.fault import Fault, Origin, did_you_mean
from wirewatch.config.gather import Gathered
from wirewatch.config.secret import looked_up, webhook_key
from wirewatch.config.sections import Cadence, Mail, Network
from wirewatch.config.shaping import Placed, Where
from wirewatch.config.tables import ChannelTable, PublisherTable, SourceTable

_SPIDER_KEYS = ("links", "sections", "depth", "pages", "render")
_WEB_SCHEMES = ("http:", "https:")


def check(
    gathered: Gathered,
    environ: Mapping[str, str],
    faults: list[Fault],
    by_hand: Callable[[], Collection[str] | None],
) -> None:
    """Hold every rule against everything; what is wrong goes to `faults`.

    `by_hand` returns the channels that a command added, None if that cannot be known now; it is
    asked only where the files name one that stands in none of them.
    """
    faults.extend(_sections(gathered, environ))
    faults.extend(_same_addresses(gathered))
    if gathered.queries or gathered.aliases:
        from wirewatch.config import queries  # noqa: PLC0415 - the reader of queries is heavy

        faults.extend(queries.check(gathered))
    for noun, tables in gathered.many.items():
        for placed in tables:
            faults.extend(_renames(noun, placed, gathered))
    for source in gathered.sources:
        faults.extend(_source(source))
    for channel in gathered.channels:
        faults.extend(_channel(channel, has_mail=gathered.section(Mail).server is not None))
        folder = gathered.folders[channel.where.file]
        faults.extend(_channel_secrets(channel, folder, environ))
    for publisher in gathered.publishers:
        faults.extend(_publisher(publisher))
    faults.extend(_unknown_channels(gathered, by_hand))


def _sections(gathered: Gathered, environ: Mapping[str, str]) -> Iterator[Fault]:
    if cadence := gathered.once.get("cadence"):
        bounds: Cadence = cadence.value
        if bounds.min > bounds.max:
            yield cadence.where.fault("min is longer than max", "min")
    if network := gathered.once.get("network"):
        yield from _proxy(network, gathered.folders[network.where.file], environ)
    if mail := gathered.once.get("mail"):
        post: Mail = mail.value
        if post.server is not None and post.sender is None:
            yield mail.where.fault('"from" is missing: whom do mails come from?')
        folder = gathered.folders[mail.where.file]
        if post.password is not None:
            yield from _secret_fault(post.password, folder, environ, mail.where, "password")


def _proxy(network: Placed[Network], folder: Path, environ: Mapping[str, str]) -> Iterator[Fault]:
    password, where = network.value.proxy_password, network.where
    if password is None:
        return
    if network.value.proxy is None:
        yield where.fault('proxy_password: there is no proxy; write proxy = "http://…"')
        return
    yield from _secret_fault(password, folder, environ, where, "proxy_password")


def _same_addresses(gathered: Gathered) -> Iterator[Fault]:
    first: dict[str, Origin] = {}
    for source in gathered.sources:
        url = source_address(source.value.url)
        if url in first:
            yield source.where.fault(f"url: the source at {first[url]} has this address", "url")
        first.setdefault(url, source.where.origin())


def _renames(noun: str, placed: Placed[object], gathered: Gathered) -> Iterator[Fault]:
    was = getattr(placed.value, "was", None)
    if was is None:
        return
    if was in gathered.names[noun]:
        at = gathered.names[noun][was]
        yield placed.where.fault(f'was: "{was}" still stands at {at}, so it has no new name', "was")


def _source(source: Placed[SourceTable]) -> Iterator[Fault]:
    table, where = source.value, source.where
    if table.every is not None and table.cron is not None:
        yield where.fault("every and cron exclude each other; keep one of them", "cron")
    if table.kind in {"feed", "sitemap"}:
        for key in _SPIDER_KEYS:
            if getattr(table, key) not in {None, (), False}:
                yield where.fault(f"{key}: a {table.kind} has none; it is for list and site", key)
    for position, section in enumerate(table.sections):
        if "://" in section and not _is_of(section, table.url):
            words = f'sections: "{section}" is not of this site; make it a [[source]] of its own'
            yield where.fault(words, "sections", position)


def _is_of(section: str, site: str) -> bool:
    return is_http(section) and publisher_of(section) == publisher_of(site)


def _channel(channel: Placed[ChannelTable], *, has_mail: bool) -> Iterator[Fault]:
    table, where = channel.value, channel.where
    if table.url.startswith("command:") and not table.allow_command:
        yield where.fault("a command runs only with allow_command = true", "url")
    if table.url.startswith("mailto:") and not has_mail:
        yield where.fault("mailto: needs a mail server; write a section [mail]", "url")
    if table.shape is not None and not table.url.startswith(_WEB_SCHEMES):
        yield where.fault("shape: only webhooks have one", "shape")


def _channel_secrets(
    channel: Placed[ChannelTable], folder: Path, environ: Mapping[str, str]
) -> Iterator[Fault]:
    table, where = channel.value, channel.where
    if table.secret and not table.url.startswith(_WEB_SCHEMES):
        yield where.fault("secret: only webhooks are signed", "secret")
        return
    if len(table.secret) > 2:  # noqa: PLR2004 - the old one and the new one
        yield where.fault("secret: at most two, while one takes the place of the other", "secret")
    for position, secret in enumerate(table.secret):
        if fault := next(_secret_fault(secret, folder, environ, where, "secret", position), None):
            yield fault
            continue
        try:
            webhook_key(looked_up(secret, beside=folder, environ=environ))
        except ValueError as error:
            yield where.fault(f"secret: {error}", "secret", position)


def _secret_fault(
    secret: str, folder: Path, environ: Mapping[str, str], where: Where, *keys: str | int
) -> Iterator[Fault]:
    try:
        looked_up(secret, beside=folder, environ=environ)
    except ValueError as error:
        yield where.fault(f"{keys[0]}: {error}", *keys)


def _publisher(publisher: Placed[PublisherTable]) -> Iterator[Fault]:
    """Articles are counted by registrable domain, so a name below it would describe nobody."""
    host, _, _ = publisher.value.domain.partition(":")
    registrable = publisher_domain(host)
    if registrable != host:
        words = f'domain: articles there belong to the publisher "{registrable}"; write that'
        yield publisher.where.fault(words, "domain")


def _unknown_channels(
    gathered: Gathered, by_hand: Callable[[], Collection[str] | None]
) -> Iterator[Fault]:
    written = gathered.names["channel"]
    unwritten = [mention for mention in gathered.mentions if mention.words not in written]
    added = by_hand() if unwritten else None
    if added is None:
        return
    for mention in unwritten:
        if mention.words not in added:
            near = did_you_mean(mention.words, [*written, *added])
            hint = near or "; write a [[channel]] with this name"
            words = f'to: there is no channel "{mention.words}"{hint}'
            yield mention.where.fault(words, *mention.keys)
