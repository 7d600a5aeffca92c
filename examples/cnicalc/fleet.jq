# SPDX-License-Identifier: MIT
# The nodes of a cluster, one a line: name, instance type, Terway mode, and the network pods that
# kubelet takes now. With cnicalc batch this makes a fleet audit; the README has the whole recipe.
#   kubectl get nodes -o json | jq -r --arg mode shared -f examples/cnicalc/fleet.jq
# A node does not say its Terway mode, so --arg mode does, for all of them.

def host_network_pods: 3; # ACK adds them to kubelet's maxPods

def pods_now:
  (.status.capacity.pods // "-") | if . == "-" then . else tonumber - host_network_pods end;

["node", "type", "mode", "now"],
(.items[]
 | [.metadata.name, .metadata.labels["node.kubernetes.io/instance-type"] // "-", $mode, pods_now])
| @tsv
