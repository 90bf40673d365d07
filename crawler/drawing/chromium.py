"""Which Chromium draws, and with what it is started; nothing here imports Playwright.

Playwright's own browser comes first where it is installed, then one that the system has.
"""

import os
import shutil
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
_OWN = (
    "chromium_headless_shell-*/*/headless_shell",
    "chromium_headless_shell-*/*/chrome-headless-shell",
    "chromium-*/*/chrome",
)

NO_PLAYWRIGHT = "Playwright is not installed (pip install 'wirewatch[browser]')"
NO_CHROMIUM = (
    "there is no Chromium (`playwright install --with-deps chromium`, or the system's package "
    "`chromium`, brings one)"
)

ARGUMENTS = (
    # All goes through our proxy, what is on this machine too, and names are looked up there alone.
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--disable-quic",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--no-pings",
    "--disable-domain-reliability",
    "--disable-gpu",
    "--blink-settings=imagesEnabled=false",
    "--renderer-process-limit=4",
    "--js-flags=--max-old-space-size=512",
)

NOT_PLAYWRIGHTS = ("--disable-popup-blocking",)
"""Arguments that Playwright would add."""


def missing() -> str | None:
    """Say what is missing for drawing, and how to get it; None where all is there."""
    if find_spec("playwright") is None:
        return NO_PLAYWRIGHT
    return None if executable() else NO_CHROMIUM


def executable(environment: Mapping[str, str] = os.environ) -> str | None:
    """Return the place of a Chromium, None if there is none."""
    own = (path for pattern in _OWN for path in _newest_first(_own_folder(environment), pattern))
    named = (shutil.which(name, path=environment.get("PATH", "")) for name in _NAMES)
    first = next((path for path in own if os.access(path, os.X_OK)), None)
    return str(first) if first else next(filter(None, named), None)


def _own_folder(environment: Mapping[str, str]) -> Path:
    said = environment.get("PLAYWRIGHT_BROWSERS_PATH")
    return Path(said) if said else Path(environment.get("HOME", "/")) / ".cache" / "ms-playwright"


def _newest_first(folder: Path, pattern: str) -> list[Path]:
    return sorted(folder.glob(pattern), key=_revision, reverse=True)


def _revision(path: Path) -> int:
    digits = path.parts[-3].rpartition("-")[2]
    return int(digits) if digits.isdigit() else 0
