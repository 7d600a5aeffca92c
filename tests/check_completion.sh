#!/bin/sh
# SPDX-License-Identifier: MIT
# Completion offers what the command knows: its subcommands, all options of each, and the values of
# an option. Each shell is asked for the words of the cases below, and left out where it is missing.
. tests/support.sh
completion=$root/examples/cnicalc/completion

cat >"$work/ask.bash" <<'EOF'
source "$1"
shift
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_cnicalc "$1" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
printf '%s\n' "${COMPREPLY[@]}"
EOF

# The builtins that exist only inside a completion are functions here.
cat >"$work/ask.zsh" <<'EOF'
setopt extendedglob
compset() {
    [[ $PREFIX = (#b)(${~2})* ]] || return 1
    IPREFIX+=$match[1]
    PREFIX=${PREFIX#$match[1]}
}
compadd() { print -l -- ${(M)offers:#$PREFIX*}; }
_files() { print -l -- $PREFIX*(N); }
completion=$1
shift
words=("$@")
CURRENT=$#
PREFIX=$words[CURRENT]
source $completion
EOF

ask() { # a shell, words of the command line, the last of them to be completed
    shell=$1
    shift
    case $shell in
    bash) bash "$work/ask.bash" "$completion/cnicalc.bash" "$@" ;;
    zsh) zsh -f "$work/ask.zsh" "$completion/_cnicalc" "$@" ;;
    esac | sort -u
}

expect() { # a title, a file with what is expected
    cmp -s "$work/got" "$2" && return
    fail "$1: $(diff "$2" "$work/got" | tr '\n' ' ')"
}

offers() { # words as for ask, "=", what is expected
    words=${1% = *}
    # shellcheck disable=SC2086 # words are words
    printf '%s\n' ${1#* = } | sort -u >"$work/expected"
    eval "ask $shell_now cnicalc $words" >"$work/got"
    expect "$shell_now: cnicalc $words" "$work/expected"
}

check_shell() {
    shell_now=$1
    { echo "$subcommands"; printf '%s\n' help --help --version; } | sort -u >"$work/expected"
    ask "$1" cnicalc '' >"$work/got"
    expect "$1: cnicalc" "$work/expected"
    for subcommand in $subcommands; do
        [ -n "$(cnicalc --manual synopsis "$subcommand")" ] || continue
        # The lines of the options: from the first of them to an empty one.
        cnicalc help "$subcommand" | sed -n '/^  -/,/^$/p' | grep -o -e '--[a-z][a-z0-9-]*' |
            sort -u >"$work/expected"
        ask "$1" cnicalc "$subcommand" -- >"$work/got"
        [ -s "$work/expected" ] || echo >"$work/expected"
        [ -s "$work/got" ] || echo >"$work/got"
        expect "$1: cnicalc $subcommand --" "$work/expected"
    done
    offers 'nod = node'
    offers 'help quo = quota'
    offers "node --mode '' = shared trunk exclusive prefix all"
    offers "types --mode '' = shared trunk exclusive prefix"
    offers 'node ecs.c7.4 = ecs.c7.4xlarge'
    offers 'node --dual-stack ecs.c7.4 = ecs.c7.4xlarge'
    offers 'types --family c7 = c7 c7a c7a-nps1 c7nex c7se c7t'
    offers "types --sort i = instance_type"
    offers "quota --edition edge = edge-pro edge-basic"
    offers "quota -o '' = table json tsv"
    offers "types -o s = svg"
    offers "cidr ex = exclude"
    offers "batch '' = node flannel cidr"
    offers "catalog '' = check"
    offers "catalog check Make = Makefile"
    offers "node --catalog READ = README.md"
    offers "node --max-eni '' = "
    echo trunk >"$work/expected"
    case $1 in
    bash) ask bash cnicalc types --mode = tr ;; # which takes --mode=tr for three words
    zsh) ask zsh cnicalc types --mode=tr ;;
    esac >"$work/got"
    expect "$1: cnicalc types --mode=tr" "$work/expected"
}

subcommands=$(cnicalc --help | sed -n 's/^  \([a-z]\{1,\}\)  .*/\1/p')
for shell in bash zsh; do
    if have "$shell"; then
        check_shell "$shell"
    else
        skip "$shell is not here"
    fi
done
finish
