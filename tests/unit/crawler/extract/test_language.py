"""The language of a story: by its script, by its words, and by what its page declares."""

import pytest

from crawler.extract.language import UNKNOWN, declared_language, language_of
from crawler.extract.said import said_by
from crawler.extract.tree import tree_of
from tests.unit.crawler.extract.pages import html, page

ENGLISH = (
    "The crane was taken down on Monday after a storm had bent its arm, port workers said, and it"
    " will be rebuilt as a look-out for visitors who come to the harbour in the summer."
)
TEXTS = {
    "ar": "أعلن مدير الميناء يوم الاثنين تفكيك الرافعة القديمة بعد أن ألحقت بها العاصفة أضرارا",
    "de": "Der alte Kran im Hafen wurde am Montag abgebaut, nachdem ein Sturm ihn verbog.",
    "es": "La vieja grúa del puerto fue desmontada el lunes después de que la doblara un viento.",
    "fr": "La vieille grue du port a été démontée lundi après qu'une tempête en eut tordu le bras.",
    "id": "Derek tua di pelabuhan itu dibongkar pada hari Senin karena rusak diterjang badai,"
    " kata para pekerja, dan akan dibangun kembali sebagai menara pandang bagi para pengunjung.",
    "ja": "港の古いクレーンは、嵐で腕が曲がったため、月曜日に取り壊された。",
    "ko": "폭풍으로 팔이 휘어진 항구의 낡은 기중기가 월요일 철거됐다.",
    "pl": "Stary dźwig w porcie został rozebrany w poniedziałek, gdy burza wygięła jego ramię.",
    "ru": "Старый кран в порту разобрали в понедельник, после того как шторм погнул его стрелу.",
    "tr": "Limandaki eski vinç, fırtınanın kolunu eğmesinin ardından pazartesi günü söküldü.",
    "uk": "Старий кран у порту розібрали в понеділок, після того як буря зігнула його стрілу.",
    "zh": "港口的旧起重机因暴风雨损坏了吊臂，于周一被拆除。",
}


def told(text: str, *, title: str = "", attribute: str = "", head: str = "") -> str:
    tree = tree_of(html(head=head).replace("<html>", f"<html {attribute}>"))
    assert tree is not None
    return language_of(tree, said_by(tree, "https://harbour.test/"), title, text)


@pytest.mark.parametrize(("code", "text"), TEXTS.items())
def test_words_tell_their_language(code: str, text: str) -> None:
    assert told(text) == code


@pytest.mark.parametrize(("code", "text"), TEXTS.items())
def test_a_site_that_declares_english_everywhere_is_not_believed(code: str, text: str) -> None:
    assert told(text, attribute='lang="en"') == code


@pytest.mark.parametrize(
    ("attribute", "head", "expected"),
    [
        ('lang="en-GB"', "", "en"),
        ('lang="EN"', "", "en"),
        ("", '<meta property="og:locale" content="en_US">', "en"),
        ('lang="x"', "", "en"),
        ('lang="english"', "", "en"),
        ('lang="de"', "", "en"),
        ("", "", "en"),
    ],
)
def test_what_is_declared_is_held_against_the_words(
    attribute: str, head: str, expected: str
) -> None:
    assert told(ENGLISH, attribute=attribute, head=head) == expected


@pytest.mark.parametrize("declared", ["hr", "bs", "sr"])
def test_twins_are_told_apart_by_what_the_page_declares(declared: str) -> None:
    text = "Predsjednik je u ponedjeljak potpisao zakon o proračunu za sljedeću godinu."
    assert told(text, attribute=f'lang="{declared}"') == declared


@pytest.mark.parametrize("text", ["", "12 : 3", "+1,2 %"])
def test_where_there_are_no_words_the_page_is_believed(text: str) -> None:
    assert told(text, attribute='lang="nb-NO"') == "no"
    assert told(text) == UNKNOWN


def test_a_language_that_nobody_knows_is_none_of_those_known() -> None:
    assert told("Zorp blik vanu, trelmo kresh udanni. Vek morat suli oshk.") == UNKNOWN


def test_line_breaks_and_strange_signs_do_no_harm() -> None:
    assert told("\n".join(ENGLISH.split()), title="\u200b\x00") == "en"


def test_a_page_in_two_languages_is_in_that_of_its_title_and_beginning() -> None:
    assert told(TEXTS["de"] * 30 + ENGLISH, title="Der Kran ist weg") == "de"


def test_what_is_declared_keeps_its_country() -> None:
    tree = tree_of('<html lang="en-GB"><body><p>x</p></body></html>')
    assert tree is not None
    assert declared_language(tree, said_by(tree, "")) == "en-GB"


def test_a_page_bears_its_language() -> None:
    assert page(html()).language == "en"
