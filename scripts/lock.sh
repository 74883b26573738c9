#!/bin/sh
# Write the locks anew from pyproject.toml: exact versions, hashes, no host name. Needs a set-up .venv.
#
#   scripts/lock.sh            keep what is locked, add what is new
#   scripts/lock.sh --upgrade  take newer releases too (those at least a week old)
set -eu
cd "$(dirname "$0")/.."
export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-true}"

compile() { # compile OUTPUT INPUT ARGUMENT…
    output=$1
    shift
    # A release younger than a week is not taken: most bad releases are noticed and withdrawn by then.
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --exclude-newer "7 days" \
        --generate-hashes --no-emit-index-url --no-annotate --no-header \
        --python .venv/bin/python --output-file "$output" "$@"
}

compile locks/run.txt pyproject.toml "$@"
compile locks/dev.txt pyproject.toml --extra sm --extra hsm --extra postgres --extra mysql --extra analysis --extra documents --constraint locks/run.txt \
    --group demo --group build --group test --group lint --group bench --group docs "$@"
compile locks/ray.txt pyproject.toml --extra ray --constraint locks/dev.txt "$@" # for make test-ray alone
compile locks/uv.txt locks/uv.in "$@"
compile locks/node.txt locks/node.in "$@"
