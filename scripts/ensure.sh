#!/bin/bash
# Have Chromium or PostgreSQL on this machine, from Debian's packages where that is allowed: ensure.sh chromium|postgresql
# Chromium's headless shell takes a third of the work for a page; Chromium itself will do where the shell can't be had.
case $1 in
    chromium) packages="chromium-headless-shell fonts-dejavu-core" instead="chromium fonts-dejavu-core"
        best() { command -v chromium-headless-shell >/dev/null; }
        there() { best || command -v chromium >/dev/null; } ;;
    postgresql) packages="postgresql" instead="postgresql"
        best() { command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; }
        there() { best; } ;;
    *) echo "ensure.sh knows chromium and postgresql" >&2; exit 2 ;;
esac
best && exit 0
if ! command -v apt-get >/dev/null; then
    there && exit 0
    echo "skipped: $1 is not installed, and this is no Debian to install it from" >&2
    exit 1
fi
as_root=()
if [ "$(id -u)" != 0 ]; then
    there && exit 0
    if ! sudo -n true 2>/dev/null; then
        echo "skipped: $1 is not installed; to run these tests: sudo apt install $packages" >&2
        exit 1
    fi
    as_root=(sudo -n)
fi
echo "Installing $1 …"
log=$(mktemp)
install() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $1 >"$log" 2>&1; }
install "$packages" || there || { "${as_root[@]}" apt-get update -q >>"$log" 2>&1; install "$packages" || install "$instead"; }
there || { tail -5 "$log" >&2; echo "skipped: $1 could not be installed" >&2; }
rm -f "$log"
there
