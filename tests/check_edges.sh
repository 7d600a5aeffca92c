#!/bin/sh
# SPDX-License-Identifier: MIT
# The command where its surroundings fail: a full disk, closed files, a reader that has gone, files
# that are none or have no end, endless lines, any locale. It ends with one line on stderr and
# status 2; quietly where a reader has seen enough.
. tests/support.sh
mkdir "$work/dir"
cp tests/cli/own.tsv "$work/dir"
cd "$work/dir"

run() { # a command; leaves its status, stdout and stderr
    status=0
    sh -c "$1" >"$work/stdout" 2>"$work/stderr" </dev/null || status=$?
}

expect() { # a status, all of stderr, a command that leaves stdout empty
    run "$3"
    if [ "$status" -ne "$1" ] || [ "$(cat "$work/stderr")" != "$2" ] || [ -s "$work/stdout" ]; then
        fail "$ $3: exit status $status, expected $1, and on stderr: $2"
        head -c 300 "$work/stderr"
        head -c 300 "$work/stdout"
    fi
}

# ---- A request of each subcommand in each of its formats; all are answered with status 0

printf 'c7.4xlarge\nno.such.type\n' >types
printf '10.0.0.0/8\t24\n' >pod-cidrs
printf 'node\tinstance_type\tmax_available_ip\na\tc7.4xlarge\t210\n' >nodes
printf '10.0.0.0/8\n::/0\n' >blocks
echo '{"subcommand": "choose", "nodes": "500"}' >query

in_formats() { # requests; each in every format that the help of the subcommand lists
    for format in $(cnicalc "${1%% *}" --help | sed -n 's/^  -o //p' | tr '|' ' '); do
        printf "%s -o $format\n" "$@"
    done
}

requests_of() { # a subcommand
    plan='--vpc 10.0.0.0/8 --plugin terway'
    vswitch='--vswitch I=10.0.0.0/16'
    case $1 in
    node) in_formats 'node c7.4xlarge own.4xlarge --catalog own.tsv' ;;
    types) in_formats types | sed 's/-o svg/--plot &/' && echo 'types --plot -o table' ;;
    size) in_formats 'size --pods 9 --cpu 1 --family c7 --explain' ;;
    flannel) in_formats 'flannel 10.0.0.0/8 --node-mask 25 --explain' 'flannel 10.0.0.0/8' \
        'flannel --nodes 9 --pods-per-node 9' ;;
    terway) in_formats "terway $vswitch --type c7.4xlarge" "terway $vswitch --pods-per-node 9" \
        "terway $vswitch --pool I=c7.4xlarge" ;;
    check) in_formats "check $plan $vswitch --pod-vswitch I=10.1.0.0/16 \
        --service-cidr 172.21.0.0/20" ;;
    propose) in_formats "propose $plan --nodes 9 --pods-per-node 9" \
        'propose --vpc 10.0.0.0/8 --plugin flannel --nodes 9 --pods-per-node 9' ;;
    grow) in_formats "grow $plan $vswitch --add-nodes 9 --pods-per-node 9" \
        'grow --pod-cidr 10.0.0.0/8 --node-mask 25 --add-nodes 9' ;;
    choose) in_formats 'choose --nodes 500' ;;
    cidr) in_formats 'cidr split 10.0.0.0/16 24' ;;
    map) in_formats "map --vpc 10.0.0.0/8 $vswitch" ;;
    conntrack) in_formats 'conntrack --memory-gib 7.5' ;;
    catalog) in_formats "catalog check $root/lib/data/ecs-instance-types.tsv" ;;
    quota | features) in_formats "$1" ;;
    external) echo 'external <query' ;;
    audit) in_formats audit | sed 's/$/ <nodes/' ;;
    batch) printf '%s\n' 'batch flannel <pod-cidrs' 'batch cidr <blocks' ;;
    esac
    echo "$1 --help"
    echo "help $1"
}

cnicalc --help | sed -n 's/^  \([a-z]\{1,\}\)  .*/\1/p' >"$work/subcommands"
while IFS= read -r subcommand; do
    requests_of "$subcommand" >"$work/some"
    [ "$(wc -l <"$work/some")" -ge 3 ] || fail "$subcommand has no request here"
    cat "$work/some"
done <"$work/subcommands" >"$work/requests"
printf '%s\n' --help --version help >>"$work/requests"

# ---- Stdout that is full, closed, or a pipe that nobody reads

# Opened by a reader that closes it at once.
mkfifo "$work/pipe"
: <"$work/pipe" &
exec 4>"$work/pipe"
wait

while IFS= read -r request; do
    name=${request%% *}
    fault="cnicalc: $name: stdout: cannot write"
    [ ! -c /dev/full ] || expect 2 "$fault: No space left on device" "cnicalc $request >/dev/full"
    expect 2 "$fault: Bad file descriptor" "cnicalc $request >&-"
    run "cnicalc $request"
    [ "$status" -eq 0 ] || fail "$ cnicalc $request: exit status $status"
    # Without its last line, how many rows there were, a batch ends as it does before it is done.
    expect 0 "$(grep -v '^cnicalc: batch: ' "$work/stderr" || :)" "cnicalc $request >&4"
done <"$work/requests"
expect 1 '' 'cnicalc cidr contains 10.0.0.0/8 11.0.0.0/8 >&4'
expect 1 '' 'cnicalc propose --vpc 10.0.0.0/24 --plugin terway --nodes 999 --pods-per-node 9 >&4'
expect 0 '' 'yes c7.4xlarge | cnicalc batch node >&4'
expect 2 'cnicalc: batch: stdout: cannot write: No space left on device' \
    'yes c7.4xlarge | cnicalc batch node >/dev/full'

