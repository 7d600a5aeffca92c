#!/bin/sh
# SPDX-License-Identifier: MIT
# The page and the module for Node: built, of a size to mail, and asked in Node and in a browser. The
# browser is Chromium; playwright-core and axe-core are where `make web-tools` puts them. The page and
# its pictures, to be looked at, are in $B/web, where no other script writes.
. tests/support.sh

needs=$(sh examples/web/tools.sh) || skip_all "$needs"
have node || skip_all 'there is no node'
$MAKE -s -j2 B="$B" web wasm || die 'the page is not built'

# What is built under this name of B is built again under another.
# shellcheck disable=SC2016 # as make reads it
grep -q '^$(B)/obj/wasm/lib/plan.o:' "$B/obj/wasm/lib/plan.d" ||
    fail "lib/plan.o of the module depends on nothing where B has another name"

# A page that is opened from a disk and mailed to a colleague, in bytes; the second as gzip has it.
[ "$(wc -c <"$B/web/cnicalc.html")" -le 400000 ] || fail 'the page has more than 400 kB'
[ "$(gzip -9 -c "$B/web/cnicalc.html" | wc -c)" -le 150000 ] || fail 'the page has more than 150 kB in gzip'

# The picture in README is what the tool draws.
command=$(sed -n 's/^<!-- drawn by: \(.*\) -->$/\1/p' README.md)
$command >"$work/plan.svg"
cmp "$work/plan.svg" examples/web/plan.svg || fail "examples/web/plan.svg is not what is drawn by: $command"

# What is missing is named.
if WASM_CC=no-such-compiler $MAKE -s B="$work/none" wasm >"$work/missing" 2>&1 ||
    ! grep -q 'clang (no-such-compiler)' "$work/missing"; then
    fail 'make wasm does not name a compiler that is missing'
fi

WEB_TOOLS=${WEB_TOOLS:-$B/web-tools}
CHROMIUM=$(command -v chromium || command -v google-chrome || :)
export B WEB_TOOLS CHROMIUM
node tests/web/module.mjs || failures=1
if [ -z "$CHROMIUM" ]; then
    skip 'chromium is not here: the page is not opened'
elif [ ! -d "$WEB_TOOLS/node_modules/playwright-core" ]; then
    skip 'playwright-core is not here (make web-tools): the page is not opened'
else
    for part in views plans page; do
        node "tests/web/$part.mjs" || failures=1
    done
fi
finish
