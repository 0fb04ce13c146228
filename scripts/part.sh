#!/bin/bash
# Run one part of the tests and say how long it took: part.sh NAME SECONDS COMMAND…
name=$1 budget=$2
shift 2
echo "== $name"
SECONDS=0
"$@"
code=$?
echo "== $name: $SECONDS s (budget $budget s)"
exit $code
