# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# Completion of cnicalc for bash. It asks the command itself, so that both always agree.

# The values of an option, by its name; the command and the subcommand are the other arguments.
_cnicalc_values() {
    case $3 in
    --mode)
        echo shared trunk exclusive prefix
        if [ "$2" = node ]; then echo all; fi
        ;;
    --edition) echo pro basic dedicated edge-pro edge-basic ;;
    --plugin) echo terway flannel ;;
    -o | --output)
        echo table json tsv
        if [ "$2" = map ] || [ "$2" = types ]; then echo svg; fi
        ;;
    --type) "$1" types -o tsv | sed 1d | cut -f 1 ;;
    --family) "$1" types -o tsv | sed -n 's/^ecs\.\([^.]*\)\..*/\1/p' | sort -u ;;
    --sort) "$1" types --limit 1 -o tsv | head -n 1 | tr '\t' '\n' | grep -v sources ;;
    --need) "$1" features -o tsv | sed 1d | cut -f 1 ;;
    -*) "$1" help "$2" 2>/dev/null | grep -q -e "^  $3 [A-Z]" ;; # whether it takes a value
    *) return 1 ;;
    esac
}

# What can stand in the place of an operand; the third argument is how many words are before it.
_cnicalc_operands() {
    case $2 in
    node) "$1" types -o tsv | sed 1d | cut -f 1 ;;
    cidr) [ "$3" -ne 2 ] || echo info split nth index contains overlaps merge exclude free ;;
    batch) [ "$3" -ne 2 ] || echo node flannel cidr ;;
    catalog) [ "$3" -ne 2 ] || echo check ;;
    help) "$1" help | sed -n 's/^  \([a-z]\{1,\}\)  .*/\1/p' ;;
    esac
}

_cnicalc() {
    local command=$1 current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
    local subcommand=${COMP_WORDS[1]} offers
    # bash takes "--name=value" for three words.
    if [ "$current" = = ]; then
        current=
    elif [ "$previous" = = ]; then
        previous=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    if [ "$COMP_CWORD" -eq 1 ]; then
        offers="$(_cnicalc_operands "$command" help 1) help --help --version"
    elif [ "$previous" = --catalog ] || { [ "$subcommand" = catalog ] && [ "$previous" = check ]; }
    then
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
        return
    elif ! offers=$(_cnicalc_values "$command" "$subcommand" "$previous"); then
        case $current in
        -*) offers=$("$command" help "$subcommand" 2>/dev/null | grep -o -e '--[a-z][a-z0-9-]*') ;;
        *) offers=$(_cnicalc_operands "$command" "$subcommand" "$COMP_CWORD") ;;
        esac
    fi
    mapfile -t COMPREPLY < <(compgen -W "$offers" -- "$current" | sort -u)
}

complete -F _cnicalc cnicalc
