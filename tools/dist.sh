#!/usr/bin/env bash
# dist.sh builds the packages in dist/: a tar.xz and a .deb for Linux, a .zip for Windows, and SHA256SUMS.
#
# Two runs on one commit give the same bytes: no build path, no build id, no clock (the commit's date
# instead), sorted names, owner 0.
set -euo pipefail

# value KEY reads a line KEY = "..." of FyneApp.toml, the one place where name and version are written.
value() { sed -n "s/^$1 = \"\(.*\)\"/\1/p" FyneApp.toml; }

id=$(value ID)
version=$(value Version)
icon=$(value Icon)
architecture=$(go env GOARCH)
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || stat -c %Y FyneApp.toml)
export SOURCE_DATE_EPOCH
gui=(-trimpath -buildvcs=false -tags migrated_fynedo)
cli=(-trimpath -buildvcs=false)
strip='-s -w -buildid='
documents=(LICENSE THIRD-PARTY-LICENSES.md CHANGELOG.md README.md assets/licences/licences.txt)

rm -rf dist
mkdir -p dist
place=$(mktemp -d -t dument-dist.XXXXXX)
resource=cmd/dument/rsrc_windows_amd64.syso
trap 'rm -rf "$place" "$resource"' EXIT

# copy_documents FOLDER puts the licences and the reading matter beside the programs.
copy_documents() {
	local document
	mkdir -p "$1"
	for document in "${documents[@]}"; do
		[ ! -e "$document" ] || install -m 644 "$document" "$1/"
	done
}

# same_times gives every file below a folder the commit's date and plain modes.
same_times() {
	chmod -R u=rwX,go=rX "$1"
	find "$1" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
}

# linux_tree PREFIX lays out the files as they are installed below PREFIX.
linux_tree() {
	local prefix=$1 size
	mkdir -p "$prefix/bin" "$prefix/share/applications" "$prefix/share/metainfo"
	CGO_ENABLED=1 GOOS=linux GOARCH=$architecture go build "${gui[@]}" -ldflags "$strip" -o "$prefix/bin/" ./cmd/dument
	CGO_ENABLED=0 GOOS=linux GOARCH=$architecture go build "${cli[@]}" -ldflags "$strip" -o "$prefix/bin/" ./cmd/dument-cli
	install -m 644 "packaging/linux/$id.desktop" "$prefix/share/applications/"
	install -m 644 "packaging/linux/$id.metainfo.xml" "$prefix/share/metainfo/"
	for size in 48 128 256; do
		local folder="$prefix/share/icons/hicolor/${size}x$size/apps"
		mkdir -p "$folder"
		"$place/icon" "$icon" "$folder/$id.png" "$size"
	done
	copy_documents "$prefix/share/doc/dument"
}

linux_archive() {
	local name=dument-$version-linux-$architecture
	linux_tree "$place/$name"
	same_times "$place/$name"
	tar --create --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner --format=gnu \
		--directory "$place" "$name" | xz -T1 -6 >"dist/$name.tar.xz"
}

debian_package() {
	local tree=$place/deb
	mkdir -p "$tree/DEBIAN"
	cp -a "$place/dument-$version-linux-$architecture" "$tree/usr"
	cat >"$tree/DEBIAN/control" <<CONTROL
Package: dument
Version: $version
Architecture: $architecture
Maintainer: The Dûment authors <authors@dument.example>
Section: misc
Priority: optional
Installed-Size: $(du -sk --apparent-size "$tree/usr" | cut -f1)
Depends: libc6, libgl1, libx11-6
Recommends: libxcursor1, libxrandr2, libxinerama1, libxi6, libxxf86vm1
Description: late invoices: reminders, formal notices and payments, by French law
 Keeps the ledger of what clients owe in one local file, prints the formal letters with every cent
 computed by French law, and recognises payments in the inbox.
CONTROL
	same_times "$tree"
	dpkg-deb --root-owner-group -Zxz --build "$tree" "dist/dument_${version}_$architecture.deb" >/dev/null
}

# windows_resource writes the icon, the version and the manifest where go build picks them up.
windows_resource() {
	local major minor patch
	IFS=. read -r major minor patch <<<"$version"
	"$place/icon" "$icon" "$place/dument.ico"
	go -C tools tool goversioninfo -64 -o "../$resource" -icon "$place/dument.ico" \
		-manifest ../packaging/windows/dument.manifest \
		-ver-major "$major" -ver-minor "$minor" -ver-patch "$patch" -ver-build 0 \
		-product-ver-major "$major" -product-ver-minor "$minor" -product-ver-patch "$patch" \
		-product-ver-build 0 -file-version "$version" -product-version "$version" \
		../packaging/windows/versioninfo.json
}

windows_archive() {
	local name=dument-$version-windows-amd64
	mkdir -p "$place/$name"
	windows_resource
	CGO_ENABLED=1 GOOS=windows GOARCH=amd64 CC=x86_64-w64-mingw32-gcc \
		go build "${gui[@]}" -ldflags "$strip -H=windowsgui" -o "$place/$name/dument.exe" ./cmd/dument
	CGO_ENABLED=0 GOOS=windows GOARCH=amd64 \
		go build "${cli[@]}" -ldflags "$strip" -o "$place/$name/dument-cli.exe" ./cmd/dument-cli
	copy_documents "$place/$name"
	same_times "$place/$name"
	"$place/zipped" "$place" "$name" "dist/$name.zip"
}

go -C tools build -o "$place/icon" ./icon
go -C tools build -o "$place/zipped" ./zipped
linux_archive
debian_package
windows_archive
(cd dist && sha256sum -- * >SHA256SUMS)
printf 'made:\n'
find dist -type f -printf '  %p  %s bytes\n' | sort
