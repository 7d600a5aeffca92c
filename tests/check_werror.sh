#!/bin/sh
# SPDX-License-Identifier: MIT
# Everything compiles without a warning, with gcc and clang. What they see as they optimize is left
# to `make lint`.
. tests/support.sh
"$PKG_CONFIG" --exists check || skip_all 'libcheck is not here'
for compiler in gcc clang; do
    if have "$compiler"; then
        "$MAKE" -s -k B="$work" CC="$compiler -fsyntax-only" CFLAGS= CPPFLAGS= WERROR=1 objects ||
            fail "$compiler warns"
    else
        skip "$compiler is not here"
    fi
done
finish
