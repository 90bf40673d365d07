"""What the configuration says of publishers, beside what the archive has of them."""

from collections.abc import Iterator, Sequence

from archive.publishers import KeptPublisher
from news.families import shipped
from wirewatch.comparison import Step, Verb
from wirewatch.config.values import DesiredPublisher
from wirewatch.differences import NOTHING, Difference


def publisher_steps(
    desired: Sequence[DesiredPublisher], kept: Sequence[KeptPublisher], file: str
) -> Iterator[Step]:
    """Yield what `file` says that is new of publishers, and what it does not say any more."""
    yield from _described(desired, kept)
    yield from _undescribed(desired, kept, file)


def _described(
    desired: Sequence[DesiredPublisher], kept: Sequence[KeptPublisher]
) -> Iterator[Step]:
    known = {one.domain: (one.name, one.family, one.country) for one in kept}
    for one in desired:
        before = known.get(one.domain, (one.domain, None, None))
        also = shipped(one.domain)
        after = (one.name or also.name, one.family or also.family, one.country or also.country)
        told = tuple(
            Difference(key=key, old=old or NOTHING, new=new or NOTHING)
            for key, old, new in zip(("name", "family", "country"), before, after, strict=True)
            if old != new
        )
        if told:
            verb = Verb.CHANGE if one.domain in known else Verb.ADD
            yield Step(noun="publisher", verb=verb, name=one.domain, settings=one, told=told)


def _undescribed(
    desired: Sequence[DesiredPublisher], kept: Sequence[KeptPublisher], file: str
) -> Iterator[Step]:
    wanted = {one.domain for one in desired}
    for one in kept:
        if one.owned_by_file == file and one.domain not in wanted:
            yield Step(noun="publisher", verb=Verb.REMOVE, name=one.domain, number=one.id)
