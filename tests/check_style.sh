#!/bin/sh
# SPDX-License-Identifier: MIT
# What a formatter or a pattern can tell about style; reviewers keep their eyes for the rest.
. tests/support.sh
clang_format_version=14 # another version formats otherwise
find include lib examples tests -name '*.[ch]' | LC_ALL=C sort >"$work/c"
{ find tests .ci examples lib -name '*.sh' -o -name run -path '.ci/*'; } | LC_ALL=C sort >"$work/sh"
find examples/web tests/web -name '*.*js' -o -name '*.css' -o -name '*.html' | LC_ALL=C sort >"$work/web"
{ cat "$work/c" "$work/sh" "$work/web"; find lib tests examples -name '*.py'; ls Makefile; } >"$work/code"
{ cat "$work/code"; find . -name '*.md' ! -path './build/*'; ls cnicalc.pc.in; } >"$work/text"

none() { # a title, list of files, options and pattern for grep
    title=$1
    list=$2
    shift 2
    xargs grep -n -H "$@" <"$work/$list" | sed "s|^|$title: |" >>"$work/faults" || :
}

none 'unfinished' text -E -e '[T]ODO|[F]IXME|[X]XX'
none 'blank at the end of a line' text -E -e '[[:blank:]]$'
none 'a path of one machine' text -E -e '/(home|root|work|Users)/[a-z]'
none 'a line over 100 columns' c -E -e '.{101}'
LC_ALL=C.UTF-8 none 'a line over 100 columns' web -E -e '.{101}'
none 'a tab' c -e "$(printf '\t')"
none 'a comment of another style' c -E -e '(^|[;{})[:blank:]])//'
xargs grep -L 'SPDX-License-Identifier: MIT' <"$work/code" | grep -v -x Makefile |
    sed 's|^|no licence tag: |' >>"$work/faults" || :

if ! have clang-format; then
    skip 'clang-format is not here'
elif ! clang-format --version | grep -q "version $clang_format_version\."; then
    skip "clang-format is not version $clang_format_version"
else
    xargs clang-format --dry-run -Werror <"$work/c" 2>&1 | grep 'error:' >>"$work/faults" || :
fi
if have shellcheck; then
    xargs shellcheck -x <"$work/sh" >>"$work/faults" || :
else
    skip 'shellcheck is not here'
fi

finish
