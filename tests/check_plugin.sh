#!/bin/sh
# SPDX-License-Identifier: MIT
# kubectl cnicalc, as installed: with a kubectl that answers with a sample, and with the real one
# against a fake API on the loopback.
. tests/support.sh
have jq || skip_all 'jq is not here'
copy_build "$work/build"
"$MAKE" -s B="$work/build" PREFIX="$work/installed" install
PATH=$work/installed/bin:$PATH
# tests/cli/nodes.tsv is what the sample of the nodes is with that of the ConfigMaps.
cnicalc audit -o tsv <tests/cli/nodes.tsv >"$work/expected"
grep np-config "$work/expected" | grep -q prefix || fail 'no mode follows from a ConfigMap'
grep -e '^node	' -e np-shared "$work/expected" >"$work/expected.pool"

# ---- What goes where, word for word

mkdir "$work/fake"
cat >"$work/fake/kubectl" <<EOF
#!/bin/sh
for word; do printf '%s\n' "\$word"; done >>"$work/asked"
[ "\$2" != "\${KUBECTL_FAILS:-}" ] || { echo 'kubectl: no' >&2 && exit 1; }
[ "\$2" != configmaps ] || exec cat "$root/tests/cloud/config_maps.json"
exec cat "$root/tests/cloud/nodes.json"
EOF
chmod +x "$work/fake/kubectl"
PATH=$work/fake:$PATH kubectl-cnicalc --context "it's" -l 'a=b c' --cluster=x -o tsv >"$work/rows" ||
    fail 'the plugin has no answer'
printf '%s\n' get configmaps -n kube-system -o json --context "it's" --cluster=x \
    get nodes -o json --context "it's" --cluster=x -l 'a=b c' | diff -u - "$work/asked" ||
    fail 'kubectl is asked something else'
cmp -s "$work/rows" "$work/expected" || fail 'the plugin answers something else'
PATH=$work/fake:$PATH kubectl-cnicalc audit -o tsv | cmp -s - "$work/expected" ||
    fail 'the word audit changes the answer'
# Without one of the two there is no answer: modes could be others.
for what in configmaps nodes; do
    status=0
    PATH=$work/fake:$PATH KUBECTL_FAILS=$what kubectl-cnicalc >"$work/rows" 2>"$work/errors" || status=$?
    if [ "$status" -ne 2 ] || [ -s "$work/rows" ]; then
        fail "kubectl fails: status $status, $(cat "$work/rows")"
    fi
    grep -qF 'kubectl: no' "$work/errors" || fail "kubectl fails: $(cat "$work/errors")"
    grep -qF 'cnicalc: audit: stdin: there are no rows' "$work/errors" ||
        fail "kubectl fails: $(cat "$work/errors")"
done

# ---- What asks nothing of the API

rm "$work/asked"
without_asking() { # status, its first line, words...
    expected=$1
    line=$2
    shift 2
    status=0
    PATH=$work/fake:$PATH kubectl-cnicalc "$@" >"$work/rows" 2>"$work/errors" || status=$?
    [ "$status" -eq "$expected" ] || fail "$*: status $status"
    cat "$work/rows" "$work/errors" | head -n 1 | grep -qF "$line" ||
        fail "$*: says $(cat "$work/rows" "$work/errors")"
    [ ! -e "$work/asked" ] || fail "$*: kubectl is asked"
}
without_asking 2 'cnicalc: kubectl cnicalc: --context: needs a value' -o tsv --context
without_asking 2 'cnicalc: kubectl cnicalc: grow: it is audit alone; did you mean cnicalc grow?' \
    grow --add-nodes 4
without_asking 2 'cnicalc: audit: --add-nodes=4: no such option' --add-nodes=4
without_asking 2 'cnicalc: audit: rows: the subcommand takes options only; rows come from stdin' -o tsv rows
without_asking 0 'kubectl cnicalc [OPTION...]: cnicalc audit of the cluster' --help
grep -qF -e --warn-at "$work/rows" || fail 'the help has not that of audit'
without_asking 0 'kubectl cnicalc [OPTION...]' --context x -h

# ---- The real one

if ! have kubectl || ! have "$PYTHON"; then
    skip 'kubectl is not here (Debian: kubernetes-client): the plugin with it'
    finish
    exit
fi
PYTHONDONTWRITEBYTECODE=1 "$PYTHON" tests/audit/fake_api.py tests/cloud/nodes.json tests/cloud/config_maps.json \
    "$work/port" &
server=$!
trap 'kill $server 2>/dev/null || :' EXIT
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    [ -s "$work/port" ] || sleep 0.3
done
cat >"$work/config" <<EOF
apiVersion: v1
kind: Config
clusters: [{name: fake, cluster: {server: "http://127.0.0.1:$(cat "$work/port")"}}]
contexts: [{name: fake, context: {cluster: fake, user: fake}}]
users: [{name: fake, user: {}}]
EOF
HOME=$work
export HOME
kubectl cnicalc --kubeconfig "$work/config" --context fake -o tsv >"$work/rows" 2>"$work/errors" ||
    fail "kubectl cnicalc: $(cat "$work/errors")"
cmp -s "$work/rows" "$work/expected" ||
    fail 'kubectl cnicalc answers something else'
kubectl cnicalc --kubeconfig="$work/config" --context=fake -l alibabacloud.com/nodepool-id=np-shared \
    -o tsv | cmp -s - "$work/expected.pool" || fail 'kubectl cnicalc -l answers something else'
status=0
kubectl cnicalc --kubeconfig "$work/config" --context nosuch >"$work/rows" 2>"$work/errors" || status=$?
[ "$status" -ne 0 ] || fail 'a context that is not there has an answer'
finish
