#!/usr/bin/env bash
# step.sh [--last] SECONDS TITLE COMMAND... runs one step of the tests under a heading and a time limit.
#
# With --last nothing is printed after a success: the command's own last line closes the output.
#
# A step that hangs is ended with all its children, so that a broken test cannot hold up the others
# for ever. Ctrl-C ends it at once.
set -euo pipefail

last=no
if [ "$1" = --last ]; then
	last=yes
	shift
fi
limit_seconds=$1
title=$2
shift 2

printf '\n== %s\n' "$title"
started=$SECONDS
# timeout puts the command in a process group of its own: the children go with it. macOS has none.
limited=(timeout --kill-after=20 "$limit_seconds")
command -v timeout >/dev/null || limited=(env)
"${limited[@]}" "$@" &
running=$!
trap 'kill -TERM "$running" 2>/dev/null; wait "$running" 2>/dev/null; exit 130' INT TERM
status=0
wait "$running" || status=$?
took=$((SECONDS - started))
case $status in
0) [ "$last" = yes ] || printf -- '-- done in %d s: %s\n' "$took" "$title" ;;
124 | 137)
	printf -- '-- stopped after %d s (limit %d s): %s\n' "$took" "$limit_seconds" "$title" >&2
	exit 1
	;;
*)
	printf -- '-- failed after %d s: %s\n' "$took" "$title" >&2
	exit "$status"
	;;
esac
