"""The months in the words of many languages, in full, inflected and shortened."""

from collections.abc import Iterator
from importlib.resources import files

_TWO_WORDS = ("كانون", "تشرين")
_CROATIAN = ("hr", "bs")
_OCTOBER = 10


def month_of(word: str, language: str) -> int | None:
    """Return the month (1 to 12) that `word` names on a page in `language`, None if it is none."""
    bare = _bare(word.strip("."))
    if language in _CROATIAN and bare in ("listopada", "listopad"):
        return _OCTOBER  # November it is in Polish and Czech
    return _MONTHS.get(bare)


def in_one_word(text: str) -> str:
    """Write the months that are two words in the Arabic of the Levant as one."""
    for word in _TWO_WORDS:
        text = text.replace(f"{word} ال", f"{word}_ال")
    return text


def _bare(word: str) -> str:
    return word.casefold().replace("\u0307", "")  # the dot that Turkish leaves on its small i


def _forms() -> Iterator[tuple[str, int]]:
    """Read months.txt: a line a language, its code and twelve words, variants between bars."""
    table = files("crawler.extract").joinpath("months.txt").read_text("utf-8")
    for line in table.splitlines():
        _, *months = line.split()
        for number, forms in enumerate(months, start=1):
            for form in forms.split("|"):
                yield _bare(form), number


_MONTHS: dict[str, int] = {}
for _form, _number in _forms():
    _MONTHS.setdefault(_form, _number)
