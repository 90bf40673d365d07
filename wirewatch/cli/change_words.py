"""What was changed in an article's text, in the words of people."""

from archive.revisions import Revision

_KINDS = {
    "headline": "the headline",
    "figure": "a figure",
    "name": "a name",
    "removed": "paragraphs removed",
    "added": "paragraphs added",
    "lead": "the lead",
    "text": "the wording",
    "typo": "a slip of the pen",
    "details": "details beside the text",
    # as older archives have it:
    "title": "the headline",
    "all": "the headline and the text",
}


def kinds(change: Revision) -> str:
    """Return "the headline, a figure and the lead"."""
    *most, last = (_KINDS.get(kind, kind) for kind in change.kinds or (change.change,))
    return f"{', '.join(most)} and {last}" if most else last


def changed(change: Revision) -> str:
    """Return what was changed, and by how much: "a figure (2 words, +3 characters)"."""
    many = "1 word" if change.words == 1 else f"{change.words:,} words"
    words = f"{many}, " if change.words else ""
    return f"{kinds(change)} ({words}{change.size:+,} characters)"
