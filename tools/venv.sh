#!/bin/sh
# Make .venv with uv in it, on a machine that may have no more than Python: Debian packages ensurepip apart.
set -eu
python=${PYTHON:-python3}

has() { "$python" -c "import $1" 2>/dev/null; }

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "Apropos needs Python 3.11 or newer; this is $("$python" --version). Say which: make PYTHON=python3.13 setup" >&2
    exit 1
fi

if ! has ensurepip && ! has pip && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -q
    DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends python3-venv
fi

if has ensurepip; then
    "$python" -m venv .venv
    pip() { .venv/bin/python -m pip "$@"; }
elif has pip; then
    "$python" -m venv --without-pip .venv
    pip() { "$python" -m pip --python .venv/bin/python "$@"; }
else
    echo "$python has neither ensurepip nor pip. On Debian or Ubuntu, as root: apt-get install python3-venv" >&2
    exit 1
fi

pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
