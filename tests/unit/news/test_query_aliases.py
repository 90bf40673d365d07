"""Alias sets: what `@name` is read as, and what a wrong name or term is told, where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.alias import canonical_name
from news.query.aliases import alias_term
from news.query.evaluate import compiled
from news.query.fault import Fault
from news.query.parse import MOST_TERMS, depth, parse
from news.query.printing import normalise
from news.query.spans import spans
from news.query.tree import (
    AliasSet,
    And,
    InField,
    Leaf,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Word,
)
from news.text import analyze
from tests.queries import ALIASES, Text, Written, aliased, articles

NAMES = {
    "kim-jong-un": ("Kim Jong-un", "김정은", '"Ким Чен Ын*"'),
    "kursk": ("Kursk", "KURSK", "Курск*"),
    "북한": ("북한",),
}
KIM = AliasSet(
    "kim-jong-un",
    Or(
        (
            Phrase((Word("kim"), Word("jong"), Word("un"))),
            Phrase((Word("김"), Word("정"), Word("은"))),
            Phrase((Word("ким"), Word("чен"), Prefix("ын"))),
        )
    ),
)
KURSK = AliasSet("kursk", Or((Word("kursk"), Prefix("курск"))))
NORTH = AliasSet("북한", Phrase((Word("북"), Word("한"))))


def read(text: str) -> Query:
    query = parse(text, NAMES)
    assert isinstance(query, Query), query
    return query


def refused(text: str) -> Fault:
    fault = parse(text, NAMES)
    assert isinstance(fault, Fault), fault
    return fault


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("@kim-jong-un", KIM),
        ("＠kursk", KURSK),
        ("@북한", NORTH),
        ("@\u1107\u116e\u11a8\u1112\u1161\u11ab", NORTH),  # the same letters, taken apart
        ("@kursk OR @북한", Or((KURSK, NORTH))),
        ("(@kursk|soldiers) -@북한", And((Or((KURSK, Word("soldiers"))), Not(NORTH)))),
        ("title:@kursk", InField("title", KURSK)),
        ("title:(@kursk OR kim)", InField("title", Or((KURSK, Word("kim"))))),
        ('@kursk"kim"', And((KURSK, Word("kim")))),
        ("kim@kursk", Phrase((Word("kim"), Word("kursk")))),
        ("desk@a.example", Phrase((Word("desk"), Word("a"), Word("example")))),
        ('"@kursk"', Word("kursk")),
    ],
)
def test_a_name_is_read_as_what_it_stands_for(text: str, root: Node) -> None:
    assert read(text).root == root
    assert read(text).hints == ()


@pytest.mark.parametrize(
    ("text", "marked", "words", "repair"),
    [
        ("kim @kursc x", "@kursc", "there is no alias set @kursc, but @kursk", "kim @kursk x"),
        ("@Kim-Jong-Un", "@Kim-Jong-Un", "but @kim-jong-un", "@kim-jong-un"),
        ("@kim", "@kim", "but @kim-jong-un", "@kim-jong-un"),
        ("@k", "@k", "there is no alias set @k; there is", None),
        ("-@putin x", "@putin", "no alias set @putin; there is @kim-jong-un, @kursk, @북한", None),
        ("kim @", "@", "follows @ directly", "kim"),
        ("@ kursk", "@", "follows @ directly", "kursk"),
        ('@"kursk"', "@", "follows @ directly, without quotes", '"kursk"'),
        ("@(kursk)", "@", "follows @ directly", "(kursk)"),
        ("@kursk*", "@kursk*", "letters, digits, -, _ and . alone", None),
        ("@kursk@북한", "@kursk@북한", "letters, digits, -, _ and . alone", None),
        ("@-", "@-", "letters, digits", None),
        ("title: @kursk", "title:", "nothing follows title: directly", "title:@kursk"),
        ("-@kursk", "-@kursk", "nothing but negatives", None),
    ],
)
def test_a_wrong_name_is_told_what_and_where(
    text: str, marked: str, words: str, repair: str | None
) -> None:
    fault = refused(text)
    assert text[fault.position : fault.position + fault.length] == marked
    assert words in fault.message
    assert fault.repair == repair


def test_without_aliases_a_name_is_told_how_one_is_made() -> None:
    fault = parse("kim @kursk")
    assert isinstance(fault, Fault)
    assert "none is there yet" in fault.message
    assert "[[alias]]" in fault.message


def test_a_long_choice_of_names_is_not_shown() -> None:
    fault = parse("@x", {f"a-rather-long-name-{number}": ("y",) for number in range(20)})
    assert isinstance(fault, Fault)
    assert fault.message == "there is no alias set @x"


@pytest.mark.parametrize(
    ("term", "read_as"),
    [
        ("Kim Jong-un", Phrase((Word("kim"), Word("jong"), Word("un")))),
        ("“Kim”", Word("kim")),
        (' "Северн* Коре*" ', Phrase((Prefix("северн"), Prefix("коре")))),
        ('"US AND THEM"', Phrase((Word("us"), Word("and"), Word("them")))),
        ("and or not", Phrase((Word("and"), Word("or"), Word("not")))),
        ('"-title:kim"', Phrase((Word("title"), Word("kim")))),
        ("キム・ジョンウン", Phrase(tuple(Word(each) for each in "キムジョンウン"))),
        ("and/or", Phrase((Word("and"), Word("or")))),
        ("AT&T", Phrase((Word("at"), Word("t")))),
        ("Kursk: 12", Phrase((Word("kursk"), Word("12")))),
    ],
)
def test_a_term_is_one_phrase(term: str, read_as: Leaf) -> None:
    assert alias_term(term) == read_as


@pytest.mark.parametrize(
    ("term", "marked", "words"),
    [
        ("Kim OR Lee", "OR", "operator"),
        ("Kim NEAR/3 Lee", "NEAR/3", "operator"),
        ("NOT Kim", "NOT", "in quotes it is a word"),
        ("Kim | Lee", "|", "a term of its own"),
        ("-Kim", "-", "what to find"),
        ("@kim", "@", "no other alias"),
        ("=US", "=", "not built yet"),
        ("Kalashnikov~1", "~1", "not built yet"),
        ("wom?n", "?", "not built yet"),
        ('"wom?n"', "?", "not built yet"),
        (r"/kim\s+jong/i", r"/kim\s+jong/i", "regular expression"),
        ("title:Kim", "title:", "title:@name"),
        ("LANG:ko", "LANG:", "a field"),
        ("K*", "*", "2 letters"),
        ("Ki*m", "*", "end of a word"),
        ("…", "…", "no letter or digit"),
        ("", "", "no letter or digit"),
    ],
)
def test_a_term_that_is_more_than_a_phrase_is_refused(term: str, marked: str, words: str) -> None:
    fault = alias_term(term)
    assert isinstance(fault, Fault)
    assert term[fault.position : fault.position + fault.length] == marked
    assert words in fault.message


def test_an_alias_with_a_wrong_term_faults_the_query_that_names_it() -> None:
    for terms in (("Kim OR Lee",), ()):
        fault = parse("kim @all", {"all": terms})
        assert isinstance(fault, Fault)
        assert (fault.position, fault.length) == (4, 4)
        assert "@all" in fault.message


def test_terms_count_towards_the_limit() -> None:
    many = {"many": tuple(f"name{number}" for number in range(2_500))}
    assert isinstance(parse("@many " * 3 + "kim", many), Query)
    fault = parse("@many " * 5, many)
    assert isinstance(fault, Fault)
    assert f"{MOST_TERMS:,} terms" in fault.message
    assert (fault.position, fault.length) == (24, 5)


def test_an_alias_is_printed_by_its_name() -> None:
    assert normalise(read("title:@kursk -(@북한 Soldiers)")) == "title:@kursk -(@북한 soldiers)"
    assert depth(read("@kursk").root) == 2


def test_a_span_names_the_spelling_that_was_found() -> None:
    found = spans(read("@kim-jong-un @kursk"), "김정은, Kursk", "Ким Чен Ына в Курске")
    assert [(span.field, span.term) for span in found] == [
        ("title", "김정은"),
        ("title", "kursk"),
        ("body", '"ким чен ын*"'),
        ("body", "курск*"),
    ]


@given(aliased, articles)
def test_what_a_name_stands_for_may_be_written_out(written: Written, article: Text) -> None:
    query = parse(written[0], ALIASES)
    assert isinstance(query, Query)
    out = written[0]
    for name in sorted(ALIASES, key=len, reverse=True):
        out = out.replace(f"@{name}", "(" + "|".join(f'"{x}"' for x in _bare(name)) + ")")
    spelt = parse(out)
    assert isinstance(spelt, Query)
    analyzed = analyze(article.title, article.body)
    assert compiled(query)(analyzed) == compiled(spelt)(analyzed)


def _bare(name: str) -> list[str]:
    return [term.strip('"') for term in ALIASES[name]]


@given(st.text(st.sampled_from("@＠kursk-_.북한 \"'()|*-ORtitle:é\u0301"), max_size=20))
def test_every_text_gets_an_answer_that_prints_and_reads_again(text: str) -> None:
    match parse(text, NAMES):
        case Query(_, root) as query:
            assert read(normalise(query)).root == root
        case Fault(position, length) as fault:
            assert 0 <= position <= len(text)
            assert length >= 1
            assert fault.repair is None or fault.repair != text


@given(st.text(max_size=20))
def test_no_text_breaks_a_term_or_a_name(text: str) -> None:
    name = canonical_name(text)
    if name is not None:
        assert canonical_name(name) == name
        found = parse(f"@{name}", {name: ("kim",)})
        assert isinstance(found, Query)
        assert found.root == AliasSet(name, Word("kim"))
    read = alias_term(text)
    if not isinstance(read, Fault):
        again = parse("@x", {"x": (text,)})
        assert isinstance(again, Query)
        assert again.root == AliasSet("x", read)
