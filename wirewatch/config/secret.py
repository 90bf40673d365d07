"""Secrets in wirewatch.toml: the value itself, `file:PATH`, or `env:NAME`.

The words of a fault name where a secret was looked for, never what was found.
"""

import base64
import binascii
from collections.abc import Mapping
from pathlib import Path

PREFIX = "whsec_"
_LARGEST_FILE = 65_536
_LEAST, _MOST = 24, 64  # bytes of a key, as the Standard Webhooks specification asks


def looked_up(text: str, *, beside: Path, environ: Mapping[str, str]) -> str:
    """Return the secret that `text` is or names; paths are relative to the folder `beside`."""
    place, colon, rest = text.partition(":")
    if not colon or place not in {"file", "env"}:
        return text
    if place == "env":
        found = environ.get(rest, "")
        if not found:
            raise ValueError(f'the environment has no "{rest}"; set it, or change the file')
        return found
    path = beside / rest
    try:
        with path.open(encoding="utf-8") as file:
            found = file.read(_LARGEST_FILE).strip()
    except OSError as error:
        raise ValueError(f'"{path}" cannot be read: {error.strerror}') from None
    except UnicodeDecodeError:
        raise ValueError(f'"{path}" holds no text') from None
    if not found:
        raise ValueError(f'"{path}" is empty')
    return found


def webhook_key(secret: str) -> str:
    """Return `secret` if it can sign webhooks: "whsec_" and the base64 of 24 to 64 bytes."""
    if not secret.startswith(PREFIX):
        raise ValueError(
            'a webhook\'s secret begins with "whsec_"; leave it out, and wirewatch makes one'
        )
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        raise ValueError('what stands behind "whsec_" is not base64') from None
    if not _LEAST <= len(key) <= _MOST:
        raise ValueError(
            f'behind "whsec_" stands the base64 of {len(key)} bytes; {_LEAST} to {_MOST} are needed'
        )
    return secret
