#!/bin/sh
# SPDX-License-Identifier: MIT
# Says what is missing to compile for WebAssembly, and in which of Debian's packages it is.
set -u
cc=${WASM_CC:-clang}

compiles() { # options
    printf '#include <stdio.h>\nint main(void) { return puts(""); }\n' |
        "$cc" --target=wasm32-wasi -x c - -o /dev/null "$@" 2>/dev/null
}

missing=
if ! command -v "$cc" >/dev/null; then
    missing=" clang ($cc)"
fi
if ! command -v wasm-ld >/dev/null; then
    missing="$missing lld"
fi
if [ -z "$missing" ] && ! compiles -c; then
    missing=' wasi-libc'
elif [ -z "$missing" ] && ! compiles; then
    missing=" libclang-rt-$("$cc" -dumpversion | cut -d . -f 1)-dev-wasm32"
fi
[ -z "$missing" ] || { echo "WebAssembly needs more, by the names of Debian's packages:$missing"; exit 1; }
