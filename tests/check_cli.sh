#!/bin/sh
# SPDX-License-Identifier: MIT
# The command, as a user meets it. tests/cli/*.case are transcripts:
#
#   $ COMMAND      run by sh in a scratch directory that holds the other files of tests/cli
#   > LINE         what it must write on stdout
#   ! LINE         on stderr
#   ? STATUS       its exit status, when that is not 0
#   # LINE         why the answer is that
#
# Outputs are compared to the byte. Then come the checks that need more than a transcript.
set -eu
root=${CNICALC_ROOT:-.}
work=$B/check-cli
rm -rf "$work"
mkdir -p "$work/dir"
cp "$root"/tests/cli/*.tsv "$work/dir"
PATH=$B/bin:$PATH
export PATH
unset NO_COLOR
# In a build for coverage: that counts of an older build are dropped is no complaint of the command.
GCOV_ERROR_FILE=$work/gcov
export GCOV_ERROR_FILE
LC_ALL=C
export LC_ALL
failures=0
count=0

fail() {
    failures=$((failures + 1))
    printf '%s\n' "$*"
}

finish_case() {
    [ -n "$command" ] || return 0
    count=$((count + 1))
    status=0
    (cd "$work/dir" && sh -c "$command") >"$work/stdout" 2>"$work/stderr" </dev/null || status=$?
    if [ "$status" -ne "$expected_status" ] || ! cmp -s "$work/stdout" "$work/stdout.expected" ||
        ! cmp -s "$work/stderr" "$work/stderr.expected"; then
        fail "$case_file: $ $command: exit status $status, expected $expected_status"
        diff -u "$work/stdout.expected" "$work/stdout" | sed 1,2d || :
        diff -u "$work/stderr.expected" "$work/stderr" | sed 1,2d || :
    fi
}

run_cases() { # a case file
    case_file=${1##*/}
    command=
    while IFS= read -r line || [ -n "$line" ]; do
        case $line in
        '$ '*)
            finish_case
            command=${line#'$ '}
            expected_status=0
            : >"$work/stdout.expected"
            : >"$work/stderr.expected"
            ;;
        '> '* | '>') printf '%s\n' "${line#>}" | sed 's/^ //' >>"$work/stdout.expected" ;;
        '! '*) printf '%s\n' "${line#! }" >>"$work/stderr.expected" ;;
        '? '*) expected_status=${line#? } ;;
        '#'* | '') ;;
        *) fail "$case_file: not a line of a transcript: $line" ;;
        esac
    done <"$1"
    finish_case
}

for case_path in "$root"/tests/cli/*.case; do
    run_cases "$case_path"
done

# ---- Help: a screen each, with an example that works; the man page and the cases know every option

cnicalc --help >"$work/help"
subcommands=$(sed -n 's/^  \([a-z]\{1,\}\)  .*/\1/p' "$work/help")
[ "$(echo "$subcommands" | wc -w)" -ge 5 ] || fail 'the help lists too few subcommands'
for subcommand in '' $subcommands; do
    # shellcheck disable=SC2086 # no word for none
    cnicalc help $subcommand >"$work/help-$subcommand"
    # shellcheck disable=SC2086
    cnicalc $subcommand --help | cmp -s - "$work/help-$subcommand" ||
        fail "help $subcommand and $subcommand --help differ"
    awk -v name="help $subcommand" 'length > 80 { print name ": beyond 80 columns: " $0 }
        END { if (NR > 24) print name ": beyond 24 lines" }' "$work/help-$subcommand" >"$work/size"
    [ ! -s "$work/size" ] || fail "$(cat "$work/size")"
    # A backslash at the end of a line joins the next, as it does for a reader's shell.
    sed -n -e ':join' -e '/\\$/{N;s/\\\n *//;b join' -e '}' -e 's/^Example: //p' \
        -e 's/^         cnicalc /cnicalc /p' "$work/help-$subcommand" >"$work/examples"
    [ -s "$work/examples" ] || fail "help $subcommand has no example"
    while IFS= read -r example; do
        sh -c "$example" >"$work/stdout" 2>"$work/stderr.all" </dev/null ||
            fail "$example: exit status $?"
        # Which every batch ends with.
        grep -v '^cnicalc: batch: [0-9]* rows, 0 bad$' "$work/stderr.all" >"$work/stderr" || :
        if [ ! -s "$work/stdout" ] || [ -s "$work/stderr" ]; then
            fail "$example: not a plain answer"
        fi
    done <"$work/examples"
    [ -n "$subcommand" ] || continue
    grep -o -e '--[a-z][a-z0-9-]*' "$work/help-$subcommand" | sort -u >"$work/options"
    while IFS= read -r option; do
        grep -q "Fl -${option#--}" "$root/examples/cnicalc/cnicalc.1" ||
            fail "cnicalc.1 lacks $option"
        grep -q "^\\$ .*cnicalc $subcommand .*$option" "$root/tests/cli/$subcommand.case" ||
            fail "no case uses $subcommand $option"
    done <"$work/options"
