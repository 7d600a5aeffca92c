#!/bin/sh
# SPDX-License-Identifier: MIT
# The Makefile keeps nothing of a source that is gone, builds again when its own flags change, and
# refuses a build directory that would break it, a clean that would take the sources, and to test
# nothing.
set -eu
work=$B/check-make
rm -rf "$work"
mkdir -p "$work/tree/examples"
unset TESTS PLATFORMS

die() {
    echo "$*"
    exit 1
}

cp -R Makefile include lib "$work/tree"
cp -R examples/cnicalc "$work/tree/examples"

build() { # variables for make
    "$MAKE" -C "$work/tree" B=out CFLAGS=-O0 "$@" static shared out/bin/cnicalc >"$work/log" 2>&1 ||
        die "$(cat "$work/log")"
}

holders() { # how many of the archive, the shared library and the command have the passing source
    for file in libcnicalc.a "libcnicalc.so.$CNICALC_VERSION" bin/cnicalc; do
        nm "$work/tree/out/$file"
    done | grep -c -i ' t cnicalc__passing$' || :
}

for directory in lib examples/cnicalc; do
    printf 'void cnicalc__passing(void);\nvoid cnicalc__passing(void) {}\n' \
        >"$work/tree/$directory/passing.c"
done
build
[ "$(holders)" -eq 3 ] || die 'a new source is not built'
rm "$work/tree/examples/cnicalc/passing.c"
build
[ "$(holders)" -eq 2 ] || die 'a source of the command that is gone is still in it'
rm "$work/tree/lib/passing.c"
build
[ "$(holders)" -eq 0 ] || die 'a source that is gone is still in what was built from it'
build
[ ! -s "$work/log" ] || grep -q -e 'is up to date' -e 'Nothing to be done' "$work/log" ||
    die "built again without a change: $(cat "$work/log")"
build fast_objects=base
grep -q -e '-c -o out/obj/lib/cidr.o' "$work/log" || die 'other levels of optimization: not built again'

refuses() { # arguments of make
    if "$MAKE" -n "$@" >"$work/log" 2>&1; then
        die "not refused: make $*"
    fi
}

for directory in '' 'a b' ' ' 'a#b' "a'b"; do
    refuses B="$directory" all
done
for directory in . ./ .. / "$CNICALC_ROOT" "$CNICALC_ROOT/"; do
    refuses B="$directory" clean
done
"$MAKE" -s B="$work/tree" clean
[ ! -e "$work/tree" ] || die 'clean leaves the build directory'

refuses TESTS= check-unit
refuses TESTS="$B/tests/test_nothing" check-unit
for platforms in s390 'native s390' ' '; do
    if PLATFORMS=$platforms sh tests/portable/run.sh >"$work/log" 2>&1; then
        die "not refused: PLATFORMS='$platforms'"
    fi
done
