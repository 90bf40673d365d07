"""The names in a line that says who wrote an article.

Such lines hold more than names: "By", roles, desks, places, addresses, who took the picture. What
is left is a name where it could be one; nothing is better than a wrong one, for people watch names.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from crawler.extract.plain import plain_line
from crawler.extract.story_thing import letters

_BY = re.compile(
    r"^(?:(?:written|reported|posted|story|text|words|article|analysis|opinion)\s+by|by|von|par|por"
    r"|di|door|av|af|od|autor(?:in|en|es|a)?|auteurs?|authors?|text|oleh|penulis|yazan|автор(?:ы)?"
    r"|текст|от|بقلم|كتب(?:ت)?|كاتب|작성자|글|文|作者|撰文|記者|记者|本报记者|本報記者|編輯|编辑|责任编辑)"
    r"(?:\s*[:：/|・]\s*|\s+)",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\s*(?:기자|특파원|선임기자|논설위원|인턴기자|앵커|편집위원|記者|记者|編集委員|論説委員|特派員|编辑|編輯"
    r"|[(\[（【].*|\s[|–—]\s.*)\s*$"
)
_ADDRESS = re.compile(r"\S+@\S+\.\S+|(?<!\S)@\S+")
_PLACED = re.compile(
    r"^(?:[\[［【(（][^\]］】)）]*[\]］】)）]\s*)+|^[^=\s]{1,12}=(?:[^=\s]{1,12}=)*"
)
_BRACKETED = re.compile(r"(?<=\w)\s*[(（][^()（）]{0,60}[)）]\s*")
_AND = re.compile(r"\s*(?:[;；、|]|\s(?:and|und|och|ve|dan|और|oraz|と)\s|\s?&\s?|\s/\s)\s*")
_SHORT_AND = re.compile(r"\s(?:et|y|e|i|en|и|і|og|a)\s")
_HANGUL_DOT = re.compile(r"(?<=[\uac00-\ud7a3])[·ㆍ,](?=[\uac00-\ud7a3])")
_COMMA = re.compile(r"\s*[,，]\s+|[，]|,(?=[^\s\d])")
_NO_NAME = re.compile(
    r"//|\.\w{2,4}/|^posted\b|https?:|www\.|[/@]\w+[/.]|\d|[<>{}=]|^(?:[(\[]|-+$)"
    r"|(?:^|\b)(?:images?|photos?|fotos?|bild|getty|pictures?|video|copyright|updated|published)\b"
    r"|^(?:admin(?:istrator)?|author|autor|unknown|null|none|undefined|n/?a|user|editor|guest|anonymous"
    r"|developer|webmaster|wordpress|by|more|share|follow|subscribe)$|\bdeveloper$"
    r"|^(?:staff(?: (?:report(?:er|s)?|writers?))?|agenc(?:y|ies|ias?)|agences?|agenturen|wires?"
    r"|envoyée?s? spécia(?:le?s?|ux)|naver|네이버|daum|다음|google news|yahoo!?(?: news)?|msn)$"
    r"|^(?:s[aã]o paulo|new york(?: city)?|los angeles|san francisco|buenos aires|rio de janeiro"
    r"|mexico city|hong kong|new delhi|tel aviv|abu dhabi|kuala lumpur|phnom penh|cape town"
    r"|addis abeba|addis ababa|s(?:ank)?t\.? petersburg|washington,? d\.?c\.?)$",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:editor|correspondent|reporter|journalist|writer|producer|columnist|bureau|chief|desk"
    r"|staff|head of|director|professor|analyst|contributor|redakteur(?:in)?|korrespondent(?:in)?"
    r"|leiter(?:in)?|chef\w*|journaliste|rédact\w+|correspondant\w*|envoyé\w*|redactor\w*"
    r"|periodista|corresponsal|giornalista|inviat\w|jurnalis|wartawan|muhabir\w*|корреспондент"
    r"|редактор|обозреватель|журналист)\b",
    re.IGNORECASE,
)
_TITLES = re.compile(r"^(?:jr|sr|phd|ph\.d|md|m\.d|ii|iii|esq)\.?$", re.IGNORECASE)
_SITUATED = re.compile(r"\s+(?:in|à|aus)\s+[A-Z][^,]*$")
_INVERTED = re.compile(r"([^\s,]+), ([^\s,]+)")
_MOST = 20
_LONGEST = 80
_MOST_WORDS = 7
_LONGEST_LINE = 500
_PARTICLES = frozenset(
    (
        "von",
        "van",
        "de",
        "der",
        "den",
        "di",
        "da",
        "dal",
        "del",
        "della",
        "du",
        "dos",
        "das",
        "des",
    ),
).union(
    ("la", "le", "el", "al", "ul", "bin", "ibn", "abu", "y", "e", "zu", "zum", "af", "av", "ter")
)
_AGENCY = re.compile(
    r"Reuters|AP|Associated Press|The Associated Press|AFP|Agence France-Presse|dpa"
    r"|dpa-AFX|APA|Keystone-SDA|SDA|EFE|Agencia EFE|Europa Press|ANSA|Lusa|PAP|ČTK"
    r"|Belga|ANP|NTB|Ritzau|UPI|Bloomberg|Bloomberg News|PA Media|Press Association"
    r"|Xinhua|新华社|新華社|共同通信|Kyodo|Kyodo News|時事通信|Yonhap|Yonhap News Agency"
    r"|연합뉴스|뉴시스|뉴스1|TASS|ТАСС|РИА Новости|Интерфакс|Interfax|УНІАН|Укрінформ"
    r"|Anadolu Ajansı|Anadolu Agency|AA|PTI|IANS|ANI|WAM",
    re.IGNORECASE,
)
_MOST_CHARACTERS = 6
_MOST_PERSONAL = 5


def names_in(lines: Iterable[str]) -> tuple[str, ...]:
    """Return the names in these lines in their order, each once, without what is none."""
    found: dict[str, str] = {}
    for line in lines:
        for name in _split(line):
            if len(found) >= _MOST:
                break
            if _could_be(name):
                found.setdefault(letters(name), name)
    return tuple(found.values())


def _split(line: str) -> Iterator[str]:
    bare = _ADDRESS.sub(" ", plain_line(line, limit=_LONGEST_LINE))
    bare = _PLACED.sub("", bare).strip()
    spoken = _BY.match(bare) is not None
    bare = _BRACKETED.sub(" ", _BY.sub("", bare)).strip()
    if turned := _INVERTED.fullmatch(bare):
        yield f"{turned[2]} {turned[1]}"
        return
    for part in _AND.split(_HANGUL_DOT.sub("; ", bare)):
        for name in _by_comma(part, spoken=spoken):
            yield from _by_short_and(name)


def _by_comma(part: str, *, spoken: bool) -> list[str]:
    """Split at commas, but not before what belongs to the name; without roles and places.

    A line that is `spoken` to people says of whom the persons are: "By Ann Reed, Reuters".
    """
    names: list[str] = []
    for piece in filter(None, (one.strip() for one in _COMMA.split(part))):
        if names and _TITLES.match(piece):
            names[-1] += f", {piece}"
        elif not names or not (_ROLE.search(piece) or (spoken and is_agency(piece))):
            names.append(piece)
    return names


def _by_short_and(name: str) -> Iterator[str]:
    """Split where a word of one or two letters joins two whole names; Ortega y Gasset is one."""
    parts = _SHORT_AND.split(name)
    for one in parts if all(" " in part.strip() for part in parts) else [name]:
        yield _trimmed(one)


def _trimmed(name: str) -> str:
    bare = _BEHIND.sub("", _BY.sub("", name.strip()))
    return _SITUATED.sub("", bare).strip(" ,;:·•|/-–—*\"'【】")


def _could_be(name: str) -> bool:
    if not name or len(name) > _LONGEST or len(name.split()) > _MOST_WORDS:
        return False
    return bool(letters(name)) and not _NO_NAME.search(name)


def is_agency(name: str) -> bool:
    """Tell whether a name is a news agency's: it is an author only where no person is named."""
    return _AGENCY.fullmatch(name) is not None


def looks_personal(names: Sequence[str]) -> bool:
    """Tell whether every name has the shape of a person's, and of no label or institution."""
    return bool(names) and all(_personal(name) for name in names)


def _personal(name: str) -> bool:
    words = name.split()
    if len(words) == 1:  # scripts without capitals write names of a few characters without a blank
        return name.lower() == name.upper() and len(name) <= _MOST_CHARACTERS
    small = [word for word in words if not word[:1].isupper()]
    capitals = len(words) - len(small)
    return 2 <= capitals <= _MOST_PERSONAL and _PARTICLES.issuperset(small)  # noqa: PLR2004 - two names
