#!/bin/sh
# Makes a Debian package of what was installed under ROOT (with PREFIX=/usr). Usage: deb.sh ROOT OUT.deb
set -eu
root=$(realpath "$1")
out=$2
version=$("$root/usr/bin/lingtan" --version | sed 's/^lingtan //')
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
umask 022

find "$root/usr/bin" "$root/usr/libexec" -type f -exec strip --strip-unneeded --remove-section=.comment --remove-section=.note {} +
# which libraries it needs, and from which version on, says the symbols that it uses
mkdir -p "$work/debian" "$root/DEBIAN"
printf 'Source: lingtan\n\nPackage: lingtan\nArchitecture: any\n' >"$work/debian/control"
depends=$(cd "$work" && dpkg-shlibdeps -O "$root/usr/bin/lingtan" "$root"/usr/libexec/lingtan/* | sed -n 's/^shlibs:Depends=//p')

doc=$root/usr/share/doc/lingtan
mkdir -p "$doc"
{
	printf 'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: lingtan\n\n'
	printf 'Files: *\nCopyright: %s\nLicense: Expat\n' "$(sed -n 's/^Copyright (c) //p' LICENSE)"
	sed '1,/^Copyright/d' LICENSE | sed '1d; s/^$/./; s/^/ /'
} >"$doc/copyright"
printf 'lingtan (%s) stable; urgency=medium\n\n  * Packaged from the tree by make deb.\n\n -- lingtan authors <authors@lingtan.example>  %s\n' \
	"$version" "$(date -u -R -d "@${SOURCE_DATE_EPOCH:-$(date +%s)}")" | gzip -9n >"$doc/changelog.gz"
find "$root/usr/share/man" -name '*.1' -exec gzip -9nf {} +
(cd "$root" && find usr -type f -print0 | sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"
cat >"$root/DEBIAN/control" <<END
Package: lingtan
Version: $version
Architecture: $(dpkg --print-architecture)
Maintainer: lingtan authors <authors@lingtan.example>
Installed-Size: $(du -k -s --apparent-size "$root/usr" | cut -f 1)
Depends: $depends
Recommends: fonts-noto-cjk
Section: science
Priority: optional
Description: workbench for assessing zero-carbon parks
 Assesses zero-carbon parks against the standards used in China: takes the
 evaluator's answers and measured quantities, computes what the standard
 computes, exactly, and says for every number where it comes from. One
 project file holds an assessment with its evidence and a journal of who
 changed what; certificates, reports and workbooks are made from it.
END
dpkg-deb --root-owner-group --build "$root" "$out" >/dev/null
echo "$out"