done

if command -v mandoc >/dev/null; then
    for page in examples/cnicalc/cnicalc.1 lib/data/cnicalc-catalog.5; do
        # Whether pages that it refers to are installed is not asked.
        mandoc -T lint -W style "$root/$page" | grep -v 'referenced manual not found' &&
            fail "$page: see above"
    done
else
    echo 'check-cli: mandoc is not here'
fi

# ---- types against the TSV, with awk's arithmetic: every row in every mode

types_expected() { # pods as an awk expression of e and i
    awk -F'\t' -v OFS='\t' '
        NR == 1 { print "instance_type", "vcpus", "memory_gib", "eni_quantity",
            "eni_private_ip_address_quantity", "eni_ipv6_address_quantity", "max_pods",
            "pods_per_vcpu", "sources"; next }
        { e = $4; i = $5; pods = '"$1"'
          per = pods == "-" || $2 == "-" ? "-" : sprintf("%.2f", int(pods * 100 / $2 + 0.5) / 100)
          print $1, $2, sprintf("%.14g", $3 / 1024), $4, $5, $6, pods, per, $9 }
    ' "$root/lib/data/ecs-instance-types.tsv"
}

check_types() { # a mode, pods as above
    types_expected "$2" >"$work/types.expected"
    cnicalc types --mode "$1" -o tsv >"$work/types"
    cmp -s "$work/types" "$work/types.expected" ||
        fail "types --mode $1: $(diff "$work/types.expected" "$work/types" | head -5)"
}

both='e == "-" || i == "-" ? "-" :'
check_types shared "$both (e - 1) * i"
check_types trunk "$both (e - 1) * i"
check_types exclusive 'e == "-" ? "-" : e - 1'
check_types prefix "$both (e - 1) * (i - 1) * 16"

# ---- The three formats say the same: TSV is what jq makes of JSON

same_in_tsv() { # a command that answers with a list of records, or with one
    sh -c "$1 -o tsv" >"$work/tsv" || :
    sh -c "$1 -o json" >"$work/json" || :
    jq -r --arg header "$(head -1 "$work/tsv")" '
        ($header | split("\t")) as $keys | $header,
        ((if type == "array" then .[] else . end) | . as $row | [$keys[] | split(".") as $path |
            $row | getpath($path) | if . == null then "-" else tostring end] | join("\t"))
    ' "$work/json" >"$work/tsv.expected" || fail "$1 -o json: jq refuses it"
    # jq drops the zeros at the end of a number.
    sed -E 's/(\t[0-9]+\.[0-9]*[1-9])0+(\t|$)/\1\2/; s/(\t[0-9]+)\.0+(\t|$)/\1\2/' "$work/tsv" |
        cmp -s - "$work/tsv.expected" || fail "$1: TSV and JSON differ"
    lines=$(jq 'if type == "array" then length else 1 end' "$work/json")
    [ "$(wc -l <"$work/tsv")" -eq $((lines + 1)) ] || fail "$1: TSV has another number of rows"
}

