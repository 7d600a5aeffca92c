#!/bin/sh
# SPDX-License-Identifier: MIT
# A user who knows nothing but pkg-config compiles, links and runs programs against an installed
# library, shared and static, also after the tree was moved; and so do CMake and Meson.
. tests/support.sh
have "$PKG_CONFIG" || skip_all "there is no $PKG_CONFIG"
unset PREFIX prefix EXEC_PREFIX LIBDIR libdir INCLUDEDIR includedir BINDIR bindir MANDIR mandir \
    pkgconfigdir DESTDIR
copy_build "$work/build"

cat >"$work/program.c" <<'END'
#include <cnicalc.h>
#include <stdio.h>
int main(void) { return puts(cnicalc_version_string()) < 0; }
END

use() { # libdir of the tree, sources, more words for pkg-config
    export PKG_CONFIG_PATH="$1/pkgconfig" LD_LIBRARY_PATH="$1"
    libdir=$1
    sources=$2
    shift 2
    "$PKG_CONFIG" "$@" --validate cnicalc
    [ "$("$PKG_CONFIG" --modversion cnicalc)" = "$CNICALC_VERSION" ] || fail '.pc: wrong version'
    for source in $sources; do
        # shellcheck disable=SC2046,SC2086 # flags are words
        { $CC ${CFLAGS:-} $("$PKG_CONFIG" "$@" --cflags cnicalc) -c "$source" -o "$work/program.o" &&
          $CC ${CFLAGS:-} "$work/program.o" $("$PKG_CONFIG" "$@" --libs cnicalc) -o "$work/shared" &&
          $CC ${CFLAGS:-} "$work/program.o" -Wl,-Bstatic \
              $("$PKG_CONFIG" "$@" --static --libs cnicalc) -Wl,-Bdynamic -o "$work/static"; } ||
            fail "$source does not build, pkg-config $*"
    done
    readelf -d "$work/shared" | grep -q "NEEDED.*\[libcnicalc.so.$CNICALC_SOVER\]" ||
        fail 'a program does not ask for the SONAME'
    [ "$("$work/shared")" = "$CNICALC_VERSION" ] || fail 'the shared program does not run'
    rm -f "$libdir"/libcnicalc.so*
    [ "$("$work/static")" = "$CNICALC_VERSION" ] || fail 'the static program does not run'
}

# A project of another build system, which finds the library through pkg-config.
project() { # a name, the file that describes it, commands that build the program in out/
    mkdir "$work/$1"
    cp "$work/program.c" "$work/$1"
    cat >"$work/$1/$2"
    if (cd "$work/$1" && CC=$CC sh -e -c "$3") >"$work/$1/log" 2>&1; then
        readelf -d "$work/$1/out/program" | grep -q "NEEDED.*libcnicalc.so.$CNICALC_SOVER" ||
            fail "$1: does not ask for the SONAME"
        [ "$("$work/$1/out/program")" = "$CNICALC_VERSION" ] || fail "$1: the program does not run"
    else
        fail "$1: $(tail -n 5 "$work/$1/log")"
    fi
}

with_cmake() {
    project cmake CMakeLists.txt 'cmake -B out && cmake --build out' <<'END'
cmake_minimum_required(VERSION 3.13)
project(program C)
find_package(PkgConfig REQUIRED)
pkg_check_modules(CNICALC REQUIRED IMPORTED_TARGET cnicalc)
add_executable(program program.c)
target_link_libraries(program PkgConfig::CNICALC)
END
}

with_meson() {
    project meson meson.build 'meson setup out && ninja -C out' <<'END'
project('program', 'c')
executable('program', 'program.c', dependencies: dependency('cnicalc'))
END
}

install_with() { # variables for make
    "$MAKE" -s B="$work/build" "$@" install
}

install_with PREFIX="$work/plain"
export PKG_CONFIG_PATH="$work/plain/lib/pkgconfig" LD_LIBRARY_PATH="$work/plain/lib"
if have cmake; then with_cmake; else skip 'there is no cmake'; fi
if have meson && have ninja; then with_meson; else skip 'there is no meson'; fi
use "$work/plain/lib" "$(echo examples/*.c) $work/program.c"
install_with PREFIX="$work/multiarch" LIBDIR="$work/multiarch/lib/x86_64-linux-gnu"
use "$work/multiarch/lib/x86_64-linux-gnu" "$work/program.c"
install_with PREFIX="$work/before"
mv "$work/before" "$work/after"
use "$work/after/lib" "$work/program.c" --define-prefix

# What the .pc cannot hold is refused.
for character in ' ' '&' '|' "\\" "'" '"' '%' '#'; do
    for variable in PREFIX LIBDIR INCLUDEDIR; do
        if "$MAKE" -s B="$work/build" "$variable=$work/a${character}b" "$work/build/cnicalc.pc" \
            2>/dev/null; then
            fail "not refused: $variable=$work/a${character}b"
        fi
    done
done

# The .pc has paths below the prefix, and libraries of nobody else.
"$MAKE" -s B="$work/build" PREFIX=/usr "$work/build/cnicalc.pc"
# shellcheck disable=SC2016 # pkg-config's variables
grep -v -x -e 'prefix=/usr' -e '\(exec_prefix=\|libdir=\|includedir=\)${prefix}.*' \
    -e 'Libs: -L${libdir} -lcnicalc' -e 'Cflags: -I${includedir}' -e '' \
    -e "Version: $CNICALC_VERSION" -e '\(Name\|Description\|URL\): .*' "$work/build/cnicalc.pc" |
    sed 's/^/not expected in the .pc: /' >>"$work/faults"
finish
