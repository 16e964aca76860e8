#!/usr/bin/env bash
# fuzz.sh SECONDS [PACKAGE...] finds every fuzz target of the packages (default: all) and runs each for SECONDS.
#
# The target fails when an input breaks it; Go has then written that input under testdata/fuzz, where it
# becomes a regression test.
set -euo pipefail

seconds=${1:-5}
shift || true
[ $# -gt 0 ] || set -- ./...
export CGO_ENABLED=0
tags=ci,migrated_fynedo
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# targets prints "package target" for each fuzz target: go test -list names them, then their package.
targets() {
	go test -tags "$tags" -list '^Fuzz' "$@" | awk '
		/^Fuzz/ { names[++n] = $1; next }
		/^ok/   { for (i = 1; i <= n; i++) print $2, names[i]; n = 0 }'
}

# run_target PACKAGE NAME fuzzes one target. Go at times reports its own time limit as a failure, with no
# input to blame ("context deadline exceeded"): such a run is made again.
run_target() {
	local tries=0
	while [ "$tries" -lt 3 ]; do
		tries=$((tries + 1))
		! timeout --kill-after=10 $((seconds + 180)) go test -tags "$tags" -run '^$' -fuzz "^$2\$" \
			-fuzztime "${seconds}s" -fuzzminimizetime 10x -parallel 2 "$1" >"$log" 2>&1 || return 0
		grep -q 'context deadline exceeded' "$log" || return 1
		! grep -q 'Failing input written' "$log" || return 1
	done
	return 1
}

found=$(targets "$@")
[ -n "$found" ] || {
	printf 'no fuzz target\n'
	exit 0
}
failed=0
while read -r package name; do
	if run_target "$package" "$name"; then
		printf '%-28s %-34s %s\n' "$package" "$name" "$(grep -o 'execs: [0-9]*' "$log" | tail -n 1)"
	else
		printf '%-28s %-34s FAILED\n' "$package" "$name"
		cat "$log"
		failed=1
	fi
done <<<"$found"
exit "$failed"
