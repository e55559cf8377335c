#!/usr/bin/env bash
# Does the package work where nothing else is installed? As root:
#
#   resources/packaging/linux/bare_debian.sh dist/ser-desktop_0.1.0_amd64.deb
#
# Makes a minimal Debian with debootstrap, installs the package in it with apt, runs the self-test and an analysis as an
# ordinary user, removes the package and looks at what it left. SUITE (bookworm) and MIRROR may be set.
set -euo pipefail

package=$(realpath "$1")
suite=${SUITE:-bookworm}
mirror=${MIRROR:-http://deb.debian.org/debian}
root=$(mktemp -d /var/tmp/bare-debian.XXXXXX)
trap 'umount "$root/dev" "$root/proc" 2>/dev/null || true; rm -rf --one-file-system "$root"' EXIT

echo "== a minimal Debian ($suite)"
debootstrap --variant=minbase "$suite" "$root" "$mirror" >"$root.log" || { tail "$root.log"; exit 1; }
rm -f "$root.log"
chmod 755 "$root"
cp /etc/resolv.conf "$root/etc/resolv.conf"
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
cp "$package" "$root/tmp/ser-desktop.deb"

inside() { chroot "$root" /usr/bin/env -i PATH=/usr/bin:/bin:/usr/sbin:/sbin HOME=/root DEBIAN_FRONTEND=noninteractive "$@"; }
as_user() { inside setpriv --reuid=1000 --regid=1000 --clear-groups env HOME=/home/someone "$@"; }

inside useradd --create-home --uid 1000 someone
inside dpkg-query -W -f '${Package}\n' | sort >"$root/tmp/before"
find "$root/etc" "$root/usr" "$root/opt" -path "*ser-desktop*" >"$root/tmp/files-before"

echo "== apt-get install"
inside apt-get update -qq
inside apt-get install -y -qq --no-install-recommends /tmp/ser-desktop.deb >"$root/tmp/apt.log" 2>&1 \
    || { tail -20 "$root/tmp/apt.log"; exit 1; }
inside dpkg-query -W -f '${Package}\n' | sort | comm -13 "$root/tmp/before" - | tr '\n' ' '; echo

echo "== self-test, as an ordinary user"
as_user ser-desktop --self-test
echo "== analyze"
as_user ser-desktop analyze /usr/lib/ser-desktop/_internal/resources/demo.flac --csv /home/someone/table.csv --quiet
test "$(wc -l <"$root/home/someone/table.csv")" -gt 100
echo "== the same with the machine's own ALSA in place of ours"
inside apt-get install -y -qq --no-install-recommends libasound2 >"$root/tmp/apt.log" 2>&1
as_user ser-desktop --self-test | grep "sound devices"
echo "== ALSA_CONFIG_PATH that points nowhere"
as_user env ALSA_CONFIG_PATH=/nowhere ser-desktop devices && exit 1 || test $? = 1

echo "== apt-get remove"
inside apt-get remove -y -qq ser-desktop >"$root/tmp/apt.log" 2>&1
left=$(find "$root/etc" "$root/usr" "$root/opt" "$root/var/lib" -iname "*ser-desktop*" -o -iname "*SerDesktop*")
test -z "$left" || { echo "left behind: $left" >&2; exit 1; }
test -s "$root/home/someone/table.csv"
echo "nothing left but the user's own files"
