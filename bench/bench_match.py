"""One article against all watches: the presearch, beside asking every watch and a loop of regexes.

Articles are of 450 words, drawn as a language draws them: few often, many seldom; a third of them
is Korean. The watches ask for names and topics in the shapes that people write. All three ways find
the same, save that regexes know neither folding nor fields. Ours alone says where: the spans.
"""

import random
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import accumulate

from alerts.matcher import WatchSet
from news.query.evaluate import compiled
from news.query.parse import parse
from news.query.tree import AliasSet, And, InField, Node, Not, Or, Phrase, Prefix, Query, Word
from news.text import Analyzed, analyze

ARTICLES = 60
REGEX_ARTICLES = 3
WORDS = 450
VOCABULARY = 30_000
SHAPES = (
    "{0}",
    '"{0} {1}"',
    "({0} OR {1} OR {2}) {3}",
    "{0} {1} -{2}",
    "title:{0} {3}",
    "{0}* {3}",
    '({0} OR "{1} {2}" OR {2}*) ({3} OR {4}) -{5}',
    "({0} | {1}) ({2} | {3}) -({4} {5})",
)


def main() -> None:
    """Print what one article costs, in milliseconds of CPU."""
    world = _World(random.Random(7))
    print(f"ms of CPU an article of {WORDS} words; analyzing it: {_analyzing(world):.2f}")
    print(
        f"{'watches':>8} {'matching':>9} {'all asked':>10} {'regexes':>9}"
        f" {'matches':>8} {'add one':>9}"
    )
    for count in (1_000, 10_000):
        print(_line(world, count))


class _World:
    """Articles in two languages and queries in their words, the same at every run."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.languages = [
            [self._latin() for _ in range(VOCABULARY)],
            [self._korean() for _ in range(VOCABULARY)],
        ]
        self.summed = list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))
        self.articles = [self._article(self.languages[at % 3 == 0]) for at in range(ARTICLES)]
        self.common = Counter(word for each in self.articles for word in analyze(*each).words)

    def of(self, term: str) -> int:
        """Tell how common a word is, as the archive does."""
        return self.common[term]

    def query(self) -> Query:
        """Ask for three names and some commoner words."""
        language = self.languages[self.chance.random() < 1 / 3]
        names = [language[self.chance.randrange(1_000, VOCABULARY)] for _ in range(3)]
        topics = [language[self.chance.randrange(20, 1_000)] for _ in range(4)]
        parsed = parse(self.chance.choice(SHAPES).format(*names, *topics))
        if not isinstance(parsed, Query):
            raise TypeError(parsed)
        return parsed

    def _latin(self) -> str:
        return "".join(self.chance.choices("abcdefghiklmnoprstuvw", k=self.chance.randint(3, 9)))

    def _korean(self) -> str:
        return "".join(chr(self.chance.randrange(0xAC00, 0xAE00)) for _ in range(3))

    def _article(self, language: Sequence[str]) -> tuple[str, str]:
        words = self.chance.choices(language, cum_weights=self.summed, k=WORDS)
        return " ".join(words[:10]), " ".join(words)


def _line(world: _World, count: int) -> str:
    queries = [world.query() for _ in range(count)]
    watches = WatchSet(world)
    began = time.process_time()
    for number, query in enumerate(queries):
        watches.add(number, 1, query)
    added = time.process_time() - began
    checks = [compiled(query) for query in queries]
    patterns = [_pattern(query.root) for query in queries]

    def ours(article: Analyzed, title: str, body: str) -> int:
        return len(watches.match(article, title, body))

    def asked(article: Analyzed, _title: str, _body: str) -> int:
        return sum(check(article) for check in checks)

    def searched(_article: Analyzed, title: str, body: str) -> int:
        text = f"{title}\n{body}".casefold()
        return sum(pattern(text) for pattern in patterns)

    cost, matches = _each(ours, world.articles)
    plain, expected = _each(asked, world.articles)
    regex, _ = _each(searched, world.articles[:REGEX_ARTICLES])
    if matches != expected:
        raise ValueError("the presearch lost a match")
    return (
        f"{count:8,} {cost:9.2f} {plain:10.2f} {regex:9.1f} {sum(matches) / len(matches):8.2f}"
        f" {added / count * 1e6:6.0f} µs"
    )


def _analyzing(world: _World) -> float:
    began = time.process_time()
    for article in world.articles:
        analyze(*article)
    return (time.process_time() - began) / ARTICLES * 1e3


def _each(
    do: Callable[[Analyzed, str, str], int], articles: Sequence[tuple[str, str]]
) -> tuple[float, list[int]]:
    """Return the milliseconds for one article, at the best of three rounds, and the matches."""
    took: list[float] = []
    matches: list[int] = []
    for _ in range(3):
        arriving = [(analyze(*article), *article) for article in articles]
        began = time.process_time()
        matches = [do(*article) for article in arriving]
        took.append(time.process_time() - began)
    return min(took) / len(articles) * 1e3, matches


def _pattern(node: Node) -> Callable[[str], bool]:
    """Do what a script of regexes would do: one pattern a term, joined by hand."""
    match node:
        case Word(token):
            return _searching(rf"\b{token}\b")
        case Prefix(stem):
            return _searching(rf"\b{stem}")
        case Phrase(parts):
            words = [part.token if isinstance(part, Word) else part.stem for part in parts]
            return _searching(r"\W*".join(words))
        case And(parts):
            every = [_pattern(part) for part in parts]
            return lambda text: all(each(text) for each in every)
        case Or(parts):
            some = [_pattern(part) for part in parts]
            return lambda text: any(each(text) for each in some)
        case Not(part):
            inner = _pattern(part)
            return lambda text: not inner(text)
        case InField(_, part) | AliasSet(_, part):
            return _pattern(part)


def _searching(pattern: str) -> Callable[[str], bool]:
    found = re.compile(pattern).search
    return lambda text: found(text) is not None


if __name__ == "__main__":
    main()
