"""What is known of publishers from the start: well-formed, and one voice for each family."""

from collections import Counter

import pytest

from news.families import Shipped, all_shipped, shipped
from news.publisher import publisher_domain


def test_each_publisher_stands_at_its_registrable_domain() -> None:
    for domain, publisher in all_shipped().items():
        assert publisher_domain(domain) == domain
        assert publisher.name.strip() == publisher.name != ""
        assert publisher.country is not None
        assert publisher.country.isalpha()
        assert publisher.country.islower()
        assert len(publisher.country) == 2


def test_there_are_many_in_many_countries_and_a_family_has_several() -> None:
    known = all_shipped().values()
    assert len(known) >= 300
    assert len({one.country for one in known}) >= 30
    members = Counter(one.family for one in known if one.family is not None)
    assert all(many >= 2 for many in members.values())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bbc.com", "bbc.co.uk"),
        ("mirror.co.uk", "express.co.uk"),
        ("tass.com", "ria.ru"),
        ("kcna.kp", "rodong.rep.kp"),
        ("nknews.org", "nkpro.com"),
    ],
)
def test_publishers_of_one_owner_are_one_voice(one: str, other: str) -> None:
    assert shipped(one).family == shipped(other).family is not None


def test_the_others_stand_for_themselves() -> None:
    assert shipped("apnews.com").family is None
    assert shipped("theguardian.com").family != shipped("bbc.com").family
    assert shipped("unheard-of.example") == Shipped(name="unheard-of.example")
