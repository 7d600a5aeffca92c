# SPDX-License-Identifier: MIT
# Writes the library as one file: its header when it is given include/cnicalc.h, its source when it
# is given lib/*.c. A header is put in where it is first included. In the source every function and
# table that a header of lib/ declares becomes static, and the macros of a file end with it.
#
#     awk -v version=V -v table=T -f lib/amalgamate.awk LICENSE FILE...

function fail(message)
{
    print "amalgamate.awk: " message > "/dev/stderr"
    failed = 1
    exit 1
}

function put_include(name,    file)
{
    file = (name ~ /^cnicalc/ ? "include/" : "lib/") name
    if (is_source && file ~ /^include/ || file ~ /\.h$/ && file in seen) {
        return
    }
    seen[file] = 1
    put_file(file)
}

function put_line(line, file,    word)
{
    if (line ~ /^#include "/) {
        split(line, word, "\"")
        put_include(word[2])
        return
    }
    if (line ~ /^#define / && file !~ /\.h$/) {
        split(line, word, /[ (]+/)
        macros[++macro_count] = word[2]
    }
    if (file ~ /^lib\/.*\.h$/ && line ~ /^[a-z][a-z0-9_ ]*[ *]cnicalc__[a-z0-9_]*\(/ &&
        line !~ /^static /) {
        line = "static " line
    }
    if (file ~ /^lib\// && line ~ /^(extern )?const [a-z0-9_ ]*[ *]cnicalc__[a-z0-9_]*[[;]/) {
        sub(/^(extern )?/, "static ", line)
    }
    if (line !~ /SPDX-License-Identifier/) {
        print line
    }
}

function put_file(file,    line, status)
{
    while ((status = (getline line < file)) > 0) {
        put_line(line, file)
    }
    if (status < 0) {
        fail("cannot read " file)
    }
    close(file)
}

function put_licence(file,    line)
{
    while ((getline line < file) > 0) {
        print (line == "" ? " *" : " * " line)
    }
    close(file)
}

BEGIN {
    is_source = ARGV[2] ~ /\.c$/
    print "/* SPDX-License-Identifier: MIT */"
    print "/* cnicalc " version " as two files, cnicalc.c and cnicalc.h: made by `make amalgamation`, do not"
    print " * edit. The table of instance types is " table "."
    print " *"
    put_licence(ARGV[1])
    print " */"
    if (is_source) {
        print "#include \"cnicalc.h\""
    }
    for (i = 2; i < ARGC; i++) {
        if (is_source) {
            print "\n/* ==== " ARGV[i] " ==== */\n"
        }
        put_file(ARGV[i])
        for (; macro_count > 0 && is_source; macro_count--) {
            if (!(macros[macro_count] in gone)) {
                print "#undef " macros[macro_count]
            }
            gone[macros[macro_count]] = 1
        }
        split("", gone)
    }
    exit failed
}