if command -v jq >/dev/null; then
    same_in_tsv 'cnicalc node ecs.c7.4xlarge ecs.g7.xlarge'
    same_in_tsv 'cnicalc types'
    same_in_tsv 'cnicalc flannel 10.0.0.0/8 --node-mask 25 --edition edge-pro'
    same_in_tsv 'cnicalc flannel --nodes 300 --pods-per-node 64'
    same_in_tsv 'cnicalc quota'
    same_in_tsv 'cnicalc map --vpc 10.0.0.0/16 --vswitch a=10.0.0.0/20 --other b=10.9.0.0/24'
    same_in_tsv "cnicalc catalog check $work/dir/own.tsv"
    same_in_tsv 'cnicalc cidr info fd00::/8'
    same_in_tsv 'cnicalc features'
    same_in_tsv 'cnicalc choose --nodes 2000 --need independent-pod-cidr,dual-stack'
    same_in_tsv 'cnicalc conntrack --memory-gib 16 --max-pods 210'
    same_in_tsv 'cnicalc terway --vswitch I=10.0.0.0/20 --vswitch "J é"=10.0.16.0/20 --type c7.xlarge'
    same_in_tsv 'cnicalc terway --vswitch I=10.0.0.0/20 --pool I=c7.xlarge,count=99'
    same_in_tsv 'cnicalc propose --vpc 10.0.0.0/8 --plugin terway --nodes 99 --pods-per-node 9'
    same_in_tsv 'cnicalc propose --vpc 10.0.0.0/20 --plugin terway --nodes 999 --pods-per-node 99'
else
    echo 'check-cli: jq is not here'
fi

# ---- check: its TSV has the findings of its JSON

plan='cnicalc check --plugin terway --vpc 10.0.0.1/16 --vswitch A=10.1.0.0/20 --other dc=10.0.0.0/8'
findings_in_tsv='[.severity, .code, .subject, .other, .message, .block] | map(. // "-") | join("\t")'
if command -v jq >/dev/null; then
    sh -c "$plan -o json" >"$work/json" || :
    sh -c "$plan -o tsv" | sed 1d >"$work/tsv" || :
    jq -r ".findings[] | $findings_in_tsv" "$work/json" | cmp -s - "$work/tsv" ||
        fail 'check: TSV and JSON differ'
    [ "$(jq '.errors + .warnings + .notes' "$work/json")" -eq "$(wc -l <"$work/tsv")" ] ||
        fail 'check: its counts and its findings differ'
fi

# ---- check accepts whatever propose proposes, said over again in its own options

accepts() { # options of propose about the wish, options that both have
    # shellcheck disable=SC2086 # both are lists of words
    cnicalc propose $1 $2 -o json >"$work/plan" || { fail "propose $1 $2: no plan"; return 0; }
    jq -r '"--plugin", .plugin, "--vpc", .vpc, "--service-cidr", .service_cidr,
        (.vswitch[] | "--vswitch", "\(.zone)=\(.cidr)"),
        (.pod_vswitch[] | "--pod-vswitch", "\(.zone)=\(.cidr)"),
        (if .pod_cidr then "--pod-cidr", .pod_cidr, "--node-mask", .node_mask else empty end),
        "--nodes", .nodes, "--pods", .pods, "--services", .services' "$work/plan" >"$work/words"
    # shellcheck disable=SC2046,SC2086
    cnicalc check $(cat "$work/words") $2 -o json >"$work/verdict" || :
    [ "$(jq .ok "$work/verdict")" = true ] || fail "check refuses: propose $1 $2"
}

