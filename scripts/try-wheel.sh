#!/bin/sh
# Install the wheel of dist/ the way a user does: a clean venv, no compiler and no Node on the path, nothing of this
# folder. Then use it, weigh it, make the same wheel from the sdist, and do the same with the client for recipients.
set -eu
cd "$(dirname "$0")/.."
export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-true}"
root=$PWD
limit_mb=330
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
    printf 'try-wheel: %s\n' "$*" >&2
    exit 1
}

wheel=$(ls dist/feiyu-*.whl) || fail "no wheel in dist/ (make wheel)"
"$root/.venv/bin/python" -m venv --without-pip "$work/venv"
"$root/.venv/bin/uv" pip install --quiet --python "$work/venv/bin/python" --require-hashes -r locks/run.txt
"$root/.venv/bin/uv" pip install --quiet --python "$work/venv/bin/python" --no-deps "$wheel"

size_mb=$(du -sm "$work/venv" | cut -f1)
[ "$size_mb" -lt "$limit_mb" ] || fail "the default install takes $size_mb MB, over $limit_mb"

cat >"$work/people.csv" <<'CSV'
id,name,email
1,Zhang San,zhang.san@example.com
2,Li Si,li.si@example.com
CSV
run() { (cd "$work" && env -i HOME="$work" PATH="$work/venv/bin" LANG=C.UTF-8 "$@"); }
run feiyu --help >/dev/null
run feiyu scan people.csv | grep -q email || fail "feiyu scan does not find the e-mail column"
run python - "$root/src/feiyu/_native" <<'PY' || fail "the wheel lacks a part"
import sys
from importlib.resources import files
from pathlib import Path

from feiyu import _native

lanes = sorted(source.stem for source in Path(sys.argv[1]).glob("*.c"))
missing = [lane for lane in lanes if _native.load(lane) is None]
assert not missing, f"native lanes that do not load: {missing}"
assert (files("feiyu") / "rulebooks" / "cn").is_dir(), "no rulebooks"
if Path(sys.argv[1], "../../../console/package-lock.json").exists():
    assert (files("feiyu") / "api" / "console" / "index.html").is_file(), "no console"
PY

mkdir "$work/sdist"
tar -xzf dist/feiyu-*.tar.gz -C "$work/sdist" --strip-components=1
(cd "$work/sdist" && "$root/.venv/bin/hatchling" build -t wheel >/dev/null)
names() { "$root/.venv/bin/python" -m zipfile --list "$1" | awk 'NR > 1 { print $1 }' | LC_ALL=C sort; }
names "$wheel" >"$work/direct"
names "$work"/sdist/dist/feiyu-*.whl >"$work/through-sdist"
cmp -s "$work/direct" "$work/through-sdist" || {
    diff "$work/direct" "$work/through-sdist" | head -5 >&2
    fail "the wheel made from the sdist holds other files"
}
"$root/.venv/bin/python" -m venv --without-pip "$work/client"
"$root/.venv/bin/uv" pip install --quiet --python "$work/client/bin/python" --constraint locks/run.txt dist/feiyu_client-*.whl
client_mb=$(du -sm "$work/client" | cut -f1)
[ "$client_mb" -lt 25 ] || fail "feiyu-client takes $client_mb MB, over 25"
(cd "$work" && env -i PATH="$work/client/bin" feiyu-verify --help >/dev/null && env -i PATH="$work/client/bin" feiyu-client --help >/dev/null && env -i PATH="$work/client/bin" python -c 'import feiyu_sdk') \
    || fail "feiyu-client does not work by itself"

echo "The wheel installs and works by itself: $size_mb MB installed, $(du -k "$wheel" | cut -f1) KiB packed; feiyu-client $client_mb MB."
