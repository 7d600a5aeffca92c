#!/bin/sh
# SPDX-License-Identifier: MIT
# The same sources give the same libraries, byte for byte, in another build directory and in another
# place, when the compiler is told to take that place for this one, as distributions do.
. tests/support.sh
grep -q -e --coverage "$B/flags" && skip_all 'a build for coverage holds the paths of its counts'

cp -R Makefile include lib cnicalc.pc.in "$work"
(cd "$work" && "$MAKE" -s B="deeper/build" CFLAGS="${CFLAGS:--g} -ffile-prefix-map=$work=$root" \
    static shared)
for file in libcnicalc.a "libcnicalc.so.$CNICALC_VERSION"; do
    cmp "$B/$file" "$work/deeper/build/$file" || fail "$file is not reproducible"
done
finish
