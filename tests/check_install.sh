#!/bin/sh
# SPDX-License-Identifier: MIT
# Staged installs as packagers make them, under three layouts: every file is there with the right
# mode, a man page is found under the name of each function, and uninstall leaves nothing.
. tests/support.sh
unset PREFIX prefix EXEC_PREFIX LIBDIR libdir INCLUDEDIR includedir BINDIR bindir MANDIR mandir \
    DATADIR datadir pkgconfigdir bashcompdir zshcompdir pythondir recipesdir DESTDIR
umask 077 # modes must not depend on it
copy_build "$work/build"

all_there() { # prefix, libdir, both within the stage
    for file in "$1/include/cnicalc.h" "$1/bin/cnicalc" "$2/libcnicalc.a" "$2/libcnicalc.so" \
        "$2/libcnicalc.so.$CNICALC_SOVER" "$2/libcnicalc.so.$CNICALC_VERSION" \
        "$2/pkgconfig/cnicalc.pc" $(echo include/cnicalc/*.h | sed "s|include/|$1/include/|g") \
        "$1/share/bash-completion/completions/cnicalc" "$1/share/zsh/site-functions/_cnicalc"; do
        [ -f "$file" ] || fail "$layout: $file is not installed"
    done
    for function in $(sh tests/public_functions.sh); do
        grep -q "^\.Nm $function" "$1/share/man/man3/$function.3" ||
            fail "$layout: man does not find $function"
    done
    if have "$PYTHON"; then
        [ -L "$(echo "$1"/lib/python3*/*-packages/cnicalc/"libcnicalc.so.$CNICALC_SOVER")" ] ||
            fail "$layout: no link to the library in the Python package"
        for file in examples/python/cnicalc/*.py py.typed; do
            [ -f "$(echo "$1"/lib/python3*/*-packages/cnicalc/"$(basename "$file")")" ] ||
                fail "$layout: $file is not installed"
        done
    fi
    for recipe in examples/cnicalc/recipes/*.jq lib/data/*.jq; do
        cmp -s "$recipe" "$1/share/cnicalc/$(basename "$recipe")" || fail "$layout: no $recipe"
    done
    grep -q "^recipes='${1#"$stage"}/share/cnicalc'$" "$1/bin/kubectl-cnicalc" ||
        fail "$layout: kubectl-cnicalc does not find the recipes"
    for page in lib/man/*.[1-8] lib/data/*.[1-8] examples/cnicalc/*.[1-8]; do
        [ -s "$1/share/man/man${page##*.}/$(basename "$page")" ] || fail "$layout: no $page"
    done
}

modes_right() {
    # Programs and the shared library are executable, and nothing else is.
    find "$stage" -type d ! -perm 755 -o -type f \( -path '*/bin/*' -o -name '*.so.*' \) ! -perm 755 \
        -o -type f ! -path '*/bin/*' ! -name '*.so.*' ! -perm 644 >"$work/modes"
    [ ! -s "$work/modes" ] || fail "$layout: wrong mode: $(cat "$work/modes")"
}

try() { # the name of the layout, prefix, libdir, variables for make
    layout=$1
    stage=$work/$1
    prefix_in_stage=$stage$2
    libdir_in_stage=$stage$3
    shift 3
    (umask 022 && mkdir "$stage")
    "$MAKE" -s B="$work/build" DESTDIR="$stage" "$@" install
    all_there "$prefix_in_stage" "$libdir_in_stage"
    modes_right
    "$MAKE" -s B="$work/build" DESTDIR="$stage" "$@" uninstall
    find "$stage" ! -type d -o -path '*/include/cnicalc' -o -path '*/share/cnicalc' \
        -o -path '*-packages/cnicalc' >"$work/left"
    [ ! -s "$work/left" ] || fail "$layout: uninstall left $(cat "$work/left")"
}

try default /usr/local /usr/local/lib
try multiarch /usr /usr/lib/x86_64-linux-gnu PREFIX=/usr LIBDIR=/usr/lib/x86_64-linux-gnu
try lower-case /opt/cnicalc /opt/cnicalc/lib64 prefix=/opt/cnicalc libdir=/opt/cnicalc/lib64
finish
