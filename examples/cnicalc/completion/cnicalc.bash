# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# Completion of cnicalc for bash. It asks the command itself, so that both always agree.

_cnicalc() {
    local word words=()
    # bash takes "--name=value" for three words.
    for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
        [ "$word" = = ] || words+=("$word")
    done
    [ "${COMP_WORDS[COMP_CWORD]}" != = ] || words+=('')
    mapfile -t COMPREPLY < <("$1" --complete "${words[@]}")
    [ "${COMPREPLY[*]}" != :files ] || mapfile -t COMPREPLY < <(compgen -f -- "${words[-1]}")
}

complete -F _cnicalc cnicalc
