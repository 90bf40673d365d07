"""How a preview looks on a terminal."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from alerts.policy import Verdict
from news.article import Article, Read
from news.match import Span
from wirewatch.cli.options import Manner
from wirewatch.cli.previewed import as_json, headline, show_change, show_preview, summary
from wirewatch.cli.screen import Screen
from wirewatch.preview import Day, Preview, Sample
from wirewatch.preview_change import Change
from wirewatch.shares import Share

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
ARTICLE = Article(
    id=7,
    url="https://yna.test/7",
    publisher="yna.test",
    publisher_name="Yonhap\x1b[2J",
    title="Coffins\u202e of soldiers",
    lead="",
    story=3,
    revision=1,
    read=Read.FULL,
    first_seen_at=NOW,
    owed_at=NOW - timedelta(hours=2),
)
SAMPLE = Sample(
    article=ARTICLE,
    body="Six coffins were shown.",
    spans=(Span("title", 0, 7, "coffins"), Span("body", 4, 11, "coffins")),
    verdict=Verdict.FOLDED,
    words="its story was told before",
)
PREVIEW = Preview(
    days=tuple(
        Day(date=date(2026, 11, 23) - timedelta(days=back), articles=9 - back, alerts=back)
        for back in reversed(range(3))
    ),
    known=True,
    covered=3.0,
    articles=1_200,
    stories=1_100,
    alerts=1_050,
    old=40,
    folded=110,
    publishers=(("Yonhap", 900), ("KCNA", 300)),
    shares=(
        Share(term="kim", articles=1_000, alone=990),
        Share(term="kursk", articles=210, alone=200),
    ),
    samples=(SAMPLE,),
    found=tuple(range(1_200)),
)


def screen(*, terminal: bool = True) -> Screen:
    return Screen(manner=Manner(no_color=True), terminal=terminal, clock=lambda: NOW)


def test_people_get_a_chart_figures_and_samples(capsys: pytest.CaptureFixture[str]) -> None:
    show_preview(screen(), PREVIEW)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "9 │▁▁▁▁▄▄▄▄████"
    assert lines[5].strip() == "21 Nov – 23 Nov"
    assert lines[6:10] == [
        "3 days: 1,200 articles in 1,100 stories → 1,050 alerts, about 350 a day",
        "No alert: 40 as old news, 110 of stories told before.",
        "Most from: Yonhap 900 · KCNA 300",
        "About 400 articles a day, most from kim alone: kim 1,000 · kursk 210",
    ]
    assert lines[10:] == [
        "",
        "Coffins of soldiers",
        "  Yonhap␛[2J · ar_7 · 2 h ago · no alert: its story was told before",
        "  Six coffins were shown.",
    ]


def test_marked_words_are_bold_where_colours_are_wanted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    colored = Screen(manner=Manner(), terminal=True, clock=lambda: NOW)
    show_preview(colored, PREVIEW)
    out = capsys.readouterr().out
    assert "\x1b[1mCoffins\x1b[0m of soldiers" in out
    assert "Six \x1b[1mcoffins\x1b[0m were shown." in out


def test_in_a_pipe_there_are_days_alone_and_the_rest_beside(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show_preview(screen(terminal=False), PREVIEW)
    told = capsys.readouterr()
    assert told.out == "2026-11-21\t7\t2\n2026-11-22\t8\t1\n2026-11-23\t9\t0\n"
    assert told.err.splitlines() == list(summary(PREVIEW))


def test_a_few_articles_are_told_in_few_words() -> None:
    few = replace(PREVIEW, articles=1, stories=1, alerts=1, old=0, folded=0, covered=1.0)
    assert list(summary(few)) == [
        "3 days: 1 article in 1 story → 1 alert, about 1.0 a day",
        "The archive knows 1 day of them; the mean is over these.",
    ]
    assert headline(replace(few, articles=0)) == "3 days: no article answers to this."
    nothing = replace(few, articles=0, known=False)
    assert list(summary(nothing)) == ["3 days: the archive holds no article yet."]


def test_a_loud_one_is_told_what_it_wants() -> None:
    loud = replace(PREVIEW, alerts=1_600)
    assert loud.noisy
    assert list(summary(loud))[-1] == (
        "That is more than 500 alerts a day: as a watch it wants --noisy."
    )
    evenly = (Share(term="a", articles=600, alone=500), Share(term="b", articles=600, alone=500))
    assert "alone" not in list(summary(replace(PREVIEW, shares=evenly)))[-1]


def test_what_an_edit_wins_and_loses(capsys: pytest.CaptureFixture[str]) -> None:
    show_change(screen(), Change(won=2, lost=0, won_samples=(SAMPLE,), lost_samples=()), days=60)
    assert capsys.readouterr().out.splitlines() == [
        "On the past 60 days it wins 2 articles.",
        "  + Coffins of soldiers  (Yonhap␛[2J)",
        "On the past 60 days it loses 0 articles.",
    ]
    show_change(screen(), Change(won=0, lost=0, won_samples=(), lost_samples=()), days=1)
    assert capsys.readouterr().out == "On the past 1 day it finds the same articles.\n"


def test_machines_are_told_of_few_places_and_of_no_day_that_nobody_looked_at() -> None:
    many = replace(SAMPLE, spans=SAMPLE.spans * 50)
    told = as_json(replace(PREVIEW, first=date(2026, 11, 22), samples=(many,)))
    days, samples = told["days"], told["samples"]
    assert isinstance(days, list)
    assert isinstance(samples, list)
    assert [day["date"] for day in days] == ["2026-11-22", "2026-11-23"]
    assert [len(sample["match"]) for sample in samples] == [20]
