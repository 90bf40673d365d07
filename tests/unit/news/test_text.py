"""The analyzer: what is a token in which script, and where it stands in the text as given."""

from itertools import pairwise
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.text import LONGEST_TOKEN, Analyzed, analyze, located, tokens

AWKWARD = (
    "aZß ’'-_./\n\t\u00a0\u3000\u00ad\u200b\u200d\ufeff\u0301\u0308\u0327\u0338\u0345\u0323"
    "éÉİıIŀĿŉ™㎏½²Ⓐ①ﬁﷺﹰﺂـ"
    "ёйЙи\u0306іїΆςΣᾳ"
    "أآا\u0653\u064bשׁ\u05c1"
    "김정은각\u1100\u1161\u11a8ㄱﾡ"
    "かが\u3099\u309aゞーｶｱﾞﾟｰヴ北々〇\U0002000b\U0003fff0"
    "नऩ\u093c\u094dக\u0bc6\u0bbe\u0bcaน้ำกำ"
    "\ud800\x00\x1c\x85🇰🇷👩\u20e3\ufe0f𝐊"
)
TEXTS = st.text(st.one_of(st.sampled_from(AWKWARD), st.characters()), max_size=40)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kim Jong-un's AT&T_deal", ["kim", "jong", "un", "s", "at", "t", "deal"]),
        ("Soldaten für die Straße, GRÜSSE", ["soldaten", "fur", "die", "strasse", "grusse"]),
        ("Œuvre, Łódź, Æsir, Þór, Đà Nẵng", ["oeuvre", "lodz", "aesir", "thor", "da", "nang"]),
        ("İSTANBUL Işık ısı", ["istanbul", "isik", "isi"]),
        ("Ёлка и Йод, за\u0301мок, Україна", ["елка", "и", "йод", "замок", "україна"]),
        ("об'єкт обʼєкт об’єкт", ["об", "єкт"] * 3),
        ("Ἀθῆναι, ΟΔΟΣ οδός", ["αθηναι", "οδοσ", "οδοσ"]),
        ("مُحَمَّد محـمد ﻣﺤﻤﺪ", ["محمد"] * 3),
        ("شمال كوريا الشمالية", ["شمال", "كوريا", "الشمالية"]),
        ("שָׁלוֹם", ["שלום"]),
        ("김정은이 北京へ", ["김", "정", "은", "이", "北", "京", "へ"]),
        ("プーチン ﾌﾟｰﾁﾝ", ["プ", "ー", "チ", "ン"] * 2),
        ("か が ガ ｶﾞ", ["か", "が", "ガ", "ガ"]),
        ("朝鲜士兵30人", ["朝", "鲜", "士", "兵", "30", "人"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("ｆｕｌｌ ﬁne 𝐊𝐢𝐦 Ⓐ", ["full", "fine", "kim", "a"]),
        ("10㎏ 5e10x CO² Ⅷ 3½", ["10kg", "5e10x", "co2", "viii", "3", "1", "2"]),
        ("Kim™ № 5 €7 👩‍💻 🇰🇷", ["kim", "5", "7"]),
        ("sol\u00addier sol\u200bdier \u202bkim\u202c", ["soldier", "soldier", "kim"]),
        ("Ŀ l·l ﷺ", ["l", "l", "l", "صلى", "الله", "عليه", "وسلم"]),
        ("\x00 ... —", []),
        ("", []),
    ],
)
def test_a_text_becomes_folded_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize("text", ["Йод", "김정은", "プーチン", "É", "Ἀθῆναι", "各", "이각", "ऩ"])
def test_decomposed_and_composed_texts_are_the_same(text: str) -> None:
    assert tokens(normalize("NFD", text)) == tokens(text) == tokens(normalize("NFC", text))


@given(TEXTS)
def test_the_twin_that_knows_places_agrees_with_the_fast_path(text: str) -> None:
    assert [at.token for at in located(text)] == tokens(text)


@given(TEXTS)
def test_places_lie_in_the_text_and_run_forward(text: str) -> None:
    places = located(text)
    assert all(0 <= at.start < at.end <= len(text) for at in places)
    assert all(one.start <= other.start and one.end <= other.end for one, other in pairwise(places))


@given(TEXTS)
def test_what_stands_at_a_place_gives_its_token(text: str) -> None:
    assert all(at.token in tokens(text[at.start : at.end]) for at in located(text))


@given(TEXTS)
def test_tokens_analyzed_again_are_themselves(text: str) -> None:
    once = tokens(text)
    assert tokens(" ".join(once)) == once


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_the_canonical_form_of_a_text_does_not_matter(text: str) -> None:
    assert tokens(normalize("NFD", text)) == tokens(normalize("NFC", text)) == tokens(text)


@pytest.mark.slow
def test_every_character_folds_to_what_folds_to_itself() -> None:
    for character in map(chr, range(0x110000)):
        once = tokens(character)
        assert tokens(" ".join(once)) == once, hex(ord(character))


def test_offsets_are_those_of_the_text_as_it_was_given() -> None:
    text = "«И\u0306од» ｶﾞｽ 각은 e\u0301t\u0301e\u0301!"
    assert [(at.token, text[at.start : at.end]) for at in located(text)] == [
        ("йод", "И\u0306од"),
        ("ガ", "ｶﾞ"),
        ("ス", "ｽ"),
        ("각", "각"),
        ("은", "은"),
        ("ete", "e\u0301t\u0301e\u0301"),
    ]


def test_a_monstrous_word_is_cut_but_keeps_its_whole_place() -> None:
    text = "é" * 500 + " kim"
    assert tokens(text) == ["e" * LONGEST_TOKEN, "kim"]
    assert [(at.start, at.end) for at in located(text)] == [(0, 500), (501, 504)]


@pytest.mark.parametrize(
    ("body", "lead", "expected"),
    [
        ("Kim in Kursk.\nMore.", "Kim in Kursk.", 3),
        ("Kim in Kursk.\nMore.", "Kim in Ku", 2),
        ("Kim", "Kim in Kursk", 1),
        ("Kim", "", 0),
        ("Kim", "Something else", 0),
    ],
)
def test_the_lead_is_counted_in_tokens_of_the_body(body: str, lead: str, expected: int) -> None:
    assert analyze("Title", body, lead).lead == expected


def test_an_analyzed_article_knows_where_its_words_stand() -> None:
    article = analyze("Kim, Kim!", "Kursk and Kim", "Kursk")
    assert article == Analyzed(title=["kim", "kim"], body=["kursk", "and", "kim"], lead=1)
    assert article.in_title == {"kim": [0, 1]}
    assert article.in_body == {"kursk": [0], "and": [1], "kim": [2]}
    assert article.words == {"kim", "kursk", "and"}
    assert article.ordered == ["and", "kim", "kursk"]
