#!/bin/bash
# Run a command with DATABASE_URL naming a passing PostgreSQL, gone afterwards: postgres.sh COMMAND…
set -eu
bin=$(dirname "$(command -v initdb || ls -d /usr/lib/postgresql/*/bin/initdb | sort -V | tail -1)")
folder=$(mktemp -d /tmp/fremsyn-pg.XXXXXX)
as=()
if [ "$(id -u)" = 0 ]; then
    # PostgreSQL refuses to run as root; Debian's package brings a user for it.
    chown postgres "$folder"
    as=(setpriv --reuid=postgres --regid=postgres --clear-groups)
fi
# PostgreSQL reads the working directory when it starts; it must be one that its user may enter.
server() { (cd "$folder" && "${as[@]}" "$@"); }
finish() {
    server "$bin/pg_ctl" -D "$folder/data" -m immediate -s stop || true
    rm -rf "$folder"
}
trap finish EXIT
server "$bin/initdb" -D "$folder/data" -U fremsyn -A trust -E UTF8 --locale=C.UTF-8 -N >/dev/null
server "$bin/pg_ctl" -D "$folder/data" -s -w -l "$folder/log" \
    -o "-k $folder -c listen_addresses='' -c max_connections=200" start
export DATABASE_URL="postgres://fremsyn@/postgres?host=$folder"
"$@"
