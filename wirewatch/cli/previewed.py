"""How a preview is shown: to people with a chart and samples, line by line in a pipe, in JSON."""

from collections.abc import Iterator

from alerts.policy import Verdict
from news.ids import wire_id
from wirewatch.cli.chart import chart
from wirewatch.cli.marked import as_text, marked, passage, say_marked
from wirewatch.cli.screen import Screen
from wirewatch.preview import NOISY, Preview, Sample
from wirewatch.preview_change import Change
from wirewatch.shares import Share

_MOST_OF = 0.5
"""A part of the query that brings more than this share is named."""
_WORTH_A_SHARE = 10
_MOST_SPANS = 20
"""Places of an article that machines are told; a text may have hundreds."""


def show_preview(screen: Screen, tried: Preview) -> None:
    """Show a preview in full."""
    if screen.manner.json:
        screen.data(as_json(tried))
        return
    if not screen.terminal:
        for day in tried.known_days:
            screen.row((day.date.isoformat(), str(day.articles), str(day.alerts)))
        for line in summary(tried):
            screen.remark(line)
        return
    days = tried.known_days or tried.days[-1:]
    counts = [day.articles for day in days]
    first, last = (f"{day.date.day} {day.date:%b}" for day in (days[0], days[-1]))
    for line in chart(counts, first=first, last=last) if tried.articles else ():
        screen.say(line)
    for line in summary(tried):
        screen.say(line)
    show_samples(screen, tried.samples)


def summary(tried: Preview) -> Iterator[str]:
    """Tell a preview in a few lines."""
    yield headline(tried)
    if tried.articles and len(tried.days) > tried.covered + 1:
        covered = _many(round(tried.covered), "day")
        yield f"The archive knows {covered} of them; the mean is over these."
    if tried.old or tried.folded:
        yield f"No alert: {tried.old:,} as old news, {tried.folded:,} of stories told before."
    if tried.articles >= _WORTH_A_SHARE:
        yield "Most from: " + " · ".join(f"{name} {many:,}" for name, many in tried.publishers)
    if line := loudest(tried):
        yield line
    if tried.noisy:
        yield f"That is more than {NOISY} alerts a day: as a watch it wants --noisy."


def headline(tried: Preview) -> str:
    """Return the one line that says most: "60 days: 117 articles → 111 alerts, …"."""
    days = _many(len(tried.days), "day")
    found = _many(tried.articles, "article")
    if not tried.articles:
        lack = "no article answers to this" if tried.known else "the archive holds no article yet"
        return f"{days}: {lack}."
    stories = _many(tried.stories, "story", "stories")
    told = _many(tried.alerts, "alert")
    return f"{days}: {found} in {stories} → {told}, {_a_day(tried.alerts_a_day)}"


def loudest(tried: Preview) -> str | None:
    """Name what brings most alone, if that is worth a word."""
    if len(tried.shares) < 2 or tried.articles < _WORTH_A_SHARE:  # noqa: PLR2004 - a choice
        return None
    parts = " · ".join(f"{share.term} {share.articles:,}" for share in tried.shares)
    top: Share = max(tried.shares, key=lambda share: share.alone)
    alone = f", most from {top.term} alone" if top.alone > _MOST_OF * tried.articles else ""
    return f"About {_figure(tried.articles / tried.covered)} articles a day{alone}: {parts}"


def show_samples(screen: Screen, samples: tuple[Sample, ...]) -> None:
    """Show articles with their marked words; only on a terminal."""
    for sample in samples:
        screen.say()
        say_marked(screen, marked(sample.article.title, sample.spans, "title"))
        article = sample.article
        became = "" if sample.verdict is Verdict.TOLD else f" · no alert: {sample.words}"
        ids = f"{wire_id('ar', article.id)} · {screen.ago(article.owed_at)}"
        screen.say(f"  {article.publisher_name} · {ids}{became}".replace("\n", " "), dim=True)
        if around := passage(sample.body, sample.spans):
            say_marked(screen, around, indent="  ")


def show_change(screen: Screen, change: Change, days: int) -> None:
    """Show what a changed query wins and loses."""
    if not change.won and not change.lost:
        screen.say(f"On the past {_many(days, 'day')} it finds the same articles.")
        return
    for verb, many, samples in (
        ("wins", change.won, change.won_samples),
        ("loses", change.lost, change.lost_samples),
    ):
        screen.say(f"On the past {_many(days, 'day')} it {verb} {_many(many, 'article')}.")
        for sample in samples:
            sign = "+" if verb == "wins" else "-"
            title = marked(sample.article.title, sample.spans, "title")
            say_marked(
                screen,
                [*title, (f"  ({sample.article.publisher_name})", False)],
                indent=f"  {sign} ",
            )


def as_json(tried: Preview) -> dict[str, object]:
    """Return a preview for machines."""
    return {
        "days": [
            {"date": day.date.isoformat(), "articles": day.articles, "alerts": day.alerts}
            for day in tried.known_days
        ],
        "covered_days": round(tried.covered, 3),
        "articles": tried.articles,
        "stories": tried.stories,
        "alerts": tried.alerts,
        "alerts_a_day": round(tried.alerts_a_day, 3),
        "noisy": tried.noisy,
        "dropped": {"old": tried.old},
        "folded": tried.folded,
        "publishers": [{"name": name, "articles": many} for name, many in tried.publishers],
        "terms": [
            {"term": one.term, "articles": one.articles, "alone": one.alone} for one in tried.shares
        ],
        "samples": [_sample_as_json(sample) for sample in tried.samples],
    }


def change_as_json(change: Change) -> dict[str, object]:
    """Return won and lost for machines."""
    return {
        "won": change.won,
        "lost": change.lost,
        "won_samples": [_sample_as_json(sample) for sample in change.won_samples],
        "lost_samples": [_sample_as_json(sample) for sample in change.lost_samples],
    }


def _sample_as_json(sample: Sample) -> dict[str, object]:
    article = sample.article
    return {
        "article": {
            "id": wire_id("ar", article.id),
            "title": article.title,
            "url": article.url,
            "publisher": {"name": article.publisher_name, "domain": article.publisher},
        },
        "owed_at": article.owed_at,
        "verdict": sample.verdict.value,
        "passage": as_text(passage(sample.body, sample.spans)),
        "match": [
            {"field": span.field, "term": span.term, "start": span.start, "end": span.end}
            for span in sample.spans[:_MOST_SPANS]
        ],
    }


def _many(count: int, noun: str, plural: str | None = None) -> str:
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def _a_day(rate: float) -> str:
    return f"about {_figure(rate)} a day"


def _figure(rate: float) -> str:
    return f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}"  # noqa: PLR2004 - one decimal below ten
