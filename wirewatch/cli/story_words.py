"""How a story is written down: accounts, copies, changes and alerts, for people and machines."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from archive.alerts import KeptAlert
from archive.looks import NONE, Looks
from archive.revisions import Revision
from archive.whole_story import Telling, WholeStory
from news.article import Article, Read
from news.ids import wire_id
from wirewatch.cli.alerts import as_json as alert_as_json
from wirewatch.cli.alerts import outcome
from wirewatch.cli.change_words import changed
from wirewatch.cli.found import as_json as article_as_json
from wirewatch.cli.look_words import looks_in_words
from wirewatch.cli.screen import Screen
from wirewatch.cli.story_figures import figures, many
from wirewatch.inert import inert
from wirewatch.limits import limits_of

_LONGEST_LEAD = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A story, the changes of its articles and the looks at their pages by their numbers.

    `joined` is the name that it no longer has.
    """

    whole: WholeStory
    changes: Mapping[int, Sequence[Revision]]
    looks: Mapping[int, Looks]
    joined: int | None = None


def lines_of(screen: Screen, shown: Shown) -> Iterator[str]:
    """Return a story as people read it; the first line is its title."""
    whole = shown.whole
    first = _headed(whole)
    yield inert(first.title) or "(without a title)"
    yield (
        f"  {wire_id('st', whole.story.id)} · {figures(whole.story)} · "
        f"first: {inert(whole.story.first_publisher)}, {screen.ago(whole.story.first_at)}"
    )
    yield from _beside(shown)
    if first.lead:
        lead = inert(first.lead)
        yield f"  {lead if len(lead) <= _LONGEST_LEAD else lead[: _LONGEST_LEAD - 1] + '…'}"
    accounts = [one for one in whole.tellings if one.of is None]
    copies = [one for one in whole.tellings if one.of is not None]
    for told, noun in ((accounts, "account"), (copies, "copy")):
        if told:
            yield ""
            yield f"{many(len(told), noun)}:"
            for one in told:
                yield from _telling(screen, one, shown)
    yield ""
    yield from _told(screen, whole)


def as_json(shown: Shown) -> dict[str, object]:
    """Return a story for machines."""
    whole, told = shown.whole, shown.whole.story
    return {
        "id": wire_id("st", told.id),
        "asked": shown.joined and wire_id("st", shown.joined),
        "articles": told.articles,
        "publishers": told.publishers,
        "families": told.families,
        "first": {"publisher": told.first_publisher, "at": told.first_at},
        "apart_from": [wire_id("st", one) for one in whole.apart],
        "tellings": [_telling_as_json(one, shown) for one in whole.tellings],
        "alerts": [alert_as_json(alert) for alert in whole.alerts],
        "covered_by": [alert_as_json(alert) for alert in whole.covered],
    }


def _headed(whole: WholeStory) -> Article:
    """Return the article by whose title the story is called: the first that says anything yet."""
    told = [one.article for one in whole.tellings]
    return next((one for one in told if not one.forgotten), told[0])


def _beside(shown: Shown) -> Iterator[str]:
    """Say what people decided of it, and whose publishers count once."""
    whole = shown.whole
    if shown.joined is not None:
        yield (
            f"  {wire_id('st', shown.joined)} was joined into it, "
            f"and is {wire_id('st', whole.story.id)} since"
        )
    if whole.apart:
        apart = ", ".join(wire_id("st", one) for one in whole.apart)
        yield f"  a person parted it from {apart}"
    for family, names in whole.families.items():
        yield f"  one family ({inert(family)}), counted once: {', '.join(map(inert, names))}"


def _telling(screen: Screen, one: Telling, shown: Shown) -> Iterator[str]:
    article = one.article
    changes, looks = shown.changes.get(article.id, ()), shown.looks.get(article.id, NONE)
    read = "" if article.read is Read.FULL else f", its page could not be read{_because(article)}"
    head = f"{inert(article.publisher_name)}: {inert(article.title)}"
    yield f"{screen.at(article.first_seen_at)}  {head}"
    yield f"  {wire_id('ar', article.id)} · {_whose(one)}{read} · {inert(article.url)}"
    yield from (f"  {words}" for words in limits_of(article))
    yield from (f"  {words}" for words in looks_in_words(screen, looks))
    for change in changes:
        yield f"  revision {change.n + 1}, {screen.at(change.at)}: {changed(change)}"
    if changes:
        wire = wire_id("ar", article.id)
        yield f"  see what changed: wirewatch story {wire} --diff {changes[-1].n}"


def _because(article: Article) -> str:
    return f" ({inert(article.note)})" if article.note else ""


def _whose(one: Telling) -> str:
    if one.of is None:
        return "account"
    share = "" if one.of.percent is None else f", {one.of.percent} %"
    return f"copy of {inert(one.of.publisher_name)} ({wire_id('ar', one.of.article)}){share}"


def _told(screen: Screen, whole: WholeStory) -> Iterator[str]:
    if not whole.alerts and not whole.covered:
        yield "No watch was told of it."
    for alert in whole.alerts:
        yield from _alert(screen, alert)
    for alert in whole.covered:
        yield from _alert(screen, alert, before=" before it was split off, which counts for both")


def _alert(screen: Screen, alert: KeptAlert, *, before: str = "") -> Iterator[str]:
    reason = "" if alert.reason == alert.state else f" ({alert.reason})"
    yield (
        f"{wire_id('al', alert.id)} to {inert(alert.watch_name)}, {screen.ago(alert.at)}: "
        f"{alert.state}{reason}{before}"
    )
    for sent in alert.sent:
        yield f"  {wire_id('dl', sent.delivery)} {inert(outcome(sent))}"


def _telling_as_json(one: Telling, shown: Shown) -> dict[str, object]:
    return {
        **article_as_json(one.article),
        "family": one.family,
        "copy_of": one.of and wire_id("ar", one.of.article),
        "copied_percent": one.of and one.of.percent,
        "copied_from": one.of and one.of.publisher_name,
        "looks": asdict(shown.looks.get(one.article.id, NONE)),
        "revision": one.article.revision,
        "revisions": [
            {
                "n": each.n,
                "until": each.at,
                "change": each.change,
                "kinds": list(each.kinds),
                "size": each.size,
                "words": each.words,
            }
            for each in shown.changes.get(one.article.id, ())
        ],
    }
