#!/bin/sh
# SPDX-License-Identifier: MIT
# The fleet audit of the README, run word for word with a kubectl that answers with a sample.
. tests/support.sh
have jq || skip_all 'jq is not here'
mkdir "$work/bin"

cat >"$work/bin/kubectl" <<EOF
#!/bin/sh
[ "\$*" = 'get nodes -o json' ] && exec cat '$root/tests/catalog/nodes.json'
exit 1
EOF
chmod +x "$work/bin/kubectl"
sed -n '/fleet.jq/,/^```/p' "$root/README.md" | sed '/^```/d' >"$work/recipe"
[ -s "$work/recipe" ] || die 'README.md has no fleet audit'
mkdir "$work/examples"
ln -s "$root/examples/cnicalc" "$work/examples/cnicalc"
(cd "$work" && PATH=$work/bin:$PATH sh -eu recipe 2>errors) ||
    die "$(cat "$work/errors")"

# now: kubelet's maxPods less 3. possible: (8-1)*30; (4-1)*15; (2-1)*6, where kubelet takes 55 pods
# for which no address will come. Two nodes have no type that the table knows.
cat >"$work/expected" <<'EOF'
node type mode now possible headroom error
cn-hangzhou.192.168.0.1 ecs.c7.4xlarge shared 210 210 0
cn-hangzhou.192.168.0.2 ecs.g7.xlarge shared 27 45 18
cn-hangzhou.192.168.0.3 ecs.c6.large shared 61 6 -55
cn-hangzhou.192.168.0.4 ecs.c7.4xlarge shared 210 210 0
cn-hangzhou.192.168.0.5 ecs.g7.xlarge shared 45 45 0
cn-hangzhou.192.168.0.6 ecs.lab.24xlarge shared 700 - - the instance type is not in the table
virtual-kubelet-cn-hangzhou-i - shared 4997 - - the instance type is not in the table
EOF
tr '\t' ' ' <"$work/audit.tsv" | sed 's/ $//' | diff -u "$work/expected" - ||
    fail 'the audit says something else'
finish
