"""From `[network] proxy` to the client and to the engine; its password is shown nowhere."""

import json
from pathlib import Path

import pytest

from news.errors import ConfigurationError
from wirewatch import pages_child
from wirewatch.config.load import load
from wirewatch.config.unserved import unserved
from wirewatch.net.client import NetworkSettings
from wirewatch.net.proxy import Proxy
from wirewatch.net.told import network_in
from wirewatch.network import settings_of


def written(folder: Path, text: str) -> Path:
    file = folder / "wirewatch.toml"
    file.write_text(f"[network]\n{text}", encoding="utf-8")
    return file


def network_of(folder: Path, text: str, **environ: str) -> NetworkSettings:
    found = load(written(folder, text), environ=environ)
    assert "s3cret" not in repr(found)
    assert unserved(found) == []
    return settings_of(found.network)


@pytest.mark.parametrize(
    "password", ['"s3cret"', '"env:PROXY_PASSWORD"', '"file:proxy.password"'], ids=str.__str__
)
def test_the_password_is_found_where_secrets_are(tmp_path: Path, password: str) -> None:
    (tmp_path / "proxy.password").write_text("s3cret\n", encoding="utf-8")
    text = f'proxy = "http://desk@proxy.example:3128"\nproxy_password = {password}'
    network = network_of(tmp_path, text, PROXY_PASSWORD="s3cret")
    assert network.proxy == Proxy(
        scheme="http", host="proxy.example", port=3128, user="desk", password="s3cret"
    )


def test_it_may_stand_in_the_address(tmp_path: Path) -> None:
    network = network_of(tmp_path, 'proxy = "https://desk:s3cret@proxy.example"')
    assert network.proxy is not None
    assert (network.proxy.port, network.proxy.password) == (443, "s3cret")
    assert network_of(tmp_path, "").proxy is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('proxy_password = "s3cret"', "proxy_password: there is no proxy"),
        ('proxy = "http://p.test"\nproxy_password = "env:NONE"', 'environment has no "NONE"'),
    ],
)
def test_what_cannot_be_is_told(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(ConfigurationError, match=words) as fault:
        load(written(tmp_path, text), environ={})
    assert "s3cret" not in str(fault.value)


@pytest.mark.parametrize("password", ["s3cret", ""])
def test_the_engine_is_told_of_it_but_not_for_all_to_see(password: str) -> None:
    proxy = Proxy(scheme="http", host="proxy.example", port=3128, user="desk", password=password)
    network = NetworkSettings(agent="w", allow=("10.0.0.1",), proxy=proxy)
    command = pages_child.command(network)
    assert "s3cret" not in json.dumps(command)
    assert network_in(command[-1], pages_child.environment(network) or {}) == network


def test_without_one_the_engine_has_our_environment() -> None:
    network = NetworkSettings(agent="w")
    assert pages_child.environment(network) is None
    assert network_in(pages_child.command(network)[-1], {}) == network