if command -v jq >/dev/null; then
    accepts '--vpc 192.168.0.0/16 --plugin terway --nodes 100 --pods-per-node 40' ''
    accepts '--vpc 192.168.0.0/16 --plugin terway --nodes 100 --pods-per-node 40 --zones 2' ''
    accepts '--vpc 10.0.0.0/8 --plugin terway --nodes 2500 --pods-per-node 60 --zones 3' ''
    accepts '--vpc 10.0.0.0/8 --plugin terway --nodes 5000 --pods-per-node 30' '--raised'
    accepts '--vpc 10.0.0.0/8 --plugin terway --nodes 7 --pods-per-node 15 --zones 32' ''
    accepts '--vpc 172.16.0.0/12 --plugin terway --nodes 10 --pods-per-node 30' '--edition basic'
    accepts '--vpc 172.16.0.0/12 --plugin terway --nodes 40 --pods-per-node 30 --growth 150' \
        '--other office=10.0.0.0/8 --other-service b=192.168.0.0/20'
    accepts '--vpc 10.1.0.0/16 --plugin terway --nodes 40 --pods-per-node 30 --zone H --zone K' \
        '--other-vswitch db=10.1.0.0/20 --other-vswitch old=10.1.128.0/17'
    accepts '--vpc 192.168.0.0/16 --plugin flannel --nodes 100 --pods-per-node 100' ''
    accepts '--vpc 192.168.0.0/16 --plugin flannel --nodes 50 --pods-per-node 256 --growth 33' \
        '--routes-used 40 --other dc=10.0.0.0/9'
    accepts '--vpc 10.0.0.0/16 --plugin flannel --nodes 500 --pods-per-node 64 --services 5000' \
        '--raised'
    accepts '--vpc 10.0.0.0/24 --plugin flannel --nodes 1 --pods-per-node 1 --services 1' ''
    accepts '--vpc 172.16.0.0/12 --plugin flannel --nodes 800 --pods-per-node 100 --zones 3' \
        '--edition edge-pro --other a=10.0.0.0/9 --other b=192.168.0.0/17'
    accepts '--vpc 10.0.0.0/8 --plugin terway --nodes 100 --pods-per-node 20 --services 10000' ''
fi

# ---- external: one flat object of strings

for query in '"flannel", "pod_cidr": "10.0.0.0/12", "node_mask": "25", "raised": "true"' \
    '"check", "plugin": "terway", "vpc": "10.0.0.0/8", "vswitch": "A=10.0.0.0/16 B=10.1.0.0/16"' \
    '"terway", "vswitch": "A=10.0.0.0/16 B=10.1.0.0/16", "type": "ecs.c7.4xlarge"' \
    '"propose", "vpc": "10.0.0.0/8", "plugin": "terway", "nodes": "9", "pods_per_node": "9"' \
    '"cidr", "operands": "split 10.0.0.0/8 9"' '"conntrack", "memory-gib": "7.5"'; do
    command -v jq >/dev/null || break
    echo "{\"subcommand\": $query}" | cnicalc external |
        jq -e 'type == "object" and all(.[]; type == "string")' >/dev/null ||
        fail "external: $query: not an object of strings"
done

# ---- A million rows: constant memory, and a bad row changes nothing else

awk -F'\t' -v OFS='\t' 'NR > 1 && $4 != "-" && $5 != "-" { types[n++] = $1 }
    END { split("shared trunk exclusive prefix", modes, " ")
          for (i = 0; i < 1000000; i++) print types[i * 7919 % n], modes[i * 31 % 4 + 1] }
' "$root/lib/data/ecs-instance-types.tsv" >"$work/rows"
cnicalc batch node <"$work/rows" >"$work/answers" 2>"$work/summary" || fail 'a row of a million is bad'
[ "$(cat "$work/summary")" = 'cnicalc: batch: 1000000 rows, 0 bad' ] || fail "$(cat "$work/summary")"
# Its answers are those of cnicalc node.
for mode in shared exclusive; do
    awk -F'\t' -v mode="$mode" '$2 == mode { print $1, $3 }' "$work/answers" | sort -u >"$work/batch"
    cut -d ' ' -f 1 "$work/batch" | xargs cnicalc node --mode "$mode" -o tsv |
        awk -F'\t' 'NR > 1 { print $1, $3 }' | sort -u | cmp -s - "$work/batch" ||
        fail "batch node and node --mode $mode differ"
