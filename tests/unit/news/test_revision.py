"""What a publisher changed in a piece, and whether it matters."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news import revision as module
from news.furniture import substance
from news.revision import Kind, Wording, changes, is_material, same_text

TEXT = (
    "The first sentence of the piece stands here.\n"
    "Six soldiers died near Kursk on Monday.\n"
    "The minister said so in Seoul today.\n"
    "The end of it all was seen by many."
)
BEFORE = Wording(title="Soldiers died near Kursk", body=TEXT)


def body(old: str, new: str) -> Wording:
    assert old in TEXT
    return replace(BEFORE, body=TEXT.replace(old, new))


@pytest.mark.parametrize(
    ("after", "kinds"),
    [
        (replace(BEFORE, title="What the ministry hid"), "headline"),
        (replace(BEFORE, title="Soldiers died near Sumy"), "headline name"),
        (replace(BEFORE, title="12 soldiers died near Kursk"), "headline"),
        (replace(BEFORE, title="Soldiers died  near Kursk!"), "typo"),
        (body("Six soldiers", "Seven soldiers"), "figure"),
        (body("Seoul", "Tokyo"), "name"),
        (body("minister", "minsiter"), "typo"),
        (body("soldiers", "solddiers"), "typo"),
        (body("Monday.", "Monday!"), "typo"),
        (body("The end", "the End"), "typo"),
        (body("said so", "denied it"), "text"),
        (body("\nSix soldiers died near Kursk on Monday.", ""), "removed"),
        (replace(BEFORE, body=TEXT + "\nA correction was made to this piece."), "added"),
        (body("first sentence of the piece stands", "opening words now stand"), "lead text"),
        (
            replace(body("Six", "Seven"), title="Seven soldiers dead"),
            "headline figure",
        ),
        (BEFORE, "details"),
        (replace(BEFORE, body=TEXT + "\nUpdated 3 min ago\n12 comments"), "details"),
    ],
)
def test_the_kinds_of_a_change(after: Wording, kinds: str) -> None:
    change = changes(BEFORE, after)
    assert change.kinds == tuple(map(Kind, kinds.split()))
    assert change.main is Kind(kinds.split(maxsplit=1)[0])
    assert is_material(change) == (kinds not in {"typo", "details"})


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("The toll rose to 1,200 people.", "The toll rose to 1,300 people.", Kind.FIGURE),
        ("It fell by 3.5 per cent.", "It fell by 3.6 per cent.", Kind.FIGURE),
        ("북한군 6명이 사망했다.", "북한군 7명이 사망했다.", Kind.FIGURE),
        ("他们三人死亡。", "他们五人死亡。", Kind.FIGURE),
        ("Погибли шесть солдат.", "Погибли восемь солдат.", Kind.FIGURE),
        ("They met in Iran today.", "They met in Iraq today.", Kind.TEXT),
        ("It was legal there.", "It was illegal there.", Kind.TEXT),
        ("He will not go there.", "He will now go there.", Kind.TEXT),
        ("They could go there.", "They would go there.", Kind.TEXT),
        ("A million came there.", "A billion came there.", Kind.FIGURE),
        ("They recieved it there.", "They received it there.", Kind.TYPO),
        ("They commited it there.", "They committed it there.", Kind.TYPO),
    ],
)
def test_small_changes_that_say_another_thing_are_no_typos(
    before: str, after: str, kind: Kind
) -> None:
    kinds = changes(Wording(title="", body=before), Wording(title="", body=after)).kinds
    if kind is Kind.TEXT:
        assert Kind.TYPO not in kinds
    else:
        assert kinds[0] is kind


def test_its_size_is_in_words() -> None:
    change = changes(BEFORE, body("said so", "denied it all"))
    assert (change.gone, change.new, change.size) == (2, 3, 5)
    assert 0 < change.share < 0.2
    assert changes(BEFORE, Wording(title="New", body="All is other now.")).share > 0.9
    assert changes(Wording(title="", body=""), Wording(title="", body="")).share == 0


@pytest.mark.parametrize(
    "after",
    [
        TEXT + "\n1,204 views",
        "Updated 5 minutes ago\n" + TEXT,
        TEXT.replace(" ", "  "),
    ],
)
def test_what_changes_without_its_author_is_the_same_text(after: str) -> None:
    assert same_text(BEFORE, replace(BEFORE, body=after))


def test_titles_of_other_pieces_may_give_way_to_others() -> None:
    one, other = (
        replace(BEFORE, body=f"{TEXT}\n{first} news of the day\nMore news of the week")
        for first in ("Other", "Best")
    )
    assert same_text(one, other)


@pytest.mark.parametrize("before", ["", "\nCorporal Jan Hus of the staff\nMajor Eva Roth of it"])
def test_a_list_that_grows_below_the_last_sentence_is_another_text(before: str) -> None:
    dead = "\nGeneral Ivan Petrov of the northern fleet\nColonel Anna Lindt of the staff"
    listed = replace(BEFORE, body=TEXT + before)
    longer = replace(BEFORE, body=TEXT + before + dead)
    assert not same_text(listed, longer)
    assert Kind.ADDED in changes(listed, longer).kinds
    assert Kind.REMOVED in changes(longer, listed).kinds


def test_everything_else_is_another_text() -> None:
    assert not same_text(BEFORE, body("Six", "Seven"))
    assert not same_text(BEFORE, body("Monday.", "Monday!"))
    assert not same_text(BEFORE, replace(BEFORE, title="Another"))
    clock = Wording(title="", body="14:05")
    assert not same_text(clock, replace(clock, body="14:06"))


def test_what_lies_behind_the_longest_text_counts_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST", 50)
    change = changes(BEFORE, replace(BEFORE, body=TEXT + "\nOne more sentence."))
    assert change.kinds == (Kind.TEXT,)
    assert not same_text(BEFORE, replace(BEFORE, body=TEXT + "\n12 comments"))


_TEXTS = st.text(alphabet="ab .\n1北6三й'", max_size=60)


@given(_TEXTS, _TEXTS)
def test_every_change_has_a_kind_and_a_share(before: str, after: str) -> None:
    one, other = Wording(title="", body=before), Wording(title="", body=after)
    change = changes(one, other)
    assert change.kinds
    assert 0 <= change.share <= 1
    assert same_text(one, one)
    assert same_text(one, other) == same_text(other, one)
    if same_text(one, other):
        assert not is_material(change)


def test_a_text_is_cut_into_lines_so_often_however_many_passages_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cut: list[str] = []

    def counted(text: str) -> tuple[str, ...]:
        cut.append(text)
        return substance(text)

    monkeypatch.setattr(module, "substance", counted)
    first = "\n".join(f"Point {number}.\nIt stayed {number}." for number in range(300))
    changes(body("Six", "Seven"), replace(BEFORE, body=first))
    few = len(cut)
    changes(replace(BEFORE, body=first), replace(BEFORE, body=first.replace("Point", "Item")))
    assert len(cut) == 2 * few
