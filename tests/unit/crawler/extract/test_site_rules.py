"""Rules for single sites: data that is checked, that ends, and that no page needs."""

from datetime import UTC, date, datetime

import pytest

from crawler.extract import said as said_module
from crawler.extract.page import extract
from crawler.extract.site_rules import FaultyRuleError, ruled, rules_in, shipped_ruled
from crawler.extract.tree import tree_of
from news.page import Page
from tests.unit.crawler.extract.pages import BODY, LEAD, SECOND, URL, html

RULES = """
version = 1

[[rule]]
domain = "harbour.test"
valid_until = 2026-06-30
title = "//div[@class='head']"
text = "//div[@id='told']/p"
author = "//b[@class='who']"
date = "//i/@when"
"""
STORY = (
    f'<div class="head">Old crane taken down</div><b class="who">By Ann Sand and Bo Lee</b>'
    f'<i when="2026-03-04T05:06:00Z">Wednesday</i><div id="told"><p>{LEAD}</p><p> </p></div>'
    f"<p>{SECOND}</p>"
)
DAY = date(2026, 6, 30)


def found(url: str = URL, text: str = RULES, today: date = DAY) -> dict[str, list[str]]:
    tree = tree_of(html(body=STORY))
    assert tree is not None
    return ruled(tree, url, rules_in(text), today)


def test_a_rule_finds_its_parts() -> None:
    assert found() == {
        "title": ["Old crane taken down"],
        "text": [LEAD],
        "author": ["By Ann Sand and Bo Lee"],
        "date": ["2026-03-04T05:06:00Z"],
    }


@pytest.mark.parametrize(
    ("url", "text", "today"),
    [
        (URL, RULES, date(2026, 7, 1)),
        ("https://elsewhere.test/crane", RULES, DAY),
        ("https://", RULES, DAY),
        (URL, "version = 1", DAY),
    ],
)
def test_without_a_rule_that_holds_nothing_is_said(url: str, text: str, today: date) -> None:
    assert found(url, text, today) == {}


def test_a_part_that_finds_nothing_is_left_out() -> None:
    assert "title" not in found(text=RULES.replace("'head'", "'gone'"))
    assert found(text=RULES.replace("//i/@when", "string(//i)"))["date"] == ["Wednesday"]


def test_what_a_rule_finds_stands_before_what_the_page_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rules = rules_in(RULES)
    monkeypatch.setattr(
        said_module, "shipped_ruled", lambda tree, url: ruled(tree, url, rules, DAY)
    )
    head = '<meta property="og:title" content="Crane"><meta name="author" content="Cy Dow">'
    page = extract(html(head, STORY).encode(), URL, {})
    assert isinstance(page, Page)
    assert (page.title, page.authors) == ("Old crane taken down", ("Ann Sand", "Bo Lee"))
    assert page.text == LEAD
    assert page.published == datetime(2026, 3, 4, 5, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("version = 1", "version = 2", "version must be 1"),
        ("version = 1", "", "version must be 1"),
        ("[[rule]]", "[[rule", "site rules: "),
        ("title =", "titel =", "site rule 1: titel is not known"),
        ('"harbour.test"', '"www.harbour.test"', "domain must be a registrable one"),
        ('"harbour.test"', "7", "domain must be a registrable one"),
        ("2026-06-30", '"soon"', "valid_until must be a day"),
        ("2026-06-30", "2026-06-30T00:00:00Z", "valid_until must be a day"),
        ('"//i/@when"', '"//i["', "site rule 1: date: Invalid expression: //i["),
        ('"//i/@when"', '"gone(//i)"', "site rule 1: date: "),
        ('"//i/@when"', "7", "date must be an XPath in quotes"),
    ],
)
def test_a_fault_is_told_with_its_place(old: str, new: str, words: str) -> None:
    with pytest.raises(FaultyRuleError) as told:
        rules_in(RULES.replace(old, new))
    assert words in str(told.value)


def test_a_domain_has_one_rule_and_a_rule_something_to_say() -> None:
    with pytest.raises(FaultyRuleError, match=r"site rule 2: harbour\.test has a rule already"):
        rules_in(RULES + RULES.replace("version = 1", ""))
    with pytest.raises(FaultyRuleError, match="at least one of title, text, author, date"):
        rules_in('version = 1\n[[rule]]\ndomain = "a.test"\nvalid_until = 2026-06-30')


def test_the_rules_that_come_along_are_in_order() -> None:
    tree = tree_of(html(body=BODY))
    assert tree is not None
    assert shipped_ruled(tree, URL) == {}