done
sed '500000s/.*/no.such.type\tshared/' "$work/rows" >"$work/rows.bad"
cnicalc batch node <"$work/rows.bad" 2>/dev/null | diff "$work/answers" - >"$work/difference" || :
[ "$(sed 1d "$work/difference" | cut -c 1-2,3-14 | tr '\n' ' ')" = \
    "$(printf '< %.12s --- > no.such.type ' "$(sed -n 500001p "$work/answers")")" ] ||
    fail "a bad row changes others: $(head -c 500 "$work/difference")"

if [ -r /proc/self/status ]; then
    mkfifo "$work/fifo"
    cnicalc batch node <"$work/fifo" >/dev/null 2>&1 &
    batch=$!
    exec 4>"$work/fifo"
    cat "$work/rows" >&4
    peak=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\) kB$/\1/p' "/proc/$batch/status")
    exec 4>&-
    wait "$batch"
    [ "$peak" -le 4096 ] || fail "batch takes $peak KiB"
fi

# ---- Pictures are XML, and render where librsvg is here

command -v rsvg-convert >/dev/null || echo 'check-cli: rsvg-convert is not here, no picture is rendered'
map='cnicalc map --vpc 10.0.0.0/16 --vswitch a&b=10.0.0.0/20 --service-cidr 172.21.0.0/20 -o svg'
for picture in "$map" 'cnicalc types --plot -o svg'; do
    $picture >"$work/picture.svg"
    ! command -v rsvg-convert >/dev/null || rsvg-convert "$work/picture.svg" -o "$work/picture.png" ||
        fail "$picture: not rendered"
done

# ---- Colour on a terminal only

on_terminal() { # a command; its output as a terminal sees it
    script -q -e -c "$1" /dev/null </dev/null | tr -d '\r'
}

if script -q -c true /dev/null </dev/null >/dev/null 2>&1; then
    bold=$(printf '\033[1m')
    TERM=xterm
    export TERM
    flannel='cnicalc flannel 172.16.0.0/20 --node-mask 24'
    on_terminal 'cnicalc quota' | head -1 | grep -q -F "${bold}EDITION" || fail 'no bold headings'
    on_terminal "$flannel" | grep -F "$bold" | grep -q -F 'Nodes by pod CIDR' ||
        fail 'the binding limit is not bold'
    [ "$(on_terminal "$flannel" | grep -c -F "$bold")" -eq 1 ] || fail 'more than one line is bold'
    on_terminal "NO_COLOR= $flannel" | grep -q -F "$bold" || fail 'an empty NO_COLOR counts'
    for plain in "NO_COLOR=1 $flannel" "TERM=dumb $flannel" "unset TERM; $flannel" \
        "$flannel | cat" "$flannel -o json"; do
        on_terminal "$plain" >"$work/plain"
        grep -q 172.16.0.0 "$work/plain" || fail "$plain: no answer"
        ! grep -q -F "$bold" "$work/plain" || fail "$plain: coloured"
    done
    slow="{ echo c7.4xlarge; sleep 2.1; echo c7.4xlarge; } | cnicalc batch node >/dev/null"
    on_terminal "$slow" | grep -q 'batch: 2 rowscnicalc: batch: 2 rows, 0 bad' ||
        fail 'no progress of a long batch'
    [ "$(on_terminal 'echo c7.4xlarge | cnicalc batch node >/dev/null')" = \
        'cnicalc: batch: 1 rows, 0 bad' ] || fail 'progress of a short batch'
else
    echo 'check-cli: no pseudo-terminal here; colour and progress are not checked'
fi

[ "$count" -ge 300 ] || fail "only $count cases were run"
[ "$failures" -eq 0 ] || { echo "check-cli: $failures failures"; exit 1; }