# ---- A malformed request, wherever its line goes

while IFS= read -r name; do
    expect 2 "cnicalc: $name: --zzzzzz: no such option; see cnicalc $name --help" \
        "cnicalc $name --zzzzzz"
    for stderr in '/dev/full' '&-' '&4'; do
        expect 2 '' "cnicalc $name --zzzzzz 2>$stderr"
    done
done <"$work/subcommands"
expect 2 '' 'cnicalc --zzzzzz 2>&4'

# ---- Catalogues that cannot be read, or have no end

ln -s loop loop
: >secret
chmod 0 secret

check_catalogue() { # a path, why it cannot be read
    for request in 'node c7.xlarge' types 'terway --vswitch I=10.0.0.0/24 --type c7.xlarge' \
        'batch node'; do
        expect 2 "cnicalc: ${request%% *}: --catalog $1: $2" "cnicalc $request --catalog $1"
    done
    expect 2 "cnicalc: catalog: $1: $2" "cnicalc catalog check $1"
    expect 2 "cnicalc: types: --catalog $1: $2" \
        "echo '{\"subcommand\": \"types\", \"catalog\": \"$1\"}' | cnicalc external"
}

check_catalogue /dev/zero 'the file exceeds 64 MiB'
check_catalogue . 'Is a directory'
check_catalogue nosuch.tsv 'No such file or directory'
check_catalogue own.tsv/own.tsv 'Not a directory'
check_catalogue loop 'Too many levels of symbolic links'
[ -r secret ] || check_catalogue secret 'Permission denied' # but root reads it

# ---- The same for stdin

for stdin in '/dev/zero:the file exceeds 64 MiB' '.:Is a directory' '&-:Bad file descriptor'; do
    file=${stdin%%:*}
    why=${stdin#*:}
    expect 2 "cnicalc: external: stdin: $why" "cnicalc external <$file"
    expect 2 "cnicalc: types: --catalog -: $why" "cnicalc types --catalog - <$file"
    expect 2 "cnicalc: catalog: -: $why" "cnicalc catalog check - <$file"
done
for stdin in '.:Is a directory' '&-:Bad file descriptor'; do
    expect 2 "cnicalc: audit: stdin: cannot read: ${stdin#*:}" "cnicalc audit <${stdin%%:*}"
done
for verb in node flannel cidr; do
    for stdin in '.:Is a directory' '&-:Bad file descriptor'; do
        expect 2 "cnicalc: batch: stdin: cannot read: ${stdin#*:}" \
            "cnicalc batch $verb <${stdin%%:*}"
    done
done

# ---- A line of 256 MiB: a batch answers the rows before and after it, in memory for far less

long="head -c 268435456 /dev/zero | tr '\\0' x"
run "{ echo c7.4xlarge; $long; echo; echo c6.4xlarge; } | { ulimit -v 32768; cnicalc batch node; }"
printf '%s\n' '1: instance_type max_pods error' '2: ecs.c7.4xlarge 210 ' \
    '3: - - the line is longer than 65535 bytes' '4: ecs.c6.4xlarge 140 ' >"$work/expected"
awk -F'\t' '{ print NR ": " $1, $3, $NF }' "$work/stdout" | cmp -s - "$work/expected" ||
    fail "a long line in a batch: $(head -c 300 "$work/stdout")"
[ "$(cat "$work/stderr")" = 'cnicalc: batch: 3 rows, 1 bad' ] ||
    fail "a long line in a batch: $(head -c 300 "$work/stderr")"
expect 2 'cnicalc: types: --catalog -: the file exceeds 64 MiB' "$long | cnicalc types --catalog -"
expect 2 'cnicalc: catalog: -: the file exceeds 64 MiB' "$long | cnicalc catalog check -"
expect 2 'cnicalc: external: stdin: the file exceeds 64 MiB' "$long | cnicalc external"
# Just short of that, it is read, and refused for what it is.
short="head -c 67000000 /dev/zero | tr '\\0' x"
expect 2 'cnicalc: types: stdin:1:1: no column of a catalogue has this name' \
    "$short | cnicalc types --catalog -"
expect 2 'cnicalc: external: stdin: an object in braces is expected, at character 1' \
    "$short | cnicalc external"
expect 2 'cnicalc: external: stdin: a string has no end, at character 67000003' \
    "{ printf '{\"'; $short; } | cnicalc external"

# ---- Any locale: every answer and every complaint is the same to the byte

LOCPATH=$work/locale
export LOCPATH
mkdir "$LOCPATH"
# Its comma is decimal, and its I has no dot.
localedef -i tr_TR -f UTF-8 "$LOCPATH/tr_TR.UTF-8" >"$work/localedef" 2>&1 ||
    skip 'tr_TR.UTF-8 cannot be made here'
printf '%s\n' 'types --sort -pods_per_vcpu' 'types --family C7' 'types --family KS' \
    'node ECS.C7.4XLARGİ' 'node ECS.I2.XLARGE' 'quota --EDITION pro' 'conntrack --memory-gib 7,5' \
    'types --catalog nosuch.tsv' 'propose' 'batch node <types' >>"$work/requests"
while IFS= read -r request; do
    run "cnicalc $request"
    cat "$work/stdout" "$work/stderr" >"$work/same"
    expected=$status
    for locale in nonsense tr_TR.UTF-8; do
        run "LC_ALL=$locale cnicalc $request"
        if [ "$status" -ne "$expected" ] ||
            ! cat "$work/stdout" "$work/stderr" | cmp -s - "$work/same"; then
            fail "$ LC_ALL=$locale cnicalc $request: another answer than without"
        fi
    done
done <"$work/requests"

finish
