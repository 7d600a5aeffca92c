#!/bin/sh
# SPDX-License-Identifier: MIT
# The Python package where it is installed, in fresh environments and without the sources on the
# path: from the wheel of `make wheel`, from the same wheel made by pip, by `make install`; and with
# libraries that do not fit it.
. tests/support.sh
have "$PYTHON" || skip_all "there is no $PYTHON"
have readelf || skip_all 'there is no readelf'
"$PYTHON" -c 'import ensurepip' 2>/dev/null || skip_all "$PYTHON has no venv (Debian: python3-venv)"
grep -q -e -fsanitize -e --coverage "$B/flags" && skip_all "$PYTHON cannot load such a library"
unset PREFIX prefix EXEC_PREFIX LIBDIR libdir pythondir DESTDIR PYTHONPATH CNICALC_LIBRARY \
    SOURCE_DATE_EPOCH
PIP_NO_INDEX=1
PIP_DISABLE_PIP_VERSION_CHECK=1
CFLAGS=-O0
export PIP_NO_INDEX PIP_DISABLE_PIP_VERSION_CHECK CFLAGS MAKE

asked() { # a Python: prints which library it loads and an answer
    (cd / && PYTHONDONTWRITEBYTECODE=1 "$1" -c 'import cnicalc
print(cnicalc.lib._name, cnicalc.node("ecs.c7.4xlarge").max_pods)' 2>&1) | tail -n 1
}

expect() { # what is tried, what is expected, what came
    [ "$2" = "$3" ] || fail "$1: \"$3\", not \"$2\""
}

# ---- The wheel ----

"$MAKE" -s B="$work/made" PYTHON="$PYTHON" wheel >"$work/log" 2>&1 || die "make wheel: $(cat "$work/log")"
wheel=$(echo "$work"/made/dist/*.whl)
case $wheel in
*/cnicalc-"$CNICALC_VERSION"-py3-none-*linux*_*.whl) ;;
*) fail "a wheel by another name: $wheel" ;;
esac
"$PYTHON" -m venv "$work/wheel"
find examples/python -type f ! -name '*.pyc' -exec ls -l {} + >"$work/before"
(umask 077 && TZ=Asia/Shanghai PYTHONHASHSEED=1 "$work/wheel/bin/pip" -q wheel --no-deps \
    --wheel-dir "$work/by-pip" ./examples/python) || die 'pip makes no wheel'
find examples/python -type f ! -name '*.pyc' -exec ls -l {} + | cmp - "$work/before" ||
    fail 'pip leaves files in the tree'
cmp "$wheel" "$work/by-pip/$(basename "$wheel")" || fail 'two builds give two wheels'
"$work/wheel/bin/pip" -q install "$wheel" || die 'pip does not install the wheel'
package=$(echo "$work"/wheel/lib/python3*/site-packages/cnicalc)
own=$package/libcnicalc.so.$CNICALC_SOVER
expect 'from a wheel' "$own 210" "$(asked "$work/wheel/bin/python")"
[ -f "$package/py.typed" ] || fail 'no py.typed in the wheel'
"$work/wheel/bin/pip" -q check || fail 'pip check'
readelf -S "$own" | grep -q '\.debug' && fail 'the library of the wheel has debugging information'

# ---- Libraries that do not fit ----

library() { # a name, C functions
    printf '%s\n' "$2" >"$work/$1.c"
    $CC -shared -fPIC -o "$work/$1.so" "$work/$1.c"
}

refused() { # a library, a pattern of the complaint
    CNICALC_LIBRARY=$work/$1.so asked "$work/wheel/bin/python" >"$work/answer"
    grep -q "^ImportError: .*$2.*; run make, install both together, or name .* CNICALC_LIBRARY$" \
        "$work/answer" || fail "$1: $(cat "$work/answer")"
}

number=$(awk -F . '{ print $1 * 10000 + $2 * 100 + $3 }' <<END
$CNICALC_VERSION
END
)
library old "unsigned cnicalc_version_number(void) { return $((number - 100)); }"
library new "unsigned cnicalc_version_number(void) { return $((number + 100)); }"
library short "unsigned cnicalc_version_number(void) { return $number; }"
library other 'int other;'
refused old 'old.so has version .*, this package is for '
refused new 'new.so has version .*, this package is for '
refused short 'short.so is too old: it has no function cnicalc_'
refused missing 'missing.so: cannot open'
CNICALC_LIBRARY=$work/other.so asked "$work/wheel/bin/python" | grep -q 'other.so is no libcnicalc' ||
    fail 'a library of others is not refused'
cp "$work/old.so" "$own"
asked "$work/wheel/bin/python" | grep -q 'libcnicalc.so.* has version' ||
    fail 'the library of the wheel is not checked'
expect 'CNICALC_LIBRARY before the own one' "$B/libcnicalc.so 210" \
    "$(CNICALC_LIBRARY=$B/libcnicalc.so asked "$work/wheel/bin/python")"
rm "$own"
expect 'the loader finds the library' "libcnicalc.so.$CNICALC_SOVER 210" \
    "$(LD_LIBRARY_PATH=$B asked "$work/wheel/bin/python")"

# ---- make install ----

copy_build "$work/build"
unset CFLAGS
"$PYTHON" -m venv --without-pip "$work/installed"
install_with() { # variables for make
    "$MAKE" -s B="$work/build" "$@"
}
install_with PREFIX="$work/installed" PYTHON="$work/installed/bin/python" install
package=$(echo "$work"/installed/lib/python3*/site-packages/cnicalc)
own=$package/libcnicalc.so.$CNICALC_SOVER
expect 'by make install' "$own 210" "$(asked "$work/installed/bin/python")"
expect 'the library of the package' "$work/installed/lib/libcnicalc.so.$CNICALC_VERSION" \
    "$(readlink -f "$own")"
install_with PREFIX="$work/installed" PYTHON="$work/installed/bin/python" uninstall
[ ! -e "$package" ] || fail 'uninstall leaves the package'

install_with PREFIX=/usr/local DESTDIR="$work/stage" pythondir=/opt/packages install
expect 'a staged pythondir' "$work/stage/opt/packages/cnicalc/libcnicalc.so.$CNICALC_SOVER 210" \
    "$(PYTHONPATH=$work/stage/opt/packages asked "$PYTHON")"
install_with PREFIX="$work/without" pythondir= install
find "$work/without" -name '*.py' | grep . && fail 'pythondir= does not leave the package out'
finish
