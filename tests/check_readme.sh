#!/bin/sh
# SPDX-License-Identifier: MIT
# The README tells the truth: its console blocks print what they show, its C program prints what it
# says, its Python lines give the values in their comments, and its catalogue recipe, run with an
# aliyun that serves two sample pages, makes a catalogue that the command reads.
. tests/support.sh

# block LANGUAGE FILE: the contents of all blocks of that language.
block() {
    sed -n "/^\`\`\`$1\$/,/^\`\`\`\$/p" "$2" | sed '/^```/d'
}

block console README.md >"$work/console"
sh tests/transcript.sh "$work/console" >"$work/console.now"
diff -u "$work/console" "$work/console.now" || fail 'a console block prints something else'

block c README.md >"$work/program.c"
$CC -Iinclude -o "$work/program" "$work/program.c" "$B/libcnicalc.a"
block text README.md | grep -qxF "$("$work/program")" || fail 'the C program prints something else'

block python README.md | sed -n 's/^\(cnicalc.*[^ ]\)  *# \(.*\)$/assert \1 == \2/p' >"$work/lines"
[ "$(wc -l <"$work/lines")" -ge 3 ] || fail 'README.md has too few lines of Python'
{ echo 'import cnicalc'; cat "$work/lines"; } >"$work/lines.py"
if have "$PYTHON"; then
    CNICALC_LIBRARY=$B/libcnicalc.so PYTHONPATH=examples/python PYTHONDONTWRITEBYTECODE=1 \
        "$PYTHON" "$work/lines.py" || fail 'a line of Python gives another value'
else
    skip "there is no $PYTHON: its lines are left out"
fi

have jq || { skip 'jq is not here: the catalogue is left out'; finish; exit; }
cat >"$work/aliyun" <<'EOF'
#!/bin/sh
case "$*" in
'ecs DescribeInstanceTypes --MaxResults 100') cat tests/catalog/page1.json ;;
'ecs DescribeInstanceTypes --MaxResults 100 --NextToken page-2') cat tests/catalog/page2.json ;;
*) exit 1 ;;
esac
EOF
chmod +x "$work/aliyun"
block sh README.md | sed -n '/^token=/,/types.tsv$/p' | sed "s|>types.tsv|>'$work/types.tsv'|" >"$work/recipe"
PATH=$work:$PATH sh -eu "$work/recipe"
diff -u tests/catalog/types.tsv "$work/types.tsv" || fail 'the recipe makes another catalogue'
pods=$(cnicalc node --catalog "$work/types.tsv" ecs.lab.24xlarge --mode shared -o json | jq '.[0].max_pods')
[ "$pods" = $((14 * 50)) ] || fail "a node of the catalogue has $pods pods"
finish
