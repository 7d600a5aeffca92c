#!/bin/sh
# SPDX-License-Identifier: MIT
# manual.sh CNICALC <cnicalc.1: the page with its generated parts made anew, on stdout. A part is
# between a line "generated: WORDS" and a line "end", both comments; cnicalc --manual WORDS makes it.
set -eu
awk -v cnicalc="$1" '
    /^\.\\" generated: / {
        print
        command = cnicalc " --manual " substr($0, length(".\\\" generated: ") + 1)
        while ((command | getline line) > 0)
            print line
        if (close(command) != 0)
            exit 1
        is_inside = 1
    }
    /^\.\\" end$/ { is_inside = 0 }
    ! is_inside { print }'
