"""Front pages written for the tests, with the links that lead to articles labelled.

In the files such an anchor has the attribute `data-news`, which is taken away before anybody but
the test sees the page.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from lxml.html import document_fromstring

from crawler.extract.charset import decoded
from crawler.lists.anchors import base_of
from news.url import absolute, canonical_url

_FOLDER = Path(__file__).parent / "front_pages"
_LABEL = b" data-news"

ADDRESSES = {
    "agency": "https://en.agency.example/",
    "app_cards": "https://www.estuaire.example/",
    "arabic_channel": "https://www.newgulf.example/",
    "broadsheet": "https://www.beacon.example/uk",
    "chinese_portal": "http://www.people-post.example/",
    "embassy": "https://embassy.example/en/press/",
    "german_regional": "https://www.kuestenpost.example/",
    "indonesian_portal": "https://www.detak.example/",
    "japanese_paper": "https://www.minato.example/",
    "korean_paper": "http://www.hanbit.example/",
    "polish_commas": "https://www.wybrzeze.example/",
    "portuguese_feed": "https://g9.jornal.example/",
    "russian_news": "https://www.sever.example/",
    "spanish_hero": "https://elfaro.example/",
    "state_agency": "http://www.state.example/en",
    "tables_1997": "http://www.island.example/index.htm",
    "taiwan_agency": "https://www.island-news.example/",
    "university": "https://www.sound.example/news",
    "village_cgi": "http://ladnoe.example/index.php",
    "wordpress": "https://ashbycourier.example/",
    "broadcaster": "https://www.broadcaster.example/",
    "korean_portal": "https://news.portal.example/section/100",
    "ministry_turkish": "https://www.bakanlik.example/Duyurular.aspx",
    "newsletter": "https://slowboat.example/",
    "thai_grid": "https://www.thaidaily.example/",
    "vietnamese_daily": "https://tinsang.example/",
}
"""Where each page would be found; the last six were written after the finder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledPage:
    """A front page without its labels, and the canonical addresses of its articles."""

    name: str
    url: str
    body: bytes
    articles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Score:
    """How many of the labelled links were found, and how many others."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Return the share of right ones among those found."""
        return self.right / max(self.right + self.wrong, 1)

    @property
    def recall(self) -> float:
        """Return the share of those found among the right ones."""
        return self.right / max(self.right + self.missed, 1)


def labelled(name: str) -> LabelledPage:
    """Read one page."""
    text = (_FOLDER / f"{name}.html").read_bytes()
    tree, url = document_fromstring(decoded(text, "")), ADDRESSES[name]
    base = base_of(tree, url)
    found = (
        absolute(base, one.get("href") or "") for one in tree.iter("a") if "data-news" in one.attrib
    )
    return LabelledPage(
        name=name,
        url=url,
        body=text.replace(_LABEL, b""),
        articles=frozenset(canonical_url(one) for one in found if one),
    )


def score(pairs: Iterable[tuple[frozenset[str], Iterable[str]]]) -> Score:
    """Compare what was labelled with the addresses that were found, pooled over all pages."""
    right = wrong = missed = 0
    for wanted, found in pairs:
        got = {canonical_url(one) for one in found}
        right, wrong, missed = (
            right + len(wanted & got),
            wrong + len(got - wanted),
            missed + len(wanted - got),
        )
    return Score(right, wrong, missed)
