"""Figures that are written as words: two to twelve, in the languages that news is told in.

"Four dead" and "six dead" contradict each other as 4 and 6 do. One is left out: in most languages
it is an article, too; and so are words that mean something
else in another of these languages. Words are as the analyzer folds them (news/text.py).
"""

from collections.abc import Iterator, Sequence
from functools import cache

from news.text import tokens

_WORDS = """
    two: zwei dos deux dois duas два две двух двое двоих اثنان اثنين
        twee iki dwa dwie dwoje двоє
    three: drei tres trois tre três три трёх трех трое троих ثلاثة ثلاث drie trzy troje троє
    four: vier cuatro quatre quattro quatro четыре четырёх четырех четверо четверых
        أربعة أربع dört cztery чотири
    five: fünf cinco cinq cinque пять пяти пятеро пятерых خمسة خمس vijf beş pięć
    six: sechs seis шесть шести шестеро шестерых ستة ست zes altı sześć шість
    seven: sieben siete sette sete семь семи семеро семерых سبعة سبع zeven siedem сім
    eight: acht ocho huit otto oito восемь восьми восьмеро восьмерых ثمانية ثماني sekiz osiem вісім
    nine: neun nueve nove девять девяти девятеро девятерых تسعة تسع negen dokuz dziewięć
    ten: zehn diez dix dieci dez десять десяти десятеро عشرة عشر tien dziesięć
    eleven: elf onze undici одиннадцать одиннадцати jedenaście
    twelve: zwölf doce douze dodici двенадцать двенадцати twaalf dwanaście
"""
_HAN = dict(zip("二三四五六七八九十", range(2, 11), strict=True)) | {"两": 2, "兩": 2}
_COUNTED = frozenset("人名死伤傷例座架艘个個起")


def figure_of(word: str) -> str | None:
    """Return the digits of a folded token that is a figure, or says one."""
    return word if word[0].isdigit() else _said().get(word)


def said_in(words: Sequence[str]) -> Iterator[str]:
    """Yield the digits of each figure that is said by a word."""
    said = _said()
    for at, word in enumerate(words):
        if (digits := said.get(word)) is not None:
            yield digits
        elif word in _HAN and at + 1 < len(words) and words[at + 1] in _COUNTED:
            yield str(_HAN[word])


@cache
def _said() -> dict[str, str]:
    found: dict[str, str] = {}
    value = 1
    for word in _WORDS.split():
        value += word.endswith(":")
        found |= {token: str(value) for token in tokens(word)}
    return found | {
        "thirteen": "13",
        "fourteen": "14",
        "fifteen": "15",
        "sixteen": "16",
        "seventeen": "17",
        "eighteen": "18",
        "nineteen": "19",
        "twenty": "20",
    }
