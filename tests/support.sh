# shellcheck shell=sh disable=SC2034
# SPDX-License-Identifier: MIT
# What the scripts of `make check` share. Each reads this file first, in the top directory of the
# sources and with the environment of script_env in the Makefile, writes nothing outside $work and
# $kept, so that all can run side by side, and ends with finish. Exit status 77 is "skipped".
set -eu
LC_ALL=C
PATH=$B/bin:$PATH
export LC_ALL PATH
unset NO_COLOR

root=$CNICALC_ROOT
check=$(basename "$0" .sh | tr _ -)
work=$B/check/$check            # empty at the start
kept=$B/check/$check.kept       # for builds, which make brings up to date
failures=0
rm -rf "$work"
mkdir -p "$work"
: >"$work/faults" # what is at fault, a line each, besides fail()
# In a build for coverage: that counts of an older build are dropped is no complaint of the command.
GCOV_ERROR_FILE=$work.gcov
export GCOV_ERROR_FILE

fail() { # a message
    failures=$((failures + 1))
    printf 'failed: %s\n' "$*"
}

die() { # a message, where nothing can be said of the rest
    fail "$@"
    exit 1
}

skip() { # why a part is left out; the summary shows it
    printf 'skipped: %s\n' "$*"
}

skip_all() { # why the whole script is left out
    skip "$@"
    exit 77
}

have() { # a command
    command -v "$1" >/dev/null
}

finish() {
    sed 's/^/failed: /' "$work/faults"
    [ "$failures" -eq 0 ] && [ ! -s "$work/faults" ] || exit 1
}

python() {
    PYTHONDONTWRITEBYTECODE=1 "$PYTHON" "$@"
}

# A copy of the build, which make finds up to date as long as flags are the same, so that a script
# can install from it without building again.
copy_build() { # a directory
    mkdir -p "$1/obj"
    cp -pR "$B/bin" "$B/flags" "$B/lib_sources" "$B/tool_sources" "$B"/libcnicalc.* "$1"
    if [ -d "$B/sqlite" ]; then cp -pR "$B/sqlite" "$1"; fi
    cp -pR "$B/obj/lib" "$B/obj/tool" "$B/obj/examples" "$1/obj"
}
