#!/bin/sh
# SPDX-License-Identifier: MIT
# The library keeps the binary interface of the previous release, which is built from its tag (its
# version after a v), as long as the SONAME is the same.
. tests/support.sh
have abidiff || skip_all 'abidiff is not here'
tag=$(git describe --tags --abbrev=0 --match 'v[0-9]*' 2>/dev/null) ||
    skip_all 'no release is tagged here'
mkdir "$work/release"
git archive "$tag" | tar -x -C "$work/release"
sover=$(sed -n 's/^SOVER := //p' "$work/release/Makefile")
[ "$sover" = "$CNICALC_SOVER" ] || skip_all "$tag has another SONAME, libcnicalc.so.$sover"

"$MAKE" -s B="$work/now" CC=gcc CFLAGS='-g -Og' shared
"$MAKE" -s -C "$work/release" B="$work/then" CC=gcc CFLAGS='-g -Og' shared
abidiff --no-added-syms --headers-dir1 "$work/release/include" --headers-dir2 include \
    "$work/then/libcnicalc.so" "$work/now/libcnicalc.so" ||
    fail "the binary interface is not that of $tag: see above; SOVER must change with it"
finish
