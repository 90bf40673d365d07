"""Counts the archive's own words, a language at a time, beside all else and seldom."""

from collections import Counter
from dataclasses import dataclass
from functools import partial

from archive import word_counts
from archive.database import Database

BATCH = 50
"""Texts that are read and analyzed at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordCounting:
    """Counts what is due; whoever is stopped begins anew."""

    database: Database
    batch: int = BATCH

    async def look(self) -> None:
        """Count one language, if one is due."""
        if not await self.database.read(word_counts.enough_new):
            return
        due = await self.database.read(word_counts.due)
        if due is None:
            await self.database.write(word_counts.looked)
            return
        counts: Counter[int] = Counter()
        total = 0
        for at in range(0, len(due.sample), self.batch):
            part = due.sample[at : at + self.batch]
            for terms in await self.database.read(partial(word_counts.terms_in, numbers=part)):
                counts.update(terms)
                total += 1
        await self.database.write(partial(word_counts.keep, one=due, counts=counts, total=total))
