"""The gist of an article: what it holds, how it is packed, how alike two are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.gist import FIGURES, HEAVIEST, TERMS, Gist, gist_of, similarity, told_by_both, unpacked
from news.gist_rarity import LANGUAGES, RAREST, SHIPPED, Counted, Table, language_by_words
from news.gist_words import figures_in, names_in, names_in_title, terms_of, words_in
from news.text import analyze, tokens
from tests.unit.news.told_twice import SAME_EVENT, Pair

TEXTS = st.text(max_size=400) | st.sampled_from([pair.one[1] for pair in SAME_EVENT])


def gist(title: str, text: str, language: str | None = "en") -> Gist:
    return gist_of(title, text, analyze(title, text), language)


def terms(text: str) -> set[int]:
    return {*terms_of(words_in(text, tokens(text)))}


@given(TEXTS, TEXTS, st.sampled_from([*LANGUAGES, "xx", None]))
def test_what_was_packed_is_unpacked_as_it_was(title: str, text: str, language: str | None) -> None:
    made = gist(title, text, language)
    assert unpacked(made.language, made.packed()) == made


@given(TEXTS, TEXTS)
def test_likeness_is_the_same_both_ways_and_from_0_to_1(one: str, other: str) -> None:
    a, b = gist("", one), gist("", other)
    assert similarity(a, b) == similarity(b, a)
    assert 0 <= similarity(a, b) <= 1


@pytest.mark.parametrize("pair", SAME_EVENT, ids=lambda pair: pair.language)
def test_an_event_is_liker_to_itself_than_to_another_text(pair: Pair) -> None:
    one, other = (gist(*piece, pair.language) for piece in (pair.one, pair.other))
    assert similarity(one, one) > 0.8
    assert similarity(one, other) > 0.3
    strange = gist("", " ".join(f"anders{at} слово{at}" for at in range(40)), pair.language)
    assert similarity(one, strange) < 0.1


def test_a_long_article_is_kept_in_little() -> None:
    long = " ".join(f"{at:x}word in {at}" for at in range(5_000))
    made = gist("A title with 17 words", long)
    assert len(made.digests) == TERMS
    assert len(made.figures) == FIGURES
    assert len(made.packed()) < 1_600
    assert len(made.heaviest) == HEAVIEST
    assert all(-(2**63) <= term < 2**63 for term in made.heaviest)


def test_an_empty_article_is_like_nothing() -> None:
    assert similarity(gist("", ""), gist("", "")) == 0
    assert gist("", "").heaviest == ()


def test_one_term_is_found_apart_in_two_languages() -> None:
    english, german = gist("", "Halcyon", "en"), gist("", "Halcyon", "de")
    assert not {*english.heaviest} & {*german.heaviest}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("президент", "президентом"),
        ("резолюцией", "резолюции"),
        ("Bundeskanzlers", "Bundeskanzler"),
        ("hükümetin", "hükümeti"),
        ("rządowego", "rządowy"),
        ("الحكومة", "حكومة"),
        ("elections", "election"),
        ("여객선을", "여객선이"),
        ("밝혔다고", "밝혔다"),
    ],
)
def test_forms_of_one_word_share_a_term(one: str, other: str) -> None:
    assert terms(one) & terms(other)


def test_a_whole_word_of_four_letters_is_not_the_beginning_of_a_longer_one() -> None:
    assert not terms("port") & terms("portrait")


def test_scripts_without_blanks_count_by_pairs() -> None:
    assert len(terms("搁浅渡轮")) == 3
    assert terms("搁浅渡轮") & terms("渡轮")


def test_korean_words_count_by_their_heads_and_make_no_pairs_with_the_next() -> None:
    assert terms("승객을 태운 여객선") == terms("승객") | terms("태운") | terms("여객선")
    assert len(terms("214명을 태운 KTX가 배에서")) == len(terms("214 명을 태운 KTX 배에서")) == 4


@given(TEXTS | st.text("가힣ㄱᄀ각 .a1漢", max_size=40))
def test_words_of_hangul_are_put_together_of_what_the_analyzer_found(text: str) -> None:
    found = tokens(text)
    assert "".join(words_in(text, found)) == "".join(found)


@pytest.mark.parametrize("pair", SAME_EVENT, ids=lambda pair: pair.language)
def test_a_text_is_as_like_itself_in_each_script(pair: Pair) -> None:
    made = gist(*pair.one, pair.language)
    assert similarity(made, made) == pytest.approx(1.0)


@given(TEXTS, TEXTS, st.floats(0, 1))
def test_what_reaches_the_least_is_told_exactly(one: str, other: str, least: float) -> None:
    a, b = gist("", one), gist("", other)
    told, whole = similarity(a, b, least), similarity(a, b)
    assert told == whole or told <= whole < least


def test_a_shared_headline_tells_little_and_a_shared_report_much() -> None:
    report = SAME_EVENT[0].one
    title, whole = gist(report[0], ""), gist(*report)
    assert told_by_both(title, whole) < told_by_both(whole, whole) / 2
    assert told_by_both(whole, gist("", "Nothing alike stands here")) < 10


def test_figures_are_the_same_however_thousands_are_set() -> None:
    ways = ("1,273", "1.273", "1 273", "1273", "1\u00a0273", "1'273")
    assert len({figure for way in ways for figure in figures_in(way, ())}) == 1
    assert not {*figures_in("day 1,273", ())} & {*figures_in("day 1,274", ())}
    assert [*figures_in("no figures", ())] == []


def test_names_stand_capitalised_within_sentences() -> None:
    assert {*names_in("The master said that Elsa Brandt agreed. Later it rained.")} == terms(
        "Elsa Brandt"
    )
    assert {*names_in("昨日のウクライナでは")} == terms("ウクライナ")


def test_a_headline_that_capitalises_every_word_names_nobody() -> None:
    assert [*names_in_title("Ferry Runs Aground Off Port Marrow")] == []
    assert {*names_in_title("Two tugs wait for the stranded Halcyon")} == terms("Halcyon")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_shipped_table_knows_its_commonest_words(language: str) -> None:
    commonest = {
        "ru": "который",
        "ar": "الذي",
        "ko": "있다",
        "zh": "我们",
        "ja": "から",
        "uk": "який",
    }
    latin = {"en": "with", "de": "nicht", "es": "para", "fr": "pour", "it": "sono", "pt": "para"}
    more = {"pl": "jest", "tr": "için", "nl": "niet"}
    word = {**commonest, **latin, **more}[language]
    (term, *_) = terms_of(words_in(word, tokens(word)))
    assert SHIPPED.of(language, term) < RAREST / 2
    assert SHIPPED.of(language, 1) in (RAREST, pytest.approx(RAREST, abs=8))


def test_a_language_without_a_table_takes_every_term_for_as_rare() -> None:
    assert SHIPPED.of("xx", 5) == RAREST


@pytest.mark.parametrize("pair", SAME_EVENT, ids=lambda pair: pair.language)
def test_a_language_that_nobody_says_is_guessed(pair: Pair) -> None:
    assert gist(*pair.one, None).language == pair.language
    assert gist(*pair.one, "und").language == pair.language
    assert language_by_words([]) == ""


def test_an_archives_own_counts_come_before_the_shipped_ones() -> None:
    common, rare = 11, 22
    own = Counted(tables={"en": Table.counted({common: 5_000, rare: 5}, 10_000)})
    assert own.of("en", common) == pytest.approx(0.69, abs=0.02)
    assert own.of("en", rare) == pytest.approx(7.6, abs=0.02)
    assert own.of("en", 33) == RAREST
    assert own.of("de", 33) == SHIPPED.of("de", 33)


def test_of_a_text_of_any_length_the_beginning_is_told() -> None:
    begins, goes_on = "The ferry Halcyon lies off Marrow. " * 9_000, "A wolf was seen. " * 9
    long, cut = begins + goes_on, begins
    assert gist_of("A ferry", long, analyze("A ferry", long), "en") == gist_of(
        "A ferry", cut, analyze("A ferry", cut), "en"
    )
