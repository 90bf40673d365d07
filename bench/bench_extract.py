"""Articles found in pages, and what it costs, beside trafilatura in its fast way in the same run.

With CORPORA_DATA set, over its real pages by 4-grams of words, as the article extraction benchmark
scores them; else over pages made here, where the story is known. newspaper4k is run where it is
installed. The ten pages where we are worst are named at the end.
"""

import gzip
import importlib.util
import json
import os
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import trafilatura

from crawler.extract.page import extract
from news.page import Page

Extractor = Callable[[bytes, str], str]
SETS = ("aeb", "fundus_eval", "fundus", "htmldate")
WORDS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+")
GRAM = 4
WORST = 10
MADE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A page and the text that people found in it, None where only its cost is known."""

    name: str
    url: str
    html: bytes
    text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """How well one page was read, and in how many milliseconds of CPU."""

    name: str
    precision: float | None
    recall: float | None
    milliseconds: float

    @property
    def f1(self) -> float:
        """Return the harmonic mean of both, 0 where nothing was found."""
        both = (self.precision or 0) + (self.recall or 0)
        return 2 * (self.precision or 0) * (self.recall or 0) / both if both else 0.0


def main() -> None:
    print(
        f"{'':30} {'pages':>5} {'precision':>10} {'recall':>7} {'F1':>6} {'ms':>6} {'worst ms':>9}"
    )
    ours: list[Scored] = []
    ways = _ways()
    for name, cases in _sets():
        for way, read in ways.items():
            read(cases[0].html, cases[0].url)  # imports and tables are not the page's
            scored = [_scored(case, read) for case in cases]
            _tell(f"{name}: {way}", scored)
            ours += scored if way == "wirewatch" else []
    print(f"\nthe {WORST} pages where we are worst")
    known = [one for one in ours if one.precision is not None]
    for one in sorted(known, key=lambda scored: scored.f1)[:WORST]:
        print(f"{one.f1:6.3f}  precision {one.precision:.2f}  recall {one.recall:.2f}  {one.name}")


def _ways() -> dict[str, Extractor]:
    ways: dict[str, Extractor] = {"wirewatch": _ours, "trafilatura, fast": _trafilatura}
    if importlib.util.find_spec("newspaper") is None:
        print("newspaper4k is not installed: left out")
    else:
        ways["newspaper4k"] = _newspaper
    return ways


def _ours(html: bytes, url: str) -> str:
    read = extract(html, url, {})
    return read.text if isinstance(read, Page) else ""


def _trafilatura(html: bytes, url: str) -> str:
    found = trafilatura.bare_extraction(
        html, url=url, fast=True, with_metadata=True, include_comments=False
    )
    return str(getattr(found, "text", "") or "")


def _newspaper(html: bytes, url: str) -> str:
    newspaper = importlib.import_module("newspaper")
    article = newspaper.Article(url=url, fetch_images=False)
    article.download(input_html=html.decode(errors="replace"))
    article.parse()
    return str(article.text)


def _scored(case: Case, read: Extractor) -> Scored:
    began = time.process_time()
    text = read(case.html, case.url)
    spent = (time.process_time() - began) * 1e3
    if case.text is None:
        return Scored(name=case.name, precision=None, recall=None, milliseconds=spent)
    told, true = _grams(text), _grams(case.text)
    same = (told & true).total()
    return Scored(
        name=case.name,
        precision=same / told.total() if told else 0.0,
        recall=same / true.total() if true else 1.0,
        milliseconds=spent,
    )


def _grams(text: str) -> Counter[tuple[str, ...]]:
    words = WORDS.findall(text)
    return Counter(tuple(words[at : at + GRAM]) for at in range(max(1, len(words) - GRAM + 1)))


def _tell(name: str, scored: Sequence[Scored]) -> None:
    spent = sorted(one.milliseconds for one in scored)
    figures = f"{'':>10} {'':>7} {'':>6}"
    known = [one for one in scored if one.precision is not None]
    if known:
        precision = statistics.mean(one.precision or 0 for one in known)
        recall = statistics.mean(one.recall or 0 for one in known)
        f1 = 2 * precision * recall / (precision + recall or 1)
        figures = f"{precision:10.3f} {recall:7.3f} {f1:6.3f}"
    median = statistics.median(spent)
    print(f"{name:30} {len(scored):5} {figures} {median:6.1f} {spent[-1]:9.0f}", flush=True)


def _sets() -> Iterator[tuple[str, list[Case]]]:
    folder = os.environ.get("CORPORA_DATA")
    if not folder:
        yield "made here", [_made(number) for number in range(MADE)]
        return
    for name in SETS:
        rows = Path(folder, name, "cases.jsonl").read_text(encoding="utf-8").splitlines()
        yield name, [_case(Path(folder, name, "files"), json.loads(row)) for row in rows]


def _case(files: Path, row: dict[str, object]) -> Case:
    gold = row["gold"]
    text = gold.get("text") if isinstance(gold, dict) else None
    return Case(
        name=str(row["id"]),
        url=str(row.get("url") or "https://page.test/"),
        html=gzip.decompress((files / str(row["file"])).read_bytes()),
        text=text if isinstance(text, str) else None,
    )


def _made(number: int) -> Case:
    story = [
        f"On day {day} the crane of port {number} turned its arm by {day} degrees, people said, "
        f"and nobody could say why it did so at that hour of the morning."
        for day in range(6 + number)
    ]
    links = "".join(f'<li><a href="/{n}">A story of {n}, at length</a></li>' for n in range(80))
    teaser = "<p>Three dragons were seen over the town, a reader of ours reports in a letter.</p>"
    paragraphs = [f"<p>{line}</p>" for line in story]
    paragraphs.insert(
        2, '<p><strong>Read more:</strong> <a href="/9">Dragons over the town</a></p>'
    )
    page = (
        f"<html lang=en><head><title>Crane {number}</title></head><body><nav>{links}</nav>"
        f"<article><h1>Crane</h1>{''.join(paragraphs)}"
        f""
        f"<div class='author-bio'>{teaser}</div></article>"
        f"<section class='related-stories'>{teaser * 3}</section>"
        f"<footer><ul>{links}</ul></footer></body></html>"
    )
    return Case(
        name=f"made {number}", url="https://page.test/a", html=page.encode(), text="\n".join(story)
    )


if __name__ == "__main__":
    main()
