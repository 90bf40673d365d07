"""Comments that silence a rule: each names the rule and says why; no budget is silenced."""

import io
import re
import tokenize
from collections.abc import Iterator

from tests.architecture.tree import Source

BUDGETS = frozenset({"C901", "PLR0911", "PLR0912", "PLR0913", "PLR0915", "FBT001", "FBT002"})

_FILE = re.compile(r"#\s*(ruff:\s*noqa|flake8:\s*noqa|mypy:)")
_NOQA = re.compile(r"#\s*noqa\b(?P<codes>:\s*[A-Z]+[0-9]+(?:\s*,\s*[A-Z]+[0-9]+)*)?(?P<why>.*)")
_TYPE = re.compile(r"#\s*type:\s*ignore\b(?P<codes>\[[\w\s,-]+\])?(?P<why>.*)")


def unexplained(source: Source) -> Iterator[str]:
    """Name each comment in `source` that silences more than it says, or does not say why."""
    for token in tokenize.generate_tokens(io.StringIO(source.text).readline):
        if token.type == tokenize.COMMENT and (fault := _fault(token.string)):
            yield f"{source.place}:{token.start[0]}: {fault}"


def _fault(comment: str) -> str | None:
    if _FILE.match(comment):
        return "silences a whole file"
    if (found := _NOQA.search(comment) or _TYPE.search(comment)) is None:
        return None
    codes = found["codes"]
    if codes is None:
        return "silences without a code"
    if BUDGETS & set(re.findall(r"\w+", codes)):
        return "silences a budget"
    return None if found["why"].strip(" #-:") else "silences without a reason"
