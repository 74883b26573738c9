#!/bin/sh
# What the tests need from the system and no package registry for Python carries: Chromium, for the browser journeys.
# Installs it where it may (Debian or Ubuntu, as root or with sudo that asks nothing); else says what is missing.
set -eu

[ -x /usr/bin/chromium ] && exit 0

root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

if command -v apt-get >/dev/null 2>&1 && root true 2>/dev/null; then
    echo "Installing Chromium for the browser journeys"
    export DEBIAN_FRONTEND=noninteractive
    log=$(mktemp)
    if root apt-get -qq update >"$log" 2>&1 && root apt-get -qq install -y --no-install-recommends chromium >>"$log" 2>&1; then
        rm -f "$log"
        exit 0
    fi
    tail -5 "$log" >&2
    rm -f "$log"
fi
echo "Chromium is missing and could not be installed here: the browser journeys need it (Debian: apt-get install chromium)." >&2
echo "缺少 Chromium,且无法在此安装:浏览器测试需要它(Debian:apt-get install chromium)。" >&2
exit 1
