#!/bin/sh
# SPDX-License-Identifier: MIT
# The Makefile keeps nothing of a source that is gone, builds again when its own flags change, says a
# line for each file, and refuses a build directory that would break it, a clean that would take the
# sources, and to test nothing. It is tried on a small tree.
. tests/support.sh
tree=$work/tree
unset TESTS PLATFORMS V WERROR

mkdir -p "$tree/lib" "$tree/examples/cnicalc/base"
cp -R Makefile include "$tree"
echo 'CNICALC { global: cnicalc_a; local: *; };' >"$tree/lib/cnicalc.map"
echo '__attribute__((visibility("default"))) int cnicalc_a(void); int cnicalc_a(void) { return 0; }' \
    >"$tree/lib/a.c"
echo 'int cnicalc_a(void); int main(void) { return cnicalc_a(); }' >"$tree/examples/cnicalc/main.c"

build() { # variables for make
    "$MAKE" --no-print-directory -C "$tree" B=out CFLAGS=-O0 "$@" static shared out/bin/cnicalc \
        >"$work/log" 2>&1 || die "$(cat "$work/log")"
}

holders() { # how many of the archive, the shared library and the command have the passing source
    for file in libcnicalc.a "libcnicalc.so.$CNICALC_VERSION" bin/cnicalc; do
        nm "$tree/out/$file"
    done | grep -c -i ' t cnicalc__passing$' || :
}

for directory in lib examples/cnicalc examples/cnicalc/base; do
    printf 'void cnicalc__passing(void);\nvoid cnicalc__passing(void) {}\n' >"$tree/$directory/passing.c"
done
sed -i 's/passing/passing_below/' "$tree/examples/cnicalc/base/passing.c"
build
[ "$(holders)" -eq 3 ] || die 'a new source is not built'
[ "$(sort "$work/log" | tr '\n' ' ')" = "AR out/libcnicalc.a CC examples/cnicalc/base/passing.c $(
    )CC examples/cnicalc/main.c CC examples/cnicalc/passing.c CC lib/a.c CC lib/passing.c $(
    )LD out/bin/cnicalc LD out/libcnicalc.so.$CNICALC_VERSION " ] ||
    fail "not a line for each file: $(cat "$work/log")"
rm "$tree/examples/cnicalc/passing.c"
build
[ "$(holders)" -eq 2 ] || fail 'a source of the command that is gone is still in it'
rm "$tree/lib/passing.c"
build
[ "$(holders)" -eq 0 ] || fail 'a source that is gone is still in what was built from it'
build
grep -q -v -e 'is up to date' -e 'Nothing to be done' "$work/log" &&
    fail "built again without a change: $(cat "$work/log")"
build fast_objects=a V=1
grep -q -e '-O2 .* -c -o out/obj/lib/a.o' "$work/log" || fail 'another level of optimization: not built again'
echo 'void cnicalc__unused(void) { int i; }' >"$tree/lib/unused.c"
build
grep -q 'lib/unused.c:.*warning' "$work/log" || fail 'a warning is not shown'

refuses() { # arguments of make
    if "$MAKE" -n "$@" >"$work/log" 2>&1; then
        fail "not refused: make $*"
    fi
}

for directory in '' 'a b' ' ' 'a#b' "a'b"; do
    refuses B="$directory" all
done
for directory in . ./ .. / "$root" "$root/"; do
    refuses B="$directory" clean
done
"$MAKE" -s B="$tree" clean
[ ! -e "$tree" ] || fail 'clean leaves the build directory'

refuses TESTS= check-unit
refuses TESTS="$B/tests/test_nothing" check-unit
for platforms in s390 'native s390' ' '; do
    if PLATFORMS=$platforms sh tests/portable/run.sh >"$work/log" 2>&1; then
        fail "not refused: PLATFORMS='$platforms'"
    fi
done
finish
