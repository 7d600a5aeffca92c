#!/bin/sh
# SPDX-License-Identifier: MIT
# The layout of every public struct and the value of every constant are those of
# tests/abi/layout.txt, on this machine and, as far as clang can tell, on others.
# With --write: rewrites that file, which is a decision about the ABI (`make abi`).
. tests/support.sh
have "$PYTHON" || skip_all "there is no $PYTHON"

python tests/abi/make_layout.py include/cnicalc/*.h >"$work/layout.c"
# shellcheck disable=SC2086 # flags are words
$CC -std=c99 -I. -Iinclude ${CFLAGS:-} -o "$work/layout" "$work/layout.c" "$B/libcnicalc.a"
"$work/layout" >"$work/layout.txt"

if [ "${1:-}" = --write ]; then
    cp "$work/layout.txt" tests/abi/layout.txt
fi
diff tests/abi/layout.txt "$work/layout.txt" ||
    die 'the binary interface changed; if that is meant: make abi, and SOVER after a release'

# Other ABIs, without their C libraries: assertions that clang evaluates for each target.
if have clang; then
    { echo '#include <cnicalc.h>'
      sed -n -e 's/^struct \([^ ]*\) size \(.*\)/_Static_assert(sizeof(\1) == \2, "\1");/p' \
          -e 's/^field \([^.]*\)\.\([^ ]*\) offset \([0-9]*\) .*/_Static_assert(offsetof(\1, \2) == \3, "\1.\2");/p' \
          tests/abi/layout.txt; } >"$work/targets.c"
    for target in i386-linux-gnu armv7-linux-gnueabihf aarch64-linux-gnu s390x-linux-gnu \
        riscv64-linux-gnu x86_64-pc-windows-msvc; do
        clang --target="$target" -std=c11 -ffreestanding -Iinclude -fsyntax-only "$work/targets.c" ||
            fail "the layout differs on $target"
    done
else
    skip 'clang is not here: other ABIs are left out'
fi
finish
