#!/bin/sh
# SPDX-License-Identifier: MIT
# A user who knows nothing but pkg-config compiles, links and runs programs against an installed
# library, shared and static, also after the tree was moved.
set -eu
work=$B/check-pkgconfig
rm -rf "$work"
mkdir -p "$work"
unset PREFIX prefix EXEC_PREFIX LIBDIR libdir INCLUDEDIR includedir BINDIR bindir MANDIR mandir \
    pkgconfigdir DESTDIR

die() {
    echo "$*"
    exit 1
}

cat >"$work/program.c" <<'END'
#include <cnicalc.h>
#include <stdio.h>
int main(void) { return puts(cnicalc_version_string()) < 0; }
END

use() { # libdir of the tree, more words for pkg-config
    export PKG_CONFIG_PATH="$1/pkgconfig" LD_LIBRARY_PATH="$1"
    libdir=$1
    shift
    "$PKG_CONFIG" "$@" --validate cnicalc
    [ "$("$PKG_CONFIG" --modversion cnicalc)" = "$CNICALC_VERSION" ] || die '.pc: wrong version'
    cflags="${CFLAGS:-} $("$PKG_CONFIG" "$@" --cflags cnicalc)"
    for source in examples/*.c "$work/program.c"; do
        # shellcheck disable=SC2046,SC2086 # flags are words
        { $CC $cflags "$source" $("$PKG_CONFIG" "$@" --libs cnicalc) -o "$work/shared" &&
          $CC $cflags "$source" -Wl,-Bstatic $("$PKG_CONFIG" "$@" --static --libs cnicalc) \
              -Wl,-Bdynamic -o "$work/static"; } || die "$source does not build, pkg-config $*"
    done
    readelf -d "$work/shared" | grep -q "NEEDED.*\[libcnicalc.so.$CNICALC_SOVER\]" ||
        die 'a program does not ask for the SONAME'
    [ "$("$work/shared")" = "$CNICALC_VERSION" ] || die 'the shared program does not run'
    rm -f "$libdir"/libcnicalc.so*
    [ "$("$work/static")" = "$CNICALC_VERSION" ] || die 'the static program does not run'
}

install_with() { # variables for make
    "$MAKE" -s B="$work/build" "$@" install
}

install_with PREFIX="$work/plain"
use "$work/plain/lib"
install_with PREFIX="$work/multiarch" LIBDIR="$work/multiarch/lib/x86_64-linux-gnu"
use "$work/multiarch/lib/x86_64-linux-gnu"
install_with PREFIX="$work/before"
mv "$work/before" "$work/after"
use "$work/after/lib" --define-prefix

# What the .pc cannot hold is refused.
for character in ' ' '&' '|' "\\" "'" '"' '%' '#'; do
    for variable in PREFIX LIBDIR INCLUDEDIR; do
        if "$MAKE" -s B="$work/build" "$variable=$work/a${character}b" "$work/build/cnicalc.pc" \
            2>/dev/null; then
            die "not refused: $variable=$work/a${character}b"
        fi
    done
done

# What stands in the .pc: paths below the prefix, and libraries of nobody else.
"$MAKE" -s B="$work/build" PREFIX=/usr "$work/build/cnicalc.pc"
# shellcheck disable=SC2016 # pkg-config's variables
! grep -v -x -e 'prefix=/usr' -e '\(exec_prefix=\|libdir=\|includedir=\)${prefix}.*' \
    -e 'Libs: -L${libdir} -lcnicalc' -e 'Cflags: -I${includedir}' -e '' \
    -e "Version: $CNICALC_VERSION" -e '\(Name\|Description\|URL\): .*' "$work/build/cnicalc.pc" ||
    die '.pc: the lines above are not expected'
