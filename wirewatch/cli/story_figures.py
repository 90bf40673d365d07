"""A story in figures, as a sentence has them."""

from news.story import Story


def figures(told: Story) -> str:
    """Return "5 articles of 4 publishers in 3 families"; families where they differ."""
    said = f"{many(told.articles, 'article')} of {many(told.publishers, 'publisher')}"
    if told.families == told.publishers:
        return said
    return f"{said} in {many(told.families, 'family')}"


def many(count: int, noun: str) -> str:
    """Return "1 copy", "2 copies"."""
    if count == 1:
        return f"{count:,} {noun}"
    return f"{count:,} {noun.removesuffix('y')}ies" if noun.endswith("y") else f"{count:,} {noun}s"
