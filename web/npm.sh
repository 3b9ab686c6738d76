#!/bin/sh
# Runs npm in this folder: web/npm.sh PYTHON COMMAND...
# Node 18 or newer is taken from the machine where it has one with npm, else from PyPI, into PYTHON's environment.
set -eu
python=$1
shift
bin=$(cd "$(dirname "$python")" && pwd)
cd "$(dirname "$0")"

usable() {
    command -v npm >/dev/null 2>&1 && node -e 'process.exit(parseInt(process.versions.node, 10) < 18 ? 1 : 0)' 2>/dev/null
}

if ! usable; then
    PATH="$bin:$PATH"
    export PATH
    if ! usable; then
        echo "This machine has no Node 18 or newer with npm: installing one from PyPI (first time only) ..."
        "$bin/python" -m pip --disable-pip-version-check --quiet install --require-hashes -r ../requirements/node.txt
    fi
fi
exec npm --loglevel=error "$@"
