#!/bin/bash
# Every check that changes nothing; goes on to the end, so that one run shows all faults.
bin=.venv/bin
export DATABASE_URL=sqlite://:memory:
failed=0
step() { "$@" || { echo "failed: $*" >&2; failed=1; }; }
step $bin/ruff format -q --check .
step $bin/ruff check -q .
step bash -c "find src/fremsyn -path '*/templates/*.html' -print0 | xargs -0 -r $bin/djade --target-version 5.2 --check"
step $bin/mypy --no-error-summary
step $bin/lint-imports --no-logo
step $bin/python -W error -m django makemigrations --settings fremsyn.config.settings --check --dry-run -v 0
exit $failed
