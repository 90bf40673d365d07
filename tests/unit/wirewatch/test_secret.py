"""Secrets: the value itself, a file's, or the environment's; never in the words of a fault."""

from base64 import b64encode
from pathlib import Path

import pytest

from wirewatch.config.secret import looked_up, webhook_key

GOOD = "whsec_" + b64encode(b"k" * 32).decode()


def test_a_secret_is_looked_up_where_it_says(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "hook").write_text(f"{GOOD}\n")
    environ = {"HOOK": "from the environment"}
    assert looked_up("file:run/hook", beside=tmp_path, environ=environ) == GOOD
    assert looked_up(f"file:{tmp_path}/run/hook", beside=Path("/"), environ=environ) == GOOD
    assert looked_up("env:HOOK", beside=tmp_path, environ=environ) == "from the environment"
    assert looked_up("whsec_abc:x", beside=tmp_path, environ=environ) == "whsec_abc:x"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("file:gone", 'gone" cannot be read: No such file or directory'),
        ("file:.", '" cannot be read: Is a directory'),
        ("file:empty", 'empty" is empty'),
        ("file:binary", 'binary" holds no text'),
        ("env:GONE", 'the environment has no "GONE"'),
        ("env:EMPTY", 'the environment has no "EMPTY"'),
    ],
)
def test_a_missing_secret_is_told_by_its_place(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "empty").write_text(" \n")
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ValueError) as fault:
        looked_up(text, beside=tmp_path, environ={"EMPTY": ""})
    assert words in str(fault.value)


@pytest.mark.parametrize(
    ("secret", "words"),
    [
        ("hunter2hunter2hunter2", 'begins with "whsec_"'),
        ("whsec_hunter2!", "not base64"),
        ("whsec_" + b64encode(b"k" * 23).decode(), "23 bytes; 24 to 64 are needed"),
        ("whsec_" + b64encode(b"k" * 65).decode(), "65 bytes; 24 to 64 are needed"),
        ("whsec_", "0 bytes"),
    ],
)
def test_a_weak_or_broken_key_is_refused_unseen(secret: str, words: str) -> None:
    with pytest.raises(ValueError) as fault:
        webhook_key(secret)
    assert words in str(fault.value)
    assert "hunter2" not in str(fault.value)


def test_a_good_key_stays() -> None:
    assert webhook_key(GOOD) == GOOD
