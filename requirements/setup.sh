#!/bin/sh
# Lays the environment .venv/ from the lock file; `make` calls it when .venv/.ready is out of date.
set -eu

python=${PYTHON:-python3}

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "wirewatch needs Python 3.11 or newer; $python is $("$python" --version 2>&1)." >&2
    echo "Name another one: make PYTHON=python3.12 …" >&2
    exit 1
}

# Debian ships venv apart from Python.
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        echo "This Python cannot make environments. As root: apt-get install python3-venv" >&2
        exit 1
    fi
    echo "Installing python3-venv, which this Python lacks …"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y python3-venv >/dev/null
fi

# Others must be able to read it: as root, the tests run PostgreSQL as another user.
umask 022
[ -x .venv/bin/python ] && .venv/bin/python -c 'import pip' 2>/dev/null || "$python" -m venv --clear .venv

echo "Installing the locked packages into .venv/ …"
.venv/bin/pip install --quiet --quiet --disable-pip-version-check \
    --require-hashes --only-binary :all: --requirement requirements/dev.txt
.venv/bin/pip install --quiet --quiet --disable-pip-version-check \
    --no-deps --no-build-isolation --editable .

# Pages that only a browser can read need one; without it, their tests say so and are skipped.
if ! command -v chromium >/dev/null && ! command -v google-chrome >/dev/null; then
    if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
        echo "Installing Chromium, which draws pages that have no text without it …"
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y chromium >/dev/null; } ||
            echo "NO CHROMIUM: it could not be installed; the tests of drawn pages are skipped." >&2
    else
        echo "NO CHROMIUM: the tests of drawn pages are skipped (as root: apt-get install chromium)." >&2
    fi
fi
touch .venv/.ready
