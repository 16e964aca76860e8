#!/usr/bin/env bash
# run.sh needs    prints what setup.sh must prepare on this machine: run, or display where there is no screen
# run.sh start    makes the example ledger if there is none, and opens the window on it; without a screen it
#                 runs the same program in a virtual one, which visits every screen and writes pictures to out/
set -euo pipefail

example=out/example

# has_screen tells whether a window can be opened here. Windows and macOS always have a screen.
has_screen() {
	[ "$(uname -s)" != Linux ] || [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]
}

# example_ledger prints the path of the example ledger, nothing when there is none. Its backup stands beside it.
example_ledger() {
	[ ! -f "$example/ledger.dument" ] || printf '%s\n' "$example/ledger.dument"
}

start() {
	local ledger
	ledger=$(example_ledger)
	if [ -z "$ledger" ]; then
		printf 'first run: making the example ledger in %s\n' "$example"
		rm -rf "$example"
		mkdir -p "$(dirname "$example")"
		bin/dument-cli demo "$example"
		ledger=$(example_ledger)
	fi
	if has_screen; then
		# The example is told as of this day, for which every legal rate is known.
		printf 'the example is shown as of 21 November 2026; your own ledger follows the calendar\n'
		exec bin/dument --ledger "$ledger" --on 2026-11-21
	fi
	printf 'there is no display here: the same program runs in a virtual one and visits every screen\n'
	tools/display.sh --limit 300 bin/dument --tour out/
}

case ${1:-start} in
needs) if has_screen; then printf 'run\n'; else printf 'display\n'; fi ;;
start) start ;;
*)
	printf 'run: unknown word %s: one of needs, start\n' "$1" >&2
	exit 2
	;;
esac
