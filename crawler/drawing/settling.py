"""When a page has become what it is going to be: pure, for a table to test.

A page tells nobody that its scripts are done. Nothing under way and a text that no longer grows is
as good as that; where something is always under way (a chat, a counter), a text that has stood for
longer is.
"""

from dataclasses import dataclass

QUIET = 0.6
STANDING = 3.0
LONGEST = 12.0
"""Seconds: with nothing under way, with anything under way, and at most."""


@dataclass(slots=True)
class Settling:
    """Watches one page from `began` on, all times in seconds of one clock."""

    began: float
    _size: int = -1
    _since: float = 0.0

    def is_done(self, now: float, *, size: int, busy: bool, loaded: bool) -> bool:
        """Tell whether to wait no longer: so much text is there, and this is under way."""
        if size != self._size:
            self._size, self._since = size, now
        if now - self.began >= LONGEST:
            return True
        stood = now - self._since
        if not loaded or busy:
            return size > 0 and stood >= STANDING
        return stood >= QUIET
