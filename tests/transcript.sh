#!/bin/sh
# SPDX-License-Identifier: MIT
# transcript.sh FILE: runs again every command of a transcript and prints the transcript anew, to be
# compared with the old one. "$ COMMAND" is a command; what follows is its output, and "[exit N]"
# ends that of a command that did not exit 0. Commands run in the current directory.
set -eu

sed -n 's/^\$ //p' "$1" | while IFS= read -r command; do
    printf '$ %s\n' "$command"
    status=0
    sh -c "$command" 2>&1 </dev/null || status=$?
    [ "$status" -eq 0 ] || printf '[exit %s]\n' "$status"
done
