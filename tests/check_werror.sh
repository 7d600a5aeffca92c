#!/bin/sh
# SPDX-License-Identifier: MIT
# Everything compiles without a warning, at -O2 where the compiler sees most, with gcc and clang.
set -eu
if "$PKG_CONFIG" --exists check; then
    targets='all tests'
else
    targets=all
    echo 'check-werror: libcheck is not here, the tests are left out'
fi
for compiler in gcc clang; do
    if command -v "$compiler" >/dev/null; then
        # shellcheck disable=SC2086 # two words
        "$MAKE" -s B="$B/check-werror/$compiler" CC="$compiler" CFLAGS=-O2 CPPFLAGS= LDFLAGS= \
            LDLIBS= WERROR=1 $targets
    else
        echo "check-werror: skipped for $compiler, which is not here"
    fi
done
