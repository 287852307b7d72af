#!/bin/sh
# Installs the Debian or Ubuntu packages that Qt's window needs, when they are missing and this person may.
# Elsewhere, and when nothing is missing, it does nothing. It never fails: without the window, the rest works.
set -u
PACKAGES="libegl1 libgl1 libxkbcommon0 libxkbcommon-x11-0 libdbus-1-3 libfontconfig1 libxcb-cursor0 libxcb-icccm4 \
libxcb-keysyms1 libxcb-image0 libxcb-render-util0 libxcb-xinerama0 libxcb-shape0 libxcb-randr0"
# `make test` asks for more: exiftool judges the sidecars that Recollect writes.
[ "${1:-}" = tests ] && PACKAGES="$PACKAGES libimage-exiftool-perl"

command -v dpkg-query >/dev/null 2>&1 || exit 0
missing=""
for package in $PACKAGES; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "ok installed" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
    as_root=""
elif sudo -n true 2>/dev/null; then
    as_root="sudo"
else
    echo "The window or its tests need packages that are missing. Install them with:"
    echo "  sudo apt-get install$missing"
    exit 0
fi
echo "Installing what Qt's window and its tests need:$missing"
$as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing \
    || echo "Some packages could not be installed; the tests of the window will be skipped."
exit 0
