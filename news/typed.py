"""Names and addresses in commands that are printed for copying: a shell must read them as they are.

Strangers choose many names (a feed's title becomes its source's), so a name may hold quotes or
what a shell would carry out.
"""

import re
import shlex

from news.inert import inert

_BARE = re.compile(r"[\w./@][\w./@:+-]*")
_STEERS_A_SHELL = re.compile(r'["$`\\!]')


def typed(words: str, wire: str | None = None) -> str:
    """Return `words` as a person types them: bare where that will do, else in quotes.

    `wire` ("w_3") means the same thing, and stands for a name that cannot be typed: one that is
    shown otherwise than it is, or that would be taken for an option.
    """
    if wire is not None and (words.startswith("-") or words != inert(words)):
        return wire
    if _BARE.fullmatch(words):
        return words
    return shlex.quote(words) if _STEERS_A_SHELL.search(words) else f'"{words}"'
