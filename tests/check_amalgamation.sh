#!/bin/sh
# SPDX-License-Identifier: MIT
# The two files of `make amalgamation`, alone in a directory: they compile without a warning, export
# what the library does and give its answers, in C and from C++. Where a name is in two files of
# lib/, both are named.
. tests/support.sh
strict='-Wall -Wextra -pedantic -Werror'
alone=$work/alone
mkdir "$alone"
"$MAKE" -s B="$kept" amalgamation
cp "$kept/cnicalc.c" "$kept/cnicalc.h" "$alone"


compile() { # a compiler, its options; complaints have the file of lib/ besides the line
    # shellcheck disable=SC2086 # options are words
    (cd "$alone" && $1 $2 $strict -c cnicalc.c -o "$work/cnicalc.o") >"$work/log" 2>&1 && return
    awk 'NR == FNR { if (/^\/\* ==== lib/) { at[++files] = FNR; file[files] = $3 } next }
        { split($0, part, ":"); for (i = files; i > 1 && at[i] > part[2]; i--) { }
          print (/^cnicalc.c:/ ? file[i] ": " : "") $0 }' "$alone/cnicalc.c" "$work/log"
    die "$1: does not compile"
}

for cc in gcc clang; do
    if have "$cc"; then
        compile "$cc" '-std=c99 -fsyntax-only'
        compile "$cc" '-std=c2x -fsyntax-only'
    else
        skip "there is no $cc"
    fi
done
compile "$CC" "-std=c99 -Os ${CPPFLAGS:-} ${CFLAGS:-}"

# Nothing is exported but the functions of the headers.
nm -g --defined-only "$work/cnicalc.o" | awk '$3 ~ /^cnicalc_/ { print $3 }' | sort >"$work/exports"
sh tests/public_functions.sh | diff - "$work/exports" | sed 's/^[<>]/exports:/' >>"$work/faults"

# Its answers are those of the library, all of them.
digest_of() { # the library
    # shellcheck disable=SC2046,SC2086 # options and files are words
    $CC -I"$alone" -std=c99 -D_POSIX_C_SOURCE=200809L ${CPPFLAGS:-} ${CFLAGS:-} ${LDFLAGS:-} \
        tests/portable/digest.c "$1" -o "$work/digest" && "$work/digest" $(ls tests/vectors/*)
}
of_two_files=$(digest_of "$work/cnicalc.o")
[ -n "$of_two_files" ] || die 'no digest'
[ "$of_two_files" = "$(digest_of "$B/libcnicalc.a")" ] || fail 'other answers than the library'

# The comment that begins both says what they are.
table=$(cnicalc --version | sed -n 's/^instance types: /The table of instance types is of /p')
for file in cnicalc.c cnicalc.h; do
    head -n 4 "$alone/$file" | tr '\n' ' ' >"$work/top"
    grep -q -F "cnicalc $CNICALC_VERSION as two files" "$work/top" || fail "$file: no version"
    grep -q -F "$table." "$work/top" || fail "$file: the top does not say: $table"
done

cxx=${CXX:-c++}
if have "$cxx"; then
    { echo '#include "cnicalc.h"'
      echo 'int main() { return cnicalc_version_number() != CNICALC_VERSION_NUMBER; }'; } >"$alone/main.cc"
    # shellcheck disable=SC2086 # options are words
    $cxx -std=c++11 $strict ${CPPFLAGS:-} ${CFLAGS:-} ${LDFLAGS:-} "$alone/main.cc" "$work/cnicalc.o" \
        -o "$work/main"
    "$work/main" || fail 'from C++'
else
    skip 'there is no C++ compiler'
fi
finish
