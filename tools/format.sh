#!/usr/bin/env bash
# format.sh fails when a Go file is not formatted, and names it.
set -euo pipefail

unformatted=$(find . -name '*.go' -not -path './.git/*' -print0 | xargs -0 --no-run-if-empty gofmt -l)
[ -z "$unformatted" ] || {
	printf 'not formatted, run gofmt -w on:\n%s\n' "$unformatted" >&2
	exit 1
}
