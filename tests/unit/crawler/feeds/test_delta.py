"""Known items are left out, and nothing else: told and left out are the whole."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.feeds.delta import Part, Whole, to_read
from crawler.feeds.known_items import known_items
from tests.unit.crawler.feeds.generated import feeds
from tests.unit.crawler.feeds.polling import HEADERS, URL, Poller, item, rss, whole

THREE = [item(1), item(2), item(3)]


def after_two_visits(*items: str, head: str = "<title>T</title>") -> Poller:
    poller = Poller()
    for _ in range(2):
        poller.look(rss(items or THREE, head))
    return poller


def test_an_item_is_left_out_after_it_was_told_twice() -> None:
    poller = Poller()
    assert [poller.look(rss(THREE))[1] for _ in range(4)] == [0, 0, 3, 3]


def test_the_new_one_is_told_alone() -> None:
    told, dropped = after_two_visits().look(rss([item(4), *THREE]))
    assert ([entry.title for entry in told], dropped) == (["Story 4"], 3)


def test_a_new_one_is_told_at_two_visits() -> None:
    poller = after_two_visits()
    told = [len(poller.look(rss([item(4), *THREE]))[0]) for _ in range(3)]
    assert told == [1, 1, 0]


def test_one_that_was_edited_is_told() -> None:
    told, dropped = after_two_visits().look(rss([item(1), item(2, "Corrected"), item(3)]))
    assert ([entry.title for entry in told], dropped) == (["Corrected"], 2)


def test_order_and_removal_do_not_matter() -> None:
    assert after_two_visits().look(rss([item(3), item(1)])) == ((), 2)


@pytest.mark.parametrize(
    "changed",
    [
        rss([item(4, guid="id-1"), *THREE]),
        rss([item(4, link="https://news.test/1"), *THREE]),
        rss([item(4, link="https://news.test/1/"), *THREE]),
        rss([item(4), *THREE], "<title>Another</title>"),
        rss([item(4), *THREE], "<title>T</title><language>ko</language>"),
        rss([item(4, more="<!-- "), *THREE]).replace("</item>\n<item>", "</item> x <item>"),
        rss([item(4, more="<description><![CDATA[</item>]]></description>"), *THREE]),
        rss([item(4, more="<x xmlns:y='urn:1'><z xmlns:y='urn:2'/></x>"), *THREE]),
        rss([item(4, more="caf\udce9"), *THREE]).encode("utf-8", "surrogateescape"),
        rss([*THREE])[:-20],
        rss([item(n) for n in range(1_001)]),
        "<!DOCTYPE rss>" + rss([item(4), *THREE]),
    ],
)
def test_in_doubt_the_whole_document_is_read(changed: str | bytes) -> None:
    assert after_two_visits().look(changed) == (whole(changed), 0)


@pytest.mark.parametrize(
    "head",
    [
        "<title>T</title><lastBuildDate>now</lastBuildDate>",
        "<title>T</title><pubDate>Tue, 05 Nov 2024 06:00:00 GMT</pubDate>",
        "<!-- made in 3 ms -->\n<title>T</title>",
    ],
)
def test_when_it_was_made_is_no_change(head: str) -> None:
    poller = after_two_visits(head=head)
    assert poller.look(rss(THREE, head.replace("now", "later").replace("3 ms", "5 ms"))) == ((), 3)


def test_what_shares_its_id_or_address_is_never_left_out() -> None:
    shared = [
        item(1, guid="same"),
        item(2, guid="same"),
        item(3, link="https://news.test/4"),
        item(4),
    ]
    poller = after_two_visits(*shared)
    assert poller.look(rss(shared)) == (whole(rss(shared)), 0)


def test_a_volatile_item_is_read_each_time() -> None:
    poller = after_two_visits()
    for count in range(3):
        told, dropped = poller.look(rss([*THREE, item(4, more=f"<n>{count}</n>")]))
        assert ([entry.title for entry in told], dropped) == (["Story 4"], 3)


@pytest.mark.parametrize(
    "learned",
    ["", "{", "[]", "null", '"x"', '{"v":2}', '{"v":1}', '{"kind":"feed","learned":null}', "9" * 9],
)
def test_garbage_is_remembered_as_nothing(learned: str) -> None:
    assert known_items(learned) is None
    assert isinstance(to_read(rss(THREE).encode(), "", URL, learned), Whole)


@given(st.recursive(st.none() | st.text() | st.integers(), st.lists))
def test_any_garbage_is_remembered_as_nothing(value: Any) -> None:
    said = {"v": 1, "frame": value, "once": value, "twice": value}
    known = known_items(json.dumps(said))
    assert known is None or (known.once, known.twice) == ({}, {})


def test_a_thousand_items_are_remembered_in_16_kib() -> None:
    poller = after_two_visits(*(item(n) for n in range(1_000)))
    assert len(poller.learned or "") <= 16 * 1024
    assert poller.look(rss(item(n) for n in range(1_000)))[1] == 1_000


def test_another_address_is_another_frame() -> None:
    poller = after_two_visits()
    body = rss(THREE).encode()
    asked = [
        to_read(body, HEADERS["content-type"], url, poller.learned) for url in (URL, URL + "2")
    ]
    assert [type(one) for one in asked] == [Part, Whole]


NUMBERED = st.builds(
    item,
    st.integers(1, 6),
    title=st.sampled_from(["", "Same", "&lt;b&gt;x&lt;/b&gt;", "caf\u00c3\u00a9"]),
    guid=st.sampled_from(["", "", "same"]),
    link=st.sampled_from(["", "", "https://news.test/1", "https://news.test/1/", "/rel"]),
    more=st.sampled_from(
        ["", "<description><![CDATA[<p>a]]></description>", "<n>1</n>", "<!--x-->"]
    ),
)
HEADS = st.sampled_from(
    ["<title>T</title>"] * 3 + ["<title>U</title>", "<title>T</title><pubDate>x</pubDate>"]
)


@settings(max_examples=60)
@given(st.lists(st.builds(rss, st.lists(NUMBERED, max_size=6), HEADS), min_size=3, max_size=7))
def test_told_and_left_out_are_the_whole(documents: list[str]) -> None:
    poller = Poller()
    for document in documents:
        seen_twice = {entry for entry, times in poller.known.items() if times > 1}
        told, dropped = poller.look(document)
        entries = whole(document)
        assert dropped == len(entries) - len(told)
        rest = list(entries)
        for entry in told:
            rest.remove(entry)  # a field that differs fails here
        assert set(rest) <= seen_twice


@settings(max_examples=30)
@given(st.lists(feeds, min_size=1, max_size=2), st.lists(st.integers(0, 1), min_size=4, max_size=6))
def test_feeds_of_every_kind_are_told_whole(documents: list[str], order: list[int]) -> None:
    poller = Poller()
    for at in order:
        document = documents[at % len(documents)]
        told, dropped = poller.look(document)
        entries = whole(document)
        assert dropped == len(entries) - len(told)
        assert set(told) <= set(entries)
        assert set(entries) <= set(poller.known)
