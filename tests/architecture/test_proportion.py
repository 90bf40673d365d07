"""There is at least as much test as code.

What counts are the lines that hold code: neither docstrings nor comments make up for a test, and
nobody saves a test by leaving them out.
"""

import ast
import io
import tokenize
from collections.abc import Iterable

from tests.architecture.tree import PRODUCT, Source, sample, sources

_NO_CODE = frozenset(
    {
        tokenize.COMMENT,
        tokenize.NL,
        tokenize.NEWLINE,
        tokenize.INDENT,
        tokenize.DEDENT,
        tokenize.ENDMARKER,
    }
)


def code_lines(files: Iterable[Source]) -> int:
    """Count the lines that hold code."""
    return sum(len(_with_tokens(source) - _with_docstrings(source)) for source in files)


def _with_tokens(source: Source) -> set[int]:
    return {
        line
        for token in tokenize.generate_tokens(io.StringIO(source.text).readline)
        if token.type not in _NO_CODE
        for line in range(token.start[0], token.end[0] + 1)
    }


def _with_docstrings(source: Source) -> set[int]:
    return {
        line
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }


def test_there_is_at_least_as_much_test_as_code() -> None:
    assert code_lines(sources("tests")) >= code_lines(sources(*PRODUCT))


def test_docstrings_comments_and_blank_lines_do_not_count() -> None:
    text = '"""Words,\nmore words."""\n\n# why\nx = """a\nb"""\n\n\n'
    text += 'def f():\n    """Words."""\n    return x\n'
    assert code_lines([sample(text), sample("z = 3  # why")]) == 5
