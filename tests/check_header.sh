#!/bin/sh
# SPDX-License-Identifier: MIT
# Each public header compiles alone, and a second time, as every C and C++ that a caller may use;
# two units that include them link; a C++ program reaches every function. No function has more than
# six parameters, and each that takes a text and its length is asked by tests/test_text_len.c.
. tests/support.sh
common='-pedantic -Wall -Wextra -Wundef -Wshadow -Wconversion -Werror -Iinclude'
c_only='-Wstrict-prototypes -Wmissing-prototypes -Wc++-compat'

present() { # those of the commands that are here, each once
    for command in "$@"; do
        # shellcheck disable=SC2086 # CC may carry options
        set -- $command
        if have "$1" >/dev/null; then echo "$command"; fi
    done | awk '!seen[$0]++'
}

each_alone() { # language, suffix, standards, compiler
    for header in cnicalc.h $(cd include && echo cnicalc/*.h); do
        printf '#include <%s>\n#include <%s>\n' "$header" "$header" >"$work/alone.$2"
        for standard in $3; do
            options=$common
            if [ "$1" = c ]; then options="$common $c_only"; fi
            # shellcheck disable=SC2086
            $4 -x "$1" -std="$standard" $options -fsyntax-only "$work/alone.$2" ||
                die "$header alone, as $standard, with $4: does not compile"
        done
    done
}

present "$CC" gcc clang | while read -r cc; do
    each_alone c c 'c99 c11 c2x' "$cc"
done
present "${CXX:-c++}" g++ clang++ | while read -r cxx; do
    each_alone c++ cc 'c++11 c++17' "$cxx"
done

printf '#include <cnicalc.h>\nuint32_t other(void);\nuint32_t other(void) { return %s; }\n' \
    'cnicalc_version_number()' >"$work/other.c"
printf '#include <cnicalc.h>\nuint32_t other(void);\nint main(void) { return other() != %s; }\n' \
    CNICALC_VERSION_NUMBER >"$work/main.c"
# shellcheck disable=SC2086
$CC -std=c99 $common ${CFLAGS:-} "$work/main.c" "$work/other.c" "$B/libcnicalc.a" -o "$work/two"
"$work/two" || fail 'the version of the header is not that of the library'

cxx=$(present "${CXX:-c++}" g++ clang++ | head -n 1)
if [ -n "$cxx" ]; then
    { echo '#include <cnicalc.h>'
      echo 'typedef void (*function)();'
      echo 'int main() { static volatile function all[] = {'
      sh tests/public_functions.sh | sed 's/.*/    reinterpret_cast<function>(\&&),/'
      echo '    }; return all[0] == nullptr; }'; } >"$work/all.cc"
    # shellcheck disable=SC2086
    $cxx -std=c++11 -Iinclude ${CFLAGS:-} "$work/all.cc" "$B/libcnicalc.a" -o "$work/all"
else
    skip 'no C++ compiler is here'
fi

cat include/cnicalc/*.h | awk '
    /^CNICALC_API/ { text = ""; open = 1 }
    open { text = text " " $0 }
    open && /;/ { open = 0; print text }' >"$work/declarations"
awk -F, 'NF > 6 { print "more than six parameters:" $0 }' "$work/declarations" >>"$work/faults"
sed -n 's/.*[ *]\(cnicalc_[a-z0-9_]*\)(.*const char \*[a-z]*, *size_t [a-z]*_len.*/\1/p' \
    "$work/declarations" >"$work/text_functions"
[ -s "$work/text_functions" ] || fail 'no function takes a text'
while read -r name; do
    grep -q "$name(" tests/test_text_len.c || fail "tests/test_text_len.c does not ask $name()"
done <"$work/text_functions"
finish
