#!/bin/sh
# SPDX-License-Identifier: MIT
# The same sources give the same libraries, byte for byte: in another build directory, and in
# another place when the compiler is told to forget the place, as distributions do.
set -eu
work=$B/check-reproducible
rm -rf "$work"
mkdir -p "$work/elsewhere"

build() { # source directory, build directory, flags
    (cd "$1" && "$MAKE" -s B="$2" CFLAGS="-O2 -g ${3:-}" static shared)
}

same() {
    for file in libcnicalc.a "libcnicalc.so.$CNICALC_VERSION"; do
        cmp "$1/$file" "$2/$file" || { echo "$file is not reproducible"; exit 1; }
    done
}

build . "$work/here"
build . "$work/deeper/there"
same "$work/here" "$work/deeper/there"

cp -R Makefile include lib cnicalc.pc.in "$work/elsewhere"
build . "$work/mapped" "-ffile-prefix-map=$CNICALC_ROOT=."
build "$work/elsewhere" build "-ffile-prefix-map=$work/elsewhere=."
same "$work/mapped" "$work/elsewhere/build"
