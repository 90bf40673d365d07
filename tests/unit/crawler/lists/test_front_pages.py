"""Twenty front pages built in different ways: articles are told from navigation."""

from datetime import UTC, datetime

import pytest

from crawler.lists.find import Asked, FoundLinks, NotAList, find
from tests.unit.crawler.lists.labelled import ADDRESSES, LabelledPage, labelled, score

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def found(page: LabelledPage, *, learned: str | None = None) -> FoundLinks:
    asked = Asked(url=page.url, headers={}, links=None, learned=learned, now=NOW)
    outcome = find(page.body, asked)
    assert not isinstance(outcome, NotAList), outcome
    return outcome


def addresses(outcome: FoundLinks) -> list[str]:
    return [entry.url for entry in outcome.entries if entry.url]


def test_articles_of_all_pages_are_found_and_hardly_anything_else() -> None:
    pages = [labelled(name) for name in ADDRESSES]
    total = score((page.articles, addresses(found(page))) for page in pages)
    assert len(pages) >= 20
    assert total.precision >= 0.95
    assert total.recall >= 0.95


@pytest.mark.parametrize("name", ADDRESSES)
def test_no_page_is_read_badly(name: str) -> None:
    page = labelled(name)
    told = score([(page.articles, addresses(found(page)))])
    assert told.precision >= 0.85
    assert told.recall >= 0.85


@pytest.mark.parametrize("name", ADDRESSES)
def test_each_article_is_told_once_with_a_title_that_lasts(name: str) -> None:
    entries = found(labelled(name)).entries
    assert len({entry.key() for entry in entries}) == len(entries)
    for entry in entries:
        assert 2 < len(entry.title) < 200
        assert not entry.title[-1].isspace()


@pytest.mark.parametrize("name", ADDRESSES)
def test_what_was_learned_changes_nothing_on_the_same_page(name: str) -> None:
    page = labelled(name)
    first = found(page)
    again = found(page, learned=first.learned)
    assert again.entries == first.entries


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("broadsheet", "Storm Edda: thousands without power across the north"),
        ("agency", "N. Korea's Kim attends ceremony honoring fallen soldiers"),
        ("wordpress", "Council approves bridge repair after heated meeting"),
        ("tables_1997", "Ferry timetable changed for winter"),
        ("korean_paper", "군 “북, 오물풍선 또 부양”"),
        ("japanese_paper", "中央銀行、金利を据え置き"),
        ("chinese_portal", "中俄边境贸易口岸恢复通车"),
        ("russian_news", "Портовый кран демонтировали спустя 11 лет"),
        ("arabic_channel", "عودة القطار الليلي بهدوء"),
        ("german_regional", "Letzte Fähre bleibt nach Bürgerentscheid erhalten"),
        ("app_cards", "Le retour discret du train de nuit"),
        ("embassy", "On humanitarian aid to flood-affected provinces"),
        ("state_agency", "Wreath Laid before Liberation Tower"),
        ("spanish_hero", "El último transbordador del puerto se salva en las urnas"),
        ("indonesian_portal", "Uap air ditemukan di planet lava"),
        ("university", "Study: Barley survives brackish water"),
        ("village_cgi", "Новый маршрут автобуса № 4"),
        ("portuguese_feed", "Vila recupera o seu rio"),
        ("polish_commas", "Ostatni prom w porcie zostaje po referendum"),
        ("taiwan_agency", "夜行列車悄悄回歸"),
    ],
)
def test_the_title_is_the_headline_and_nothing_around_it(name: str, title: str) -> None:
    assert title in {entry.title for entry in found(labelled(name)).entries}


def test_dates_beside_links_are_read_as_far_as_they_go() -> None:
    by_name = {name: found(labelled(name)).entries[0] for name in ADDRESSES}
    assert by_name["wordpress"].published == datetime(2026, 11, 23, 14, 30, tzinfo=UTC)
    assert by_name["embassy"].published is None  # a day is no moment
    assert by_name["embassy"].updated == datetime(2026, 11, 23, 23, 59, 59, tzinfo=UTC)
    assert by_name["village_cgi"].updated == datetime(2026, 11, 23, 23, 59, 59, tzinfo=UTC)
    assert by_name["chinese_portal"].updated is None
