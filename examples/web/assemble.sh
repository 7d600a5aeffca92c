#!/bin/sh
# SPDX-License-Identifier: MIT
# assemble.sh MODULE.wasm: the page as one file. The scripts follow one another in one module, those
# first that others import; what only readers of the sources need is left out.
set -eu
dir=$(dirname "$0")
module=$1

style() {
    sed -e 's/^ *//' -e '/^$/d' "$dir/style.css"
}

script() {
    for name in words wasi dom views state command form answers map paste page; do
        cat "$dir/$name.js"
    done | sed -e '/^import .*;$/d' -e '/^import /,/;$/d' -e 's/^export //' -e 's/^ *//' -e '/^$/d' -e '/^\/\*.*\*\/$/d' \
        -e '/^\/\*/,/\*\/$/d'
}

while IFS= read -r line; do
    case $line in
        @style@) style ;;
        @script@) script ;;
        *@wasm@*)
            printf '%s' "${line%%@*}"
            gzip -9 -n <"$module" | base64 | tr -d '\n'
            printf '%s\n' "${line##*@}"
            ;;
        *) printf '%s\n' "$line" ;;
    esac
done <"$dir/index.html"
