#!/bin/sh
# Sees to it that the named Debian packages are installed. DEPS=no: only names what is missing.
set -eu
missing=
for package in "$@"; do
	dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q '^install ok' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
if [ "${DEPS:-yes}" = no ]; then
	echo "missing packages:$missing" >&2
	echo "install them with: apt-get install$missing" >&2
	exit 1
fi
sudo=
[ "$(id -u)" = 0 ] || sudo=sudo
echo "installing:$missing"
export DEBIAN_FRONTEND=noninteractive
# the lists of a fresh system are empty or old; install first, update only if that fails
$sudo apt-get install -y --no-install-recommends $missing >/dev/null 2>&1 ||
	{ $sudo apt-get update >/dev/null && $sudo apt-get install -y --no-install-recommends $missing >/dev/null; }
