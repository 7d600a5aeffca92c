#!/bin/sh
# SPDX-License-Identifier: MIT
# GROWN (80) random clusters among the vSwitches of others: check accepts what grow makes of each, or
# grow has said that it does not; terway finds room for the further nodes; and what is grown needs nothing
# more.
. tests/support.sh
have jq || skip_all 'jq is not here'
have "$PYTHON" || skip_all "there is no $PYTHON"
cd "$work"
python "$root/tests/model/brownfields.py" "${GROWN:-80}" "${SEED:-8}" .
fitting=0
adding=0
refused=0
for field in field*; do
    status=0
    cnicalc grow @"$field" -o json >answer 2>errors || status=$?
    if [ $status -gt 1 ]; then
        fail "$field: $(cat errors)"
        continue
    fi
    jq -r '[.fits == true, (.bound_by == null), (.node_vswitch + .pod_vswitch | length),
            ([.notes[] | select(startswith("cnicalc check does not accept"))] | length),
            (.shortages | length)] | join(" ")' answer >facts
    read -r fits unbound added says short <facts
    if [ $status -eq 1 ]; then
        if [ "$fits $unbound" != 'false false' ] || [ "$short" -eq 0 ]; then
            fail "$field: no, and nothing is short"
        fi
        continue
    fi
    fitting=$((fitting + 1))
    adding=$((adding + (added > 0)))
    refused=$((refused + says))
    cnicalc grow @"$field" -o args >plan || fail "$field: no plan"
    status=0
    cnicalc check @plan >said 2>&1 || status=$?
    [ $status -eq "$says" ] || fail "$field: check ends with $status, and grow said $says: $(head -n 2 said)"
    wanted=$(sed -n 's/^--add-nodes=//p' "$field")
    settings=$(grep -e '^--pool-size' -e '^--max-eni' -e '^--ipv4-prefix' "$field" | grep -v -x -F -f plan || :)
    # shellcheck disable=SC2086 # words
    nodes=$(cnicalc terway @plan $settings -o json | jq .max_nodes)
    [ "$nodes" -ge "$wanted" ] || fail "$field: terway finds $nodes of $wanted nodes"
    grep -e '^--add-nodes' -e '^--zone' -e '^--pool-size' -e '^--max-eni' -e '^--mode' -e '^--roomy' "$field" |
        grep -v -x -F -f plan >rest || :
    sed -e '/^--nodes=/d' -e '/^--pods=/d' plan | cat - rest | cnicalc grow @- -o json >again 2>errors ||
        fail "$field: what is grown does not fit: $(cat errors)"
    jq -e .fits_now again >fits || fail "$field: what is grown wants more"
done
if [ "$fitting" -le $((${GROWN:-80} / 4)) ] || [ "$adding" -le $((${GROWN:-80} / 8)) ] || [ "$refused" -eq 0 ]; then
    fail "the clusters are too alike: $fitting fit, $adding get something, check refuses $refused"
fi
finish
