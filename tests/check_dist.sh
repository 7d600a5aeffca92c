#!/bin/sh
# SPDX-License-Identifier: MIT
# The tarball is the same to the byte when it is made again from its own contents, by someone with
# another umask, locale, time zone and clock, and it holds all that it takes to build.
. tests/support.sh
tar --version 2>/dev/null | grep -q GNU || skip_all 'GNU tar is not here'
name=cnicalc-$CNICALC_VERSION

"$MAKE" -s B="$work/here" dist
(umask 077 && cd "$work" && tar -xzf "here/$name.tar.gz")
find "$work/$name" -exec touch -d '2001-02-03 04:05:06' {} +
(umask 077 && cd "$work/$name" && LC_ALL=C.UTF-8 TZ=Asia/Shanghai "$MAKE" -s B="$work/there" dist)
cmp "$work/here/$name.tar.gz" "$work/there/$name.tar.gz"

(cd "$work/$name" && "$MAKE" -s B=build CFLAGS=-O0 static build/bin/cnicalc)
"$work/$name/build/bin/cnicalc" --version | grep -q -F "$CNICALC_VERSION"
tar -tzf "$work/here/$name.tar.gz" | grep -v "^$name/" && die 'files outside the directory'
for file in README.md LICENSE .ci/run tests/check_dist.sh lib/data/ecs-instance-types.tsv; do
    [ -s "$work/$name/$file" ] || fail "$file is missing"
done
finish
