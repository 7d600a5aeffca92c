# SPDX-License-Identifier: MIT
"""Nodes that show any mixture of what nodes show, as kubectl prints them.

    random_nodes.py COUNT SEED
"""
import json
import random
import sys

from audit_model import TABLE

TYPES = sorted(TABLE)
K8S = "k8s.aliyun.com/"
SPELLINGS = {"pods": ["213", "64", "1k", "1e3", "256", "0", "1.1k", "30", 110],
             "cpu": ["15890m", "16", "3900m", "15.89", "4", "15890000u", "1e1"],
             "memory": ["28587828Ki", "32Gi", "5824732Ki", "33554432000", "7.5Gi", "1G", "1e9", "16117896Ki"]}


def maybe(rng, chance, value):
    return value if rng.random() < chance else None


def without_none(record):
    return {key: value for key, value in record.items() if value is not None}


def info(rng, name):
    """The annotation of a type, with some of its quantities."""
    enis, addresses = rng.choice((2, 3, 4, 8, 15)), rng.choice((1, 2, 6, 10, 15, 30))
    return json.dumps(without_none({
        "InstanceTypeId": name, "CpuCoreCount": rng.choice((2, 4, 16, 104)),
        "MemorySize": rng.choice((0.5, 8, 32, 512)), "EniQuantity": maybe(rng, .9, enis),
        "EniPrivateIpAddressQuantity": maybe(rng, .9, addresses),
        "EniIpv6AddressQuantity": maybe(rng, .5, addresses),
        "EniTotalQuantity": maybe(rng, .7, enis + rng.choice((0, 2, 12))),
        "EniTrunkSupported": maybe(rng, .7, rng.random() < .7),
        "EriQuantity": maybe(rng, .7, rng.randrange(3))}))


def advertised(rng, name, described):
    """Something that max-available-ip may be of this type."""
    row = TABLE.get(name, {})
    enis = described.get("EniQuantity") or row.get("eni_quantity") or 4
    addresses = described.get("EniPrivateIpAddressQuantity") or row.get("eni_private_ip_address_quantity") or 10
    total = described.get("EniTotalQuantity") or enis + 2
    return str(rng.choice(((enis - 1) * addresses, (enis - 2) * addresses,
                           (addresses - 1) * 16 * (total - 1), (addresses - 1) * 16, 0, 1000)))


def node(rng, number):
    name = rng.choice(TYPES) if rng.random() < .8 else "ecs.lab%d.large" % rng.randrange(3)
    described = maybe(rng, .5, info(rng, name))
    labels = {"node.kubernetes.io/instance-type": maybe(rng, .97, name),
              "topology.kubernetes.io/zone": maybe(rng, .9, "z" + rng.choice("ijk")),
              "alibabacloud.com/nodepool-id": maybe(rng, .8, "np%d" % rng.randrange(3)),
              "alibabacloud.com/lingjun-worker": maybe(rng, .05, rng.choice(("true", "false"))),
              K8S + "exclusive-mode-eni-type": maybe(rng, .1, rng.choice(("eniOnly", "ENIONLY", "other"))),
              "terway-config": maybe(rng, .15, rng.choice(("with-prefix", "without", "elsewhere"))),
              K8S + "ignore-by-terway": maybe(rng, .1, rng.choice(("true", "false"))),
              "type": maybe(rng, .08, rng.choice(("virtual-kubelet", "gpu"))),
              "kubernetes.io/os": maybe(rng, .9, rng.choice(("linux",) * 9 + ("windows",)))}
    notes = {"alibabacloud.com/instance-type-info": described,
             K8S + "trunk-on": maybe(rng, .1, "true"),
             K8S + "max-available-ip": maybe(rng, .7, advertised(rng, name, json.loads(described or "{}")))}
    left = {key: rng.choice(values) for key, values in SPELLINGS.items()}
    left.update(without_none({"aliyun/eni": maybe(rng, .15, str(rng.randrange(8))),
                              "aliyun/member-eni": maybe(rng, .15, str(rng.randrange(13))),
                              "aliyun/erdma": maybe(rng, .1, str(rng.randrange(3)))}))
    condition = {"type": "NetworkUnavailable", "status": rng.choice(("False", "True")),
                 "reason": rng.choice(("RouteCreated", "TerwayReady"))}
    return {"apiVersion": "v1", "kind": "Node",
            "metadata": {"name": "node-%d" % number, "labels": without_none(labels),
                         "annotations": without_none(notes)},
            "spec": without_none({"podCIDR": maybe(rng, .15, "172.20.%d.0/%d" % (number % 256, rng.choice((24, 25, 26, 28))))}),
            "status": {"allocatable": left, "capacity": {"memory": rng.choice(SPELLINGS["memory"])},
                       "conditions": [condition],
                       "nodeInfo": {"kubeletVersion": rng.choice(("v1.30.7-aliyun.1", "v1.26.3-aliyun.1", "v1.18.8"))}}}


def config(name, prefix):
    return {"kind": "ConfigMap", "metadata": {"name": name},
            "data": {"eni_conf": json.dumps({"version": "1", "enable_ip_prefix": prefix})}}


def main():
    rng = random.Random(int(sys.argv[2]))
    items = [config("with-prefix", True), config("without", False)]
    items += [node(rng, i) for i in range(int(sys.argv[1]))]
    json.dump({"apiVersion": "v1", "kind": "List", "items": items}, sys.stdout)


if __name__ == "__main__":
    main()
