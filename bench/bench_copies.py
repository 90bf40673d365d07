"""Copies recognised over nine edits of real texts, and what is wrongly called one, beside rivals.

With CORPORA_DATA the texts are those of its pairs, else they are made here. Every other text is
stored, and edited copies are asked for; the rest are strangers whose sentences the edits borrow.
Some of those are reprints of what is stored: where difflib finds most of the shorter text in the
other, in runs of three words or more, the pair is left out, and how many were is told.
SimHash and MinHash (bench/copy_rivals.py) are given the whole text in one look.
"""

import os
import random
import time
from collections.abc import Sequence
from dataclasses import replace
from hashlib import blake2b

from sqlalchemy import insert

from archive import articles, copies, sketches
from archive.articles import NewArticle
from archive.columns import digest
from archive.database import Database
from archive.schema import articles as article_rows
from bench.archive_material import NOW, article
from bench.archives import on_postgresql, on_sqlite
from bench.copy_edits import EDITS, NEW_LEAD, keeps_the_rest, other_figures, quoting, sentences
from bench.copy_rivals import Finder, minhash, simhash
from bench.copy_texts import LONG, no_reprints, pairs, texts
from news.likeness import LONG_ENOUGH, Sketch, compared, likely, sketch_of, words_of
from news.text import analyze, tokens

STORED = int(os.environ.get("COPIES_STORED", "100000"))
FIGURES = 4


def main() -> None:
    found = texts()
    stored, strangers = found[::2], found[1::2]
    print(f"copies: {len(stored)} texts stored, of {LONG} words or more")
    every = len(strangers)
    strangers = no_reprints(strangers, stored)
    print(f"left out as reprints of those: {every - len(strangers)} of {every} strangers")
    with on_sqlite() as archive:
        with archive.writing() as conn:
            for number, text in enumerate(stored):
                articles.add(conn, _new(number, text))
        ways = {"ours": _ours(archive), "SimHash": simhash(stored), "MinHash": minhash(stored)}
        _table(ways, stored, strangers)
        _wrong(ways, stored, strangers)
        _accounts(ways["ours"])
    if STORED == 0:
        return
    for name, opened in (("SQLite", on_sqlite), ("PostgreSQL", on_postgresql)):
        with opened() as archive:
            _at_size(archive, name, stored, strangers)


def _table(ways: dict[str, Finder], stored: Sequence[str], strangers: Sequence[str]) -> None:
    print(f"{'recall':34}" + "".join(f"{name:>9}" for name in ways))
    for kind, edit in EDITS.items():
        chance = random.Random(kind)
        made = [
            edit(chance, sentences(text), sentences(chance.choice(strangers)))
            for text in stored
            if kind != NEW_LEAD or keeps_the_rest(sentences(text))
        ]
        long = [text for text in made if len(tokens(text)) >= LONG_ENOUGH]
        _line(kind, ways, long)


def _wrong(ways: dict[str, Finder], stored: Sequence[str], strangers: Sequence[str]) -> None:
    print("wrongly called copies")
    chance = random.Random(7)
    figured = [text for text in stored if sum(one.isdigit() for one in tokens(text)) >= FIGURES]
    _line("strangers", ways, strangers)
    _line("the same report, other figures", ways, [other_figures(chance, one) for one in figured])
    long = [one for one in strangers if len(sentences(one)) >= FIGURES]
    quoted = [quoting(sentences(one), sentences(chance.choice(stored))) for one in long]
    _line("own words with quotes", ways, quoted)


def _line(kind: str, ways: dict[str, Finder], made: Sequence[str]) -> None:
    found = {name: sum(map(way, made)) / len(made) for name, way in ways.items()}
    print(f"  {kind:32}" + "".join(f"{part:9.3f}" for part in found.values()) + f"  of {len(made)}")


