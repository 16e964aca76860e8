#!/usr/bin/env bash
# setup.sh TARGET looks for the system packages that TARGET needs and installs only the missing ones.
#
#   run      to build and open the window
#   display  the same, and a virtual display for machines that have none
#   test     everything that the tests use: a virtual display, a mail server, PDF readers, the Windows compiler
#   dist     to build the packages for Linux and Windows
#   lists    prints the packages of every target, installs nothing
#
# Each package is looked for by the thing that it brings (a program, a library), not by its name, so that
# a machine that got it some other way is left alone.
set -euo pipefail

# What is looked for, and the Debian package that brings it. "lib:" asks pkg-config, "file:" the disk.
needs_run='
gcc                      gcc
file:/usr/include/stdlib.h libc6-dev
pkg-config               pkg-config
lib:gl                   libgl-dev
lib:x11                  libx11-dev
lib:xcursor              libxcursor-dev
lib:xrandr               libxrandr-dev
lib:xinerama             libxinerama-dev
lib:xi                   libxi-dev
lib:xxf86vm              libxxf86vm-dev
'
needs_display='
Xvfb                     xvfb
dri:swrast_dri.so        libgl1-mesa-dri
openbox                  openbox
xdotool                  xdotool
xwd                      x11-apps
setxkbmap                x11-xkb-utils
convert                  imagemagick
dbus-daemon              dbus-daemon
setpriv                  util-linux
'
needs_test='
dovecot                  dovecot-core
file:/usr/lib/dovecot/imap dovecot-imapd
openssl                  openssl
pdftotext                poppler-utils
qpdf                     qpdf
zbarimg                  zbar-tools
sqlite3                  sqlite3
x86_64-w64-mingw32-gcc   gcc-mingw-w64-x86-64
'
needs_dist='
x86_64-w64-mingw32-gcc   gcc-mingw-w64-x86-64
xz                       xz-utils
dpkg-deb                 dpkg
'

# found WHAT tells whether WHAT is there.
found() {
	case $1 in
	lib:*) command -v pkg-config >/dev/null && pkg-config --exists "${1#lib:}" ;;
	file:*) [ -e "${1#file:}" ] ;;
	dri:*) compgen -G "/usr/lib/*/dri/${1#dri:}" >/dev/null ;;
	*) PATH=$PATH:/usr/sbin:/sbin command -v "$1" >/dev/null ;;
	esac
}

# missing_of LIST prints the packages of the list whose thing is not found.
missing_of() {
	local what package
	while read -r what package; do
		[ -n "$what" ] || continue
		found "$what" || printf '%s\n' "$package"
	done <<<"$1"
}

# elsewhere prints what to install on systems whose packages this script does not know how to install.
elsewhere() {
	cat >&2 <<'HINTS'
This machine has no apt-get. Install these by hand, then run the same command again:
  Fedora   sudo dnf install gcc pkgconf-pkg-config mesa-libGL-devel libX11-devel libXcursor-devel \
           libXrandr-devel libXinerama-devel libXi-devel libXxf86vm-devel xorg-x11-server-Xvfb \
           mesa-dri-drivers openbox xdotool xwd setxkbmap ImageMagick dbus-daemon dovecot openssl \
           poppler-utils qpdf zbar sqlite mingw64-gcc
  Arch     sudo pacman -S gcc pkgconf mesa libx11 libxcursor libxrandr libxinerama libxi libxxf86vm \
           xorg-server-xvfb openbox xdotool xorg-xwd xorg-setxkbmap imagemagick dbus dovecot openssl \
           poppler qpdf zbar sqlite mingw-w64-gcc
  macOS    xcode-select --install     (enough for make run and make demo; make test is for Linux)
  Windows  a C compiler (MSYS2: pacman -S mingw-w64-x86_64-gcc make), then make run
HINTS
}

# fail_by_hand says in one sentence what went wrong and what to type.
fail_by_hand() {
	printf 'setup: %s; install by hand, then run the same command again: apt-get install %s\n' "$1" "$2" >&2
	exit 1
}

# install PACKAGE... installs with apt-get, as root or through sudo.
install() {
	local packages="$*"
	command -v apt-get >/dev/null || {
		elsewhere
		exit 1
	}
	if [ "$(id -u)" -ne 0 ]; then
		command -v sudo >/dev/null || fail_by_hand 'not root and sudo is not here' "$packages"
		as_root=(sudo)
	fi
	printf 'setup: installing %s\n' "$packages"
	log=$(mktemp)
	trap clean_up EXIT
	local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q
		-o Acquire::Retries=3 -o DPkg::Lock::Timeout=120)
	"${apt[@]}" update >"$log" 2>&1 || true # an old list may still do; the install below decides
	keep_services_stopped
	if ! "${apt[@]}" install -y --no-install-recommends "$@" >>"$log" 2>&1; then
		tail -n 12 "$log" >&2
		fail_by_hand 'apt-get failed (its last lines are above)' "$packages"
	fi
}

# The tests start their own mail server on ports of their own. Debian would start the system's one as soon
# as it is installed: a policy file forbids that while apt-get runs, where no policy is there already.
policy=/usr/sbin/policy-rc.d
policy_is_ours=no
as_root=()
log=''
keep_services_stopped() {
	[ ! -e "$policy" ] || return 0
	policy_is_ours=yes
	printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
	"${as_root[@]}" chmod 755 "$policy"
}

# clean_up removes what install left for its time: the policy and the log.
clean_up() {
	[ "$policy_is_ours" = no ] || "${as_root[@]}" rm -f "$policy"
	rm -f "$log"
}

target=${1:-run}
case $target in
run) needs=$needs_run ;;
display) needs=$needs_run$needs_display ;;
test) needs=$needs_run$needs_display$needs_test ;;
dist) needs=$needs_run$needs_dist ;;
lists)
	for list in run display test dist; do
		name=needs_$list
		printf '%s: %s\n' "$list" "$(awk 'NF {printf "%s ", $2}' <<<"${!name}")"
	done
	exit 0
	;;
*)
	printf 'setup: unknown target %s: one of run, display, test, dist, lists\n' "$target" >&2
	exit 2
	;;
esac

command -v go >/dev/null || {
	printf 'setup: Go 1.26 or newer is not here: install it from go.dev/dl, then run the same command again\n' >&2
	exit 1
}
if [ "$(uname -s)" != Linux ]; then
	printf 'setup: %s: the packages of this system are not installed from here (see tools/setup.sh)\n' "$(uname -s)"
	exit 0
fi
mapfile -t missing < <(missing_of "$needs" | sort -u)
if [ "${#missing[@]}" -eq 0 ]; then
	printf 'setup: all that "%s" needs is here\n' "$target"
	exit 0
fi
install "${missing[@]}"
mapfile -t missing < <(missing_of "$needs" | sort -u)
[ "${#missing[@]}" -eq 0 ] || fail_by_hand 'still missing after apt-get' "${missing[*]}"
printf 'setup: all that "%s" needs is installed\n' "$target"
