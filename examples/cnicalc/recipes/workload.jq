# SPDX-License-Identifier: MIT
# The pods of a cluster as a file of arguments for cnicalc size: a workload of each namespace, with
# what its pods request on average and at most, and what DaemonSets take of every node.
#   kubectl get pods -A -o json | jq -rnf workload.jq >workload
#   cnicalc size @workload
# --arg take largest makes every pod as large as the largest of its namespace; mean is the default.
# Pods that have ended, static pods and those on virtual nodes are left out, and counted.

include "reply" {search: "./"};

# A quantity of Kubernetes in units of which one is $scale of them, rounded up as Kubernetes does. The
# digits are read without their point, so that 0.29 is 29 hundredths and no binary fraction.
def quantity($scale):
  {"": 1, "n": 1, "u": 1, "m": 1, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15, "E": 1e18,
   "Ki": 1024, "Mi": 1048576, "Gi": 1073741824, "Ti": 1099511627776, "Pi": 1125899906842624,
   "Ei": 1152921504606846976} as $up
  | {"n": 1e9, "u": 1e6, "m": 1e3} as $down
  | . as $text
  | (tostring
     | capture("^(?=\\.?[0-9])(?<whole>[0-9]*)(\\.(?<part>[0-9]*))?(?<unit>[numkKMGTPE]?i?)([eE](?<exponent>[-+]?[0-9]+))?$"))
    // error("\($text) is no quantity")
  | ((.exponent // "0") | ltrimstr("+") | tonumber) as $exponent
  | ((.part // "") | length) as $places
  | ("\(.whole)\(.part // "")" | tonumber) * $scale * ($up[.unit] // error("\($text) is no quantity"))
    * pow(10; [$exponent, 0] | max)
    / (($down[.unit] // 1) * pow(10; $places) * pow(10; [-$exponent, 0] | max))
  | ceil;

def millicores: quantity(1000);
def bytes: quantity(1);

# What a pod requests of a resource, as the scheduler counts it: its containers and sidecars together,
# or an init container with the sidecars before it, whichever is more; or what the pod as a whole
# says; and its overhead.
def pod_request($resource; unit):
  def of_container: (.resources.requests[$resource] // "0") | unit;
  (reduce (.spec.initContainers // [])[] as $container ({sidecars: 0, most: 0};
     ($container | of_container) as $request
     | if $container.restartPolicy == "Always" then
         .sidecars += $request | .most = ([.most, .sidecars] | max)
       else
         .most = ([.most, .sidecars + $request] | max)
       end)) as $init
  | ([.spec.containers[] | of_container] | add + $init.sidecars) as $running
  | (.spec.resources.requests[$resource] // null) as $whole
  | (if $whole != null then $whole | unit else [$running, $init.most] | max end)
    + ((.spec.overhead[$resource] // "0") | unit);

def sort_of_pod:
  if .status.phase == "Succeeded" or .status.phase == "Failed" then "ended"
  elif .spec.nodeName // "" | startswith("virtual-kubelet-") then "virtual"
  elif .metadata.annotations["kubernetes.io/config.mirror"] != null then "static"
  elif any((.metadata.ownerReferences // [])[]; .kind == "DaemonSet") then "daemon"
  else "workload" end;

def summary:
  {pods: length, mean_cpu: (map(.cpu) | add / length | ceil), most_cpu: (map(.cpu) | max),
   mean_memory: (map(.memory) | add / length | ceil), most_memory: (map(.memory) | max)};

def cpu_text: "\(.)m";
def memory_text:
  if . != 0 and . % 1073741824 == 0 then "\(. / 1073741824)Gi"
  elif . != 0 and . % 1048576 == 0 then "\(. / 1048576)Mi"
  elif . != 0 and . % 1024 == 0 then "\(. / 1024)Ki"
  else tostring end;
def count_text($what): "\(.) \($what)\(if . == 1 then "" else "s" end)";

def workload_lines:
  (.[0].namespace + (if .[0].host then "/host" else "" end)) as $name
  | .[0].host as $host
  | summary
  | (if ($ARGS.named.take // "mean") == "mean" then [.mean_cpu, .mean_memory]
     elif $ARGS.named.take == "largest" then [.most_cpu, .most_memory]
     else error("take is mean or largest") end) as [$cpu, $memory]
  | "# \($name): \(.pods | count_text("pod")); CPU \(.mean_cpu | cpu_text) on average, "
    + "\(.most_cpu | cpu_text) at most; memory \(.mean_memory | memory_text) on average, "
    + "\(.most_memory | memory_text) at most",
    "--workload=\($name)=\(.pods)"
    + (if $cpu == 0 then "" else ",cpu=\($cpu | cpu_text)" end)
    + (if $memory == 0 then "" else ",memory=\($memory | memory_text)" end)
    + (if $host then ",network=host" else "" end);

# A pod of each DaemonSet runs on every node, as large as the largest is now.
def daemon_lines:
  [group_by([.namespace, .owner])[] | summary + {name: "\(.[0].namespace)/\(.[0].owner)", host: .[0].host}]
  | . as $sets
  | (.[] | "# DaemonSet \(.name)\(if .host then " on the host network" else "" end): "
           + "CPU \(.most_cpu | cpu_text), memory \(.most_memory | memory_text) at most"),
    "--daemon-cpu=\($sets | map(.most_cpu) | add | cpu_text)",
    "--daemon-memory=\($sets | map(.most_memory) | add | memory_text)",
    "--daemon-pods=\($sets | map(select(.host | not)) | length)",
    "--host-network-pods=\($sets | map(select(.host)) | length)";

def check_pod:
  if type != "object" or (.kind // "Pod") != "Pod" then error("an item is no pod") else . end
  | (.metadata.namespace | expect("string"; "metadata.namespace of a pod")) as $namespace
  | (.spec.containers | expect("array"; "spec.containers of a pod in \($namespace)")) as $containers
  | .;

def pods:
  if .kind == "Pod" then .
  elif has("items") then (.items | expect("array"; "items of a reply"))[]
  else error("a reply is no list of pods") end
  | check_pod;

def left_out_line:
  [["ended", "that ended"], ["virtual", "on virtual nodes"], ["static", "from static manifests"]] as $sorts
  | [. as $pods | $sorts[] | . as [$sort, $words] | ($pods | map(select(.sort == $sort)) | length)
     | select(. != 0) | "\(count_text("pod")) \($words)"]
  | select(. != [])
  | "# left out: " + join(", ");

[[replies[] | pods]
 | if . == [] then error("there is no pod in it") else .[] end
 | {namespace: .metadata.namespace,
    sort: sort_of_pod,
    host: (.spec.hostNetwork // false),
    owner: ([(.metadata.ownerReferences // [])[] | select(.kind == "DaemonSet") | .name][0]),
    cpu: pod_request("cpu"; millicores),
    memory: pod_request("memory"; bytes)}]
| [(map(select(.sort == "workload")) | group_by([.namespace, .host])[] | workload_lines),
   (map(select(.sort == "daemon")) | select(. != []) | daemon_lines),
   left_out_line]
| .[]
