"""Whose headline an article bears."""

import pytest

from news.headline import headline_of

KEPT = "Crane kills two in harbour"


@pytest.mark.parametrize(
    ("page", "entry", "kept", "taken"),
    [
        # the page's own comes first
        ("The page's", "The entry's", None, "The page's"),
        ("The page's", "", None, "The page's"),
        ("", "The entry's", None, "The entry's"),
        # the feed was corrected, the page not yet
        (KEPT, "Crane injures two in harbour", KEPT, "Crane injures two in harbour"),
        (
            "항구 기중기 사고로 2명 사망",
            "항구 기중기 사고로 2명 부상",
            "항구 기중기 사고로 2명 사망",
            "항구 기중기 사고로 2명 부상",
        ),
        # the page has news of its own
        ("Crane injures three", "Crane injures two in harbour", KEPT, "Crane injures three"),
        # the feed's is none of the page's reworded
        (KEPT, "Our live blog from the port", KEPT, KEPT),
        (KEPT, f"{KEPT} | The Harbour", KEPT, KEPT),
        (KEPT, "Crane kills two in ha…", KEPT, KEPT),
        (KEPT, "", KEPT, KEPT),
        (KEPT, KEPT.upper(), KEPT, KEPT),
    ],
)
def test_the_headline(page: str, entry: str, kept: str | None, taken: str) -> None:
    assert headline_of(page=page, entry=entry, kept=kept) == taken