def _accounts(_: Finder) -> None:
    """Two outlets' pieces, each pair alone: on the same story, or not."""
    for label, told in (("same story", 1), ("other story", 0)):
        judged = [one for one in pairs() if int(one.get("label") or 0) == told]
        if judged:
            found = [one for one in judged if _pair_is_copy(one["a"]["text"], one["b"]["text"])]
            print(f"  {f'pairs of a {label}':32}{len(found) / len(judged):9.3f}  of {len(judged)}")


def _pair_is_copy(one: str, other: str) -> bool:
    ours, theirs = tokens(one), tokens(other)
    if min(len(ours), len(theirs)) < LONG_ENOUGH:
        return False
    if not likely(sketch_of(ours), {1: sketch_of(theirs)}, common=set()):
        return False
    return compared(words_of(ours), words_of(theirs)).is_copy(same_publisher=False)


def _at_size(archive: Database, name: str, stored: Sequence[str], strangers: Sequence[str]) -> None:
    _fill(archive)
    with archive.writing() as conn:
        for number, text in enumerate(stored):
            articles.add(conn, _new(STORED + number, text))
    arriving = [_new(2 * STORED + number, text) for number, text in enumerate(strangers)]
    changed = EDITS["15 % of words changed"]
    chance = random.Random(3)
    edited = [
        changed(chance, sentences(one), sentences(chance.choice(strangers))) for one in stored
    ]
    copied = [_new(3 * STORED + number, text) for number, text in enumerate(edited)]
    for kind, made in (("articles of their own", arriving), ("copies, reworded", copied)):
        used = time.process_time()
        began = time.perf_counter()
        for one in made:
            sketch_of(one.analyzed.body)
        sketched = time.process_time() - used
        with archive.writing() as conn:
            for one in made:
                copies.find(conn, one)
        cpu, took = time.process_time() - used, time.perf_counter() - began
        with archive.writing() as conn:
            used = time.process_time()
            if made is arriving:
                for number, one in enumerate(made, 1):
                    sketches.replace(conn, number, one.sketch)
            kept = time.process_time() - used
        each = 1e3 / len(made)
        print(
            f"{name}, {STORED:,} stored, {kind}: {cpu * each:.3f} ms CPU (sketch"
            f" {sketched * each:.3f}), {took * each:.3f} ms passed, kept in {kept * each:.3f}"
        )


def _fill(archive: Database) -> None:
    """Store so many articles' rows and sketches: 45 digests of each its own, 3 that many have."""
    chance = random.Random(5)
    with archive.writing() as conn:
        first = articles.add(conn, _new(0, "The first of all."))
    for begin in range(1, STORED, 5_000):
        rows = [
            {
                "url": f"https://filled{number}.test/",
                "url_hash": digest(f"https://filled{number}.test/"),
                "publisher": 1,
                "story": first.story,
                "title": "Filled",
                "authors": [],
                "first_seen_at": NOW,
                "owed_at": NOW,
                "text_hash": b"0" * 16,
                "read": "full",
                "note": "",
                "revision": 1,
            }
            for number in range(begin, min(begin + 5_000, STORED))
        ]
        with archive.writing() as conn:
            numbers = conn.scalars(insert(article_rows).returning(article_rows.c.id), rows).all()
            for number in numbers:
                own = {chance.randrange(2**60) for _ in range(45)}
                sketch = own | {int(chance.paretovariate(1)) for _ in range(3)}
                sketches.keep(conn, number, Sketch(tuple(sorted(sketch))))


def _new(number: int, text: str) -> NewArticle:
    made, analyzed = article(number), analyze("", text)
    return replace(
        made,
        reading=replace(made.reading, url=f"https://o{number}.test/", lead="", body=text),
        publisher=f"o{number}.test",
        text_hash=blake2b(text.encode(), digest_size=16).digest(),
        analyzed=analyzed,
        sketch=sketch_of(analyzed.body),
    )


def _ours(archive: Database) -> Finder:
    def find(text: str) -> bool:
        with archive.reading() as conn:
            return copies.find(conn, _new(0, text)).copy is not None

    return find


if __name__ == "__main__":
    main()
