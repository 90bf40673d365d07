"""What is said where sources want pages drawn and nothing can draw them."""

from collections.abc import Callable

from crawler.drawing.chromium import missing
from wirewatch.config.values import Configuration


def undrawn(configuration: Configuration, missing: Callable[[], str | None] = missing) -> list[str]:
    """Return a line that says which sources do without and what to do, if there are any."""
    names = [one.settings.name for one in configuration.sources if one.settings.spider.render]
    why = missing() if names else None
    if why is None:
        return []
    of = ", ".join(f'"{name}"' for name in names)
    return [f"render = true of {of}: pages are taken as sent, for {why}."]
