"""What queries and aliases say: read when all files are known, for one names what another holds."""

from collections.abc import Iterator

from news.alias import canonical_name
from news.query import fault as query_fault
from news.query.aliases import alias_term
from news.query.parse import parse
from wirewatch.config.fault import Fault
from wirewatch.config.gather import Gathered


def check(gathered: Gathered) -> Iterator[Fault]:
    """Yield every fault in a term of an alias and in the query of a watch.

    A wrong term is told where it stands; the queries that name its alias are read as if it were
    right, so that one fault does not bring forth others.
    """
    names = map(canonical_name, gathered.names["alias"])
    aliases = {name: list(_STAND_IN) for name in names if name is not None}
    for placed in gathered.aliases:
        good = aliases[placed.value.name] = []
        for position, term in enumerate(placed.value.terms):
            read = alias_term(term)
            if isinstance(read, query_fault.Fault):
                words = f"terms: cannot be understood\n{read.caret(term)}"
                yield placed.where.fault(words, "terms", position)
            good.extend(_STAND_IN if isinstance(read, query_fault.Fault) else [term])
        if not good:
            yield placed.where.fault("terms: at least one spelling stands here", "terms")
            good.extend(_STAND_IN)
    for asked in gathered.queries:
        query = parse(asked.words, aliases)
        if isinstance(query, query_fault.Fault):
            words = f"query: cannot be understood\n{query.caret(asked.words)}"
            yield asked.where.fault(words, *asked.keys)


_STAND_IN = ("x",)
