#!/bin/bash
# Have Chromium or PostgreSQL on this machine, from Debian's packages where that is allowed: ensure.sh chromium|postgresql
case $1 in
    chromium) packages="chromium fonts-dejavu-core"; there() { command -v chromium >/dev/null; } ;;
    postgresql) packages="postgresql"; there() { command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; } ;;
    *) echo "ensure.sh knows chromium and postgresql" >&2; exit 2 ;;
esac
there && exit 0
if ! command -v apt-get >/dev/null; then
    echo "skipped: $1 is not installed, and this is no Debian to install it from" >&2
    exit 1
fi
as_root=()
if [ "$(id -u)" != 0 ]; then
    if ! sudo -n true 2>/dev/null; then
        echo "skipped: $1 is not installed; to run these tests: sudo apt install $packages" >&2
        exit 1
    fi
    as_root=(sudo -n)
fi
echo "Installing $1 …"
log=$(mktemp)
for try in 1 2; do
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $packages >"$log" 2>&1 && break
    "${as_root[@]}" apt-get update -q >>"$log" 2>&1
done
there || { tail -5 "$log" >&2; echo "skipped: $1 could not be installed" >&2; }
rm -f "$log"
there
