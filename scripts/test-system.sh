#!/bin/sh
# What the tests need from the system and no package registry for Python carries: Chromium for the browser journeys,
# SoftHSM for keys in a PKCS#11 device, and MariaDB for scans of MySQL tables; with `interop`, SIMDe alone.
# Installs it where it may (Debian or Ubuntu, as root or with sudo that asks nothing); else says what is missing.
set -eu

packages=
if [ "${1:-}" = interop ]; then
    [ -f "${FEIYU_SIMDE:-/usr/include}/simde/x86/avx512.h" ] || packages="libsimde-dev"
else
    [ -x /usr/bin/chromium-headless-shell ] || [ -x /usr/bin/chromium ] || packages="chromium-headless-shell"
    [ -f /usr/lib/softhsm/libsofthsm2.so ] || packages="$packages softhsm2"
    { [ -x /usr/sbin/mariadbd ] && [ -x /usr/bin/my_print_defaults ]; } || packages="$packages mariadb-server-core mariadb-client-core"
fi
[ -z "$packages" ] && exit 0

root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

if command -v apt-get >/dev/null 2>&1 && root true 2>/dev/null; then
    echo "Installing $packages for the tests"
    export DEBIAN_FRONTEND=noninteractive
    log=$(mktemp)
    if root apt-get -qq update >"$log" 2>&1 && root apt-get -qq install -y --no-install-recommends $packages >>"$log" 2>&1; then
        rm -f "$log"
        exit 0
    fi
    tail -5 "$log" >&2
    rm -f "$log"
fi
echo "$packages: missing, and could not be installed here; the tests need it (Debian: apt-get install $packages)." >&2
echo "$packages:缺少,且无法在此安装;测试需要它(Debian:apt-get install $packages)。" >&2
exit 1
