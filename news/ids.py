"""Names on the wire: a two-letter kind and the number that the archive gave.

`so_` source, `ar_` article, `st_` story, `w_` watch, `al_` alert, `dl_` delivery, `ch_` channel,
`nt_` notice, `si_` silence.
"""

import re
from typing import Literal, TypeAlias

Prefix: TypeAlias = Literal["so", "ar", "st", "w", "al", "dl", "ch", "nt", "si"]

_WIRE = re.compile(r"(so|ar|st|w|al|dl|ch|nt|si)_([1-9][0-9]{0,17})", re.ASCII)


def wire_id(prefix: Prefix, number: int) -> str:
    """Return the name on the wire, for example `ar_18204`."""
    return f"{prefix}_{number}"


def parse_wire_id(text: str) -> tuple[str, int] | None:
    """Return (prefix, number) of a name on the wire, or None if `text` is not one."""
    found = _WIRE.fullmatch(text)
    return (found[1], int(found[2])) if found else None
