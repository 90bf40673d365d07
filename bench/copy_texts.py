"""Texts that copies are made of: those of judged pairs, or made ones; and which reprint others."""

import json
import os
import random
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from bench.archive_material import VOCABULARY
from news.text import tokens

LONG = 120
"""Words of the texts that are edited: those of an agency's shortest piece."""

LOOKED_AT, REPRINTED, RUN = 0.3, 0.8, 3


def texts() -> list[str]:
    both = (one[side]["text"] for one in pairs() for side in "ab")
    found = [text for text in dict.fromkeys(both) if len(tokens(text)) >= LONG]
    return found or list(_made())


def pairs() -> list[dict[str, Any]]:
    place = os.environ.get("CORPORA_DATA")
    file = Path(place or ".") / "pairs" / "cases.jsonl"
    if place is None or not file.exists():
        return []
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def _made() -> Iterator[str]:
    chance = random.Random(11)
    for _ in range(600):
        made = []
        for _ in range(chance.randint(8, 40)):
            words = [chance.choice(VOCABULARY) for _ in range(chance.randint(8, 24))]
            words[chance.randrange(len(words))] = str(chance.randint(2, 999))
            made.append(" ".join(words).capitalize() + ".")
        yield " ".join(made)


def no_reprints(strangers: Sequence[str], stored: Sequence[str]) -> list[str]:
    known = [(text, shingles(text)) for text in stored]
    return [one for one in strangers if not _is_reprint(one, known)]


def _is_reprint(stranger: str, known: Sequence[tuple[str, set[str]]]) -> bool:
    own, words = shingles(stranger), tokens(stranger)
    for text, its in known:
        if len(own & its) < LOOKED_AT * min(len(own), len(its)):
            continue
        theirs = tokens(text)
        runs = SequenceMatcher(None, words, theirs, autojunk=False).get_matching_blocks()
        same = sum(run.size for run in runs if run.size >= RUN)
        if same > REPRINTED * min(len(words), len(theirs)):
            return True
    return False


def shingles(text: str) -> set[str]:
    words = tokens(text)
    return {" ".join(words[at : at + 3]) for at in range(len(words) - 2)}
