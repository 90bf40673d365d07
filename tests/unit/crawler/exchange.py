"""An exchange that never leaves the process: it answers as told and keeps what it was asked."""

from collections import Counter
from collections.abc import Mapping

from crawler.http import Fetched, FetchFailed
from crawler.politeness import NO_HEADERS


class FakeExchange:
    """Answers by address; what it was not told of is 404."""

    def __init__(self, answers: Mapping[str, Fetched | FetchFailed] | None = None) -> None:
        self.answers = dict(answers or {})
        self.asked: list[str] = []
        self.headers: dict[str, Mapping[str, str]] = {}

    async def __call__(
        self, url: str, *, until: float, headers: Mapping[str, str] = NO_HEADERS
    ) -> Fetched | FetchFailed:
        self.asked.append(url)
        self.headers[url] = headers
        return self.answers.get(url) or Fetched(url=url, status=404)

    @property
    def counts(self) -> Counter[str]:
        return Counter(self.asked)


def found(url: str, body: str = "", **headers: str) -> Fetched:
    return Fetched(url=url, status=200, headers=headers, body=body.encode())


def status(url: str, number: int, **headers: str) -> Fetched:
    names = {name.replace("_", "-"): text for name, text in headers.items()}
    return Fetched(url=url, status=number, headers=names)


def moved(url: str, target: str, number: int = 302) -> Fetched:
    return Fetched(url=url, status=number, headers={"location": target})
