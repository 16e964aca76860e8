#!/usr/bin/env bash
# modules.sh downloads the modules, checks that they are the recorded ones, and that go.mod is tidy.
set -euo pipefail

# again COMMAND... tries three times, because a network may fail once.
again() {
	local try
	for try in 1 2 3; do
		! "$@" || return 0
		[ "$try" = 3 ] || sleep $((try * 5))
	done
	return 1
}

again go mod download || {
	printf 'modules: the modules of go.mod cannot be downloaded: is there a network?\n' >&2
	exit 1
}
go mod verify

# tidy prints the differences on its standard output; anything else is trouble with the network.
differences=$(mktemp)
trap 'rm -f "$differences"' EXIT
tidy() {
	go mod tidy -diff >"$differences" || [ -s "$differences" ]
}
again tidy || {
	printf 'modules: go mod tidy could not work: is there a network?\n' >&2
	exit 1
}
[ ! -s "$differences" ] || {
	printf 'modules: go.mod is not tidy, run go mod tidy:\n' >&2
	cat "$differences" >&2
	exit 1
}
printf 'go.mod is tidy\n'
