#!/bin/sh
# SPDX-License-Identifier: MIT
# The tests and one digest of all answers, on every platform that this machine can build for and
# run; `make check-portable` calls it. Names what is missing. PLATFORMS picks.
#
# Programs are linked statically and against tests/portable/check, so that no platform needs more
# than a compiler, a C library and, where it is not this machine, qemu-user:
#
#       apt install gcc-12-multilib libc6-dev-i386 musl-tools clang qemu-user \
#           gcc-s390x-linux-gnu gcc-arm-linux-gnueabihf
set -eu
LC_ALL=C
export LC_ALL
CNICALC_ROOT=${CNICALC_ROOT:-.}
export CNICALC_ROOT
work=$B/portable
tests=$(ls tests/test_*.c)
vectors=$(ls tests/vectors/*)
known='native i386 s390x armhf musl msan hardened'
missing=
failed=
digests=

flags='-std=c99 -O1 -g -D_POSIX_C_SOURCE=200809L -Iinclude -Itests/portable/check'

# build NAME COMPILER...: a program for each test, and the digest.
build() {
    directory=$work/$1
    shift
    mkdir -p "$directory"
    objects=
    for source in lib/*.c tests/support.c tests/portable/check/check.c; do
        object=$directory/$(basename "$source" .c).o
        # shellcheck disable=SC2086 # flags are words
        "$@" $flags -c -o "$object" "$source" || return 1
        objects="$objects $object"
    done
    for source in tests/portable/digest.c $tests; do
        # shellcheck disable=SC2086 # flags and objects are words
        "$@" $flags -o "$directory/$(basename "$source" .c)" "$source" $objects || return 1
    done
}

# run NAME RUNNER...: every test, then the digest.
run() {
    directory=$work/$1
    shift
    for source in $tests; do
        "$@" "$directory/$(basename "$source" .c)" >"$directory/log" 2>&1 ||
            { tail -n 20 "$directory/log"; return 1; }
        count=$(sed -n 's/.*checks: \([0-9]*\), .*/\1/p' "$directory/log")
        checks=$((checks + ${count:-0}))
    done
    # shellcheck disable=SC2086 # file names are words
    digest=$("$@" "$directory/digest" $vectors)
}

# try RUNNER COMPILER...: the platform $name. RUNNER is - where the machine runs the programs itself.
try() {
    runner=$1
    shift
    probe=$work/probe-$name
    mkdir -p "$work"
    echo 'int main(void) { return 0; }' >"$probe.c"
    if ! "$@" -o "$probe" "$probe.c" 2>"$probe.log"; then
        missing="$missing $name"
        echo "$name: skipped, no working $*"
        return 0
    fi
    if [ "$runner" != - ] && ! command -v "$runner" >/dev/null; then
        missing="$missing $name"
        echo "$name: skipped, no $runner"
        return 0
    fi
    if [ "$runner" = - ]; then
        runner='env'
    fi
    began=$(date +%s)
    checks=0
    digest=none
    if build "$name" "$@" && run "$name" "$runner"; then
        echo "$name: $checks tests pass, digest $digest, $(($(date +%s) - began)) s"
    else
        echo "$name: FAILED"
        failed="$failed $name"
    fi
    digests="$digests$digest
"
}

for name in ${PLATFORMS:-$known}; do
    case " $known " in
    *" $name "*) ;;
    *) echo "there is no platform $name; there are $known"; exit 2 ;;
    esac
done
# shellcheck disable=SC2086 # CC may carry options or a wrapper
for name in ${PLATFORMS:-$known}; do
    case $name in
    native) try - $CC ;;
    # Cross compilers exclude gcc-multilib; the kernel's headers are then in one place.
    i386) try - gcc -m32 -static -idirafter "/usr/include/$(gcc -print-multiarch 2>/dev/null)" ;;
    s390x) try qemu-s390x s390x-linux-gnu-gcc -static ;;
    armhf) try qemu-arm arm-linux-gnueabihf-gcc -static ;;
    musl) try - musl-gcc -static ;;
    msan) try - clang -fsanitize=memory -fno-sanitize-recover=all ;;
    hardened) try - gcc -O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong \
        -fPIE -pie -Wl,-z,relro,-z,now ;;
    esac
done

if [ "$(printf '%s' "$digests" | sort -u | wc -l)" -gt 1 ]; then
    echo 'the digests differ'
    failed="$failed digest"
fi
if [ -n "$missing" ]; then
    echo "not run, not installed:$missing"
fi
[ -n "$digests" ] || { echo 'no platform was run'; exit 1; }
[ -z "$failed" ] || { echo "failed:$failed"; exit 1; }
