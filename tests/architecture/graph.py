"""Who imports whom, and how much of the house a module drags in.

A module *reaches* another if a chain of imports leads there. The mean reach says how much one has
to know to change one file: in a good house little. Packages are left out, since their
`__init__.py` holds nothing, and so are the modules whose task is to know all the others: they are
neither counted nor passed through.
"""

from collections.abc import Collection, Mapping

import grimp

from tests.architecture.tree import PRODUCT

Imports = Mapping[str, Collection[str]]

EXEMPT = frozenset({"wirewatch.build", "wirewatch.app", "wirewatch.scrapy_settings"})
MEAN_REACH = 0.15


def house() -> dict[str, frozenset[str]]:
    """Read the product's imports: module -> the modules of ours that it names."""
    graph = grimp.build_graph(*PRODUCT, cache_dir=None)
    modules = {module for module in graph.modules if not graph.find_children(module)}
    return {
        module: frozenset(graph.find_modules_directly_imported_by(module)) & modules
        for module in modules
    }


def without(imports: Imports, exempt: Collection[str]) -> dict[str, frozenset[str]]:
    """Take `exempt` out of the house."""
    return {
        module: frozenset(named) - frozenset(exempt)
        for module, named in imports.items()
        if module not in exempt
    }


def reached(imports: Imports, start: str) -> frozenset[str]:
    """Follow the imports of `start` to their ends; `start` is in it only if it is in a cycle."""
    found: set[str] = set()
    open_ends = list(imports[start])
    while open_ends:
        module = open_ends.pop()
        if module not in found:
            found.add(module)
            open_ends.extend(imports[module])
    return frozenset(found)


def mean_reach(imports: Imports) -> float:
    """Return which share of the others the mean module reaches."""
    if len(imports) < 2:
        return 0.0
    return sum(len(reached(imports, m) - {m}) for m in imports) / (
        len(imports) * (len(imports) - 1)
    )


def in_cycles(imports: Imports) -> list[str]:
    """Name the modules that reach themselves."""
    return sorted(module for module in imports if module in reached(imports, module))
