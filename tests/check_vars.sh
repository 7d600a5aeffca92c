#!/bin/sh
# SPDX-License-Identifier: MIT
# The user's CC, CPPFLAGS, CFLAGS, LDFLAGS, LDLIBS, AR, INSTALL and PKG_CONFIG reach every command
# that make would run, after the project's own flags, from the command line and the environment.
. tests/support.sh
own='-(std|pedantic|W|f|I|D|M|O)'

one_line_each() { # what make -n prints, with continued lines joined
    sed -e ':join' -e '/\\$/{N;s/\\\n//;b join' -e '}' | grep marker >"$work/$1" || :
}

lines_without() { # file, a title, what each line must match
    grep -v -E -e "$3" "$work/$1" | sed "s|^|$1: $2: |" >>"$work/faults" || :
}

inspect() { # the name of one run
    grep -E '(^|@)cc_marker .* -c ' "$work/$1" >"$work/$1-compile" || :
    grep -E '(^|@)cc_marker ' "$work/$1" | grep -v -e ' -c ' >"$work/$1-link" || :
    for stage in compile link; do
        [ -s "$work/$1-$stage" ] || echo "$1: no $stage command uses CC" >>"$work/faults"
        lines_without "$1-$stage" 'CFLAGS are missing' '-Dcflags_marker'
        grep -E -e "-Dcflags_marker.* $own" "$work/$1-$stage" |
            sed "s|^|$1: a flag of our own comes after CFLAGS: |" >>"$work/faults" || :
    done
    lines_without "$1-compile" 'CPPFLAGS are missing' '-Icppflags_marker'
    lines_without "$1-link" 'LDFLAGS are missing' '-Lldflags_marker'
    lines_without "$1-link" 'LDLIBS do not come last' '-lldlibs_marker *$'
    for command in 'ar_marker rcs' 'install_marker -m' 'install_marker -d'; do
        grep -q -e "^$command" "$work/$1" || echo "$1: nothing runs $command" >>"$work/faults"
    done
}

set -- CC=cc_marker CPPFLAGS=-Icppflags_marker CFLAGS=-Dcflags_marker LDFLAGS=-Lldflags_marker \
    LDLIBS=-lldlibs_marker AR=ar_marker INSTALL=install_marker
"$MAKE" -n B="$work/build" "$@" install tests 2>/dev/null | one_line_each arguments
inspect arguments
env -u CC "$@" "$MAKE" -n B="$work/build" install tests 2>/dev/null | one_line_each environment
inspect environment

# Every program that make starts is one of these, so that none is written into the Makefile.
"$MAKE" -n B="$work/build" "$@" install tests 2>/dev/null | awk '{ print $1 }' |
    grep -x -E -e '(.*-)?(cc|gcc|clang|ar|ld|install|pkg-config|strip|ldconfig)' |
    sed 's|^|in place of the variable: |' >>"$work/faults" || :

# shellcheck disable=SC2016 # the marker is a shell script
printf '#!/bin/sh\necho "$*" >>"%s"\nexec %s "$@"\n' "$work/asked" "$PKG_CONFIG" >"$work/pkg-config"
chmod +x "$work/pkg-config"
"$MAKE" -n B="$work/build" PKG_CONFIG="$work/pkg-config" tests >/dev/null
grep -q -e '--libs check' "$work/asked" || echo 'PKG_CONFIG is not asked' >>"$work/faults"

finish
