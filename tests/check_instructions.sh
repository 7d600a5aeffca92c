#!/bin/sh
# SPDX-License-Identifier: MIT
# No case of the benchmark takes 5 % more instructions than tests/bench/instructions.tsv says, which
# `make bench-instructions` writes. The file names the compiler that it is of: another one, or other
# flags, make other code, of which it says nothing.
. tests/support.sh
recorded=tests/bench/instructions.tsv
have valgrind || skip_all 'valgrind is not here'
made_by=$("$CC" --version | head -n 1)
[ "$(head -n 1 "$recorded")" = "# $made_by, $(uname -m), CFLAGS=${CFLAGS:-}" ] ||
    skip_all "$recorded is of another compiler or of other flags than $made_by, CFLAGS=${CFLAGS:-}"

sh tests/bench/count_instructions.sh >"$work/now"
awk -F '\t' '/^#/ { next }
NR == FNR { was[$1] = $2; next }
!($1 in was) { print $1 " is new: make bench-instructions" }
$1 in was && $2 > was[$1] * 1.05 { print $1 " takes " $2 " instructions, and took " was[$1] }
{ delete was[$1] }
END { for (name in was) print name " is gone: make bench-instructions" }' "$recorded" "$work/now" \
    >"$work/faults"
finish
