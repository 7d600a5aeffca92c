#!/bin/sh
# SPDX-License-Identifier: MIT
# kubectl cnicalc, as installed: with a kubectl that answers with a sample, and with the real one
# against a fake API on the loopback.
. tests/support.sh
have jq || skip_all 'jq is not here'
copy_build "$work/build"
"$MAKE" -s B="$work/build" PREFIX="$work/installed" install
PATH=$work/installed/bin:$PATH
cnicalc audit -o tsv <tests/cli/nodes.tsv | grep -v np-config >"$work/expected"
grep -e '^node	' -e np-shared "$work/expected" >"$work/expected.pool"

# ---- What goes where, word for word

mkdir "$work/fake"
cat >"$work/fake/kubectl" <<EOF
#!/bin/sh
for word; do printf '%s\n' "\$word"; done >"$work/asked"
[ -z "\${KUBECTL_FAILS:-}" ] || { echo 'kubectl: no' >&2 && exit 1; }
exec cat "$root/tests/cloud/nodes.json"
EOF
chmod +x "$work/fake/kubectl"
PATH=$work/fake:$PATH kubectl-cnicalc --context "it's" -l 'a=b c' --cluster=x -o tsv >"$work/rows" ||
    fail 'the plugin has no answer'
printf '%s\n' get nodes -o json --context "it's" -l 'a=b c' --cluster=x | diff -u - "$work/asked" ||
    fail 'kubectl is asked something else'
grep -v np-config "$work/rows" | cmp -s - "$work/expected" || fail 'the plugin answers something else'
status=0
PATH=$work/fake:$PATH KUBECTL_FAILS=1 kubectl-cnicalc >"$work/rows" 2>"$work/errors" || status=$?
if [ "$status" -ne 2 ] || [ -s "$work/rows" ]; then
    fail "kubectl fails: status $status, $(cat "$work/rows")"
fi
for word in 'kubectl: no' 'there is no reply' 'cnicalc: audit: stdin: there are no rows'; do
    grep -qF "$word" "$work/errors" || fail "kubectl fails: $(cat "$work/errors")"
done
status=0
kubectl-cnicalc --context 2>"$work/errors" || status=$?
[ "$status" -eq 2 ] || fail "an option without its value: status $status"
grep -qxF 'cnicalc: kubectl cnicalc: --context: needs a value' "$work/errors" ||
    fail "$(cat "$work/errors")"

# ---- The real one

if ! have kubectl || ! have "$PYTHON"; then
    skip 'kubectl is not here (Debian: kubernetes-client): the plugin with it'
    finish
    exit
fi
PYTHONDONTWRITEBYTECODE=1 "$PYTHON" tests/audit/fake_api.py tests/cloud/nodes.json "$work/port" &
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
grep -v np-config "$work/rows" | cmp -s - "$work/expected" ||
    fail 'kubectl cnicalc answers something else'
kubectl cnicalc --kubeconfig="$work/config" --context=fake -l alibabacloud.com/nodepool-id=np-shared \
    -o tsv | cmp -s - "$work/expected.pool" || fail 'kubectl cnicalc -l answers something else'
status=0
kubectl cnicalc --kubeconfig "$work/config" --context nosuch >"$work/rows" 2>"$work/errors" || status=$?
[ "$status" -ne 0 ] || fail 'a context that is not there has an answer'
finish
