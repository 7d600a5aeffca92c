#!/bin/sh
# SPDX-License-Identifier: MIT
# The workload of a running cluster, by the recipe of the README run word for word with a kubectl
# that answers with a sample; and the price list of the manual.
. tests/support.sh
have jq || skip_all 'jq is not here'
recipe=examples/cnicalc/recipes/workload.jq
mkdir "$work/bin" "$work/examples"
ln -s "$root/examples/cnicalc" "$work/examples/cnicalc"

cat >"$work/bin/kubectl" <<EOF
#!/bin/sh
[ "\$*" = 'get pods -A -o json' ] && exec cat '$root/tests/catalog/pods.json'
exit 1
EOF
chmod +x "$work/bin/kubectl"
sed -n '/workload.jq/,/^```/p' "$root/README.md" | sed '/^```/d' >"$work/recipe"
[ -s "$work/recipe" ] || die 'README.md has no workload of a cluster'
(cd "$work" && PATH=$work/bin:$PATH sh -eu recipe >answer 2>errors) || die "$(cat "$work/errors")"

# batch: a pod of 1500m and 1536Mi with an overhead of 250m and 120Mi, and one that requests nothing.
# kube-system: two pods of coredns, and one on the host network of 50m and 0.1Gi, rounded up.
# shop: four pods of 500m + 100m, 512Mi + 128Mi; two of 1 CPU and 1Gi after an init container of 2 CPU
# and 256Mi; one of 250m and 1Gi with a sidecar of 100m and 64Mi, which also runs beside an init
# container of 300m and 2Gi. On average (4 * 600 + 2 * 2000 + 400) / 7 = 971.4 millicores and
# (4 * 640 + 2 * 1024 + 2112) / 7 = 960 MiB.
# train: 4 CPU and 16G of the pod as a whole, whatever its containers say.
# DaemonSets: 350m + 100m + 130m, and the agent's 100m on one node and 150m on the other.
cat >"$work/expected" <<'EOF'
# batch: 2 pods; CPU 875m on average, 1750m at most; memory 828Mi on average, 1656Mi at most
--workload=batch=2,cpu=875m,memory=828Mi
# kube-system: 2 pods; CPU 100m on average, 100m at most; memory 100Mi on average, 100Mi at most
--workload=kube-system=2,cpu=100m,memory=100Mi
# kube-system/host: 1 pod; CPU 50m on average, 50m at most; memory 107374183 on average, 107374183 at most
--workload=kube-system/host=1,cpu=50m,memory=107374183,network=host
# shop: 7 pods; CPU 972m on average, 2000m at most; memory 960Mi on average, 2112Mi at most
--workload=shop=7,cpu=972m,memory=960Mi
# train: 1 pod; CPU 4000m on average, 4000m at most; memory 15625000Ki on average, 15625000Ki at most
--workload=train=1,cpu=4000m,memory=15625000Ki
# DaemonSet kube-system/csi-plugin on the host network: CPU 130m, memory 176Mi at most
# DaemonSet kube-system/kube-proxy-worker on the host network: CPU 100m, memory 0 at most
# DaemonSet kube-system/terway-eniip on the host network: CPU 350m, memory 100Mi at most
# DaemonSet logs/agent: CPU 150m, memory 200Mi at most
--daemon-cpu=730m
--daemon-memory=476Mi
--daemon-pods=1
--host-network-pods=3
# left out: 2 pods that ended, 1 pod on virtual nodes, 1 pod from static manifests
EOF
diff -u "$work/expected" "$work/workload" || fail 'the workload is another one'
grep -q '^ecs\.g7\..* yes    yes ' "$work/answer" || fail 'size holds it on no node'

pods() { # the arguments of jq
    jq -rn "$@" -f "$recipe" tests/catalog/pods.json
}
pods --arg take largest | sed -n 's/^--workload=shop=//p' >"$work/largest"
[ "$(cat "$work/largest")" = 7,cpu=2000m,memory=2112Mi ] || fail '--arg take largest is another one'
! pods --arg take least >"$work/least" 2>&1 || fail '--arg take least is taken'

# What is no list of pods ends with a message and a status, and writes nothing.
while IFS='|' read -r document message; do
    status=0
    echo "$document" | jq -rnf "$recipe" >"$work/output" 2>"$work/message" || status=$?
    if [ "$status" -eq 0 ] || [ -s "$work/output" ]; then
        fail "taken: $document"
    fi
    grep -q "^jq: error.*: $message\$" "$work/message" || fail "$document: $(cat "$work/message")"
done <<'EOF'
|there is no reply; did the command before fail?
{"kind": "Status", "reason": "Forbidden", "message": "no"}|a reply is an error: Forbidden: no
{}|a reply is no list of pods
[]|a reply is no object
{"items": []}|there is no pod in it
{"items": {}}|items of a reply is no array
{"items": [{"kind": "Node", "metadata": {"name": "n"}}]}|an item is no pod
{"items": [{"metadata": {"namespace": "n"}, "spec": {}}]}|spec.containers of a pod in n is missing
{"items": [{"metadata": {"namespace": "n"}, "spec": {"containers": [], "initContainers": [{"resources": {"requests": {"cpu": "1KB"}}}]}}]}|1KB is no quantity
{"items": [{"spec": {"containers": []}}]}|metadata.namespace of a pod is missing
EOF

# Quantities in every notation, rounded up; and what is none.
quantities() {
    echo '{"items": [{"metadata": {"name": "p", "namespace": "n"}, "spec": {"containers": [
        {"resources": {"requests": {"cpu": "'"$1"'", "memory": "'"$2"'"}}}]}, "status": {}}]}' |
        jq -rnf "$recipe" 2>&1 | sed -n -e 's/^--workload=n=1,//p' -e 's/^jq: .*: //p'
}
while read -r cpu memory expected; do
    [ "$(quantities "$cpu" "$memory")" = "$expected" ] ||
        fail "$cpu, $memory: $(quantities "$cpu" "$memory"), not $expected"
done <<'EOF'
0.29 1.5Gi cpu=290m,memory=1536Mi
.5 1e9 cpu=500m,memory=1000000000
2 12E2 cpu=2000m,memory=1200
100u 128974848000m cpu=1m,memory=123Mi
1.5e3m 1 1.5e3m is no quantity
1500000n 1k cpu=2m,memory=1000
15e-1 1Ti cpu=1500m,memory=1024Gi
1 1KB 1KB is no quantity
m 1 m is no quantity
. 1 . is no quantity
-1 1 -1 is no quantity
EOF

# ---- Prices: of 104, 97 and 1000 nodes

sed -n '/^tab=/,/sort -n/p' examples/cnicalc/cnicalc.1 | sed 's/\\e/\\/g' >"$work/prices"
printf 'ecs.c7.4xlarge\t0.5\necs.c7.large\t0.04\necs.g7.4xlarge\t0.75\n' >"$work/prices.tsv"
(cd "$work" && sh -eu prices) >"$work/costs" || fail 'the price list of the manual fails'
printf 'ecs.c7.large\t1000\t40\necs.c7.4xlarge\t104\t52\necs.g7.4xlarge\t97\t72.75\n' |
    diff -u - "$work/costs" || fail 'the price list of the manual says something else'
finish
