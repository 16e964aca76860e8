#!/usr/bin/env bash
# display.sh [--size WxH] [--limit SECONDS] [--no-manager] COMMAND... runs COMMAND in a virtual display.
#
# The command sees a screen, a window manager, a message bus and a home of its own, a French keyboard and
# French texts, all of it removed when it ends. The exit status is the command's; 124 when the limit passed.
#
# Why each of them is there:
#   screen   Xvfb chooses a free number itself, so that several can run at the same time
#   bus      without one, every start of the program would leave a dbus-daemon behind
#   home     nobody's preferences are read, nobody's files are touched
#   keyboard with the American map, typed accents are lost on their way to the window
#   LC_CTYPE the language comes from LANG alone (fr_FR need not be generated), the letters from C.UTF-8
set -euo pipefail

size=1280x800
limit_seconds=600
manager=openbox
while [ $# -gt 0 ]; do
	case $1 in
	--size) size=$2 && shift 2 ;;
	--limit) limit_seconds=$2 && shift 2 ;;
	--no-manager) manager='' && shift ;;
	--) shift && break ;;
	-*) printf 'display: unknown flag %s\n' "$1" >&2 && exit 2 ;;
	*) break ;;
	esac
done
[ $# -gt 0 ] || {
	printf 'display: no command given\n' >&2
	exit 2
}

place=$(mktemp -d -t dument-display.XXXXXX)
started=()

# clean_up ends what was started here, the last one first, and removes the folder.
clean_up() {
	local i
	trap - EXIT INT TERM
	for ((i = ${#started[@]} - 1; i >= 0; i--)); do kill "${started[i]}" 2>/dev/null || true; done
	for ((i = ${#started[@]} - 1; i >= 0; i--)); do
		wait_or_kill "${started[i]}"
	done
	rm -rf "$place"
}

# wait_or_kill gives a process five seconds to end by itself.
wait_or_kill() {
	local tenths
	for ((tenths = 0; tenths < 50; tenths++)); do
		kill -0 "$1" 2>/dev/null || break
		sleep 0.1
	done
	kill -KILL "$1" 2>/dev/null || true
	wait "$1" 2>/dev/null || true
}
trap clean_up EXIT
trap 'exit 130' INT TERM

# begin LOG COMMAND... starts a helper that also ends when this script is killed outright.
begin() {
	local log=$1
	shift
	setpriv --pdeathsig TERM -- "$@" >"$place/$log" 2>&1 </dev/null &
	started+=($!)
}

# give_up says which helper did not come up, with what it had to say.
give_up() {
	printf 'display: %s did not start:\n' "$1" >&2
	tail -n 5 "$place/$2" >&2
	exit 1
}

start_screen() {
	mkfifo "$place/number"
	exec 8<>"$place/number"
	begin screen.log Xvfb -displayfd 8 -screen 0 "${size}x24" -dpi 96 -nolisten tcp -noreset \
		+extension GLX +extension RANDR
	local number
	read -r -t 30 number <&8 || give_up 'the virtual screen (Xvfb)' screen.log
	exec 8<&-
	export DISPLAY=":$number"
}

start_bus() {
	begin bus.log dbus-daemon --session --nofork --nopidfile --address="unix:path=$place/bus"
	local tenths
	for ((tenths = 0; tenths < 100; tenths++)); do
		[ ! -S "$place/bus" ] || break
		sleep 0.1
	done
	[ -S "$place/bus" ] || give_up 'the message bus (dbus-daemon)' bus.log
	export DBUS_SESSION_BUS_ADDRESS="unix:path=$place/bus"
}

# start_manager waits until the window manager tells the current desktop: it is at work then.
start_manager() {
	begin manager.log "$manager"
	local tenths
	for ((tenths = 0; tenths < 100; tenths++)); do
		! xdotool get_desktop >/dev/null 2>&1 || return 0
		sleep 0.1
	done
	give_up "the window manager ($manager)" manager.log
}

unset WAYLAND_DISPLAY WAYLAND_SOCKET XAUTHORITY LC_ALL LANGUAGE
export HOME="$place/home" XDG_CONFIG_HOME="$place/home/.config" XDG_CACHE_HOME="$place/home/.cache"
export XDG_DATA_HOME="$place/home/.local/share" XDG_RUNTIME_DIR="$place/run"
mkdir -p "$XDG_CONFIG_HOME" "$XDG_CACHE_HOME" "$XDG_DATA_HOME"
mkdir -m 700 "$XDG_RUNTIME_DIR"
export LANG="${DUMENT_DISPLAY_LANG:-fr_FR.UTF-8}" LC_CTYPE=C.UTF-8
export LIBGL_ALWAYS_SOFTWARE=1 GALLIUM_DRIVER=llvmpipe

start_screen
setxkbmap fr 2>>"$place/screen.log" || give_up 'the French keyboard (setxkbmap)' screen.log
start_bus
[ -z "$manager" ] || start_manager

status=0
setpriv --pdeathsig TERM -- timeout --kill-after=10 "$limit_seconds" "$@" &
command_pid=$!
started+=("$command_pid")
wait "$command_pid" || status=$?
[ "$status" -ne 124 ] || printf 'display: stopped after %s s: %s\n' "$limit_seconds" "$1" >&2
exit "$status"
