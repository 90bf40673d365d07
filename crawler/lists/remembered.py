"""Which kind a source was found out to be, kept with what its reader learned."""

import json


def with_kind(kind: str, learned: str | None) -> str:
    """Return what to keep of a source whose kind nobody named."""
    return json.dumps({"kind": kind, "learned": learned})


def remembered(text: str | None) -> tuple[str | None, str | None]:
    """Return the kind, if one was found out, and what its reader learned."""
    try:
        said = json.loads(text or "{}")
    except ValueError:
        return None, None
    if isinstance(said, dict) and "kind" in said:
        return said["kind"], said.get("learned")
    return None, text
