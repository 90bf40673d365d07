"""The parser: what is read as what, and what a wrong query is told, where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.query.fault import Fault
from news.query.parse import DEEPEST, MOST_BYTES, MOST_TERMS, parse
from news.query.printing import normalise
from news.query.tree import And, InField, Node, Not, Or, Phrase, Prefix, Query, Word

KIM, UN, KURSK = Word("kim"), Word("un"), Word("kursk")
HALF_TWELVE = Phrase((Word("12"), Word("30")))

UNBUILT_FIELDS = (
    *("lead", "body", "author", "url", "site", "source", "publisher", "lang", "country", "tag"),
    *("watch", "after", "before", "when", "date", "published"),
)


def read(text: str) -> Query:
    query = parse(text)
    assert isinstance(query, Query), query
    return query


def refused(text: str) -> Fault:
    fault = parse(text)
    assert isinstance(fault, Fault), fault
    return fault


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("Kim", KIM),
        ("kim UN", And((KIM, UN))),
        ("kim AND un", And((KIM, UN))),
        ("kim OR un", Or((KIM, UN))),
        ("kim|un｜kursk", Or((KIM, UN, KURSK))),
        ("kim un OR kursk", Or((And((KIM, UN)), KURSK))),
        ("kim (un OR kursk)", And((KIM, Or((UN, KURSK))))),
        ("(kim un) kursk", And((KIM, UN, KURSK))),
        ("（kim OR un）", Or((KIM, UN))),
        ("kim -un", And((KIM, Not(UN)))),
        ("kim !un", And((KIM, Not(UN)))),
        ("kim NOT un", And((KIM, Not(UN)))),
        ("kim AND NOT un kursk", And((KIM, Not(UN), KURSK))),
        ("kim −un", And((KIM, Not(UN)))),
        ("kim OR NOT NOT un", Or((KIM, Not(Not(UN))))),
        ("kim -(un kursk)", And((KIM, Not(And((UN, KURSK)))))),
        ("soldier*", Prefix("soldier")),
        ("Straß*", Prefix("strass")),
        ("김*", Word("김")),
        ("김정*", Phrase((Word("김"), Word("정")))),
        ("Jong-un", Phrase((Word("jong"), UN))),
        ("Jong-un*", Phrase((Word("jong"), Prefix("un")))),
        ('"kim jo* un"', Phrase((KIM, Prefix("jo"), UN))),
        ('"kim"', KIM),
        ("“kim un” „kim un“ «kim un»", And((Phrase((KIM, UN)),) * 3)),
        ("‹kim un› ”kim un” 「kim un」", And((Phrase((KIM, UN)),) * 3)),
        ("‘kim un’ ‚kim un‘", And((Phrase((KIM, UN)),) * 2)),
        ("Kim’s ’un", And((Phrase((KIM, Word("s"))), UN))),
        ("title:kim", InField("title", KIM)),
        ("Title:Jong-un", InField("title", Phrase((Word("jong"), UN)))),
        ('title:"kim un" kursk', And((InField("title", Phrase((KIM, UN))), KURSK))),
        ("title:(kim OR -un)", InField("title", Or((KIM, Not(UN))))),
        ("kim -title:un", And((KIM, Not(InField("title", UN))))),
        ("title:kim*", InField("title", Prefix("kim"))),
        ("AT&T", Phrase((Word("at"), Word("t")))),
        ("12:30 kim", And((HALF_TWELVE, KIM))),
        ("http://un", Phrase((Word("http"), UN))),
        ("Kursk: kim", And((KURSK, KIM))),
        ("and or not", And((Word("and"), Word("or"), Word("not")))),
        ("near atleast3 (kim)", And((Word("near"), Word("atleast3"), KIM))),
        ("kim!", KIM),
        ("“kim”un", And((KIM, UN))),
    ],
)  # fmt: skip
def test_a_query_is_read(text: str, root: Node) -> None:
    assert read(text).root == root


@pytest.mark.parametrize(
    "text", ["NEAR/5 foo", "foo NEAR/5", "&& kim", "제목:kim", "kim NEAR/2 (un", "+( kim"]
)
def test_no_repair_is_offered_that_is_faulty_itself(text: str) -> None:
    fault = refused(text)
    assert fault.repair is None
    assert "did you mean" not in fault.caret(text)


@pytest.mark.parametrize(
    ("text", "marked", "words", "repair"),
    [
        ('kim "un', '"', "quote opened at column 5 is never closed", 'kim "un"'),
        ("“un", "“", "quote opened at column 1 is never closed", None),
        ("kim (un", "(", "never closed", "kim (un)"),
        ("(kim) un)", ")", "nothing opened this parenthesis", "(kim) un"),
        (")", ")", "nothing opened", None),
        ("(", "(", "nothing follows this parenthesis", None),
        ("kim ()", "()", "nothing stands between the parentheses", "kim"),
        ("kim AND", "AND", "stands after AND", "kim"),
        ("OR kim", "OR", "stands before OR", "kim"),
        ("kim AND OR un", "AND", "stands after AND", "kim OR un"),
        ("kim | | un", "|", "stands after |", "kim | un"),
        ("kim NOT", "NOT", "stands after NOT", "kim"),
        ("kim - un", "-", "stands alone", "kim un"),
        ('"kim"-un', "-", "a blank is missing", '"kim" -un'),
        ("", "", "the query is empty", None),
        (" \n ", " \n ", "the query is empty", None),
        ('kim ""', '""', "nothing stands between the quotes", "kim"),
        ('"..."', '"..."', "nothing between the quotes is a letter", None),
        ("kim …", "…", "no letter or digit", "kim"),
        ("kim ™", "™", "no letter or digit", "kim"),
        ("s*", "*", "needs 2 letters", "s"),
        ("й*", "*", "needs 2 letters", "й"),
        ("*kim", "*", "needs letters directly before", "kim"),
        ("k*m", "*", "only at the end of a word", "km"),
        ("kim**", "*", "needs letters directly before", "kim*"),
        ("kim-*", "*", "needs letters directly before", "kim-"),
        ('"kim *"', "*", "needs letters directly before", '"kim "'),
        ('"kim u*"', "*", "needs 2 letters", '"kim u"'),
        ("-kim", "-kim", "nothing but negatives", None),
        ("-kim OR NOT un", "-kim OR NOT un", "nothing but negatives", None),
        ("title:(-kim)", "title:(-kim)", "nothing but negatives", None),
        ("title: kim", "title:", "nothing follows title: directly", "title:kim"),
        ("un title:-kim", "title:-", "directly after it", "un -title:kim"),
        ("title:) kim", "title:)", "directly after it", None),
        ("title:title:kim", "title:title:", "directly after it", "title:kim"),
        ("kim || un", "||", "write | or OR", "kim OR un"),
        ("kim && un", "&&", "write AND", "kim AND un"),
        ("+kim", "+", "no +", "kim"),
        ("kim^2", "^2", "no ^", "kim"),
        ("[kim]", "[", "round parentheses", None),
        ("intitle:kim", "intitle", "the field is title:", "title:kim"),
        ("titel:kim", "titel:", "there is no field titel:", "title:kim"),
        ('제목:"김정은"', "제목:", "there is no field 제목:", None),
        ("kim w/5 un", "w/5", "NEAR/5", None),
    ],
)
def test_a_wrong_query_is_told_what_and_where(
    text: str, marked: str, words: str, repair: str | None
) -> None:
    fault = refused(text)
    assert text[fault.position : fault.position + fault.length] == marked
    assert words in fault.message
    assert fault.repair == repair or repair is None


@pytest.mark.parametrize(
    ("text", "marked", "name"),
    [
        ("kim NEAR un", "NEAR", "NEAR"),
        ("kim NEAR/5 un", "NEAR/5", "NEAR"),
        ("kim ONEAR/5 un", "ONEAR/5", "ONEAR"),
        ("wom?n", "?", "?"),
        ('"wom?n soldiers"', "?", "?"),
        ("kalashnikov~1", "~1", "~"),
        ('"kim un"~5', "~5", "~"),
        ("=US", "=", "="),
        ('="AT&T"', "=", "="),
        (r"/kim\s+jong/i", r"/kim\s+jong/i", "/…/"),
        ("atleast3(kursk)", "atleast3", "atleast"),
        ("first50(kim un)", "first50", "first"),
        *[(f"-{field}:x kim", f"{field}:", f"{field}:") for field in UNBUILT_FIELDS],
        ('WATCH:"DPRK troops"', "WATCH:", "WATCH:"),
        ("title:(lead:kim)", "lead:", "lead:"),
    ],
)
def test_what_is_not_built_yet_is_refused_by_name(text: str, marked: str, name: str) -> None:
    fault = refused(text)
    assert text[fault.position : fault.position + fault.length] == marked
    assert fault.message.startswith(f"{name} ")
    assert "is not built yet" in fault.message


@pytest.mark.parametrize(
    ("text", "marked", "words"),
    [
        ("kim or un", "or", "the operator is OR"),
        ("kim and un", "and", "the operator is AND"),
        ("not kim", "not", "the operator is NOT"),
        ("kim “un”", "“un”", "these quotes are read as"),
        ("kim –un", "–", "– is read as -"),
        ("kim un OR kursk", "kim un OR kursk", "(kim un) OR kursk  and not as  kim (un OR kursk)"),
        ("a (kim -un | kursk)", "kim -un | kursk", "(kim -un) OR kursk  and not as  kim (-un OR"),
        ("kim OR -un", "kim OR -un", "finds nearly everything"),
    ],
)
def test_what_may_not_be_meant_gets_a_hint(text: str, marked: str, words: str) -> None:
    (hint,) = read(text).hints
    assert text[hint.position : hint.position + hint.length] == marked
    assert words in str(hint)


@pytest.mark.parametrize(
    "text",
    ["kim AND un OR kursk", "(kim un) OR kursk", "kim OR un", '"kim or un"', "or kim", "title:or"],
)
def test_plain_queries_get_no_hint(text: str) -> None:
    assert read(text).hints == ()


def test_a_fault_is_drawn_with_a_caret() -> None:
    text = 'kim OR "un'
    assert refused(text).caret(text) == (
        'kim OR "un\n       ^\nquote opened at column 8 is never closed; did you mean  kim OR "un"'
    )


def test_the_caret_stands_under_wide_characters_and_in_the_right_line() -> None:
    text = "김정은 OR\n북한 AND\tlead:x"
    assert refused(text).caret(text).splitlines()[:2] == [
        "북한 AND lead:x",
        "         ^^^^^",
    ]


def test_the_caret_of_a_long_query_shows_its_surroundings() -> None:
    text = "kim OR " * 500 + "é\u0301* OR kim" + " OR kim" * 500
    line, carets, _ = refused(text).caret(text).splitlines()
    assert len(line) < 80
    assert line.startswith("…")
    assert line.endswith("…")
    assert line.replace("\u0301", "")[carets.index("^")] == "*"


def test_controls_and_bidi_marks_do_not_reach_the_terminal() -> None:
    text = "kim\x1b[31m \u202e\x9b(un"
    assert "\x1b" not in refused(text).caret(text)
    assert "\u202e" not in refused(text).caret(text)


def test_limits_are_named_and_hold_just_below() -> None:
    assert "64 KiB" in refused("é" * (MOST_BYTES // 2) + " kim").message
    assert refused("é" * (MOST_BYTES // 2) + " kim").position == MOST_BYTES // 2
    assert isinstance(parse("k" * MOST_BYTES), Query)
    assert f"{MOST_TERMS:,} terms" in refused("ab|" * MOST_TERMS + "ab").message
    assert isinstance(parse("ab|" * (MOST_TERMS - 1) + "ab"), Query)
    assert "10,000 terms" in refused("김" * (MOST_TERMS + 1)).message
    assert isinstance(parse("(" * DEEPEST + "kim" + ")" * DEEPEST), Query)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 65 + "kim" + ")" * 65,
        "(" * 30_000,
        "NOT " * 65 + "kim",
        "-" * 10_000 + "kim",
        "kim -(un OR -(kursk " * 33 + "x" + "))" * 33,
        "title:(" * 65 + "x" + ")" * 65,
    ],
)
def test_deep_nesting_is_refused(text: str) -> None:
    assert "64 deep" in refused(text).message


@given(st.text(st.sampled_from("kim\"“”()|-!*?: \n=~/@ORNAT김é…title:'‘’«"), max_size=30))
def test_every_text_gets_an_answer_that_prints_and_reads_again(text: str) -> None:
    match parse(text):
        case Query(_, root, hints) as query:
            assert read(normalise(query)).root == root
            assert all(0 <= hint.position < hint.position + hint.length for hint in hints)
        case Fault(position, length, message) as fault:
            assert 0 <= position <= len(text)
            assert length >= 1
            assert message
            assert len(fault.caret(text).split("\n")) == 3
            assert fault.repair is None or fault.repair != text


@given(st.text(max_size=30))
def test_no_text_breaks_the_parser(text: str) -> None:
    answer = parse(text)
    if isinstance(answer, Query):
        assert read(normalise(answer)).root == answer.root
