"""A look at a source, whatever bug its reader has: that is a visit too, and is settled as one.

An exception that flew past the settling would leave no trace but in the log: no visit, no failure,
no rest, and the source asked again whenever its claim runs out.
"""

import logging
from collections.abc import Mapping

from crawler.reader import Reader
from news.clock import Clock
from news.errors import WirewatchError
from news.source import DueSource
from news.visit import Failed, Visit

log = logging.getLogger(__name__)


async def looked(readers: Mapping[str, Reader], source: DueSource, clock: Clock) -> Visit:
    """Let the reader of its kind look at `source` once."""
    begun = clock()
    try:
        return await readers[source.settings.kind].visit(source)
    except WirewatchError:
        raise  # what it used cannot be used for now, the archive say: no bug, and said by the pump
    except Exception as error:  # the visits' owner: a reader's bug must not hide its source
        log.exception("the reader of source %s failed", source.settings.name)
        kind = type(error).__name__
        words = f"reading it failed by a fault of wirewatch's own ({kind}); the log says more"
        return Visit(at=begun, outcome=Failed(reason=words, ours=True))
